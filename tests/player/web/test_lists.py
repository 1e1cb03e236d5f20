"""A list of people from a file: shown first, then written whole."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from player.jobs import Worker
from player.records import teams
from player.records.tables import Membership, Person
from player.records.work_tables import MailRow
from player.slices import TELL
from tests.player import staff
from tests.player.lists.workbooks import sheet_of
from tests.player.web.sample import Sample, member_of, person_of
from tests.player.web.site_user import SiteUser, words

LIST = "Name,Email,Id,Team\nDee Ely,dee@example.org,d1,Kitchen\n-Fay Gill,fay@example.org,,Kitchen|Office\n"


def member_at(sample: Sample, person: Person) -> Membership:
    with sample.lms.database.reading() as tx:
        return staff.member(tx, sample.north, person.id)


def _preview(admin: SiteUser, school: str, data: bytes, name: str = "staff.csv") -> tuple[int, str, str]:
    at = f"/schools/{school}/staff/list"
    reply = admin.upload(at, "file", data, name, at=at)
    kept = re.search(r'name="data" value="([^"]*)"', reply.text)
    return reply.status_code, words(reply), kept[1] if kept else ""


def test_a_list_is_shown_before_anything_is_written(admin: SiteUser, own_sample: Sample) -> None:
    status, page, data = _preview(admin, own_sample.north, LIST.encode())
    assert status == 200
    assert "2 new, 0 changed Nothing has been saved yet." in page
    assert person_of(own_sample, "dee@example.org") is None
    at = f"/schools/{own_sample.north}/staff/list"
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


def test_a_row_with_a_problem_waits_while_the_others_go_in(admin: SiteUser, own_sample: Sample) -> None:
    bad = LIST + "No,nowhere,,\n"
    status, page, data = _preview(admin, own_sample.north, bad.encode())
    assert status == 422
    assert "1 thing to fix" in page
    assert "“nowhere” is not an e-mail address (row 4, column B)." in page
    at = f"/schools/{own_sample.north}/staff/list"
    refused = admin.post(f"{at}/write", at=at, data=data)
    assert refused.status_code == 422
    assert person_of(own_sample, "dee@example.org") is None
    good = admin.post(f"{at}/write", at=at, data=data, good="yes")
    assert "2 people added. 1 row is still to fix." in admin.words(good.headers["Location"])
    assert person_of(own_sample, "dee@example.org") is not None


def test_a_value_is_mended_a_row_left_out_and_a_column_set_right(admin: SiteUser, own_sample: Sample) -> None:
    bad = b"Who,Mail,Id\nDee Ely,dee@example.org,d1\nNo,nowhere,\nTotal: 2,,\n"
    _, page, data = _preview(admin, own_sample.north, bad)
    assert "No heading “E-mail” or “Staff id”" in page or "No heading “Name”" in page
    at = f"/schools/{own_sample.north}/staff/list"
    columns = {"column.name": "A", "column.email": "B", "column.staff id": "C"}
    looked = admin.post(f"{at}/write", at=at, data=data, look="yes", left_out="4", **columns)
    assert "1 thing to fix" in words(looked)
    form = {**columns, "left_out": "4", "mended.3.email": "no@example.org"}
    looked = admin.post(f"{at}/write", at=at, data=data, look="yes", **form)
    assert (looked.status_code, "2 new, 0 changed" in words(looked)) == (200, True)
    assert 'name="mended.3.email" value="no@example.org"' in looked.text, "the page remembers it"
    assert admin.post(f"{at}/write", at=at, data=data, **form).status_code == 303
    assert person_of(own_sample, "no@example.org") is not None


def test_the_list_of_next_september(own_app: Flask, own_sample: Sample) -> None:
    """Written by the school's manager: new, changed, gone, back and unchanged."""
    priya, north = SiteUser(own_app, "priya"), own_sample.north
    rows = (
        "Name,E-mail,Staff id,Job title,Team\n"
        "Sam Okafor,sam@example.org,sam,Teacher,Office\n"  # a job title and a team
        "Ada Byron,ada@example.org,ada,,\n"  # another name
        "Cleo Specimen,,cleo,,\n"
        "Ben Gone,ben.gone@example.org,ben,,\n"  # back, with another address
        "Zed Quiet,zed@example.org,z1,Supply,\n"  # of Southbrook too
    )
    status, page, data = _preview(priya, north, rows.encode())
    assert status == 200
    assert "2 new, 2 changed Nothing has been saved yet. 1 unchanged, 0 no longer in the list." in page
    assert "Ben Gone Left on 1 September 2026" in page
    assert "E-mail address: ben@example.org becomes ben.gone@example.org" in page
    assert "Job title: Teacher Team: Office" in page
    assert "Name: Ada Byron-Whitefield becomes Ada Byron" in page
    _, page, data = _preview(priya, north, rows.replace("Cleo Specimen,,cleo,,\n", "").encode())
    assert "1 no longer in the list" in page, "nobody is asked whether they themselves have left"
    at = f"/schools/{north}/staff/list"
    written = priya.post(f"{at}/write", at=at, data=data, leaves=own_sample.people["cleo"])
    told = "1 person added, 1 person back again, 2 people changed, 1 person left."
    assert told in priya.words(written.headers["Location"])
    zed = member_of(own_sample, "zed")
    assert (zed.name, zed.staff_id, zed.job_title) == ("Zed Quiet", "z1", "Supply")
    assert member_of(own_sample, "zed", own_sample.south).name == "Zed <b>Quiet</b>"
    assert member_of(own_sample, "cleo").until == own_sample.lms.now.date()
    ben = member_of(own_sample, "ben")
    assert (ben.until, ben.email) == (None, "ben.gone@example.org")
    lms = own_sample.lms
    Worker(lms.database, lms.settings, (TELL,), lambda: lms.now).run_due()
    with lms.database.reading() as tx:
        notices = tx.scalars(select(MailRow.address).where(MailRow.kind == "address_changed"))
        assert sorted(notices) == ["ben.gone@example.org", "ben@example.org"]
    assert (
        "Nothing has changed Nothing has been saved yet. 4 unchanged"
        in _preview(priya, north, rows.replace("Cleo Specimen,,cleo,,\n", "").encode())[1]
    )


