"""Two schools with people in every state, so that every page has something to show and somebody to refuse."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from player.records import people, schools
from player.records.tables import Person, School
from player.school import staffing
from player.school.accounts import set_password
from player.school.staffing import Details
from tests.player.house import CLOSE, OPEN, House, go, put
from tests.player.packages import scorm_12, scorm_2004

PASSWORD = "correct horse battery"
NORTH, SOUTH = "Northfield Academy", "Southbrook Primary"


@dataclass
class Town:
    """The ids of what was made."""

    house: House
    schools: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    registrations: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    key: str = ""

    @property
    def north(self) -> str:
        return self.schools[NORTH]

    @property
    def south(self) -> str:
        return self.schools[SOUTH]


def settle(house: House) -> Town:
    """Found the town, and let its people learn."""
    town = Town(house)
    for title, manifest in (
        ("Fire Safety", scorm_2004(1, "Fire Safety")),
        ("Asbestos", scorm_2004(4, "Asbestos")),
        ("Allegations", scorm_12(1, "Managing Allegations")),
    ):
        house.add(manifest, name=f"{title}.zip")
    with house.database.writing() as tx:
        for name in (NORTH, SOUTH):
            town.schools[name] = people.school_named(tx, name).id
        _people(town, tx)
        town.teams["office"] = schools.team_named(tx, town.north, "Office").id
        schools.join_teams(tx, town.people["ada"], town.north, {town.teams["office"]})
        people.add_school_key(tx, town.north, "Staff intranet", house.now)
        town.key = schools.keys(tx, town.north)[0].hash
        everybody = [tx.get_one(Person, town.people[name]) for name in ("sam", "ada", "zed", "priya")]
        staffing.enrol(tx, everybody, ["fire-safety", "asbestos", "managing-allegations"], house.now)
    _learn(town)
    return town


def _people(town: Town, tx: object) -> None:
    from sqlalchemy.orm import Session

    assert isinstance(tx, Session)
    for name, email, school, role in (
        ("Sam Okafor", "sam", NORTH, "learner"),
        ("Ada Byron-Whitefield", "ada", NORTH, "learner"),
        ("Cleo Specimen", "cleo", NORTH, "learner"),
        ("Ben Gone", "ben", NORTH, "learner"),
        ("Priya Nair", "priya", NORTH, "manager"),
        ("Zed <b>Quiet</b>", "zed", SOUTH, "learner"),
        ("Olu Samuel", "olu", SOUTH, "manager"),
    ):
        details = Details(name, f"{email}@example.org", email, role)
        person = staffing.add(tx, tx.get_one(School, town.schools[school]).id, details)
        town.people[email] = person.id
        if email != "cleo":
            set_password(person, PASSWORD)
        if email == "ben":
            person.left = date(2026, 9, 1)
    admin = Person(learner_id="alex", name="Alex Morgan", email="alex@example.org", role="administrator")
    set_password(admin, PASSWORD)
    tx.add(admin)
    tx.flush()
    town.people["alex"] = admin.id


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


def _learn(town: Town) -> None:
    house = town.house
    for learner, right in (("sam", 2), ("ada", 1), ("zed", 2)):
        tab = house.open("fire-safety", learner)
        tab.deliver()
        house.after(minutes=10)
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
    sam = house.open("asbestos", "sam")
    sam.deliver()
    sam.send(
        OPEN, put("cmi.completion_status", "completed"), put("cmi.exit", "normal"), CLOSE, go("continue")
    )
    later = house.open("asbestos", "sam")
    later.deliver()
    later.send(OPEN, put("cmi.location", "4"))
    sam.send(OPEN, put("cmi.location", "late"), session=sam.session)
    for record in house.records():
        town.registrations[f"{record['learner']['id']} {record['course']}"] = record["registration"]


def person_of(town: Town, email: str) -> Person | None:
    """Who has this address, if anybody."""
    with town.house.database.reading() as tx:
        return people.person_of_email(tx, email)
