"""The derived table of due days: kept in the transaction of whatever changes them, asked by the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, false, insert, select, update

from player.compliance import Line, SchoolFacts, positions
from player.records import count_days, counting, dated_rows, jobs, standing_counts, status_counts
from player.records.columns import table
from player.records.due_facts import FEW, Keys, load, renewed
from player.records.due_tables import DueDayRow, DueRow
from player.records.evidence import Executes
from player.records.locks import lock_school
from player.records.tables import School

SETTLE = "settle"  # the kind of the jobs that bring a table up to date
DUE, DUE_DAY, SCHOOL = table(DueRow), table(DueDayRow), table(School)
BATCH = 1_000
PATIENCE = timedelta(minutes=1)


def refresh(
    tx: Executes, school: str, today: date, persons: Keys = None, courses: Keys = None
) -> list[tuple[str, str]]:
    """Compute the due days of a school anew, of these people and courses where they are named.

    Of a school whose table is of an earlier day, on which a dated row did not apply yet or still did, all are
    computed. Returns the pairs of person and course that are required and have no enrolment.
    """
    lock_school(tx, school)
    known = tx.execute(select(DUE_DAY).where(DUE_DAY.c.school_id == school)).first()
    if known is None or not _holds(known, today):
        persons = courses = known = None
    if courses is not None:
        courses = {*courses, *(parent for course in courses for parent in renewed(tx, course))}
    facts = load(tx, school, persons, courses)
    lines = [line for line in positions(facts, today) if _is_of(line, persons, courses)]
    rows = [row_of(line) for line in lines]
    is_part = persons is not None or courses is not None
    if known is not None and persons is not None and len(persons) <= FEW:
        day, counted = count_days.followed(tx, school, persons)
        with (
            standing_counts.shifting(tx, school, day, counted, courses),
            status_counts.shifting(tx, school, day, counted),
        ):
            _replace(tx, school, rows, persons, courses)
        _keep_day(tx, school, today, _next_change(facts, today), known)
    else:
        _replace(tx, school, rows, persons, courses)
        _keep_day(tx, school, today, _next_change(facts, today), known if is_part else None)
        counting.count_at_once(tx, school, today)
    required = ((line.colleague.person, line.course) for line in lines if line.required_since)
    return [pair for pair in required if pair not in facts.enrolled]


def _is_of(line: Line, persons: Keys, courses: Keys) -> bool:
    return (persons is None or line.colleague.person in persons) and (
        courses is None or line.course in courses
    )


def refresh_pair(tx: Executes, school: str, today: date, person: str, course: str) -> None:
    """As `refresh`, for a learner's commit: a table that is to be computed anew anyway can wait for that.

    A clock that is behind leaves the table as of the day that it tells.
    """
    lock_school(tx, school)
    known = tx.execute(select(DUE_DAY).where(DUE_DAY.c.school_id == school)).first()
    if known is not None and _holds(known, max(today, known.computed)):
        refresh(tx, school, max(today, known.computed), {person}, {course})


def stale(tx: Executes, today: date) -> list[str]:
    """The schools whose table and counts are to be brought to that day, or wait for a job."""
    known = {row.school_id: row for row in tx.execute(select(DUE_DAY))}
    ids = tx.execute(select(SCHOOL.c.id).order_by(SCHOOL.c.id)).scalars().all()
    waiting = {key.split(":")[1] for key in jobs.open_keys(tx, f"{SETTLE}:")}
    return [one for one in ids if one in waiting or one not in known or not _is_current(known[one], today)]


class TableState(NamedTuple):
    """True where the table of a school tells the due days of a day, and its counts the standings of that day;
    `is_waiting` where a job is still to bring it up to date, `is_idle` where no worker has for a minute."""

    is_fresh: bool
    is_counted: bool
    is_waiting: bool
    is_idle: bool = False


def state(tx: Executes, school: str, today: date, now: datetime | None = None) -> TableState:
    """The state of a school's table on a day; whether it lies idle only where the time is named."""
    waits = jobs.open_ones(waiting_key(school)).label("waits")
    idle: Any = false() if now is None else jobs.lies_idle(waiting_key(school), now - PATIENCE, now)
    wanted = select(*DUE_DAY.c, waits, idle.label("idle")).select_from(SCHOOL)
    wanted = wanted.outerjoin(DUE_DAY, DUE_DAY.c.school_id == SCHOOL.c.id)
    row = tx.execute(wanted.where(SCHOOL.c.id == school)).one()
    known = row.computed is not None and _holds(row, today)
    is_waiting = bool(row.waits)
    return TableState(known and not is_waiting, row.counted == today, is_waiting, bool(row.idle))


def waiting_key(school: str) -> str:
    """The beginning of the keys of the jobs that bring a school's table up to date."""
    return f"{SETTLE}:{school}:"


def holds(tx: Executes, school: str, today: date) -> bool:
    """True where a part of the table may be computed for that day, and the rest stays."""
    known = tx.execute(select(DUE_DAY).where(DUE_DAY.c.school_id == school)).first()
    return known is not None and _holds(known, today)


