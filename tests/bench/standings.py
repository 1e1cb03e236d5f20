"""The lists of a large school on SQLite: how they grow with its people, and their queries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, event, insert, select

from player.records import counting
from player.records.columns import new_id, table
from player.records.database import Database, Transaction
from player.records.due import SETTLE
from player.records.play_tables import RegistrationRow
from player.records.tables import Enrolment, Membership, Team, TeamMember, VersionRow
from player.records.work_tables import JobRow
from player.school import standings
from player.school.accounts import set_password
from player.school.settling import Place, settle_some
from tests.bench.reminding import TIMES, fill
from tests.player import staff
from tests.player.lms import Lms
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import SiteUser, site

COURSES, PEOPLE, TEAMS = 12, 1_000, 20
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PAGES = {
    "compliance: by course": "/compliance",
    "compliance: by person": "/compliance/people",
    "compliance: a course": "/compliance/courses/course-3",
    "compliance: who is overdue in a course": "/compliance/courses/course-3?standing=overdue",
    "compliance: a course by name, its last page": "/compliance/courses/course-3?sort=name&page=4",
    "people": "/people",
    "people: who is overdue": "/people?status=overdue",
    "people: the last page": "/people?page=4",
    "people: a team": "/people?team={team}",
    "people: a search": "/people?q=ab",
    "people: a course": "/people?course=course-3",
    "people: who is overdue in a course": "/people?course=course-3&status=overdue",
    "courses": "/courses",
    "a person": "/people/{person}",
    "staff": "/staff",
    "staff: a search": "/staff?q=ab",
    "e-mails": "/emails",
    "activity log": "/activity",
    "activity log: by a name": "/activity?who=priya",
    "activity log: by what was done": "/activity?what=added:enrolment",
    "rules": "/rules",
    "give a course": "/give",
    "give a course to a team": "/give?team={team}",
}
RUNS = 5


def measure() -> dict[str, float]:
    """Each page of 1,000 people and of 10,000, with 12 courses that all of them must take."""
    (few, _, _), (many, slices, day) = _pages(PEOPLE), _pages(PEOPLE * TIMES)
    figures = {
        f"lists: seconds to settle {PEOPLE * TIMES} people for the first time": sum(slices),
        "lists: seconds of its longest transaction": max(slices),
        f"lists: seconds to count {PEOPLE * TIMES} people on a new day": sum(day),
        "lists: seconds of the longest transaction of that": max(day),
    }
    for name, (seconds, queries) in many.items():
        figures[f"{name}, milliseconds at {PEOPLE * TIMES} people"] = seconds * 1000
        figures[f"{name}, ratio at {TIMES} times the people"] = seconds / few[name][0]
        figures[f"{name}, queries"] = queries
    return figures


def _pages(people: int) -> tuple[dict[str, tuple[float, int]], list[float], list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/player.db")
        database.migrate()
        school = fill(database, people, COURSES)
        with database.writing() as tx:
            set_password(
                staff.add(tx, school, "Priya", "priya@example.org", "priya", "manager").person, PASSWORD
            )
        slices = _settle(database, school)
        with database.writing() as tx:
            ids = _begin(tx, school)
        standings.bring_up_to_date(database, school, NOW.date(), NOW)
        app = site(Sample(Lms(Path(folder), database, now=NOW)))
        user = SiteUser(app, "priya")
        told = {
            name: _page(app, user, f"/schools/{school}{path}".format(**ids)) for name, path in PAGES.items()
        }
        app.extensions["player.database"].close()
        day = _count(database, school, NOW.date() + timedelta(1))
        database.close()
    return told, slices, day


def _count(database: Database, school: str, on: date) -> list[float]:
    """Count the school for a new day, with the seconds of each transaction."""
    took, done = list[float](), False
    while not done:
        with database.writing() as tx:
            began = time.process_time()
            done = counting.count_some(tx, school, on)
            took.append(time.process_time() - began)
    return took


def _begin(tx: Transaction, school: str) -> dict[str, str]:
    """Most enrolments are begun, in every state, and everybody is in a team; returns a person and a team."""
    versions = {row.course_id: row.id for row in tx.scalars(select(VersionRow))}
    enrolments = tx.execute(select(table(Enrolment)).where(Enrolment.school_id == school)).all()
    rows = [_registration(at, one.id, versions[one.course_id]) for at, one in enumerate(enrolments) if at % 7]
    tx.execute(insert(table(RegistrationRow)), rows)
    teams = [new_id() for _ in range(TEAMS)]
    named = [{"id": one, "school_id": school, "name": one} for one in teams]
    tx.execute(insert(table(Team)), named)
    persons = tx.scalars(select(Membership.person_id).order_by(Membership.person_id)).all()
    since = date(2020, 1, 1)
    inside = [
        {"id": new_id(), "team_id": teams[at % TEAMS], "person_id": person, "since": since}
        for at, person in enumerate(persons)
    ]
    tx.execute(insert(table(TeamMember)), inside)
    return {"person": persons[0], "team": teams[0]}


def _registration(at: int, enrolment: str, version: int) -> dict[str, object]:
    is_done, has_failed = at % 7 > 2, at % 7 == 2
    told = {"id": new_id(), "enrolment_id": enrolment, "version_id": version, "attempts": 1, "sessions": 1}
    result = {"success_status": "failed" if has_failed else "unknown", "tree": "{}" * 200, "stores": "{}"}
    state = {"state": "ended" if is_done else "suspended", "completed": NOW if is_done else None}
    return {**told, **result, **state, "started": NOW, "completion_status": "unknown", "total_time": 600.0}


def _settle(database: Database, school: str) -> list[float]:
    """The processor's seconds of each transaction in which a job settles the school for the first time."""
    took: list[float] = []
    place: Place | None = Place(None)
    while place is not None:
        began = time.process_time()
        with database.writing() as tx:
            place = settle_some(tx, school, NOW, place)
        took.append(time.process_time() - began)
    with database.writing() as tx:
        tx.execute(delete(table(JobRow)).where(JobRow.kind == SETTLE))  # it was for what is settled now
    return took


def _page(app: object, user: SiteUser, path: str) -> tuple[float, int]:
    """Its seconds and its queries, once the process knows the courses' versions."""
    user.get(path)
    with _counted(app.extensions["player.database"]) as asked:  # type: ignore[attr-defined]
        assert user.get(path).status_code == 200
    return min(_seconds(user, path) for _ in range(RUNS)), len(asked)


def _seconds(user: SiteUser, path: str) -> float:
    """The processor's seconds: a machine that does other work beside it takes no longer."""
    began = time.process_time()
    user.get(path)
    return time.process_time() - began


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    """The queries that are asked meanwhile."""
    asked: list[str] = []

    def ask(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", ask)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", ask)
