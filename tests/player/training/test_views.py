"""The pages' rows of today, from the table in SQL, are those that are computed from the dated rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import update

from player.compliance import Standing
from player.compliance.past import DaysView
from player.compliance.view import BY_REMINDER, SORTS, URGENCY, ComplianceView, Wanted
from player.records import due, due_facts, people, rounds, schools, teams
from player.records.standings import TodaysView
from player.records.work_tables import MailRow
from player.school import asked_reminders
from player.school.actor import COMMAND
from player.school.settling import settle
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import leave

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 30)
NAMES = ("Ann Lee", "Ben Poe", "Cat Ray", "Dan Ode", "Élan Arc", "Flo Zed", "Gus Tin")


def test_both_say_the_same_however_they_are_filtered_and_sorted(office: Office) -> None:
    fire, water = office.add_course("Fire"), office.add_course("Water")
    people = [office.add_person(name, team="Office" if at % 2 else "Site") for at, name in enumerate(NAMES)]
    office.run("duty", fire, "--months", "12", "--on", "2020-01-01")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-11-10")
    office.run("require", water, "--school", SCHOOL, "--team", "Site", "--on", "2026-01-01")
    days = (date(2025, 9, 1), date(2025, 12, 24), date(2026, 6, 1), date(2026, 6, 1))
    for email, day in zip(people, days, strict=False):
        office.complete(fire, email, day)
    office.complete(water, people[1], date(2026, 2, 1))
    with office.lms.database.writing() as tx:
        leave(tx, people[-1], date(2026, 11, 1))
        settle(tx, [schools.school_named(tx, SCHOOL).id], datetime(2026, 11, 30, 12, tzinfo=UTC))
    with office.lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        computed = DaysView(due_facts.load(tx, school), TODAY)
        site = teams.team_named(tx, school, "Site").id
        assert due.state(tx, school, TODAY).is_counted
        for is_counted in (True, False):
            today = TodaysView(tx, school, TODAY, is_counted=is_counted)
            assert today.by_course() == computed.by_course()
            assert today.of_people() == computed.of_people()
            counts = today.course_counts(fire, Wanted())
            assert [counts[one.value] for one in URGENCY] == [1, 2, 1, 2, 0]
            assert (counts.in_date, counts.required) == (3, 6), "who has left is not counted"
            assert today.course_counts(water, Wanted())[Standing.NOT_REQUIRED] == 1
            assert today.people_rows(Wanted()) == computed.people_rows(Wanted())
        _compare(TodaysView(tx, school, TODAY, is_counted=True), computed, (fire, water), site)


def _compare(today: ComplianceView, computed: ComplianceView, courses: Sequence[str], team: str) -> None:
    standings = ("", *(one.value for one in URGENCY))
    for standing, search, inside, sort, descends in product(
        standings, ("", "e"), ("", team), SORTS, (False, True)
    ):
        for first, limit in ((0, None), (1, 2)):
            wanted = Wanted(standing, search, inside, sort, descends, first, limit)
            for course in courses:
                assert today.course_rows(course, wanted) == computed.course_rows(course, wanted), wanted
                assert today.course_counts(course, wanted) == computed.course_counts(course, wanted), wanted
            assert today.people_rows(wanted) == computed.people_rows(wanted), wanted
        assert today.people_counts(wanted) == computed.people_counts(wanted)
    assert today.lines(None) == computed.lines(None)


def test_somebody_without_any_course_is_in_every_view(office: Office) -> None:
    fire, ann, ben = office.add_course("Fire"), office.add_person("Ann Lee", team="Site"), "Ben Poe"
    office.add_person(ben)
    office.run("require", fire, "--school", SCHOOL, "--team", "Site")
    with office.lms.database.reading() as tx:
        view = TodaysView(tx, schools.school_named(tx, SCHOOL).id, datetime.now(UTC).date(), is_counted=True)
        rows = view.people_rows(Wanted())
        assert [(row.name, row.standing, row.required) for row in rows] == [
            ("Ann Lee", Standing.NEVER_DONE, 1),
            (ben, Standing.NOT_REQUIRED, 0),
        ]
        assert view.of_people().of == {Standing.NEVER_DONE: 1, Standing.NOT_REQUIRED: 1}
    assert ann


def test_the_due_day_of_a_person_is_the_first_of_what_is_to_be_done(office: Office) -> None:
    fire, water, ann = office.add_course("Fire"), office.add_course("Water"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "12", "--on", "2020-01-01")
    office.run("require", fire, "--school", SCHOOL, "--on", "2020-01-01")
    office.run("require", water, "--school", SCHOOL, "--on", "2026-11-29")
    office.complete(fire, ann, date(2025, 12, 15))
    with office.lms.database.writing() as tx:
        settle(tx, [schools.school_named(tx, SCHOOL).id], datetime(2026, 11, 30, 12, tzinfo=UTC))
    with office.lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        views: list[ComplianceView] = [DaysView(due_facts.load(tx, school), TODAY)]
        views += [TodaysView(tx, school, TODAY, is_counted=is_counted) for is_counted in (True, False)]
        for view in views:
            [row] = view.people_rows(Wanted())
            assert (row.standing, row.due) == (Standing.NEVER_DONE, date(2026, 12, 15))
            days = [(line.standing, line.due) for line in view.lines(None)]
            assert days == [
                (Standing.NEVER_DONE, date(2026, 12, 27)),
                (Standing.DUE_SOON, date(2026, 12, 15)),
            ]


def test_names_are_sorted_and_found_without_their_accents(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Zoe Ash", "Élodie Roux", "edgar Poe", "Frank Orr"):
        office.add_person(name)
    with office.lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        today = TodaysView(tx, school, TODAY, is_counted=False)
        for view in (today, DaysView(due_facts.load(tx, school), TODAY)):
            names = [row.name for row in view.people_rows(Wanted(sort="name"))]
            assert names == ["edgar Poe", "Élodie Roux", "Frank Orr", "Zoe Ash"]
            assert [row.name for row in view.people_rows(Wanted(search="elodie"))] == ["Élodie Roux"]
        monkeypatch.setattr("player.records.search.NAMED", 0)
        many = TodaysView(tx, school, TODAY, is_counted=False)
        assert [row.name for row in many.people_rows(Wanted(search="elodie"))] == names[1:2]
        assert many.people_counts(Wanted(search="elodie")).of == {Standing.NOT_REQUIRED: 1}


def test_whoever_was_reminded_lately_can_be_left_out_and_who_was_comes_first(office: Office) -> None:
    fire, water = office.add_course("Fire"), office.add_course("Water")
    ben = office.add_person("Ben Poe")
    office.add_person("Ann Lee")
    for course in (fire, water):
        office.run("require", course, "--school", SCHOOL, "--on", "2026-01-01")
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with office.lms.database.writing() as tx:
        school, person = schools.school_named(tx, SCHOOL).id, people.person_of_email(tx, ben)
        assert person is not None
        settle(tx, [school], now)
        asked_reminders.remind_these(tx, office.lms.settings, COMMAND, now, school, [person.id], fire)
        facts = due_facts.load(tx, school)
        computed = DaysView(facts, TODAY, lambda *asked: rounds.reminded(tx, school, *asked))
        lately, later = (Wanted(unreminded=now + timedelta(days)) for days in (-14, 1))
        for view in (TodaysView(tx, school, TODAY, is_counted=True), computed):
            assert [row.name for row in view.course_rows(fire, lately)] == ["Ann Lee"]
            assert view.course_counts(fire, lately).of == {Standing.OVERDUE: 1}
            assert len(view.course_rows(water, lately)) == 2
            assert [row.name for row in view.people_rows(lately)] == ["Ann Lee"]
            assert view.people_counts(lately).of == {Standing.OVERDUE: 1}
            assert len(view.course_rows(fire, later)) == 2
        today, by_reminder = TodaysView(tx, school, TODAY, is_counted=True), Wanted(sort=BY_REMINDER)
        assert [row.name for row in today.course_rows(fire, by_reminder)] == ["Ben Poe", "Ann Lee"]
        assert [row.name for row in today.course_rows(water, by_reminder)] == ["Ann Lee", "Ben Poe"]
        tx.execute(update(MailRow).values(state="failed"))
        assert len(computed.course_rows(fire, lately)) == 2, "it never went out"
