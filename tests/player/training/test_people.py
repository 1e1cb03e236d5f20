"""`player people`: a school's staff brought up to date from a list."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from player.jobs import Worker
from player.lists.staff import read_staff
from player.mail import sending
from player.records import memberships, schools, teams
from player.records.work_tables import JobRow, MailRow
from player.school import notices, roster, roster_writing
from player.school.actor import COMMAND
from player.slices import TELL
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


def _list(addresses: dict[str, str]) -> bytes:
    lines = [f"{name} Lee,{email},{name.lower()}" for name, email in addresses.items()]
    return "\n".join(["Name,E-mail,Staff id", *lines]).encode()


def test_both_addresses_are_told_once_of_a_new_one_whenever_the_job_dies(office: Office) -> None:
    """The list writes no e-mail; its job writes them in slices, is killed twice, and begins again."""
    office.monkeypatch.setattr(notices, "SLICE", 1)
    lms, now = office.lms, datetime(2026, 9, 1, 9, tzinfo=UTC)
    names = ("Ann", "Ben", "Cid")
    for number in (1, 2):
        with lms.database.writing() as tx:
            school = schools.school_named(tx, SCHOOL).id
            read = read_staff(_list({name: f"{name.lower()}{number}@eastgate.example" for name in names}))
            roster_writing.write(
                tx, COMMAND, now, school, roster.plan(tx, COMMAND, school, read, now.date()), now.date()
            )
    with lms.database.reading() as tx:
        assert tx.scalars(select(MailRow)).all() == []
    written = [0]

    def dying(*given: Any) -> None:
        sending.post_all(*given)
        written[0] += 1
        if written[0] in (2, 4):  # in the second slice, and in the second of the second time
            raise KeyboardInterrupt

    office.monkeypatch.setattr(notices, "post_all", dying)
    for tries in range(3):
        worker = Worker(lms.database, lms.settings, (TELL,), partial(_later, now, tries))
        if tries < 2:
            with pytest.raises(KeyboardInterrupt):
                worker.run_due()
        else:
            worker.run_due()
    with lms.database.reading() as tx:
        told = Counter(tx.scalars(select(MailRow.address).where(MailRow.kind == "address_changed")))
        jobs = {row.state for row in tx.scalars(select(JobRow).where(JobRow.kind == notices.TELL))}
    expected = [f"{name.lower()}{number}@eastgate.example" for name in names for number in (1, 2)]
    assert told == Counter(expected)
    assert jobs == {"done"}


def _later(now: datetime, hours: int) -> datetime:
    return now + timedelta(hours=hours)
