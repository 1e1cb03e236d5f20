"""Rounds of reminders, and what became of each step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, insert, select, update
from sqlalchemy.orm import Session as Transaction

from player.records.columns import table
from player.records.memberships import is_latest
from player.records.round_tables import MailItemRow, RoundRow
from player.records.tables import Course, Membership
from player.records.work_tables import MailRow
from player.reminders import StepDone

ROUND, ITEM = table(RoundRow), table(MailItemRow)
DONE = ("sent", "overtaken")
FEW = 500  # keys in one query


class Item(NamedTuple):
    """One step of a person in a course, and what became of it."""

    person: str
    course: str
    due: date
    step: int
    state: str
    reason: str = ""
    mail: str | None = None

    @property
    def key(self) -> Key:
        """The step itself: of one school it is there once."""
        return Key(self.person, self.course, self.due, self.step)


class Key(NamedTuple):
    """A step of a person in a course, in the cycle of a due day."""

    person: str
    course: str
    due: date
    step: int


def last_day(tx: Transaction, school_id: str) -> date | None:
    """The day of the latest round of a school."""
    return tx.scalar(select(func.max(RoundRow.day)).where(RoundRow.school_id == school_id))


def last_ended(tx: Transaction, school_id: str, on: date) -> date | None:
    """The day of the latest round of a school that was finished, of that day or earlier."""
    wanted = select(func.max(RoundRow.day)).where(RoundRow.school_id == school_id, RoundRow.day <= on)
    return tx.scalar(wanted.where(RoundRow.ended.is_not(None)))


def begin(tx: Transaction, school_id: str, day: date, now: datetime) -> None:
    """Write down that the round of a day has begun."""
    if tx.get(RoundRow, (school_id, day)) is None:
        tx.add(RoundRow(school_id=school_id, day=day, began=now, ended=None))
        tx.flush()


def end(tx: Transaction, school_id: str, day: date, now: datetime) -> None:
    """Write down that it is finished."""
    tx.execute(update(ROUND).where(ROUND.c.school_id == school_id, ROUND.c.day == day).values(ended=now))


def steps_done(tx: Transaction, school_id: str) -> Mapping[tuple[str, str], Sequence[StepDone]]:
    """The steps of a school that are done, by person and course."""
    wanted = select(ITEM.c.person_id, ITEM.c.course_id, ITEM.c.due, ITEM.c.step)
    done: dict[tuple[str, str], list[StepDone]] = defaultdict(list)
    for person, course, due, step in tx.execute(
        wanted.where(ITEM.c.school_id == school_id, ITEM.c.state.in_(DONE))
    ):
        done[person, course].append(StepDone(due, step))
    return done


def states(tx: Transaction, school_id: str, persons: Collection[str]) -> dict[Key, str]:
    """The present states of the steps of these people."""
    wanted = select(ITEM.c.person_id, ITEM.c.course_id, ITEM.c.due, ITEM.c.step, ITEM.c.state)
    wanted = wanted.where(ITEM.c.school_id == school_id, ITEM.c.person_id.in_(persons))
    return {Key(*row[:4]): row[4] for row in tx.execute(wanted)}


def sent_with(tx: Transaction, mail_id: str) -> list[Item]:
    """The steps that an e-mail was written for, without those that it overtook."""
    wanted = select(ITEM).where(ITEM.c.mail_id == mail_id, ITEM.c.state == "sent")
    return [
        Item(row.person_id, row.course_id, row.due, row.step, row.state, row.reason, row.mail_id)
        for row in tx.execute(wanted)
    ]


def keep(tx: Transaction, school_id: str, day: date, items: Sequence[Item], known: Mapping[Key, str]) -> None:
    """Write what became of these steps; one that was not sent before gets its new state."""
    new = [item for item in items if item.key not in known]
    if new:
        tx.execute(insert(ITEM), [_values(item) | {"school_id": school_id, "day": day} for item in new])
    for item in items:
        if item.key in known:
            of = (ITEM.c.school_id == school_id, ITEM.c.person_id == item.person)
            step = (ITEM.c.course_id == item.course, ITEM.c.due == item.due, ITEM.c.step == item.step)
            told = {"state": item.state, "reason": item.reason, "mail_id": item.mail, "day": day}
            tx.execute(update(ITEM).where(*of, *step).values(told))


def _values(item: Item) -> dict[str, object]:
    return {
        "person_id": item.person,
        "course_id": item.course,
        "due": item.due,
        "step": item.step,
        "state": item.state,
        "reason": item.reason,
        "mail_id": item.mail,
    }


class ToldItem(NamedTuple):
    """A step as a page lists it."""

    day: date
    person_id: str
    name: str
    course: str
    due: date
    step: int
    state: str
    reason: str
    mail_id: str | None


def listed(
    tx: Transaction, school_id: str, item_states: Collection[str], skip: int, most: int
) -> Iterable[ToldItem]:
    """The steps of a school in these states, the newest round first."""
    wanted = (
        select(
            *(MailItemRow.day, MailItemRow.person_id, Membership.name, Course.title, MailItemRow.due),
            *(MailItemRow.step, MailItemRow.state, MailItemRow.reason, MailItemRow.mail_id),
        )
        .join(
            Membership,
            and_(
                Membership.person_id == MailItemRow.person_id, Membership.school_id == MailItemRow.school_id
            ),
        )
        .join(Course, Course.id == MailItemRow.course_id)
        .where(is_latest(), MailItemRow.school_id == school_id, MailItemRow.state.in_(item_states))
        .order_by(MailItemRow.day.desc(), Membership.name, MailItemRow.due, MailItemRow.step)
    )
    return [ToldItem(*row) for row in tx.execute(wanted.offset(skip).limit(most))]


def counts(tx: Transaction, school_id: str) -> dict[str, int]:
    """The number of steps in each state."""
    wanted = select(MailItemRow.state, func.count()).where(MailItemRow.school_id == school_id)
    return {row[0]: row[1] for row in tx.execute(wanted.group_by(MailItemRow.state))}


class LastReminder(NamedTuple):
    """The latest reminder of a person: when it was written, its state, and how many there were in all."""

    at: datetime
    state: str
    number: int


def last_reminders(
    tx: Transaction, school_id: str, persons: Collection[str], course_id: str = ""
) -> dict[str, LastReminder]:
    """The latest reminder of each of these people, about one course or any."""
    wanted = _sent(school_id, course_id, ITEM.c.person_id, MailRow.id, MailRow.written, MailRow.state)
    wanted = wanted.where(ITEM.c.person_id.in_(persons)).distinct().order_by(MailRow.written)
    found: dict[str, LastReminder] = {}
    for person, _, written, state in tx.execute(wanted):
        before = found.get(person)
        found[person] = LastReminder(written, state, before.number + 1 if before else 1)
    return found


def reminded_since(school_id: str, since: datetime, course_id: str = "") -> Select[Any]:
    """The people of a school who were sent a reminder since then, about one course or any."""
    wanted = _sent(school_id, course_id, ITEM.c.person_id)
    return wanted.where(MailRow.written >= since, MailRow.state.not_in(("failed", "kept")))


def reminded(tx: Transaction, school_id: str, since: datetime, course_id: str) -> set[str]:
    """The same as a set of ids."""
    return set(tx.execute(reminded_since(school_id, since, course_id)).scalars())


def last_written(school_id: str, course_id: str = "") -> Select[Any]:
    """The people of a school for whom a reminder was written, about one course or any, each with the time of
    the latest as `written`."""
    wanted = _sent(school_id, course_id, ITEM.c.person_id, func.max(MailRow.written).label("written"))
    return wanted.group_by(ITEM.c.person_id)


def _sent(school_id: str, course_id: str, *columns: Any) -> Select[Any]:
    """The steps of a school that are sent, with their e-mails; no course id is all courses."""
    wanted = select(*columns).select_from(ITEM).join(MailRow, MailRow.id == ITEM.c.mail_id)
    wanted = wanted.where(ITEM.c.school_id == school_id, ITEM.c.state == "sent")
    return wanted.where(ITEM.c.course_id == course_id) if course_id else wanted


def last_digest(tx: Transaction, school_id: str, person_id: str, on: date) -> date | None:
    """The day of the latest digest to a manager, of that day or earlier; it is the last part of its key."""
    wanted = select(MailRow.key).where(
        MailRow.kind == "digest", MailRow.school_id == school_id, MailRow.person_id == person_id
    )
    days = (date.fromisoformat(key.rpartition(":")[2]) for key in tx.scalars(wanted))
    return max((day for day in days if day <= on), default=None)
