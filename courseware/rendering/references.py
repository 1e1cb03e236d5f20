"""Citations in the text, and the list of references that they lead to (decision 26)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup, escape
from msgspec import Struct

from courseware.authored.law import order_in_law
from courseware.blocks import Lesson, Reference
from courseware.rendering.wording import date, filled


def source_line(reference: Reference) -> str:
    """The source's title and provision: “Keeping children safe in education 2025, part one”."""
    return f"{reference.title}, {reference.provision}" if reference.provision else reference.title


class Link(NamedTuple):
    """A citation in the text: the number of its reference, its words, and what stands before them."""

    number: int
    words: str
    between: str = ""
    first: bool = False  # to which the reference leads back


def cite(reference: Reference, lesson: Lesson) -> Markup:
    """The source of a duty, which leads to the lesson's list of references."""
    said = escape(source_line(reference))
    if reference not in lesson.references:
        return said
    return Markup(f'<span class="cite"><a href="#{lesson.id}.r{reference.number}">{said}</a></span>')  # noqa: S704


def anchor(lesson: str, link: Link) -> str:
    return f' id="{lesson}.c{link.number}"' if link.first else ""


def citation(lesson: str, links: Iterable[Link]) -> Markup:
    """The words in brackets."""
    said = "".join(
        f'{one.between}<a href="#{lesson}.r{one.number}"{anchor(lesson, one)}>{escape(one.words)}</a>'
        for one in links
    )
    return Markup(f'<span class="cite">({said})</span>')  # noqa: S704 - a slug, numbers, and what is escaped


class CitedLaw(Struct, frozen=True):
    """A law in a lesson's list of references: it as a whole where that is cited, and the parts that are."""

    law: Reference  # the whole, or the first of its parts
    whole: Reference | None
    parts: tuple[Reference, ...]

    @property
    def name(self) -> str:
        """With the abbreviation that the text uses."""
        one = self.law
        return f"{one.title} [{one.short}]" if one.short.split(" ")[0].isupper() else one.title

    @property
    def status(self) -> str:
        """That of the whole. Parts of a guidance document share the day of its edition, which is told once;
        those of an Act begin each by itself."""
        if self.whole or self.law.kind == "law":
            return self.whole.status if self.whole else ""
        told = {one.status for one in self.parts}
        return told.pop() if len(told) == 1 else ""

    def status_of(self, part: Reference) -> str:
        return part.status if part.status != self.status else ""


def by_kind(references: tuple[Reference, ...], words: Mapping[str, str]) -> list[tuple[str, list[CitedLaw]]]:
    """The laws that are cited, law apart from guidance, by their titles; a single group has no title."""
    laws = by_law(references)
    groups = [
        (words[f"{kind} references"], [one for one in laws if one.law.kind == kind])
        for kind in ("law", "statutory guidance", "guidance", "other")
    ]
    kinds = [(title, group) for title, group in groups if group]
    return kinds if len(kinds) > 1 else [("", group) for _, group in kinds]


def by_law(references: Iterable[Reference]) -> list[CitedLaw]:
    """Each law once, its parts in the order in which it has them."""
    laws: dict[tuple[str, str], list[Reference]] = {}
    for one in references:
        laws.setdefault((one.kind, one.law or one.title), []).append(one)
    made = []
    for group in laws.values():
        whole = next((one for one in group if not one.provision), None)
        parts = sorted((one for one in group if one.provision), key=lambda one: order_in_law(one.part))
        made.append(CitedLaw(whole or parts[0], whole, tuple(parts)))
    return sorted(made, key=lambda one: one.law.title.casefold())


def unchecked(references: tuple[Reference, ...], words: Mapping[str, str]) -> str:
    """A sentence on the sources that nobody has compared with the text; empty where there are none."""
    checked = [bool(one.checked) for one in references]
    if all(checked):
        return ""
    return words["some unchecked" if any(checked) else "all unchecked"]


def checked_in_words(reference: Reference, words: Mapping[str, str]) -> str:
    return filled(words["checked"], date=date(reference.checked, words)) if reference.checked else ""
