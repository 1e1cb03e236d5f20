"""A learner's courses in the lists of their page, and the sentences above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from player.school import statuses
from player.web.course_words import ask
from player.web.own_course import OwnCourse
from player.web.wording import spelled

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """The course that was open last, and the others: to do, due soon, optional and done."""

    latest: OwnCourse | None
    to_do: Sequence[OwnCourse]
    optional: Sequence[OwnCourse]
    due_soon: Sequence[OwnCourse]
    done: Sequence[OwnCourse]

    @property
    def open(self) -> list[OwnCourse]:
        """The courses that are to be taken."""
        return [*([self.latest] if self.latest else []), *self.to_do]


def arranged(courses: Sequence[OwnCourse]) -> OwnTraining:
    """The lists of these courses; what is overdue comes first."""
    started = [one for one in courses if one.is_under_way and one.is_to_do]
    latest = max(started, key=lambda one: one.record.saved or LONG_AGO, default=None)
    rest = [one for one in courses if one is not latest]
    undone = [one for one in rest if not one.is_done]
    return OwnTraining(
        latest,
        sorted((one for one in undone if not one.is_optional), key=lambda one: not one.is_overdue),
        [one for one in undone if one.is_optional],
        [one for one in rest if one.status is statuses.DUE_SOON],
        [one for one in rest if one.is_done and one.status is not statuses.DUE_SOON],
    )


def heading(training: OwnTraining) -> str:
    """The heading of the page."""
    is_all_done = not training.open and not training.due_soon
    has_any = training.done or training.optional
    return "Nothing to do today" if is_all_done and has_any else "Your training"


def lede(training: OwnTraining) -> str:
    """The paragraph below the heading: how many courses are in progress, to do, overdue, due soon or done."""
    if training.open:
        return _open(training)
    if number := len(training.due_soon):
        return f"{_capital(spelled(number, 'course'))} {_are(number)} due soon. Nothing else is to do."
    if training.optional:
        return "You have done all that your school requires now. You can take what is optional if you wish."
    if number := len(training.done):
        every = "your course" if number == 1 else f"all {spelled(number, 'course')}"
        return f"You have completed {every}. Your school has this on record."
    return "You have no courses yet. They will appear here when your school assigns them."


def foot(schools: Sequence[tuple[str, Sequence[str]]]) -> str:
    """The sentence below the lists, with whom to ask; the schools have their name and their managers."""
    known = [(school, names) for school, names in schools if names]
    if len(known) > 1:
        who = " or ".join(f"{ask(names)} at {school}" for school, names in known)
        return f"Is something wrong here? Ask {who}."
    names = known[0][1] if known else ()
    what = f", who {'manages' if len(names) == 1 else 'manage'} training at your school" if names else ""
    return f"Is something wrong here? Ask {ask(names)}{what}."


def _open(training: OwnTraining) -> str:
    every = training.open
    begun = sum(one.is_under_way for one in every)
    waiting, overdue = len(every) - begun, sum(one.is_overdue for one in every)
    if not begun:
        return f"You have {spelled(waiting, 'course')} to do.{_overdue(overdue, len(every))}"
    more = f", and {spelled(waiting)} more {_are(waiting)} to do" if waiting else ""
    told = f"{_capital(spelled(begun, 'course'))} {_are(begun)} in progress{more}."
    return told + _overdue(overdue, len(every))


def _overdue(overdue: int, every: int) -> str:
    if not overdue:
        return ""
    if overdue < every:
        return f" {_capital(spelled(overdue))} of them {_are(overdue)} overdue."
    return {1: " It is overdue.", 2: " Both are overdue."}.get(every, " All of them are overdue.")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
