"""The derived table of due days against the computation, over random histories."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from player import slices
from player.compliance import Anchor, Duty, DutySettings, Kind, MonthDay, positions
from player.compliance.zones import london_today
from player.jobs import Worker
from player.links import TokenError
from player.lists.external_training import TrainingRow
from player.records import (
    count_days,
    counting,
    courses,
    due,
    due_facts,
    enrolments,
    evidence,
    memberships,
    people,
    schools,
    standing_counts,
)
from player.records.columns import table
from player.records.database import Transaction
from player.records.due_tables import (
    DueDayRow,
    DueRow,
    PersonStandingRow,
    PersonStatusRow,
    StandingCountRow,
    StatusCountRow,
)
from player.school import duties, enrolling, external, requiring, settling, standings
from player.school.actor import COMMAND
from player.school.settling import settle
from player.slices import SETTLE
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import join, leave

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ACTIONS = 25
BY = COMMAND


class History:
    """A school to which things happen in a random order."""

    def __init__(self, office: Office, seed: int) -> None:
        self.random, self.office = Random(seed), office  # noqa: S311
        self.courses = [office.add_course(title) for title in ("Fire", "Water", "Refresher")]
        self.people: list[str] = []

    def day(self, before: int = 900, after: int = 200) -> date:
        """A day around today."""
        return TODAY + timedelta(self.random.randint(-before, after))

    def act(self) -> None:
        """One thing happens, in a transaction of its own."""
        does: Callable[[Transaction, str], None] = self.random.choice(
            [
                *(self.joins, self.leaves, self.requires, self.provides, self.sets, self.adds, self.voids),
                *(self.enrols, self.withdraws, self.retires),
            ]
        )
        if not self.people:
            does = self.joins
        with self.office.lms.database.writing() as tx:
            does(tx, schools.school_named(tx, SCHOOL).id)
        if self.people and self.random.random() < 0.2:
            now = NOW - timedelta(self.random.randint(0, 400))
            with suppress(TokenError):  # who has left opens nothing
                self.office.complete(self.random.choice(self.courses), self.random.choice(self.people), now)

    def joins(self, tx: Transaction, school: str) -> None:
        email = f"p{len(self.people)}@northfield.example"
        join(tx, SCHOOL, f"P{len(self.people)} Lee", email, self.day(), self.random.choice(["", "Office"]))
        self.people.append(email)
        settle(tx, [school], NOW)

    def leaves(self, tx: Transaction, school: str) -> None:
        email = self.random.choice(self.people)
        leave(tx, email, self.random.choice([None, self.day()]))
        person = people.person_of_email(tx, email)
        assert person is not None
        settle(tx, [school], NOW, {person.id})

    def requires(self, tx: Transaction, school: str) -> None:
        course, at = self.random.choice(self.courses), self.random.choice([None, school])
        teams = requiring.team_ids(tx, school, ["Office"]) if at and self.has_team(tx, school) else []
        named, optional = self.random.choice([[], teams]), self.random.choice([False, True])
        try:
            requiring.require(tx, BY, NOW, at, course, named, self.day(), optional=optional)
        except requiring.TrainingRuleError:
            assert optional

    @staticmethod
    def has_team(tx: Transaction, school: str) -> bool:
        from player.records import teams

        return teams.known_team(tx, school, "Office") is not None

    def enrols(self, tx: Transaction, school: str) -> None:
        course = self.random.choice(self.courses)
        enrolling.enrol(tx, BY, NOW, memberships.on_day(tx, school, TODAY), [course])

    def withdraws(self, tx: Transaction, school: str) -> None:
        stays, course = memberships.of_school(tx, school), self.random.choice(self.courses)
        enrolling.withdraw(tx, BY, NOW, stays, [course], TODAY)

    def retires(self, tx: Transaction, _: str) -> None:
        course = courses.course(tx, self.courses[1])
        assert course is not None
        requiring.retire(tx, BY, NOW, course, back=course.retired is not None)

    def provides(self, tx: Transaction, _: str) -> None:
        kind = self.random.choice(list(Kind))
        months = self.random.choice([6, 12, 24])
        duty = Duty(kind, "A basis.", months, renewed_by=self.random.choice([None, self.courses[2]]))
        self.attempt(
            lambda: duties.set_provider_duty(
                tx, BY, NOW, self.random.choice(self.courses[:2]), duty, self.day()
            )
        )

    def sets(self, tx: Transaction, school: str) -> None:
        anchor = self.random.choice(list(Anchor))
        own = DutySettings(
            months=self.random.choice([None, "none", 3, 18]),
            anchor=anchor,
            fixed=MonthDay(9, 1),
            least=self.random.choice([1, 5]),
            window=self.random.choice([None, 30]),
            renewed_by=self.random.choice([None, "", self.courses[2]]),
            lapsed=90,
        )
        course = self.random.choice(self.courses[:2])
        self.attempt(lambda: duties.set_school_duty(tx, BY, NOW, school, course, own, self.day()))

    @staticmethod
    def attempt(work: Callable[[], Any]) -> None:
        with suppress(duties.DutyRefusedError):
            work()

    def adds(self, tx: Transaction, school: str) -> None:
        person = people.person_of_email(tx, self.random.choice(self.people))
        assert person is not None
        course = self.random.choice(self.courses)
        external.add(
            tx, BY, NOW, school, [TrainingRow(2, person.id, course, "", self.day(after=0))], "a list"
        )

    def voids(self, tx: Transaction, school: str) -> None:
        rows = [row for row in evidence.external_of(tx, school) if row.voided is None]
        if rows:
            row = self.random.choice(rows)
            if self.random.random() < 0.5:
                external.void(tx, BY, NOW, row.id, "It was wrong")
            else:
                external.undo(tx, BY, NOW, row.batch_id or "")


def _kept(tx: Transaction, school: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in tx.execute(select(table(DueRow)).where(DueRow.school_id == school))}


def _computed(tx: Transaction, school: str, on: date) -> set[tuple[Any, ...]]:
    facts = due_facts.load(tx, school)
    return {tuple(due.row_of(line).values()) for line in positions(facts, on)}


def _counts(tx: Transaction, school: str) -> list[set[tuple[Any, ...]]]:
    models = (StandingCountRow, PersonStandingRow, StatusCountRow, PersonStatusRow)
    kept = [table(model) for model in models]
    return [{tuple(row) for row in tx.execute(select(one).where(one.c.school_id == school))} for one in kept]


def _required(tx: Transaction, school: str) -> set[tuple[str, str]]:
    rows = select(DueRow.person_id, DueRow.course_id).where(
        DueRow.school_id == school, DueRow.required_since.is_not(None)
    )
    return {(person, course) for person, course in tx.execute(rows)}


def _enrolled(tx: Transaction, school: str) -> set[tuple[str, str]]:
    return enrolments.open_pairs(tx, school, {course.id for course in courses.every(tx)})


def _check_counts(office: Office) -> None:
    """The counts that are kept against those of their day that are made anew."""
    with office.lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        day = tx.execute(select(DueDayRow.counted).where(DueDayRow.school_id == school)).scalar_one()
        assert day is not None
        kept = _counts(tx, school)
        standing_counts.recount(tx, school, day)
        assert kept == _counts(tx, school)


def test_a_day_on_which_somebody_joins_computes_them_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job for the whole school is left to the day on which a requirement begins."""
    fire, now = office.add_course("Fire"), datetime.now(UTC)
    first, second = (london_today(now) + timedelta(days) for days in (1, 2))
    office.run("require", fire, "--school", SCHOOL)
    for name, since in (("Ann Lee", None), ("Ben Lee", None), ("Eve Lee", first)):
        office.add_person(name, since=since)
    water = office.add_course("Water")
    office.run("require", water, "--school", SCHOOL, "--on", second.isoformat())
    monkeypatch.setattr(settling, "MOST", 2)
    for day, waits in ((first, False), (second, True)):
        with office.lms.database.writing() as tx:
            school = schools.ids(tx)[0]
            settling.settle_day(tx, school, day, datetime.combine(day, time(12), UTC))
            assert due.state(tx, school, day).is_waiting is waits
            assert waits or _kept(tx, school) == _computed(tx, school, day)
            assert len(_enrolled(tx, school)) == 3, "Eve is enrolled with the others"


