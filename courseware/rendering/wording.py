"""Texts as the templates need them: blanks filled, plurals, dates, first sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from courseware.authored.status import State, Word
from courseware.blocks import ContactSlot, ContentNote, Duty
from courseware.package.lengths import spoken
from courseware.pages import CoursePart, Pages

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


def lasting(words: Mapping[str, str], key: str, minutes: int) -> str:
    """The text with its `{length}`, as people say it: “about an hour”."""
    return filled(words[key], length=_length(words, minutes))


def _length(words: Mapping[str, str], minutes: int) -> str:
    unit, n = spoken(minutes)
    return counted(words, f"length {unit}", n)


def lengths(words: Mapping[str, str], most: int) -> dict[str, str]:
    """The texts of the script that say how long something takes, with one of its own for each number of
    minutes that is said as something else."""
    made = {}
    for key in ("about minutes", "minutes left"):
        for form in ("one", "other"):
            made[f"{key} {form}"] = filled(words[key], length=words[f"length minutes {form}"])
        for n in range(1, most + 1):
            if spoken(n) != ("minutes", n):
                made[f"{key} {n}"] = lasting(words, key, n)
    return made


def longest(part: CoursePart) -> int:
    """No time that the script may speak of is longer, in minutes."""
    asked = part.course_assessment
    tested = asked.minutes + asked.pre_test_minutes if asked else 0
    return max(part.minutes, sum(lesson.minutes for lesson in part.course_lessons) + tested)


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
    """The sentence about the companion, or the main course, in a package of its own; empty without one."""
    other, words = pages.beside, pages.words
    if other is None:
        return ""
    minutes = f" ({lasting(words, 'about minutes', other.minutes)})" if other.minutes else ""
    return filled(
        words["main beside" if other.is_main else "companion beside"], title=other.title, minutes=minutes
    )


@lru_cache(maxsize=4096)
def first_sentence(html: str) -> Feedback:
    """The first sentence as the head, where it is plain and short enough. Cached: variants share most
    feedback."""
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


def sentence(words: str) -> str:
    """With a capital at its beginning: “Section 47”."""
    return words[:1].upper() + words[1:]


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