def pass_days(tx: Executes, school: str, today: date, most: int) -> set[str] | None:
    """Let the table tell a new day, and return the people whose dated rows begin or end since: they are to be
    computed now. None where more than `most` are, or everybody: the table stays as it is."""
    lock_school(tx, school)
    known = tx.execute(select(DUE_DAY).where(DUE_DAY.c.school_id == school)).first()
    if known is None or known.computed > today or known.holds_until is None or _holds(known, today):
        return None
    persons = dated_rows.changed(tx, school, known.holds_until, today)
    if persons is None or len(persons) > most:
        return None
    values = {"computed": today, "holds_until": dated_rows.next_change(tx, school, today)}
    tx.execute(update(DUE_DAY).where(DUE_DAY.c.school_id == school).values(values))
    return persons


def begin(tx: Executes, school: str, today: date) -> None:
    """Let a school be computed for a day in parts: what changes meanwhile is computed too."""
    lock_school(tx, school)
    _keep_day(tx, school, today, None, None)


def _is_current(known: Any, today: date) -> bool:
    return known.counted == today and _holds(known, today)


def _holds(known: Any, today: date) -> bool:
    return known.computed <= today and (known.holds_until is None or today < known.holds_until)


def required_pairs(
    tx: Executes, school: str, on: date, person: str | None = None
) -> frozenset[tuple[str, str]]:
    """The pairs of person and course that are required at a school, or of one person there, as the table has
    them."""
    wanted = select(DUE.c.person_id, DUE.c.course_id)
    wanted = wanted.where(DUE.c.school_id == school, DUE.c.required_since <= on)
    if person is not None:
        wanted = wanted.where(DUE.c.person_id == person)
    return frozenset((person, course) for person, course in tx.execute(wanted))


def days_of(
    tx: Executes, school: str, courses: Collection[str], persons: Collection[str]
) -> list[tuple[str, str, date | None, date | None]]:
    """Person, course, the day on which it was done last and the due day, as the table has them for these
    people in these courses."""
    if not courses or not persons:
        return []
    wanted = select(DUE.c.person_id, DUE.c.course_id, DUE.c.done, DUE.c.due)
    wanted = wanted.where(DUE.c.school_id == school, DUE.c.course_id.in_(courses))
    if len(persons) <= FEW:
        wanted = wanted.where(DUE.c.person_id.in_(persons))
    return [(*row,) for row in tx.execute(wanted) if row.person_id in persons]


def row_of(line: Line) -> dict[str, Any]:
    """A line as the table keeps it."""
    return {
        "school_id": line.school,
        "person_id": line.colleague.person,
        "course_id": line.course,
        "required_since": line.required_since,
        "due": line.position.due,
        "opens": line.position.opens,
        "done": line.days[-1] if line.days else None,
    }


def _replace(tx: Executes, school: str, rows: list[dict[str, Any]], persons: Keys, courses: Keys) -> None:
    gone = delete(DUE).where(DUE.c.school_id == school)
    if courses is not None:
        gone = gone.where(DUE.c.course_id.in_(courses))
    for some in _batches(persons):
        tx.execute(gone if some is None else gone.where(DUE.c.person_id.in_(some)))
    for start in range(0, len(rows), BATCH):
        tx.execute(insert(DUE), rows[start : start + BATCH])


def _batches(keys: Keys) -> Iterator[Collection[str] | None]:
    if keys is None:
        yield None
        return
    listed = sorted(keys)
    for start in range(0, len(listed), FEW):
        yield listed[start : start + FEW]


def _next_change(facts: SchoolFacts, today: date) -> date | None:
    """The first later day on which a dated row begins or ends."""
    spans = [span for one in facts.people for span in one.stays]
    spans += [span for one in facts.people for team in one.teams.values() for span in team]
    spans += [one.span for rows in facts.requirements.values() for one in rows]
    days = {day for span in spans for day in span if day is not None and day > today}
    for rows in facts.duties.values():
        days |= {dated.since for dated in rows.provider if dated.since > today}
        days |= {dated.since for dated in rows.school if dated.since > today}
    days |= {one.day for rows in facts.evidence.values() for one in rows if one.day > today}
    days |= {day for day in facts.retired.values() if day > today}
    return min(days, default=None)


def _keep_day(tx: Executes, school: str, today: date, following: date | None, known: Any) -> None:
    """`known` is the row of a table of which only a part was computed: it holds no longer than before."""
    if known is not None:
        days = [day for day in (following, known.holds_until) if day is not None]
        values = {"holds_until": min(days, default=None)}
        tx.execute(update(DUE_DAY).where(DUE_DAY.c.school_id == school).values(values))
        return
    tx.execute(delete(DUE_DAY).where(DUE_DAY.c.school_id == school))
    tx.execute(insert(DUE_DAY), {"school_id": school, "computed": today, "holds_until": following})
