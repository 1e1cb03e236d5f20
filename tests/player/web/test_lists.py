"""A list of people from a file: shown first, then written whole."""

from __future__ import annotations

import re

import pytest

from player.records import teams
from player.records.tables import Membership, Person
from tests.player import staff
from tests.player.lists.workbooks import sheet_of
from tests.player.web.sample import Sample, person_of
from tests.player.web.site_user import SiteUser, words

LIST = "Name,Email,Id,Team\nDee Ely,dee@example.org,d1,Kitchen\n-Fay Gill,fay@example.org,,Kitchen|Office\n"


def member_at(sample: Sample, person: Person) -> Membership:
    with sample.lms.database.reading() as tx:
        return staff.member(tx, sample.north, person.id)


def _preview(admin: SiteUser, school: str, data: bytes, name: str = "staff.csv") -> tuple[int, str, str]:
    at = f"/provider/schools/{school}/people/list"
    reply = admin.upload(at, "file", data, name, at=at)
    kept = re.search(r'name="data" value="([^"]*)"', reply.text)
    return reply.status_code, words(reply), kept[1] if kept else ""


def test_a_list_is_shown_before_anything_is_written(admin: SiteUser, own_sample: Sample) -> None:
    status, page, data = _preview(admin, own_sample.north, LIST.encode())
    assert status == 200
    assert "2 people to add Nothing has been added yet." in page
    assert person_of(own_sample, "dee@example.org") is None
    at = f"/provider/schools/{own_sample.north}/people/list"
    reply = admin.post(f"{at}/write", at=at, data=data, course=["fire-safety", "no-such"])
    assert reply.status_code == 303
    assert "2 people added and enrolled on 1 course." in admin.words(reply.headers["Location"])
    dee = person_of(own_sample, "dee@example.org")
    assert dee is not None
    stay = member_at(own_sample, dee)
    assert (stay.staff_id, stay.access, stay.has_password) == ("d1", "learner", False)
    with own_sample.lms.database.reading() as tx:
        assert staff.enrolment(tx, stay, "fire-safety").school_id == own_sample.north
        assert [team.name for team in teams.of_school(tx, own_sample.north)] == ["Kitchen", "Office"]


def test_a_list_with_a_problem_writes_nobody(admin: SiteUser, own_sample: Sample) -> None:
    bad = LIST + "Sam Again,sam@example.org,,\nNo,nowhere,,\n"
    status, page, data = _preview(admin, own_sample.north, bad.encode())
    assert status == 422
    assert "Sam Okafor already has the e-mail address “sam@example.org” (row 4, column B)." in page
    assert "“nowhere” is not an e-mail address (row 5, column B)." in page
    assert data == "", "there is no button to press"
    assert person_of(own_sample, "dee@example.org") is None


def test_a_list_is_checked_again_when_it_is_written(admin: SiteUser, own_sample: Sample) -> None:
    _, _, data = _preview(admin, own_sample.north, LIST.encode())
    at = f"/provider/schools/{own_sample.north}/people/list"
    assert admin.post(f"{at}/write", at=at, data=data).status_code == 303
    twice = admin.post(f"{at}/write", at=at, data=data)
    assert twice.status_code == 422
    assert "Dee Ely already has the staff id “d1”" in words(twice)
    assert admin.post(f"{at}/write", at=at, data="%%%").status_code == 400


def test_a_workbook_with_titles_above_the_headings(admin: SiteUser, own_sample: Sample) -> None:
    rows: list[list[object]] = [
        ["Northfield Academy"],
        ["Payroll No", "Name", "Work E-mail", "Role"],
        [7, "O'BRIEN, Sian", "mailto:Sian@example.org", "Cook"],
        ["", "Support staff"],
        [8, "Bo Li", "bo@example.org", "Manager"],
    ]
    status, page, data = _preview(admin, own_sample.north, sheet_of(rows, "Staff"), "staff.xlsx")
    assert status == 200
    assert "2 people to add Nothing has been added yet. Read as Excel workbook, sheet “Staff”." in page
    assert "Row 4 is left out: “Support staff”." in page
    at = f"/provider/schools/{own_sample.north}/people/list"
    assert admin.post(f"{at}/write", at=at, data=data).status_code == 303
    sian, bo = person_of(own_sample, "sian@example.org"), person_of(own_sample, "bo@example.org")
    assert sian is not None
    assert bo is not None
    cook, porter = member_at(own_sample, sian), member_at(own_sample, bo)
    assert (cook.name, cook.staff_id, cook.job_title) == ("Sian O'Brien", "7", "Cook")
    assert (porter.access, porter.staff_id) == ("learner", "8"), (
        "a manager of a kitchen is not the school's manager"
    )


def test_five_thousand_people_at_once(admin: SiteUser, own_sample: Sample) -> None:
    rows = (f"{'Long Name ' * 8}{n},someone-{n}@example.org,Team {n % 7}; team {n % 7}" for n in range(5_000))
    _, page, data = _preview(admin, own_sample.north, ("Name,Email,Team\n" + "\n".join(rows)).encode())
    assert "5,000 people to add" in page
    at = f"/provider/schools/{own_sample.north}/people/list"
    written = admin.post(f"{at}/write", at=at, data=data, course=["fire-safety", "asbestos"])
    assert "5,000 people added and enrolled on 2 courses." in admin.words(written.headers["Location"])


def test_headings_that_nobody_knows_are_named(admin: SiteUser, own_sample: Sample) -> None:
    _, page, _ = _preview(admin, own_sample.north, b"Name;Email;Shoe size\nZo\xeb Li;zoe@example.org;5\n")
    assert "We ignored this column: Shoe size." in page
    assert "Zoë Li" in page
    assert "Read as CSV, Windows-1252." in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"", "The file is empty"), (b"x" * (2 * 1024**2 + 1), "Choose a file of 2 MB or less.")],
)
def test_a_file_that_is_no_list(admin: SiteUser, own_sample: Sample, data: bytes, sentence: str) -> None:
    status, page, _ = _preview(admin, own_sample.north, data)
    assert status == 422
    assert sentence in page


def test_the_example_is_a_list_without_a_problem(admin: SiteUser, own_sample: Sample) -> None:
    example = admin.get(f"/provider/schools/{own_sample.south}/people/example.csv").get_data()
    _, page, _ = _preview(admin, own_sample.south, example)
    assert "1 person to add" in page
    assert "sam@school.example" in page
    assert "Office, Year 4" in page
    assert "We ignored" not in page


def test_no_list_at_all(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/provider/schools/{own_sample.north}/people/list"
    reply = admin.post(at, at=at)
    assert reply.status_code == 422
    assert "Choose a file first." in words(reply)
