"""Texts as the templates need them: blanks filled, plurals, dates, first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from courseware.authored.law import order_in_law
from courseware.authored.status import State, Word
from courseware.pages import ContactSlot, ContentNote, CoursePart, Duty, Lesson, Pages, Reference

GLYPH = Markup('<svg class="glyph" aria-hidden="true"><use href="#g-{}"/></svg>')
NO_DIGIT = re.compile(r"[^0-9+]")
SENTENCE_END = re.compile(r"[.!?…]['\"”’)]?\s+(?=\S)")
LONGEST_HEAD = 110


def filled(text: str, **blanks: object) -> str:
    """One of the frame's texts with its `{blanks}` filled."""
    for name, value in blanks.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def counted(words: Mapping[str, str], key: str, n: int, **blanks: object) -> str:
    """The text for one or for any other number; in the browser the script chooses among more plural forms."""
    form = f"{key} {'one' if n == 1 else 'other'}"
    text = words[form].replace("{n} ", "{n}\u00a0").replace("{n}", str(n))
    return filled(text, **blanks)


def date(iso: str, words: Mapping[str, str]) -> str:
    """“24 November 2026”: its line may end before the year."""
    year, month, day = iso.split("-")
    text = filled(words["date order"], day=int(day), month=words[f"month {int(month)}"], year=year)
    return text.replace(" ", "\u00a0", 1)


class Feedback(NamedTuple):
    """An option's feedback as HTML: the sentence that is its head, and the rest."""

    head: str
    rest: str


def edition(pages: CoursePart) -> str:
    """The edition and the day of the law that it states, where the author gave them."""
    if not pages.as_of:
        return pages.edition
    day = date(pages.as_of, pages.words)
    if not pages.edition:
        return filled(pages.words["as of"], date=day)
    return filled(pages.words["edition as of"], edition=pages.edition, date=day)


def review(pages: CoursePart) -> str:
    """The reviewer of the edition, or a sentence that nobody has reviewed it."""
    if pages.review is None:
        return pages.words["draft"]
    day = date(pages.review.on, pages.words)
    return filled(pages.words["reviewed by"], by=pages.review.by, role=pages.review.role, date=day)


def beside(pages: Pages) -> str:
    """How to find the companion, or the main course, which has a package of its own; empty without one."""
    other, words = pages.beside, pages.words
    if other is None:
        return ""
    minutes = f" ({counted(words, 'about minutes', other.minutes)})" if other.minutes else ""
    return filled(
        words["main beside" if other.is_main else "companion beside"], title=other.title, minutes=minutes
    )


def first_sentence(html: str) -> Feedback:
    """The first sentence as the head, where it is plain and short enough."""
    if html.startswith("<") and not html.startswith("<p>"):  # a list
        return Feedback("", html)
    first, _, others = html.removeprefix("<p>").partition("</p>")
    head, rest = split(first)
    left = f"<p>{rest}</p>{others.strip()}" if rest else others.strip()
    return Feedback(head, left)


def split(words: str) -> tuple[str, str]:
    """The first sentence, or an empty text, and the rest."""
    match = SENTENCE_END.search(words)
    first, rest = (words[: match.end()].rstrip(), words[match.end() :]) if match else (words, "")
    return (first, rest) if len(first) <= LONGEST_HEAD and "<" not in first else ("", words)


def duty_kind(duty: Duty, words: Mapping[str, str]) -> str:
    """The kind of source behind a duty, and the people whom it binds: "Law, for teachers"."""
    kind = words["other source" if duty.source.kind == "other" else duty.source.kind]
    return filled(words["duty for"], kind=kind, audience=duty.audience) if duty.audience else kind


def source_line(reference: Reference) -> str:
    """The source's title and provision: “Keeping children safe in education 2025, part one”."""
    return f"{reference.title}, {reference.provision}" if reference.provision else reference.title


STATES: Mapping[Word, str] = {
    "in force": "in force since",
    "reported": "reported in force",
    "commences": "commences",
    "to come": "commences",
    "enacted": "enacted",
    "ended": "ended",
}


def state_in_words(state: State, words: Mapping[str, str]) -> str:
    """“In force since 14 October 1991”; an empty text where the law file does not say."""
    if state.word == "in force" and state.day is None:
        return words["in force"]
    if state.day is None:
        return ""
    return filled(words[STATES[state.word]], date=date(state.day.isoformat(), words))


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


@dataclass(frozen=True, slots=True)
class CitedLaw:
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
    groups = [
        (words[f"{kind} references"], by_law(one for one in references if one.kind == kind))
        for kind in ("law", "statutory guidance", "guidance", "other")
    ]
    kinds = [(title, group) for title, group in groups if group]
    return kinds if len(kinds) > 1 else [("", group) for _, group in kinds]


def by_law(references: Iterable[Reference]) -> list[CitedLaw]:
    """Each law once, its parts in the order in which it has them."""
    laws: dict[str, list[Reference]] = {}
    for one in references:
        laws.setdefault(one.law or one.title, []).append(one)
    made = []
    for group in laws.values():
        whole = next((one for one in group if not one.provision), None)
        parts = sorted((one for one in group if one.provision), key=lambda one: order_in_law(one.part))
        made.append(CitedLaw(whole or parts[0], whole, tuple(parts)))
    return sorted(made, key=lambda one: one.law.title.casefold())


def sentence(words: str) -> str:
    """With a capital at its beginning: “Section 47”."""
    return words[:1].upper() + words[1:]


def unchecked(references: tuple[Reference, ...], words: Mapping[str, str]) -> str:
    """A sentence on the sources that nobody has compared with the text; empty where there are none."""
    checked = [bool(one.checked) for one in references]
    if all(checked):
        return ""
    return words["some unchecked" if any(checked) else "all unchecked"]


def checked_in_words(reference: Reference, words: Mapping[str, str]) -> str:
    return filled(words["checked"], date=date(reference.checked, words)) if reference.checked else ""


def glyph(name: str) -> Markup:
    """A sign of the sprite; with a constant name it is resolved when the template is compiled."""
    return GLYPH.format(name)


def telephone(number: str) -> str:
    """The number as a `tel:` link needs it."""
    return NO_DIGIT.sub("", number)


def slots(pages: Pages) -> tuple[ContactSlot, ...]:
    """The contacts of a school: those of the course, then those that only a lesson shows."""
    by_name = {slot.slot: slot for slot in pages.contacts}
    for lesson in (lesson for part in pages.parts for lesson in part.lessons):
        for page in lesson.pages:
            for block in page.blocks:
                inside = block.blocks if isinstance(block, ContentNote) else (block,)
                by_name |= {
                    one.slot: one
                    for one in inside
                    if isinstance(one, ContactSlot) and one.slot not in by_name
                }
    return tuple(by_name.values())
