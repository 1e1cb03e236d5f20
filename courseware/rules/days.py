"""Days and editions of what an author marks with `from`, `until` and `changed in` (decision 26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from courseware.authored.selective import DAYS, Selective
from courseware.conditions import Condition, conditional_citations, day_of
from courseware.editions import comes_after
from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.rules.hints import did_you_mean
from courseware.yaml12.nodes import SourceText

A_DAY = timedelta(days=1)


def days_of_change(source: CourseSource) -> list[date]:
    """The days from which an edition has more or less than the day before, in order."""
    days = [pair for one in source.models if isinstance(one, Selective) for pair in one.days]
    days += [(condition.key, day) for _, condition, day in conditions_of_citations(source) if day]
    return sorted({day_after_change(key, day) for key, day in days})


def day_after_change(key: str, day: date) -> date:
    """The first day on which `from: day` or `until: day` makes a difference."""
    return day if key == "from" or day == date.max else day + A_DAY


def conditions_of_citations(source: CourseSource) -> Iterator[tuple[SourceText, Condition, date | None]]:
    """Each `from` and `until` of a citation, with its text and its day, where it has one."""
    for text in source.markdown:
        for cited in conditional_citations(text):
            yield from ((text, one, day_of(one)) for one in cited.conditions if one.key in DAYS)


def days_are_sound(source: CourseSource) -> Iterator[Problem]:
    for model in source.models:
        if isinstance(model, Selective) and model.from_ and model.until and model.until < model.from_:
            message = f"this is until {model.until}, before it begins on {model.from_}"
            yield Problem(model.at("until"), message, "correct one of the days")
    for text, condition, day in conditions_of_citations(source):
        if day is None:
            place = text.place_of(condition.words[0][1] if condition.words else 0)
            message = f"“{condition.key}” has no day in this citation"
            yield Problem(place, message, f"write it like “[[kcsie p1, {condition.key} 2027-09-01]]”")


def days_are_to_come(source: CourseSource) -> Iterator[Problem]:
    """Not asked of `from`: it says since when."""
    as_of = source.course.as_of
    for model in source.models:
        if isinstance(model, Selective) and model.until and (model.from_ or date.min) <= model.until < as_of:
            message = f"this was for editions until {model.until}, before the course's “as of: {as_of}”"
            hint = "remove it, or correct the day"
            yield Problem(model.at("until"), message, hint, "warning")


def changes_are_of_editions(source: CourseSource) -> Iterator[Problem]:
    """A refresher asks what has changed since an edition, so each is one that the course has had."""
    course = source.course
    if source.derived:  # the editions are its parent's
        return
    earlier = course.earlier_editions or ()
    for edition in earlier:
        if edition == course.edition or earlier.count(edition) > 1:
            message = f"the edition “{edition}” is used twice"
            hint = "give the course another “edition:”, or take this one out"
            yield Problem(edition.place, message, hint)
            return
    known = (*earlier, course.edition)
    for model in source.models:
        changed = model.changed_in if isinstance(model, Selective) else None
        if changed is None or changed in known:
            continue
        if comes_after(changed, course.edition):
            message = f"“changed in: {changed}” is later than the course's edition {course.edition}"
            hint = f"write “edition: {changed}” in course.yaml with this change, or correct it here"
        else:
            message = f"the course has had no edition “{changed}”"
            meant = did_you_mean(changed, known) if earlier else f"the course is edition {course.edition}"
            hint = f"{meant}; or add it to “earlier editions:” in course.yaml, the oldest first"
        yield Problem(changed.place, message, hint)
