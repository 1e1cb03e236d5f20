"""`player people`: a school's staff brought up to date from a list."""

from __future__ import annotations

from datetime import date

import pytest

from player.records import memberships, schools, teams
from tests.player.training.conftest import Office

pytestmark = pytest.mark.both_databases

SCHOOL = "Eastgate College"
FIRST = (
    "Eastgate College\nFirst name,Last name,E-mail,Staff id,Job title,Team,Shoe size\n"
    "Sian,O'BRIEN,sian@eastgate.example,1,Cook,Kitchen,5\n"
    "Bo,Li,bo@eastgate.example,2,Teacher,Year 4,9\n"
    "Cy,Ray,cy@eastgate.example,3,Porter,,\n"
)


def test_the_september_list_says_who_is_new_changed_gone_and_unchanged(office: Office) -> None:
    path = office.lms.folder / "staff.csv"

    def told(text: str, *more: str, on: str = "2026-09-01", code: int = 0) -> dict[str, object]:
        path.write_text(text)
        found = office.json("people", str(path), "--school", SCHOOL, "--on", on, *more, code=code)
        return {key: found[key] for key in ("new", "changed", "unchanged", "gone", "problems")}

    none = {"new": 0, "changed": 0, "unchanged": 0, "gone": 0, "problems": []}
    assert told(FIRST, "--dry-run") == {**none, "new": 3}
    with office.lms.database.reading() as tx:
        assert schools.named(tx, SCHOOL) is None, "nothing was written, not even the school"
    assert told(FIRST) == {**none, "new": 3}
    assert told(FIRST) == {**none, "unchanged": 3}
    wrong = FIRST.replace("bo@eastgate.example", "nowhere")
    problem = {"row": 4, "column": "C", "message": "“nowhere” is not an e-mail address"}
    assert told(wrong, code=1)["problems"] == [problem]
    later = FIRST.replace("Teacher", "Head of Year 4").replace("Cy,Ray,cy@eastgate.example,3,Porter,,\n", "")
    assert told(later, on="2027-09-01") == {**none, "changed": 1, "unchanged": 1, "gone": 1}
    assert told(later, "--leavers", on="2027-09-01") == {**none, "unchanged": 2, "gone": 1}
    assert told(FIRST, on="2028-02-01") == {**none, "new": 1, "changed": 1, "unchanged": 1}
    with office.lms.database.reading() as tx:
        school = schools.named(tx, SCHOOL)
        assert school is not None
        (cy,) = memberships.called(tx, "3", school.id)
        stays = [(stay.since, stay.until) for stay in memberships.stays(tx, school.id, cy.person_id)]
        assert stays == [(date(2026, 9, 1), date(2027, 9, 1)), (date(2028, 2, 1), None)]
        (sian,) = memberships.called(tx, "1", school.id)
        assert (sian.name, sian.job_title, sian.access) == ("Sian O'Brien", "Cook", "learner")
        assert teams.names_by_person(tx, school.id)[sian.person_id] == ["Kitchen"]


def test_an_old_list_with_a_role_of_learner_or_manager_is_read_as_access(office: Office) -> None:
    path = office.lms.folder / "old.csv"
    path.write_text("name,email,staff id,role\nAnn Lee,ann@eastgate.example,1,manager\n")
    assert office.json("people", str(path), "--school", SCHOOL)["new"] == 1
    with office.lms.database.reading() as tx:
        (ann,) = memberships.called(tx, "1")
        assert (ann.access, ann.job_title) == ("manager", "")


def test_a_joiner_is_enrolled_on_what_is_required(office: Office) -> None:
    course, path = office.add_course("Fire Safety"), office.lms.folder / "staff.csv"
    path.write_text(FIRST)
    office.run("people", str(path), "--school", SCHOOL, "--on", "2026-09-01")
    office.run("require", course, "--school", SCHOOL, "--team", "Kitchen", "--on", "2026-09-01")
    path.write_text(FIRST + "Uma,Poe,uma@eastgate.example,4,Cook,Kitchen,\n")
    office.run("people", str(path), "--school", SCHOOL, "--on", "2026-10-01")
    due = {each["person"]["staff_id"]: each["due"] for each in office.due("2026-10-02", "--school", SCHOOL)}
    assert {staff: due[staff] for staff in ("1", "4")} == {"1": "2026-09-29", "4": "2026-10-29"}
