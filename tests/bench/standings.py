"""The compliance pages of a large school on SQLite: how they grow with its people, and their queries."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from player.records.database import Database
from player.school.accounts import set_password
from player.school.settling import Place, settle_some
from tests.bench.reminding import TIMES, fill
from tests.player import staff
from tests.player.lms import Lms
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import SiteUser, site

COURSES, PEOPLE = 12, 1_000
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
PAGES = {
    "by course": "",
    "by person": "/people",
    "a course": "/courses/course-3",
    "who is overdue in a course": "/courses/course-3?standing=overdue",
    "a course by name, its last page": "/courses/course-3?sort=name&page=4",
}
RUNS = 5


def measure() -> dict[str, float]:
    """Each page of 1,000 people and of 10,000, with 12 courses that all of them must take."""
    (few, _), (many, slices) = _pages(PEOPLE), _pages(PEOPLE * TIMES)
    figures = {
        f"compliance: seconds to settle {PEOPLE * TIMES} people for the first time": sum(slices),
        "compliance: seconds of its longest transaction": max(slices),
    }
    for name, (seconds, queries) in many.items():
        figures[f"compliance: {name}, milliseconds at {PEOPLE * TIMES} people"] = seconds * 1000
        figures[f"compliance: {name}, ratio at {TIMES} times the people"] = seconds / few[name][0]
        figures[f"compliance: {name}, queries"] = queries
    return figures


def _pages(people: int) -> tuple[dict[str, tuple[float, int]], list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/player.db")
        database.migrate()
        school = fill(database, people, COURSES)
        with database.writing() as tx:
            set_password(
                staff.add(tx, school, "Priya", "priya@example.org", "priya", "manager").person, PASSWORD
            )
        slices = _settle(database, school)
        app = site(Sample(Lms(Path(folder), database, now=NOW)))
        user = SiteUser(app, "priya")
        told = {name: _page(app, user, f"/schools/{school}/compliance{path}") for name, path in PAGES.items()}
        app.extensions["player.database"].close()
        database.close()
    return told, slices


def _settle(database: Database, school: str) -> list[float]:
    """The processor's seconds of each transaction in which a job settles the school for the first time."""
    took: list[float] = []
    place: Place | None = Place(None)
    while place is not None:
        began = time.process_time()
        with database.writing() as tx:
            place = settle_some(tx, school, NOW, place)
        took.append(time.process_time() - began)
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
