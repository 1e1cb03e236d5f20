"""The steps of reminders that a school, or the provider for all, has chosen."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records.round_tables import ReminderStepsRow


def steps(tx: Transaction, school_id: str | None) -> tuple[int, ...] | None:
    """The steps of a school, or of the provider; None where nothing is chosen."""
    row = _row(tx, school_id)
    return tuple(map(int, row.steps.split())) if row is not None else None


def save(tx: Transaction, school_id: str | None, chosen: Sequence[int] | None) -> None:
    """Set the steps; None takes them back."""
    row = _row(tx, school_id)
    if chosen is None:
        if row is not None:
            tx.delete(row)
    elif row is None:
        tx.add(ReminderStepsRow(school_id=school_id, steps=" ".join(map(str, chosen))))
    else:
        row.steps = " ".join(map(str, chosen))
    tx.flush()


def _row(tx: Transaction, school_id: str | None) -> ReminderStepsRow | None:
    column = ReminderStepsRow.school_id
    of = column.is_(None) if school_id is None else column == school_id
    return tx.scalar(select(ReminderStepsRow).where(of))
