"""Two schools with people in every state, so that every page has something to show and somebody to refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session as Transaction

from player.records import mail, memberships, people, school_keys, schools, teams
from player.records.tables import Membership, Person
from player.school import notices, requiring
from player.school.accounts import set_password
from player.school.actor import COMMAND
from tests.player import staff
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import scorm_12, scorm_2004

PASSWORD = "correct horse battery"
NORTH, SOUTH = "Northfield Academy", "Southbrook Primary"
LEARNING = 30  # minutes by which the clock goes on while the sample people learn


@dataclass
class Sample:
    """The ids of the sample schools, of their people and of what these have learned."""

    lms: Lms
    schools: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    registrations: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    key: str = ""
    mail: str = ""

    @property
    def north(self) -> str:
        return self.schools[NORTH]

    @property
    def south(self) -> str:
        return self.schools[SOUTH]


def fill(lms: Lms) -> Sample:
    """Make the schools and their people, and let them learn."""
    sample = Sample(lms)
    for title, manifest in (
        ("Fire Safety", scorm_2004(1, "Fire Safety")),
        ("Asbestos", scorm_2004(4, "Asbestos")),
        ("Allegations", scorm_12(1, "Managing Allegations")),
    ):
        lms.add(manifest, name=f"{title}.zip")
    with lms.database.writing() as tx:
        for name in (NORTH, SOUTH):
            sample.schools[name] = schools.school_named(tx, name).id
        _people(sample, tx)
        sample.teams["office"] = teams.team_named(tx, sample.north, "Office").id
        teams.add_members(tx, sample.teams["office"], {sample.people["ada"]}, lms.now.date())
        school_keys.add(tx, sample.north, "Staff intranet", lms.now)
        sample.key = school_keys.of_school(tx, sample.north)[0].hash
        cleo = memberships.at_school(tx, sample.north, sample.people["cleo"])
        assert cleo is not None
        notices.invite(tx, lms.settings, COMMAND, lms.now, cleo)
        sample.mail = mail.listed(tx, sample.north, (), 0, 1)[0].id
        for school, names in ((sample.north, ("sam", "ada", "priya")), (sample.south, ("zed",))):
            everybody = [staff.member(tx, school, sample.people[name]) for name in names]
            staff.enrol(tx, everybody, ["fire-safety", "asbestos", "managing-allegations"], lms.now)
        office, day = [sample.teams["office"]], lms.now.date()
        requiring.require(tx, COMMAND, lms.now, sample.north, "managing-allegations", office, day)
    _learn(sample)
    return sample


def _people(sample: Sample, tx: Transaction) -> None:
    for name, email, school, role in (
        ("Sam Okafor", "sam", NORTH, "learner"),
        ("Ada Byron-Whitefield", "ada", NORTH, "learner"),
        ("Cleo Specimen", "cleo", NORTH, "learner"),
        ("Ben Gone", "ben", NORTH, "learner"),
        ("Priya Nair", "priya", NORTH, "manager"),
        ("Zed <b>Quiet</b>", "zed", SOUTH, "learner"),
        ("Olu Samuel", "olu", SOUTH, "manager"),
    ):
        stay = staff.add(tx, sample.schools[school], name, f"{email}@example.org", email, role)
        sample.people[email] = stay.person_id
        if email != "cleo":
            set_password(stay.person, PASSWORD)
        stay.since, stay.until = date(2025, 9, 1), date(2026, 9, 1) if email == "ben" else None
    admin = Person(name="Alex Morgan", email="alex@example.org", is_administrator=True)
    set_password(admin, PASSWORD)
    tx.add(admin)
    tx.flush()
    sample.people["alex"] = admin.id


def answer(at: int, question: str, given: str, right: str) -> list[list[str]]:
    """One answer as SCORM 2004 reports it."""
    at_ = f"cmi.interactions.{at}"
    return [
        put(f"{at_}.id", f"q{at}"),
        put(f"{at_}.type", "choice"),
        put(f"{at_}.timestamp", "2026-11-24T09:10:00.0Z"),
        put(f"{at_}.correct_responses.0.pattern", right),
        put(f"{at_}.learner_response", given),
        put(f"{at_}.result", "correct" if given == right else "incorrect"),
        put(f"{at_}.latency", "PT12S"),
        put(f"{at_}.description", question),
    ]


def _learn(sample: Sample) -> None:
    lms = sample.lms
    for learner, right in (("sam", 2), ("ada", 1), ("zed", 2)):
        tab = lms.open("fire-safety", learner)
        tab.deliver()
        lms.after(minutes=LEARNING / 3)
        calls = [
            *answer(0, "Who calls 999?", "whoever_sees_it", "whoever_sees_it"),
            *answer(1, "Where do you meet?", "car_park" if right == 1 else "field", "field"),
            put("cmi.score.raw", str(right)),
            put("cmi.score.min", "0"),
            put("cmi.score.max", "2"),
            put("cmi.score.scaled", str(right / 2)),
            put("cmi.completion_status", "completed"),
            put("cmi.success_status", "passed" if right == 2 else "failed"),
            put("cmi.exit", "normal"),
        ]
        tab.send(OPEN, *calls, CLOSE)
        tab.send(go("exitAll"))
    sam = lms.open("asbestos", "sam")
    sam.deliver()
    sam.send(
        OPEN, put("cmi.completion_status", "completed"), put("cmi.exit", "normal"), CLOSE, go("continue")
    )
    later = lms.open("asbestos", "sam")
    later.deliver()
    later.send(OPEN, put("cmi.location", "4"))
    sam.send(OPEN, put("cmi.location", "late"), session=sam.session)
    for record in lms.records():
        sample.registrations[f"{record['learner']['id']} {record['course']}"] = record["registration"]


def person_of(sample: Sample, email: str) -> Person | None:
    """Who has this address, if anybody."""
    with sample.lms.database.reading() as tx:
        return people.person_of_email(tx, email)


def member_of(sample: Sample, who: str, school: str = "") -> Membership:
    """Somebody's membership of Northfield, or of the school of that id."""
    with sample.lms.database.reading() as tx:
        return staff.member(tx, school or sample.north, sample.people[who])