def test_a_list_takes_nobodys_account(own_app: Flask, own_sample: Sample) -> None:
    """Zed, whom both schools have, gets no address that Northfield's manager chooses."""
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.north, "Zed", "zed@example.org", "z1")
    priya = SiteUser(own_app, "priya")
    rows = b"Name,E-mail,Staff id\nZed,mine@example.org,z1\nDee Ely,sam@example.org,ada\n"
    status, page, _ = _preview(priya, own_sample.north, rows)
    assert status == 422
    assert "uses the same account outside your school" in page
    assert "The staff id is Ada Byron-Whitefield’s and the e-mail address is Sam Okafor’s" in page


def test_an_id_that_is_used_again_is_asked_about(own_app: Flask, own_sample: Sample) -> None:
    """Ada's id with somebody else's name and address; a second Sam, while the first is in no row."""
    priya = SiteUser(own_app, "priya")
    rows = (
        "Name,E-mail,Staff id\nUma Ray,uma@example.org,ada\nSAM OKAFOR,okafor@example.org,77\n"
        "Cleo Married,married@example.org,cleo\n"
    )
    status, page, _ = _preview(priya, own_sample.north, rows.encode())
    assert status == 200
    assert page.count("The staff id is the same, the name and the e-mail address are not.") == 1
    assert "Sam Okafor Somebody of this name is here already and in no row" in page
    assert "E-mail address: cleo@example.org becomes married@example.org" in page


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
    assert "2 new, 0 changed Nothing has been saved yet." in page
    assert "4 no longer in the list. Read as Excel workbook, sheet “Staff”." in page
    assert "Row 4 is left out: “Support staff”." in page
    at = f"/schools/{own_sample.north}/staff/list"
    assert admin.post(f"{at}/write", at=at, data=data).status_code == 303
    sian, bo = person_of(own_sample, "sian@example.org"), person_of(own_sample, "bo@example.org")
    assert sian is not None
    assert bo is not None
    cook, porter = member_at(own_sample, sian), member_at(own_sample, bo)
    assert (cook.name, cook.staff_id, cook.job_title) == ("Sian O'Brien", "7", "Cook")
    assert (porter.access, porter.staff_id) == ("learner", "8"), (
        "a manager of a kitchen is not the school's manager"
    )


def test_an_empty_access_changes_none_and_nobody_takes_their_own_away(
    own_app: Flask, own_sample: Sample
) -> None:
    priya, school = SiteUser(own_app, "priya"), own_sample.north
    head, at = "Name,E-mail,Staff id,Access\n", f"/schools/{school}/staff/list"
    whole = head + "Priya Nair,priya@example.org,priya,\nCleo Specimen,cleo@example.org,cleo,manager\n"
    _, page, data = _preview(priya, school, whole.encode())
    assert "0 new, 1 changed" in page
    assert priya.post(f"{at}/write", at=at, data=data).status_code == 303
    status, page, _ = _preview(priya, school, whole.replace("priya,\n", "priya,learner\n").encode())
    assert status == 422
    assert "This is your own access: another manager or the provider can change it" in page
    said = head + "Priya Nair,priya@example.org,priya,\nCleo Specimen,cleo@example.org,cleo,learner\n"
    _, page, _ = _preview(priya, school, said.encode())
    assert "Cleo Specimen Access: manager becomes learner" in page


def test_five_thousand_people_at_once(admin: SiteUser, own_sample: Sample) -> None:
    rows = (f"{'Long Name ' * 8}{n},someone-{n}@example.org,Team {n % 7}; team {n % 7}" for n in range(5_000))
    _, page, data = _preview(admin, own_sample.north, ("Name,Email,Team\n" + "\n".join(rows)).encode())
    assert "5000 new, 0 changed" in page
    at = f"/schools/{own_sample.north}/staff/list"
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
    assert "Read as" not in page


def test_the_example_is_a_list_without_a_problem(admin: SiteUser, own_sample: Sample) -> None:
    example = admin.get(f"/schools/{own_sample.south}/staff/example.csv").get_data()
    _, page, _ = _preview(admin, own_sample.south, example)
    assert "1 new, 0 changed" in page
    assert "sam@school.example" in page
    assert "Office, Year 4" in page
    assert "We ignored" not in page


def test_no_list_at_all(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/list"
    reply = admin.post(at, at=at)
    assert reply.status_code == 422
    assert "Choose a file first." in words(reply)
