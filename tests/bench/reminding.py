"""The nightly round of a trust on SQLite, with what it reads and writes, and how it grows."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from courseware.package import Item, Organization, Package, Resource, ResourceType, Standard
from player.records.columns import new_id, table
from player.records.database import Database
from player.records.due_tables import DutyRow, RequirementRow
from player.records.evidence_tables import EvidenceRow
from player.records.tables import Course, Membership, Person, School, VersionRow
from player.records.versions import package_to_json
from player.school.reminding import run_round
from player.settings import read_settings

COURSES = 10
PEOPLE = 1_000
TIMES = 10
ON = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 7, tzinfo=UTC)
PACKAGE = Package(
    Standard.SCORM_12,
    "1.2",
    "course",
    organizations=(Organization("o", "Course", (Item("i", "Course", "r"),)),),
    default_organization="o",
    resources=(Resource("r", ResourceType.SCO, "p1.html", ("p1.html",)),),
)
RECORDED = {"recorded": NOW, "recorded_by": "bench"}


def measure() -> dict[str, float]:
    """Rounds of 10,000 and of 100,000 pairs of person and course: the first, in which a fifth is due, and
    the next day's, as on most nights."""
    few, many = _rounds(PEOPLE), _rounds(PEOPLE * TIMES)
    figures = {f"reminders: seconds of a first round, {PEOPLE * COURSES} pairs": few[0]}
    figures[f"reminders: seconds of a first round, {PEOPLE * COURSES * TIMES} pairs"] = many[0]
    figures[f"reminders: seconds of the next round, {PEOPLE * COURSES * TIMES} pairs"] = many[1]
    figures[f"reminders: a first round, ratio at {TIMES} times the people"] = many[0] / few[0]
    figures[f"reminders: the next round, ratio at {TIMES} times the people"] = many[1] / few[1]
    return figures


def _rounds(people: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"PLAYER_DATA": str(Path(folder) / "data")})
        database = Database(settings.database_url)
        database.migrate()
        school = fill(database, people)
        took = []
        for day in (ON, ON + timedelta(1)):
            began = time.process_time()
            run_round(database, settings, school, day, NOW)
            took.append(time.process_time() - began)
        database.close()
    return took[0], took[1]


def fill(database: Database, people: int, number_of_courses: int = COURSES) -> str:
    """A school where everybody must take all courses each year, and did so on some day of a year."""
    school, persons = new_id(), [new_id() for _ in range(people)]
    courses = [f"course-{number}" for number in range(number_of_courses)]
    with database.writing() as tx:
        tx.execute(insert(table(School)), {"id": school, "name": "Trust", "time_zone": "Europe/London"})
        tx.execute(insert(table(Course)), [{"id": one, "title": one} for one in courses])
        tx.execute(insert(table(VersionRow)), [_version(one) for one in courses])
        tx.execute(insert(table(Person)), [_person(one) for one in persons])
        tx.execute(insert(table(Membership)), [_stay(one, school) for one in persons])
        tx.execute(insert(table(RequirementRow)), [_requirement(one) for one in courses])
        tx.execute(insert(table(DutyRow)), [_duty(one) for one in courses])
        pairs = ((person, course) for person in persons for course in courses)
        rows = [_evidence(number, *pair, school) for number, pair in enumerate(pairs)]
        tx.execute(insert(table(EvidenceRow)), rows)
    return school


def _version(course: str) -> dict[str, object]:
    told = {"number": 1, "digest": course, "ours": False, "draft": False, "imported": NOW}
    row = {"standard": PACKAGE.standard, "edition": PACKAGE.edition, "package": package_to_json(PACKAGE)}
    return {"course_id": course, "key": new_id(), **told, **row}


def _person(person: str) -> dict[str, object]:
    address = f"{person.lower()}@school.example"
    return {"id": person, "name": person, "email": address, "sign_in_epoch": 0, "is_administrator": False}


def _stay(person: str, school: str) -> dict[str, object]:
    told = {"name": person, "staff_id": person, "access": "learner", "job_title": "", "until": None}
    return {"id": new_id(), "person_id": person, "school_id": school, "since": date(2020, 1, 1), **told}


def _requirement(course: str) -> dict[str, object]:
    return {"id": new_id(), "course_id": course, "since": date(2020, 1, 1), "until": None, **RECORDED}


def _duty(course: str) -> dict[str, object]:
    values = {"kind": "regular", "basis": "yearly", "months": 12, "anchor": "completion", "window": 60}
    return {"course_id": course, "since": date(2020, 1, 1), "first": 28, "least": 1, **values, **RECORDED}


def _evidence(number: int, person: str, course: str, school: str) -> dict[str, object]:
    """Completed on any day from five weeks after to a year before the due day."""
    day = ON - timedelta(365) + timedelta(number * 37 % 400 - 35)
    told = {"kind": "external", "day": min(day, ON), "note": "", "recorded": NOW}
    return {"id": new_id(), "person_id": person, "course_id": course, "school_id": school, **told}
