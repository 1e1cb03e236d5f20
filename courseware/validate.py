"""A source -> all that breaks a rule, not the first; a rule is a function, so a new one is a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from courseware.errors import Problem
from courseware.rules import law, media, names, questions, text
from courseware.source import Source

RULES: tuple[Callable[[Source], Iterator[Problem]], ...] = (
    names.lessons_exist,
    names.lessons_once,
    names.lessons_used,
    names.objectives_exist,
    names.objectives_served,
    names.reread_exists,
    names.contacts_exist,
    names.checks_exist,
    names.checks_once,
    names.checks_not_assessed,
    names.questions_once,
    names.questions_used,
    names.pages_hold_something,
    questions.options_are_right,
    questions.options_differ,
    questions.assessment_has_a_bank,
    questions.assessment_can_be_passed,
    law.references_resolve,
    law.must_is_law,
    law.in_force,
    law.same_nation,
    media.images_exist,
    media.media_used,
    text.markdown_is_sound,
    text.minutes_add_up,
    text.notes_cover_something,
    text.accent_is_a_colour,
)
DATED_RULES: tuple[Callable[[Source, date], Iterator[Problem]], ...] = (
    law.checked_lately,
    law.newest_kcsie,
    law.stated_today,
)


def validate(source: Source, formats: Sequence[str], today: date) -> Iterator[Problem]:
    """Every problem of one course; `today` decides what has grown old."""
    for rule in RULES:
        yield from rule(source)
    for dated in DATED_RULES:
        yield from dated(source, today)
    yield from questions.pass_mark_is_whole(source, formats)


def ids_differ(sources: Iterable[Source]) -> Iterator[Problem]:
    """A course's id is its package's name and an LMS's key to it."""
    first: dict[str, Source] = {}
    for source in sources:
        name = source.course.id
        if name in first and first[name].folder != source.folder:
            other = first[name].course.id.place
            yield Problem(name.place, f"the id “{name}” is also that of {other}", "give this course its own")
        first.setdefault(name, source)
