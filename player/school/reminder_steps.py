"""The days on which reminders go out: the provider's for all schools, or a school's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from player.records import reminder_steps as rows
from player.records.database import Transaction
from player.reminders import DEFAULT_STEPS
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change


@dataclass(frozen=True, slots=True)
class StepsOfSchool:
    """The steps of a school: its own, if it has any, and the provider's."""

    own: tuple[int, ...] | None
    provider: tuple[int, ...]

    @property
    def in_force(self) -> tuple[int, ...]:
        """The steps of its rounds."""
        return self.own or self.provider


def of_school(tx: Transaction, school_id: str) -> StepsOfSchool:
    """The steps of a school and of the provider."""
    return StepsOfSchool(rows.steps(tx, school_id), of_provider(tx))


def of_provider(tx: Transaction) -> tuple[int, ...]:
    """The steps of every school that has not chosen its own."""
    return rows.steps(tx, None) or DEFAULT_STEPS


def in_force(tx: Transaction, school_id: str) -> tuple[int, ...]:
    """The steps of a school's rounds."""
    return of_school(tx, school_id).in_force


def save(
    tx: Transaction, actor: Actor, now: datetime, school_id: str | None, steps: Sequence[int] | None
) -> None:
    """Set the steps of a school or, without one, of the provider; None takes them back."""
    before = rows.steps(tx, school_id)
    rows.save(tx, school_id, steps)
    told = [{"steps": _told(one)} for one in (before, steps)]
    name = "a school" if school_id else "all schools"
    change = Change("changed", "reminder days", school_id or "provider", name, None, *told)
    auditing.write_difference(tx, actor, now, school_id, change)


def _told(steps: Sequence[int] | None) -> str:
    return in_words(steps) if steps else "as the provider says"


def in_words(steps: Sequence[int]) -> str:
    """“90, 60 and 30 days before, on the day, and 7 days after”."""
    before = [str(-step) for step in steps if step < 0]
    after = [str(step) for step in steps if step > 0]
    parts = [f"{_listed(before)} {_days(before)} before"] if before else []
    parts += ["on the day"] if 0 in steps else []
    parts += [f"{_listed(after)} {_days(after)} after"] if after else []
    return _listed(parts, ",") if len(parts) > 2 else _listed(parts)


def _listed(parts: Sequence[str], comma: str = "") -> str:
    *first, last = parts
    return f"{', '.join(first)}{comma} and {last}" if first else last


def _days(numbers: Sequence[str]) -> str:
    return "day" if numbers == ["1"] else "days"
