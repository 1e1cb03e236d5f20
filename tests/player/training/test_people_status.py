"""The People and Courses pages, in SQL, say what the rules say of each record."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

import pytest
from sqlalchemy import insert

from player.alphabet import finds, plain
from player.records import memberships, schools, standing_counts, teams, training
from player.records.columns import new_id, table
from player.records.database import Database, Transaction
from player.records.due_tables import DueDayRow, DueRow
from player.records.enrolment_status import KEYS, NOTHING
from player.records.people_status import PeopleStatuses, WantedPeople
from player.records.play_tables import RegistrationRow
from player.records.tables import Course, Enrolment, Membership, Person, TeamMember, VersionRow
from player.records.training import TrainingRecord
from player.school import overview, statuses
from player.school.statuses import status_of_record

pytestmark = pytest.mark.both_databases

ON = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NAMES = ("Ann Lee", "Élan Arc", "Ben O’Neill", "ben Ode", "Zoe Ash", "Łukasz Poe")
STATUSES = ("", *KEYS, "unfinished", "none", "no such status")


def _fill(tx: Transaction, random: Random, *, requires: bool) -> str:
    """A school with forty people in every state."""
    school = schools.school_named(tx, f"Northfield {requires}").id
    courses = [f"course-{requires}-{number}".lower() for number in range(4)]
    versions = []
    for at, course in enumerate(courses):
        tx.add(Course(id=course, title=random.choice("äAbB") + course, retired=NOW if at == 3 else None))
        told = {
            "number": 1,
            "digest": course,
            "ours": False,
            "standard": "x",
            "edition": "y",
            "package": "{}",
        }
        versions.append(VersionRow(course_id=course, key=new_id(), imported=NOW, **told))
    tx.add_all(versions)
    team = teams.team_named(tx, school, "Office")
    tx.flush()
    for number in range(40):
        name = f"{random.choice(NAMES)} {number % 7}"
        person = Person(id=new_id(), name=name, email=f"p{number}{requires}@b.org" if number % 3 else None)
        left = random.choice([None, None, None, ON, ON - timedelta(9), ON + timedelta(9)])
        stays = [(date(2020, 1, 1), left)]
        if number % 8 == 0:
            stays = [(date(2020, 1, 1), date(2021, 1, 1)), (ON - timedelta(99), left)]
        tx.add(person)
        tx.flush()
        for since, until in stays:
            staff_id = f"S{number}"
            tx.add(
                Membership(
                    person_id=person.id,
                    school_id=school,
                    staff_id=staff_id,
                    name=name,
                    since=since,
                    until=until,
                )
            )
        if number % 2:
            tx.add(TeamMember(team_id=team.id, person_id=person.id, since=date(2020, 1, 1)))
        is_here = left is None or left > ON
        for course, version in zip(courses, versions, strict=True):
            _enrol(tx, random, school, person.id, course, version.id)
            if is_here and random.random() < 0.6:
                tx.execute(insert(table(DueRow)), _due(random, school, person.id, course, requires=requires))
    tx.execute(insert(table(DueDayRow)), {"school_id": school, "computed": ON, "holds_until": None})
    return school


def _enrol(tx: Transaction, random: Random, school: str, person: str, course: str, version: int) -> None:
    if random.random() < 0.3:
        return
    for ended in random.choice([(None,), (NOW,), (NOW, None)]):
        enrolment = Enrolment(person_id=person, school_id=school, course_id=course, since=NOW, ended=ended)
        tx.add(enrolment)
        tx.flush()
        if random.random() < 0.7:
            tx.add(
                RegistrationRow(
                    enrolment_id=enrolment.id,
                    version_id=version,
                    state=random.choice(["not attempted", "running", "suspended", "ended"]),
                    attempts=random.choice([0, 1, 2]),
                    completed=random.choice([None, NOW]),
                    success_status=random.choice(["unknown", "failed", "passed"]),
                )
            )
    tx.flush()


def _due(random: Random, school: str, person: str, course: str, *, requires: bool) -> dict[str, object]:
    def day(before: int, after: int) -> date:
        return ON + timedelta(random.randint(-before, after))

    done = random.choice([None, day(300, 0)])
    due = random.choice([None, day(30, 60), ON])
    since = random.choice([day(60, 0), None]) if requires else random.choice([None, ON + timedelta(1)])
    opens = due and random.choice([None, due - timedelta(30)])
    key = {"school_id": school, "person_id": person, "course_id": course}
    return {**key, "required_since": since, "due": due, "opens": opens, "done": done}


class Rules:
    """The same pages from all records, in Python."""

    def __init__(self, tx: Transaction, school: str) -> None:
        self.stays = memberships.of_school(tx, school)
        self.records = [one for one in training.records(tx, school=school, on=ON) if one.is_offered]
        self.inside = teams.members(tx, school)
        here = {stay.person_id for stay in self.stays if not stay.has_left(ON)}
        self.here = [one for one in self.records if one.membership.person_id in here]
        self.requires = any(
            record.is_required for record in training.records(tx, school=school, on=ON, ended=True)
        )

    def people(self, wanted: WantedPeople) -> list[tuple[str, int, int, int]]:
        """The people whom the filters leave, each with the status, the courses that count, and those done."""
        found = []
        for stay in self.stays:
            of = [one for one in self.records if one.membership.person_id == stay.person_id]
            if wanted.course:
                of = [one for one in of if one.course.id == wanted.course]
            elif self.requires:
                of = [one for one in of if one.is_required]
            if stay.has_left(ON) is not wanted.gone or (wanted.course and not of):
                continue
            if wanted.team and stay.person_id not in self.inside[wanted.team]:
                continue
            if finds(wanted.search, stay.name, stay.email or "", stay.staff_id):
                told = [status_of_record(one) for one in of]
                done = sum(one in statuses.DONE for one in told)
                found.append((stay.person_id, together({one.key for one in told}), len(of), done))
        return found

    def counts(self, course: str) -> tuple[dict[int, int], int]:
        """The people in a course by status, and the number of whom it is required."""
        of = [one for one in self.here if one.course.id == course]
        return dict(Counter(map(place, of))), sum(one.is_required for one in of)


def place(record: TrainingRecord) -> int:
    return KEYS.index(status_of_record(record).key)


def together(keys: set[str]) -> int:
    """The headline of somebody with these statuses."""
    done = {status.key for status in statuses.DONE}
    if not keys:
        return NOTHING
    if len(keys) == 1:
        return KEYS.index(keys.pop())
    if keys <= done:
        return min(map(KEYS.index, keys))
    return KEYS.index(next((one for one in ("overdue", "not-passed") if one in keys), "under-way"))


def fits(status: int, wanted: str) -> bool:
    if wanted == "unfinished":
        return status != NOTHING and statuses.ALL[status] not in statuses.DONE
    return wanted == "" or wanted == ("none" if status == NOTHING else KEYS[status])


def test_pages_say_what_the_rules_say_of_each_record(database: Database) -> None:
    random = Random(7)  # noqa: S311
    with database.writing() as tx:
        filled = {requires: _fill(tx, random, requires=requires) for requires in (True, False)}
        for school in filled.values():
            standing_counts.recount(tx, school, ON)
    with database.reading() as tx:
        for requires, school in filled.items():
            rules = Rules(tx, school)
            assert rules.requires is requires
            seen = _compare(tx, rules, school, random)
            assert len(seen) == (len(KEYS) + 1 if requires else 5), "every status is there"
            for row in overview.by_course(tx, school, ON, is_counted=True):
                counts, required = rules.counts(row.course.id)
                assert {key: number for key, number in row.counts.items() if number} == {
                    KEYS[at]: number for at, number in counts.items()
                }
                assert row.is_required is (required == sum(counts.values()))
        assert tuple(status.key for status in statuses.ALL) == KEYS


def _compare(tx: Transaction, rules: Rules, school: str, random: Random) -> set[int]:
    """Some of all filters; returns the statuses that were there."""
    kept, counted = (PeopleStatuses(tx, school, ON, is_counted=known) for known in (True, False))
    titles = dict(
        sorted(((one.course.id, one.course.title) for one in rules.records), key=lambda one: plain(one[1]))
    )
    assert list(kept.titles().items()) == sorted(titles.items(), key=lambda one: plain(one[1]))
    office = teams.team_named(tx, school, "Office").id
    searches = ("", "bén", "lee s1", "zz", "B.ORG 3")
    filters = list(product(("", *titles), ("", office), searches, (False, True)))
    seen: set[int] = set()
    for course, team, search, gone in [("", "", "", False), *random.sample(filters, 30)]:
        wanted = WantedPeople(course, "", team, search, gone)
        people = rules.people(wanted)
        seen.update(status for _, status, *_ in people)
        for view in (kept, counted):
            assert view.counts(wanted).of == Counter(status for _, status, *_ in people), wanted
        for status in random.sample(STATUSES, 4):
            fitting = [row for row in people if fits(row[1], status)]
            for first, limit in ((0, None), (1, 3)):
                asked = WantedPeople(course, status, team, search, gone, first, limit)
                shown = fitting[first : None if limit is None else first + limit]
                assert {*tx.scalars(kept.matching(asked))} == {row[0] for row in shown}, asked
                if not course:
                    rows = [(one.person, one.status, one.courses, one.done) for one in kept.rows(asked)]
                    assert rows == shown, asked
    return seen


def test_what_is_still_to_do_is_that_of_the_records(database: Database) -> None:
    with database.writing() as tx:
        school = _fill(tx, Random(3), requires=True)  # noqa: S311
        rules, view = Rules(tx, school), PeopleStatuses(tx, school, ON, is_counted=False)
        left: dict[str, list[tuple[str, int]]] = {}
        for record in rules.records:
            if record.is_required and status_of_record(record) not in statuses.DONE:
                told = (record.course.title, place(record))
                left.setdefault(record.membership.person_id, []).append(told)
        found = view.to_do([stay.person_id for stay in rules.stays])
    assert {person: [tuple(one) for one in these] for person, these in found.items()} == left
