"""One round at one school: an e-mail a person with all their courses, and the reason for each not sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from player.compliance import Renewal

from .exclusions import Exclusions
from .steps import DEFAULT_STEPS, StepDone, next_step

LOOKED_BACK = timedelta(31)


class Reason(StrEnum):
    """A reason for not sending; an exclusion adds its own words."""

    LEFT = "left"
    SUSPENDED = "on long leave"
    RETIRED = "course retired"
    EXCLUDED = "excluded"
    RENEWED = "renewed meanwhile"
    NOT_REQUIRED = "no longer required"
    NO_ADDRESS = "no address"


# A round tells these once, on the day of the step: nobody can mend them. The others are told until they end.
FINAL = frozenset({Reason.LEFT, Reason.RETIRED, Reason.RENEWED})


class Recipient(NamedTuple):
    """Somebody at the school, today."""

    person: str
    address: str | None
    has_left: bool = False
    is_suspended: bool = False


class Candidate(NamedTuple):
    """One person in one course that they must take, or had to until they left.

    `completed` is the day of the latest evidence, None where there is none; `due_before` is the due day that
    this evidence replaced; `renewal` is the refresher that renews it, whether in time still or not.
    """

    recipient: Recipient
    course: str
    due: date | None
    completed: date | None = None
    due_before: date | None = None
    done: Sequence[StepDone] = ()
    is_retired: bool = False
    renewal: Renewal | None = None


class ReminderStep(NamedTuple):
    """One course in an e-mail, and the older steps that are overtaken with it."""

    course: str
    due: date
    step: int
    overtaken: tuple[int, ...] = ()

    @property
    def day(self) -> date:
        """The day of the step."""
        return self.due + timedelta(self.step)


class Reminder(NamedTuple):
    """One e-mail: what is due first comes first."""

    recipient: Recipient
    items: tuple[ReminderStep, ...]


class Withheld(NamedTuple):
    """One step that is not sent, and why."""

    recipient: Recipient
    course: str
    due: date
    step: int
    reason: Reason
    why: str = ""

    def __str__(self) -> str:
        return f"{self.reason}: {self.why}" if self.why else str(self.reason)


class Round(NamedTuple):
    """All that a round does at one school."""

    reminders: tuple[Reminder, ...]
    withheld: tuple[Withheld, ...]


def plan_round(
    candidates: Iterable[Candidate],
    exclusions: Exclusions,
    on: date,
    steps: Sequence[int] = DEFAULT_STEPS,
    last_round: date | None = None,
) -> Round:
    """The e-mails of one day. Planned again after they were written down, it has none of them."""
    since = on - LOOKED_BACK if last_round is None else last_round
    items: dict[Recipient, list[ReminderStep]] = {}
    withheld: list[Withheld] = []
    for candidate in candidates:
        item = _pending(candidate, steps, on)
        against = _against(candidate, exclusions) if item else None
        if item is None:
            item, against = _missed(candidate, steps, on), (Reason.RENEWED, "")
        if item is None:
            continue
        if against is None:
            items.setdefault(candidate.recipient, []).append(item)
        elif against[0] not in FINAL or since < item.day:
            withheld.append(Withheld(candidate.recipient, item.course, item.due, item.step, *against))
    reminders = (
        Reminder(recipient, tuple(sorted(pending, key=_urgency))) for recipient, pending in items.items()
    )
    return Round(tuple(reminders), tuple(withheld))


def is_renewed(planned: date, due: date | None) -> bool:
    """True where a planned e-mail would be wrong now: the course was done since, or needs no renewal."""
    return due is None or due > planned


def outdated(candidate: Candidate | None, planned: date, exclusions: Exclusions) -> str:
    """The reason against a reminder that has waited, or nothing; None is somebody who need not take it."""
    if candidate is None:
        return str(Reason.NOT_REQUIRED)
    if against := _against(candidate, exclusions):
        reason, why = against
        return f"{reason}: {why}" if why else str(reason)
    return str(Reason.RENEWED) if is_renewed(planned, candidate.due) else ""


def _pending(candidate: Candidate, steps: Sequence[int], on: date) -> ReminderStep | None:
    """The step that is to go out now, whatever may be against it."""
    if candidate.due is None:
        return None
    step = next_step(candidate.due, steps, candidate.done, on, candidate.completed)
    return ReminderStep(candidate.course, candidate.due, step.step, step.overtaken) if step else None


def _missed(candidate: Candidate, steps: Sequence[int], on: date) -> ReminderStep | None:
    """The step that would go out now, had the course not been done after its first reminder."""
    before, completed = candidate.due_before, candidate.completed
    if before is None or completed is None or completed < before + timedelta(steps[0]):
        return None
    step = next_step(before, steps, candidate.done, on)
    return ReminderStep(candidate.course, before, step.step, step.overtaken) if step else None


def _against(candidate: Candidate, exclusions: Exclusions) -> tuple[Reason, str] | None:
    recipient = candidate.recipient
    if recipient.has_left:
        return Reason.LEFT, ""
    if recipient.is_suspended:
        return Reason.SUSPENDED, ""
    if candidate.is_retired:
        return Reason.RETIRED, ""
    if exclusion := exclusions.find(recipient.person, candidate.course):
        return Reason.EXCLUDED, exclusion.why
    return None if recipient.address else (Reason.NO_ADDRESS, "")


def _urgency(item: ReminderStep) -> tuple[date, str]:
    return item.due, item.course
