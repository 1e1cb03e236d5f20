"""What courses cite: law and guidance as data, and a citation of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from courseware.authored.model import Day, Model, Slug, Slugs, Text


class Provision(Model):
    """A section of an Act, a part of guidance."""

    says: Text | None = None
    called: Text | None = None
    in_force_from: Day | None = None
    in_force_until: Day | None = None


class Law(Model):
    """An Act, regulations or a guidance document."""

    title: Text
    kind: Literal["law", "guidance", "other"] = "law"
    citation: Text | None = None
    in_: Slugs
    source: Text
    checked: Day | None = None  # the day on which somebody last compared it with its source
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    provisions: dict[Text, Provision] = Field(default_factory=dict)


class LawFile(Model):
    """law/<name>.yaml."""

    laws: dict[Slug, Law]


@dataclass(frozen=True, slots=True)
class Citation:
    """A law or guidance document as cited, with the provision where one was named."""

    key: str
    law: Law
    provision_key: str = ""
    provision: Provision | None = None

    def __str__(self) -> str:
        return f"{self.law.title} {self.provision_name}".strip()

    @property
    def provision_name(self) -> str:
        """`section 5B` for `s5B`, unless the law file calls it something else."""
        if self.provision is not None and self.provision.called is not None:
            return str(self.provision.called)
        return spelt_out(self.provision_key)


KINDS_OF_PROVISION = {
    "s": "section",
    "p": "part",
    "ch": "chapter",
    "sch": "schedule",
    "reg": "regulation",
    "art": "article",
    "para": "paragraph",
    "annex": "annex",
}


STEP = re.compile(r"(sch|ch|s|p|reg|art|para|annex)-?([0-9]+[A-Z]*(?:\([0-9a-z]+\))*|[A-Z])")
STEPS = re.compile(rf"{STEP.pattern}(?:-{STEP.pattern})*")


def spelt_out(key: str) -> str:
    """The key of a provision as a reader would say it; as it stands where it follows no pattern."""
    if not STEPS.fullmatch(key):
        return key
    return ", ".join(f"{KINDS_OF_PROVISION[kind]} {number}" for kind, number in STEP.findall(key))
