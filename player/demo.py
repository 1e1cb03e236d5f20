"""The demonstration that `make run` starts: every course compiled and imported, and a school with people."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from player import demo_staff, demo_training
from player.importing import ImportRefusedError, import_package
from player.records import memberships, people, rounds, schools
from player.records.database import Database, Transaction
from player.records.versions import Versions
from player.school import contacts, enrolling, reminding, staffing
from player.school.accounts import new_administrator, set_password
from player.school.actor import COMMAND
from player.school.contacts import Contact
from player.school.settling import school_today
from player.school.staffing import Details
from player.settings import Settings

SCHOOL = "Northfield Academy"
PASSWORD = "a-demo-for-northfield"  # noqa: S105 - printed at every start, and only where the demo runs
PEOPLE = (
    ("learner", "learner@northfield.example", "Sam Okafor", "demo-learner"),
    ("manager", "manager@northfield.example", "Priya Nair", "demo-manager"),
    ("administrator", "administrator@provider.example", "Alex Morgan", "demo-administrator"),
)
CONTACTS = {  # the other slots stay empty, so that a manager sees what is missing
    "dsl": Contact("Helen Marsh", "01632 960 121", "helen.marsh@northfield.example", "Office by the hall"),
    "deputy": Contact("Tom Ashby", "01632 960 122"),
    "head": Contact("Grace Obi", "01632 960 120", "head@northfield.example"),
    "lado": Contact("", "01632 960 300", "", "Weekdays, 9 to 5"),
}
PLAYED = "scorm2004"
JOINED = timedelta(days=700)
Say = Callable[[str], None]


def prepare(
    database: Database, settings: Settings, sources: Path, out: Path, now: datetime, say: Say
) -> list[tuple[str, str, str]]:
    """Bring the demonstration up to date; what is done already costs little. Returns role, address and
    password of the people who can sign in."""
    for package in compile_courses(sources, out, say):
        try:
            import_package(database, settings.packages, package, now)
        except ImportRefusedError as refusal:
            say(str(refusal))
    with database.writing() as tx:
        for role, email, name, learner_id in PEOPLE:
            _person(tx, role, Details(name, email, learner_id, role), now)
        for learner_id in ("demo-learner", "demo-manager"):
            _enrol_everywhere(tx, learner_id, now)
        _fill_contacts(tx, Versions(database), now)
    demo_staff.fill(database, settings, SCHOOL, now)
    demo_training.fill(database, SCHOOL, sources / "duties.toml", now)
    _remind(database, settings, now)
    return [(role, email, PASSWORD) for role, email, _, _ in PEOPLE]


def _remind(database: Database, settings: Settings, now: datetime) -> None:
    """Run today's round: without a mail server its e-mails stand in the outbox."""
    with database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        today = school_today(tx, school, now)
        is_done = rounds.last_day(tx, school) == today
    if not is_done:
        reminding.run_round(database, settings, school, today, now)


def compile_courses(sources: Path, out: Path, say: Say) -> list[Path]:
    """Compile the courses, and return the packages that are played here; the compiler passes over unchanged
    courses."""
    folders = sorted(path.parent for path in sources.rglob("course.yaml"))
    if not folders:
        say(f"There is no course below {sources}: a course is a folder with a course.yaml.")
    built = _build(folders, out, say)
    if built is None:  # one course must not keep the others away
        built = [path for folder in folders for path in _build([folder], out, say) or []]
    return [path for path in built if f".{PLAYED}." in path.name]


def _build(folders: list[Path], out: Path, say: Say) -> list[Path] | None:
    """Run the compiler's command; the player knows nothing else of it."""
    if not folders:
        return []
    command = Path(sys.executable).with_name("courseware")
    arguments = [str(command), "build", *map(str, folders), "--out", str(out)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        if len(folders) == 1:
            say(done.stderr.rstrip())
        return None
    warnings = done.stderr.count(": warning: ")
    if warnings:
        say(f"{warnings} warnings, listed by: courseware check {' '.join(map(str, folders))}")
    return [Path(line) for line in done.stdout.splitlines()]


def _person(tx: Transaction, role: str, details: Details, now: datetime) -> None:
    if people.person_of_email(tx, details.email) is not None:
        return
    if role == "administrator":
        person = new_administrator(tx, details.email, details.name)
    else:
        school = schools.school_named(tx, SCHOOL).id
        person = staffing.add(tx, COMMAND, now - JOINED, school, details).person
    set_password(person, PASSWORD)
    tx.flush()


def _fill_contacts(tx: Transaction, versions: Versions, now: datetime) -> None:
    """Fill in what the school has not filled in itself."""
    school = schools.school_named(tx, SCHOOL).id
    empty = [slot for slot in contacts.slots(tx, versions, school, now) if slot.is_missing]
    contacts.save(tx, COMMAND, now, school, empty, CONTACTS)


def _enrol_everywhere(tx: Transaction, learner_id: str, now: datetime) -> None:
    stays = memberships.called(tx, learner_id, schools.school_named(tx, SCHOOL).id)
    enrolling.enrol(tx, COMMAND, now, stays, demo_staff.courses_for_staff(tx))
