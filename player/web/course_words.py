"""The words of a learner's pages about a course: from the state of a course to its sentences and buttons.

The functions are pure: `at` is the time, and templates only lay out what they return.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from player.school import statuses
from player.school.lengths import length
from player.school.optional_parts import OptionalPart
from player.school.refreshers import Offer
from player.web.own_course import OwnCourse
from player.web.wording import clock, day, score

STOP = "You can stop at any time and carry on later."
FRESH_START = (
    "You have been given a fresh start. When you next open this course, it starts from the beginning with all"
    " its attempts. Your record so far is kept."
)
NEW_ATTEMPT = "You start a new attempt. This one stays on record, but you cannot carry on with it."
TOO_LATE = "It is too late for the refresher: take the course itself."
ENDED_EARLY = "Your last attempt ended before the course was done. You can try again whenever you are ready."
NEVER_STARTED = "You did not start this course."
NOT_OFFERED = "This course is no longer offered."


@dataclass(frozen=True, slots=True)
class Button:
    """A way on: `to` is "start", "refresher" or "course", its page. `is_again` asks for a new attempt, and
    `warning` is told before it is made."""

    words: str
    to: str = "start"
    is_main: bool = False
    is_quiet: bool = False
    is_again: bool = False
    warning: str = ""


@dataclass(frozen=True, slots=True)
class CourseWords:
    """The words of a course's page: its first paragraph, its notes, the reason why it cannot be started, and
    its buttons."""

    lede: str
    notes: tuple[str, ...]
    shows_progress: bool
    refusal: str
    buttons: tuple[Button, ...]
    no_attempts: str


def course_words(course: OwnCourse, managers: Sequence[str], at: datetime) -> CourseWords:
    """The words of the page of a course."""
    refusal = _refusal(course, managers)
    if refusal and not course.done:
        return CourseWords(refusal, (), False, "", (), NEVER_STARTED)
    return CourseWords(
        lede=" ".join(filter(None, (_lede(course, managers, at), _first_due(course)))),
        notes=tuple(_notes(course)),
        shows_progress=bool(
            course.is_to_do and course.is_under_way and course.progress and course.progress.words
        ),
        refusal=refusal,
        buttons=() if refusal else tuple(_buttons(course)),
        no_attempts=NEVER_STARTED if refusal else "You have not started this course yet.",
    )


def renewal(offer: Offer | None, *, is_overdue: bool) -> str:
    """The sentence about the refresher that renews a course, or came too late."""
    if offer is not None and offer.is_open:
        told = f"ou can take {offer.refresher.title} instead of the whole course."
        return f"Until {day(offer.until)} y{told}" if offer.until else f"Y{told}"
    return TOO_LATE if offer is not None and is_overdue else ""


def ask(managers: Sequence[str]) -> str:
    """The people whom a learner can ask."""
    return " or ".join(managers) or "your school’s training manager"


def _lede(course: OwnCourse, managers: Sequence[str], at: datetime) -> str:
    told = _without_it(course) or _of_tries(course, managers) or _of_result(course, at)
    return told or (f"About {length(course.minutes)}. {STOP}" if course.minutes else STOP)


def _without_it(course: OwnCourse) -> str:
    """Done by a refresher or elsewhere, without the course itself."""
    if course.renewed_on and course.refresher:
        refresher = course.refresher.refresher.title
        return f"You renewed this on {day(course.renewed_on)} with {refresher}.{_due_again(course)}"
    if on := course.record.elsewhere:
        need = "" if course.is_urgent else ", so you need not take it now"
        counts = f"It counts at {course.record.membership.school.name}{need}."
        return f"You completed this elsewhere on {day(on)}. {counts}{_due_again(course)}"
    return ""


def _of_tries(course: OwnCourse, managers: Sequence[str]) -> str:
    """Attempts that are used up, or given anew."""
    due = _due_again(course) if course.done else ""
    if course.tries.given:
        return FRESH_START + due
    if course.tries.used_up:
        result = score(course.record.registration)
        best = f" Your best result is {result}." if result else ""
        return f"You have no attempts left.{best} To try again, ask {ask(managers)} for a fresh start.{due}"
    return ""


def _of_result(course: OwnCourse, at: datetime) -> str:
    result = score(course.record.registration)
    if course.done and (course.is_done or course.is_overdue):
        return _done(course, result) + (_due_again(course) or " Your school has it on record.")
    if course.status_here is statuses.NOT_PASSED:
        so_far = f": {result} so far" if result else ""
        place = "Your place is saved." if course.is_open else "You can try again whenever you are ready."
        return f"Not passed yet{so_far}. {place}"
    if course.status_here is statuses.UNDER_WAY:
        return _left_off(course, at)
    if course.done:
        return f"You completed this on {day(course.done)}. That does not count now, so take it again."
    return ""


def _done(course: OwnCourse, result: str) -> str:
    registration, on = course.record.registration, day(course.done) if course.done else ""
    if registration is None or registration.completed is None:
        return f"You completed this elsewhere on {on}."
    verb = "passed" if registration.success_status == "passed" else "completed this"
    return f"You {verb} on {on}{f', with {result}' if result else ''}."


def _left_off(course: OwnCourse, at: datetime) -> str:
    here = f"Where you left off: {course.progress.here}." if course.progress and course.progress.here else ""
    saved = f"Saved {clock(course.record.saved, at)}." if course.record.saved else ""
    if not course.is_open:
        return ENDED_EARLY
    return " ".join(filter(None, (here, saved))) or "You have started this course."


def _due_again(course: OwnCourse) -> str:
    record = course.record
    if record.due is None or not record.is_required:
        return ""
    return f" It {'was' if course.is_overdue else 'is'} due again on {day(record.due)}."


def _first_due(course: OwnCourse) -> str:
    """The due day of somebody who has never done it."""
    record = course.record
    if record.due is None or course.done or not record.is_required:
        return ""
    return f"This {'was' if course.is_overdue else 'is'} due on {day(record.due)}."


def _notes(course: OwnCourse) -> Iterator[str]:
    if told := renewal(course.refresher, is_overdue=course.is_overdue):
        yield told
    if course.is_optional and not course.is_done:
        yield "This course is optional: your school does not require it of you."
    yield from map(_optional, course.optional)
    for each in course.renews:
        if each.until:
            yield f"If you complete this by {day(each.until)}, it renews {each.course.title}."
        else:
            yield f"This renews {each.course.title}."


def _optional(part: OptionalPart) -> str:
    on = f" on {day(part.done)}" if part.done else ""
    is_open = part.state not in ("passed", "completed")
    more = " You do not need it to pass this course." if is_open else ""
    return f"Optional part “{part.title}”: {part.state}{on}.{more}"


def _refusal(course: OwnCourse, managers: Sequence[str]) -> str:
    school = course.record.membership.school.name
    if course.has_left:
        return f"You have left {school}, so you cannot take this course there. Your record is kept."
    if course.is_taken_back:
        return f"You no longer have this course at {school}. If you need it, ask {ask(managers)}."
    return "" if course.record.is_offered else NOT_OFFERED


def _buttons(course: OwnCourse) -> Iterator[Button]:
    renews_first = course.is_renewable and course.is_urgent
    if renews_first:
        yield refresher_button(course, is_main=True)
    if course.tries.used_up:
        if course.is_open:
            yield Button("Look at the course again", is_quiet=True)
        return
    is_main = not renews_first and course.is_to_do
    yield _start(course, is_main=is_main, renews_first=renews_first)
    if course.is_renewable and not renews_first:
        yield refresher_button(course)
    if course.is_open and not course.tries.limited and not (course.starts_anew and course.is_to_do):
        is_completed = course.status_here is statuses.COMPLETED
        words = "Take it again from the beginning" if is_completed else "Start again from the beginning"
        yield Button(words, is_again=True, warning=NEW_ATTEMPT)


def _start(course: OwnCourse, *, is_main: bool, renews_first: bool) -> Button:
    is_anew = course.starts_anew and (course.is_to_do or not course.is_open)
    is_over = not course.is_open and course.status_here is not statuses.NOT_STARTED
    if course.tries.given:
        words = "Start again"
    elif is_anew:
        words = "Take it again"
    elif course.starts_anew:
        words = "Look at the course again"
    elif course.is_open:
        words = "Continue"
    elif is_over:
        words = "Try again"
    else:
        words = "Take the course itself" if renews_first else "Start"
    return Button(words, is_main=is_main, is_again=is_over or is_anew)


def refresher_button(course: OwnCourse, *, is_main: bool = False) -> Button:
    """The button that begins or continues the refresher of a course."""
    verb = "Continue" if course.is_refresher_open else "Start"
    return Button(f"{verb} the refresher", "refresher", is_main)
