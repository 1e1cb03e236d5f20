"""Law and guidance as data, and a citation of either."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from msgspec import Struct, field

from courseware.authored.model import Day, Model, Slug, Slugs, Text
from courseware.authored.status import State, Status


class Provision(Status):
    """A section of an Act, a part of guidance."""

    says: Text | None = None
    called: Text | None = None


class Law(Status):
    """An Act, regulations or a guidance document; of a document with editions, one of them."""

    title: Text
    short: Text | None = None  # its title in a sentence: "KCSIE"
    edition: Text | None = None
    kind: Literal["law", "statutory guidance", "guidance", "other"] = "law"
    citation: Text | None = None
    in_: Slugs
    source: Text
    checked: Day | None = None  # the day on which somebody last compared it with its source
    provisions: dict[Text, Provision] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`Keeping children safe in education 2026`."""
        return f"{self.title} {self.edition}" if self.edition else str(self.title)

    @property
    def short_name(self) -> str:
        """`KCSIE 2026`; of a document with a subtitle, its title without that."""
        short = str(self.short or self.title.partition(":")[0])
        return f"{short} {self.edition}" if self.edition else short

    @property
    def is_abbreviated(self) -> bool:
        """True where its short name has to be explained."""
        return self.short is not None and self.short.isupper()

    def binds_in_part_on(self, day: date) -> bool:
        """True where some of its provisions are in force that day, whatever the status of the whole."""
        return any(part.state_on(day).word == "in force" for part in self.provisions.values())


class LawFile(Model):
    """law/<name>.yaml."""

    laws: dict[Slug, Law]


class Citation(Struct, frozen=True):
    """A law or guidance document as a course cites it, with the provision where the author names one."""

    key: str
    law: Law
    provision_key: str = ""
    provision: Provision | None = None

    def __str__(self) -> str:
        return f"{self.law.name} {self.provision_name}".strip()

    def state_on(self, day: date) -> State:
        """The state of the provision where it has one, within that of the whole law."""
        whole = self.law.state_on(day)
        own = self.provision.state_on(day) if self.provision else State("not stated")
        return whole if own.word == "not stated" or whole.word in ("ended", "to come") else own

    @property
    def expected(self) -> str:
        """A sentence on the day from which it will be in force."""
        of_provision = self.provision.expected if self.provision else None
        return str(of_provision or self.law.expected or "")

    @property
    def superseded_by(self) -> str:
        """The citation of its successor, or an empty text."""
        of_provision = self.provision.superseded_by if self.provision else None
        return str(of_provision or self.law.superseded_by or "")

    @property
    def provision_name(self) -> str:
        """`section 5B` for `s5B`, unless the law file calls it something else."""
        if self.provision is not None and self.provision.called is not None:
            return str(self.provision.called)
        return spelt_out(self.provision_key)


KINDS_OF_PROVISION = {  # in the order in which a law has them
    "p": "part",
    "ch": "chapter",
    "s": "section",
    "reg": "regulation",
    "art": "article",
    "para": "paragraph",
    "sch": "schedule",
    "annex": "annex",
}


STEP = re.compile(r"(sch|ch|s|p|reg|art|para|annex)-?([0-9]+[A-Z]*(?:\([0-9a-z]+\))*|[A-Z])")
STEPS = re.compile(rf"{STEP.pattern}(?:-{STEP.pattern})*")


@cache
def order_in_law(key: str) -> tuple[object, ...]:
    """Parts and chapters before sections, and those before schedules; each in the order of its number: 66A,
    66AB, 66B. Keys that follow no pattern come last."""
    if not STEPS.fullmatch(key):
        return (len(KINDS_OF_PROVISION),)
    kinds = list(KINDS_OF_PROVISION)
    steps = [(kinds.index(kind), *_figures(number)) for kind, number in STEP.findall(key)]
    return tuple(part for step in steps for part in step)


def _figures(number: str) -> tuple[int, str]:
    digits = re.match("[0-9]*", number)
    figure = digits[0] if digits else ""
    return int(figure or 0), number[len(figure) :]


@cache
def spelt_out(key: str) -> str:
    """“section 5B” for the key `s5B`; the key itself where it follows no pattern."""
    if not STEPS.fullmatch(key):
        return key
    return ", ".join(f"{KINDS_OF_PROVISION[kind]} {number}" for kind, number in STEP.findall(key))