class UndoneError(Exception):
    """Takes back what a transaction has written."""


def _holds_until(tx: Transaction, school: str) -> date | None:
    return tx.scalar(select(DueDayRow.holds_until).where(DueDayRow.school_id == school))


def _passes(office: Office, school: str, later: date) -> bool:
    """A day passes that changes some people alone: only they are computed; what was written is taken back.
    False where it changes nobody or everybody."""
    passed = False
    with suppress(UndoneError), office.lms.database.writing() as tx:
        persons = due.pass_days(tx, school, later, 100)
        if persons:
            due.refresh(tx, school, later, persons)
        if persons is not None:
            passed = True
            assert _kept(tx, school) == _computed(tx, school, later)
            assert _holds_until(tx, school) == due._next_change(due_facts.load(tx, school), later)
        raise UndoneError
    return passed


def _count_some(office: Office, school: str) -> bool:
    """Begin to count the school anew; True where some people are counted and others are not."""
    with office.lms.database.writing() as tx:
        count_days.forget(tx, school)
        return not any(counting.count_some(tx, school, TODAY) for _ in range(3))


@pytest.mark.parametrize("is_sliced", [False, True])
def test_the_table_says_what_is_computed_from_the_evidence(
    office: Office, monkeypatch: pytest.MonkeyPatch, is_sliced: bool
) -> None:
    """Also where jobs settle a large school in slices, and other things happen between two of them."""
    history, lms = History(office, 1 + is_sliced), office.lms
    worker = Worker(lms.database, lms.settings, (SETTLE,), lambda: NOW)
    if is_sliced:
        monkeypatch.setattr(settling, "MOST", 2)
        monkeypatch.setattr(settling, "SLICE", 2)
        monkeypatch.setattr(slices, "SECONDS", 0)
        monkeypatch.setattr(counting, "SLICE", 2 * len(history.courses))
    with lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
    held = waited = counted = passed = 0
    for _ in range(ACTIONS // (1 + is_sliced)):
        history.act()
        if is_sliced and history.random.random() < 0.6:
            waited += worker.run_next()
            history.act()
        worker.run_due()
        if is_sliced and history.random.random() < 0.6:
            counted += _count_some(office, school)
            history.act()
            worker.run_due()
        standings.count(lms.database, school, TODAY)
        _check_counts(office)
        with lms.database.reading() as tx:
            assert due.state(tx, school, TODAY).is_fresh
            assert _kept(tx, school) == _computed(tx, school, TODAY)
            later = history.day(before=0, after=400)
            if due.state(tx, school, later).is_fresh:
                held += 1
                assert _kept(tx, school) == _computed(tx, school, later)
            first = _holds_until(tx, school)
        passed += sum(_passes(office, school, day) for day in {later, first} if day is not None)
        with lms.database.reading() as tx:
            due_now = {pair for pair in _required(tx, school) if pair not in _enrolled(tx, school)}
            assert not due_now, "everybody whom a requirement has reached is enrolled"
    assert held, "no later day was told by the table of today"
    assert passed or is_sliced, "no later day changed some people alone"
    assert bool(waited) is bool(counted) is is_sliced
