"""The words of a course in a learner's list of courses: of its row, and of the panel above the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from player.school import statuses
from player.school.lengths import length
from player.web.course_words import Button, ask, refresher_button, renewal
from player.web.own_course import OwnCourse
from player.web.wording import clock, day, score


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of a course's row in the list."""

    about: str
    button: Button
    saved: str = ""


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The words of the panel above the lists."""

    place: str
    here: str
    note: str
    progress: str
    saved: str
    button: Button


def row_words(course: OwnCourse, managers: Sequence[str], at: datetime) -> RowWords:
    """The words of the row of a course."""
    saved = course.record.saved if course.is_under_way and course.is_to_do else None
    about = _about_done(course) if course.is_done else _about_to_do(course, managers)
    school = f"{course.record.membership.school.name}. " if course.school else ""
    return RowWords(school + about, _row_button(course), f"saved {clock(saved, at)}" if saved else "")


def panel_words(course: OwnCourse, at: datetime) -> PanelWords:
    """The words of the panel of the course that was open last."""
    record, progress = course.record, course.progress
    result = score(record.registration)
    notes = []
    if course.status_here is statuses.NOT_PASSED:
        notes.append(f"Not passed yet{f': {result} so far' if result else ''}.")
    if course.is_urgent and record.due:
        notes.append(f"{'Overdue, was due' if course.is_overdue else 'Due'} {day(record.due)}.")
        notes.append(renewal(course.refresher, is_overdue=course.is_overdue))
    return PanelWords(
        place=f"Where you left off{f' at {record.membership.school.name}' if course.school else ''}",
        here=progress.here if progress else "",
        note=" ".join(filter(None, notes)),
        progress=progress.words if progress and progress.words else "In progress",
        saved=f"Saved {clock(record.saved, at)}" if record.saved else "",
        button=Button("Continue"),
    )


def _about_to_do(course: OwnCourse, managers: Sequence[str]) -> str:
    if course.tries.given:
        return "You have been given a fresh start."
    if course.tries.used_up:
        return f"You have no attempts left. Ask {ask(managers)} for a fresh start."
    result = score(course.record.registration)
    parts = [
        _when_due(course),
        f"{result} so far." if result and course.status_here is statuses.NOT_PASSED else "",
        renewal(course.refresher, is_overdue=course.is_overdue),
        f"About {length(course.minutes)}."
        if course.minutes and not course.is_open and not course.is_renewable
        else "",
        f"{course.progress.words}."
        if course.is_under_way and course.progress and course.progress.words
        else "",
    ]
    return " ".join(filter(None, parts))


def _when_due(course: OwnCourse) -> str:
    record = course.record
    if course.done and course.is_overdue and record.due:
        return f"{_completed(course)}, was due {day(record.due)}."
    due = ""
    if record.due and record.is_required:
        due = f", {'was due' if course.is_overdue else 'due'} {day(record.due)}"
    return f"Assigned on {day(record.enrolment.since)}{due}."


def _about_done(course: OwnCourse) -> str:
    record, result = course.record, score(course.record.registration)
    if course.status is statuses.DUE_SOON and record.due:
        told = renewal(course.refresher, is_overdue=False)
        return " ".join(filter(None, (f"{_completed(course)}, due {day(record.due)}.", told)))
    with_ = f", {result}" if result and not record.elsewhere and not course.renewed_on else ""
    parts = [f"{_completed(course)}{with_}."]
    if course.status is statuses.IN_DATE and record.due:
        parts += [f"Due again {day(record.due)}.", renewal(course.refresher, is_overdue=False)]
    return " ".join(filter(None, parts))


def _completed(course: OwnCourse) -> str:
    if course.done is None:
        return "Completed"
    if course.renewed_on and course.refresher:
        return f"Renewed {day(course.renewed_on)} with {course.refresher.refresher.title}"
    is_elsewhere = course.record.elsewhere is not None or course.record.registration is None
    return f"Completed {'elsewhere ' if is_elsewhere else ''}{day(course.done)}"


def _row_button(course: OwnCourse) -> Button:
    if course.is_done and course.status is not statuses.DUE_SOON:
        return Button("See the course" if course.record.elsewhere else "See result", "course")
    if course.tries.used_up:
        return Button("See result", "course")
    if course.is_urgent and course.is_renewable:
        return refresher_button(course)
    if course.tries.given:
        words = "Start again"
    elif course.starts_anew:
        words = "Take it again"
    elif course.is_open:
        words = "Continue"
    else:
        words = "Start" if course.status_here is statuses.NOT_STARTED else "Try again"
    return Button(words, is_again=course.starts_anew)
