"""Who must take a course, by everybody or by teams, by the school or by the provider; who is enrolled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from player.records import courses, due, people, schools
from player.records.tables import Enrolment
from player.school import requiring
from player.school.actor import COMMAND
from player.school.settling import settle
from tests.player.lms import START
from tests.player.packages import scorm_12
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import join

pytestmark = pytest.mark.both_databases

OTHER = "Southfield Primary"


def _enrolled(office: Office) -> set[tuple[str, str]]:
    with office.lms.database.reading() as tx:
        return {
            (person.email or "", row.course_id)
            for row in tx.query(Enrolment).filter(Enrolment.ended.is_(None))
            if (person := people.person(tx, row.person_id)) is not None
        }


def test_a_retired_course_that_is_imported_again_is_required_of_joiners_too(office: Office) -> None:
    """The import settles the schools: whoever came meanwhile is enrolled, and the table has them."""
    lms = office.lms
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-01-01")
    with lms.database.writing() as tx:
        known = courses.course(tx, fire)
        assert known is not None
        requiring.retire(tx, COMMAND, START - timedelta(days=1), known, back=False)
    ben = office.add_person("Ben Poe")
    assert _enrolled(office) == {(ann, fire)}
    assert _required(office) == set()
    lms.now = datetime.now(UTC)
    assert lms.add(scorm_12(2, title="Fire"), update=fire, name="newer.zip").version == 2
    assert _enrolled(office) == {(ann, fire), (ben, fire)}
    assert _required(office) == {ann, ben}


def _required(office: Office) -> set[str]:
    """Those of whom anything is required today, as the table has them."""
    today = datetime.now(UTC).date()
    with office.lms.database.reading() as tx:
        pairs = due.required_pairs(tx, schools.school_named(tx, SCHOOL).id, today)
        return {known.email or "" for one, _ in pairs if (known := people.person(tx, one))}


def test_who_must_take_a_course_is_enrolled_and_joiners_are_by_themselves(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    done = office.json("require", fire, "--school", SCHOOL)
    assert (done["changed"], done["enrolled"], _enrolled(office)) == (True, 1, {(ann, fire)})
    assert office.json("require", fire, "--school", SCHOOL)["changed"] is False
    ben = office.add_person("Ben Poe")
    assert _enrolled(office) == {(ann, fire), (ben, fire)}
    office.json("require", fire, "--school", SCHOOL, "--optional")
    cat = office.add_person("Cat Ray")
    assert (cat, fire) not in _enrolled(office)


def test_the_first_due_day_follows_the_requirement(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "12", "--first", "14", "--on", "2020-01-01")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-09-01")
    assert office.due("2026-08-31") == [] or office.stands("2026-08-31", ann, fire)[1] == "not required"
    assert office.stands("2026-09-15", ann, fire) == ("2026-09-15", "never done")
    assert office.stands("2026-09-16", ann, fire) == ("2026-09-15", "overdue")
    office.run("require", fire, "--school", SCHOOL, "--optional", "--on", "2026-10-01")
    assert office.stands("2026-09-30", ann, fire)[1] == "overdue"
    assert office.stands("2026-10-01", ann, fire) == (None, "not required")


def test_a_team_takes_the_place_of_everybody(office: Office) -> None:
    fire = office.add_course("Fire")
    ann, ben = office.add_person("Ann Lee", team="Office"), office.add_person("Ben Poe", team="Site")
    ours = ("require", fire, "--school", SCHOOL)
    office.run(*ours, "--on", "2026-01-01")
    office.run(*ours, "--team", "office", "--on", "2026-06-01")
    assert office.stands("2026-05-31", ben, fire)[1] == "overdue"
    assert office.stands("2026-06-01", ben, fire)[1] == "not required"
    assert office.stands("2026-06-01", ann, fire) == ("2026-01-29", "overdue"), "no second 28 days"
    office.run(*ours, "--team", "Kitchen", code=1)
    assert "Site" in office.said


def test_the_provider_requires_it_at_all_schools(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    with office.lms.database.writing() as tx:
        settle(tx, [join(tx, OTHER, "Ben Poe", "ben@southfield.example", None)], datetime.now(UTC))
    assert office.json("require", fire, "--all-schools")["enrolled"] == 2
    assert {entry["school"] for entry in office.due("2026-11-30")} == {SCHOOL, OTHER}
    assert [e["person"]["email"] for e in office.due("2026-11-30", "--school", SCHOOL)] == [ann]
    office.run("require", fire, "--school", SCHOOL, "--optional", code=1)
    assert "provider" in office.said
    office.run("require", fire, "--all-schools", "--team", "Office", code=2)
    office.run("require", fire, code=2)
    office.run("require", "nothing", "--school", SCHOOL, code=1)
    office.run("require", fire, "--school", "Nowhere", code=1)
