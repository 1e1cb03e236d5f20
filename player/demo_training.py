"""The demonstration's rules and history: a course that everybody must take, and training that people had
elsewhere, so that somebody is in date, due soon, overdue and without any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from player.demo_staff import staff
from player.lists.external_training import TrainingRow
from player.records import courses, evidence, people, schools
from player.records.database import Database, Transaction
from player.school import duty_defaults, external, requiring, staffing
from player.school.actor import COMMAND
from player.school.settling import school_today
from player.school.staffing import Details

REQUIRED = "child-protection"
SINCE = timedelta(days=20)  # of the requirement: who has never done it has eight days left
# The days since somebody was trained elsewhere, by the name in their address.
ELSEWHERE = {
    "amina.yusuf": 380,
    "daniel.oconnor": 448,
    "ewa.kowalska": 351,
    "gareth.pritchard": 386,
    "isobel.macdonald": 320,
    "lwazi.dube": 402,
    "manager": 337,
}
RENEWED = (
    "child-on-child-abuse"  # required too: its refresher still renews the learner's, and not the manager's
)
RENEWED_ELSEWHERE = {"learner": 735, "manager": 900}
INSET = 400  # days since everybody else was trained in that at the school
FIRST_AID = ("catherine.mbeki", "harpreet.dhillon", "ewa.kowalska")
# A second school, so that the provider sees two side by side; the days since somebody was trained.
OTHER_SCHOOL = "Southbrook Primary"
OTHER_STAFF = {"Maya Castellanos": 40, "Noor Hadid": 200, "Owen Parry": 410, "Petra Lindqvist": None}
JOINED = timedelta(days=700)


def fill(database: Database, school_name: str, duties: Path, now: datetime) -> None:
    """Set the rules and add the history; what is there already stays."""
    with database.writing() as tx:
        school = schools.school_named(tx, school_name).id
        today = school_today(tx, school, now)
        if duties.exists():
            duty_defaults.set_defaults(tx, COMMAND, now, duties.read_bytes(), today - SINCE)
        if courses.course(tx, REQUIRED) is None:
            return
        if not evidence.external_of(tx, school):
            external.add(tx, COMMAND, now, school, _rows(tx, now), "training-2025.csv")
            for course in (REQUIRED, RENEWED):
                if courses.course(tx, course) is not None:
                    requiring.require(tx, COMMAND, now, school, course, (), today - SINCE)
        if schools.school_of_name(tx, OTHER_SCHOOL) is None:
            _fill_other(tx, today - SINCE, now)


def _fill_other(tx: Transaction, since: date, now: datetime) -> None:
    school, rows = schools.school_named(tx, OTHER_SCHOOL).id, []
    for number, (name, days) in enumerate(OTHER_STAFF.items(), start=1):
        email = f"{name.lower().replace(' ', '.')}@southbrook.example"
        details = Details(name, email, f"southbrook-{number}", "learner")
        stay = staffing.add(tx, COMMAND, now - JOINED, school, details)
        if days is not None:
            day = now.date() - timedelta(days)
            rows.append(TrainingRow(0, stay.person_id, REQUIRED, "", day, "With the local authority"))
    external.add(tx, COMMAND, now, school, rows, "training-2025.csv")
    requiring.require(tx, COMMAND, now, school, REQUIRED, (), since)


def _rows(tx: Transaction, now: datetime) -> Sequence[TrainingRow]:
    day = now.date()
    renewed = {each.email.partition("@")[0]: INSET for each in staff()} | RENEWED_ELSEWHERE
    names = {*ELSEWHERE, *renewed, *FIRST_AID}
    found = {name: people.person_of_email(tx, f"{name}@northfield.example") for name in names}
    known = {name: person.id for name, person in found.items() if person is not None}
    council = [
        TrainingRow(0, known[name], course, "", day - timedelta(days), "With the local authority")
        for course, elsewhere in ((REQUIRED, ELSEWHERE), (RENEWED, renewed))
        for name, days in elsewhere.items()
        if name in known and courses.course(tx, course) is not None
    ]
    first_aid = [
        TrainingRow(0, known[name], "", "First aid at work", day - timedelta(500), "")
        for name in FIRST_AID
        if name in known
    ]
    return [*council, *first_aid]
