"""What somebody shows to another school, on both databases: the course, and not one attempt."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from player.records import courses, evidence, memberships, people, schools, training
from player.records.database import Transaction
from player.school import showing
from player.school.actor import COMMAND
from player.school.settling import settle
from player.school.statuses import status_of_record
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import join

pytestmark = pytest.mark.both_databases

OTHER = "Southbrook Primary"
ON = "2026-11-30"


def _at_both(office: Office) -> tuple[str, str]:
    """Ann works at two schools and has passed a yearly course at the first; both require it."""
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "12", "--on", "2020-01-01")
    office.add_person("Ann Lee", school=OTHER)
    for school in (SCHOOL, OTHER):
        office.run("require", fire, "--school", school, "--on", "2026-01-01")
    office.complete(fire, ann, date(2026, 3, 1), school=SCHOOL)
    return fire, ann


def _switch(office: Office, course: str, *, ends: bool = False) -> bool:
    with office.lms.database.writing() as tx:
        person = people.person_of_email(tx, "ann@northfield.example")
        known = courses.course(tx, course)
        assert person is not None
        assert known is not None
        places = (schools.school_named(tx, name).id for name in (SCHOOL, OTHER))
        return showing.show(tx, COMMAND, datetime.now(UTC), person.id, known, *places, ends=ends)


def _there(office: Office, course: str, email: str) -> tuple[list[str], str | None]:
    """The days that the other school sees, and the due day that follows."""
    found = office.json("due", "--on", ON, "--school", OTHER, "--course", course)
    (entry,) = (one for one in found if one["person"]["email"] == email)
    return [one["day"] for one in entry["evidence"]], entry["due"]


def test_a_later_retake_is_shown_too_until_that_is_ended(office: Office) -> None:
    fire, ann = _at_both(office)
    assert _there(office, fire, ann)[0] == []
    assert _switch(office, fire)
    office.complete(fire, ann, date(2026, 6, 1), school=SCHOOL)
    assert _there(office, fire, ann) == (["2026-03-01", "2026-06-01"], "2027-06-01")
    assert not _switch(office, fire), "all of it is shown already"
    assert _switch(office, fire, ends=True)
    office.complete(fire, ann, date(2026, 7, 1), school=SCHOOL)
    assert _there(office, fire, ann)[0] == []


def test_the_switch_outlives_what_is_taken_back_and_not_the_stay(office: Office) -> None:
    fire, ann = _at_both(office)
    _switch(office, fire)
    with office.lms.database.writing() as tx:
        school, person = _place(tx, SCHOOL), people.person_of_email(tx, ann)
        assert person is not None
        (row,) = evidence.completions(tx, person.id, fire, school)
        at = datetime(2026, 3, 2, tzinfo=UTC)
        evidence.void_completions(tx, row.registration_id or "", row.attempt or 0, row.recorded, at, "-")
        assert [one.is_shown for one in showing.others(tx, person.id, fire, school, at)] == [True]
    office.complete(fire, ann, date(2026, 6, 1), school=SCHOOL)
    assert _there(office, fire, ann)[1] == "2027-06-01"
    with office.lms.database.writing() as tx:
        stay = memberships.at_school(tx, _place(tx, OTHER), person.id)
        assert stay is not None
        stay.until = date(2026, 6, 15)
    office.complete(fire, ann, date(2026, 7, 1), school=SCHOOL)
    with office.lms.database.reading() as tx:
        seen = evidence.shown_at(tx, _place(tx, OTHER), person.id)
        assert [row.day for row in seen] == [date(2026, 6, 1)], "who has left shows nothing new"
        assert evidence.shown_to(tx, person.id, fire, _place(tx, SCHOOL)) == {_place(tx, OTHER)}


def test_what_was_learned_elsewhere_counts_while_it_holds(office: Office, tmp_path: object) -> None:
    """Shown, or an external record: people, courses and the learner read what compliance reads."""
    fire, ann = _at_both(office)
    join_day = date(2026, 1, 1)
    with office.lms.database.writing() as tx:
        join(tx, OTHER, "Ben Poe", "ben@northfield.example", join_day)
        settle(tx, [_place(tx, OTHER)], datetime.now(UTC))
    listed = f"{tmp_path}/elsewhere.csv"
    with open(listed, "w") as file:  # noqa: PTH123
        file.write(f"email,course,day\nben@northfield.example,{fire},2025-12-05\n")
    office.run("external", "add", listed, "--school", OTHER, "--on", ON)
    _switch(office, fire)
    told = {day: _words(office, day) for day in ("2026-11-30", "2026-12-06", "2027-03-02")}
    assert told == {
        "2026-11-30": {"Ann Lee": "In date", "Ben Poe": "Due soon"},
        "2026-12-06": {"Ann Lee": "In date", "Ben Poe": "Overdue"},
        "2027-03-02": {"Ann Lee": "Overdue", "Ben Poe": "Overdue"},
    }
    _switch(office, fire, ends=True)
    assert _words(office, ON)["Ann Lee"] == "Overdue", "she has never done it there"
    assert ann


def _words(office: Office, day: str) -> dict[str, str]:
    with office.lms.database.reading() as tx:
        records = training.records(tx, school=_place(tx, OTHER), on=date.fromisoformat(day))
        return {one.membership.name: status_of_record(one).word for one in records}


def _place(tx: Transaction, name: str) -> str:
    return schools.school_named(tx, name).id
