"""The day of a school's kept counts: those of standings and of statuses.

`due_day.counted` is the day of counts that are whole. `due_day.counting` is the day for which the school is
being counted, some people at a time: whoever has a row in `person_status` is counted already.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, true, update

from player.records.columns import table
from player.records.due_tables import DueDayRow, PersonStatusRow
from player.records.evidence import Executes
from player.records.locks import lock_school

PERSON, DAY = table(PersonStatusRow), table(DueDayRow)


class Followed(NamedTuple):
    """The people whose changes shift the counts, and the day of these; without a day nothing is kept."""

    day: date | None
    persons: Collection[str]


def followed(tx: Executes, school: str, persons: Collection[str]) -> Followed:
    """Those of these people who are counted. The others of a school that is being counted are counted as they
    are when it is their turn."""
    known = tx.execute(select(DAY.c.counted, DAY.c.counting).where(DAY.c.school_id == school)).first()
    if known is None or known.counted or known.counting is None:
        return Followed(known.counted if known else None, persons)
    these = select(PERSON.c.person_id).where(PERSON.c.school_id == school, PERSON.c.person_id.in_(persons))
    return Followed(known.counting, set(tx.execute(these).scalars()))


def forget(tx: Executes, school: str | None = None) -> None:
    """Count a school, or all, anew when it is next looked at."""
    known = select(DAY.c.school_id).order_by(DAY.c.school_id)
    for one in tx.execute(known).scalars().all() if school is None else [school]:
        lock_school(tx, one)  # before its row, as whoever computes it does
    these = true() if school is None else DAY.c.school_id == school
    tx.execute(update(DAY).where(these).values(counted=None, counting=None))
