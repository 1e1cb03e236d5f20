"""A school fills in the contacts that its courses ask for, and its own learners get them (decision 15)."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from courseware.package import SchoolContact
from player.records.columns import new_id
from player.records.work_tables import AuditRow
from player.school.contacts import Contact, unfit_phone
from tests.player import staff
from tests.player.packages import ours
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

WARDEN = SchoolContact("warden", "Your fire warden")
OFFICE = SchoolContact("office", "The school office")
BEA = {"name": "Bea Ward", "phone": "01632 960 001", "email": "bea@northfield.example", "note": "Room 4"}


def form(**slots: dict[str, str]) -> dict[str, str]:
    """The fields of these slots, and empty ones for the others."""
    empty = dict.fromkeys(BEA, "")
    sent = {"warden": empty, "office": empty, **slots}
    return {f"{slot}.{field}": text for slot, fields in sent.items() for field, text in fields.items()}


def add_course(sample: Sample, *contacts: SchoolContact, title: str = "Gate Duty") -> str:
    """A course of ours that asks for contacts, with a learner of each school."""
    manifest = ours("scorm2004", contacts=contacts).replace("Gate Duty", title)
    course = sample.lms.add(manifest.replace("gate-duty", title.lower().replace(" ", "-"))).course
    with sample.lms.database.writing() as tx:
        for school, name in ((sample.north, "sam"), (sample.south, "zed")):
            staff.enrol(tx, [staff.member(tx, school, sample.people[name])], [course], sample.lms.now)
    return course


def given(sample: Sample, course: str, learner: str, school: str = "") -> object:
    """What a learner's play page gets with its delivery."""
    with sample.lms.database.writing() as tx:
        school = school or (sample.south if learner == "zed" else sample.north)
        enrolment = staff.enrolment(tx, staff.member(tx, school, sample.people[learner]), course)
        link = sample.lms.registrar.launch(tx, enrolment, sample.lms.now)
    return sample.lms.registrar.deliver(link.split("/")[-2], new_id(), sample.lms.now)["contacts"]


def test_a_school_fills_them_in_and_its_learners_alone_get_them(own_app: Flask, own_sample: Sample) -> None:
    course = add_course(own_sample, WARDEN, OFFICE)
    priya, first = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/compliance"
    contacts = f"/schools/{own_sample.north}/contacts"
    assert "2 contacts are missing: your fire warden; The school office." in priya.words(first)
    assert "Your fire warden Missing. In Gate Duty" in priya.words(contacts)

    assert priya.post(contacts, at=contacts, **form(warden=BEA)).status_code == 303
    assert "1 contact is missing: The school office." in priya.words(first)
    assert "Missing. In Gate Duty" in priya.words(contacts)
    assert 'value="Bea Ward"' in priya.get(contacts).text
    assert given(own_sample, course, "sam") == {"warden": BEA}
    assert given(own_sample, course, "zed") == {}
    olu = SiteUser(own_app, "olu")
    assert "2 contacts are missing" in olu.words(f"/schools/{own_sample.south}/compliance")

    priya.post(contacts, at=contacts, **form(office={**form(), "name": "Ada", "phone": ""}))
    assert given(own_sample, course, "sam") == {"office": {"name": "Ada"}}, "the warden was cleared"


def test_whoever_works_at_two_schools_gets_those_of_the_school_that_enrolled_them(
    own_app: Flask, own_sample: Sample
) -> None:
    course = add_course(own_sample, WARDEN)
    with own_sample.lms.database.writing() as tx:
        also = staff.add(tx, own_sample.south, "Sam Okafor", "sam@example.org", now=own_sample.lms.now)
        assert also.person_id == own_sample.people["sam"]
        staff.enrol(tx, [also], [course], own_sample.lms.now)
    contacts = f"/schools/{own_sample.north}/contacts"
    SiteUser(own_app, "priya").post(contacts, at="/account", **form(warden=BEA))
    assert given(own_sample, course, "sam") == {"warden": BEA}
    assert given(own_sample, course, "sam", own_sample.south) == {}


def test_the_provider_fills_them_in_for_any_school(own_app: Flask, own_sample: Sample) -> None:
    course = add_course(own_sample, WARDEN)
    alex, contacts = SiteUser(own_app, "alex"), f"/schools/{own_sample.south}/contacts"
    assert "1 contact is missing" in alex.words(f"/schools/{own_sample.south}/staff")
    alex.post(contacts, at=contacts, **form(warden=BEA))
    assert given(own_sample, course, "zed") == {"warden": BEA}
    assert given(own_sample, course, "sam") == {}
    assert "missing" not in alex.words(f"/schools/{own_sample.south}/staff")


def test_what_is_wrong_is_named_and_nothing_is_saved(own_app: Flask, own_sample: Sample) -> None:
    course = add_course(own_sample, WARDEN, OFFICE)
    priya, contacts = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/contacts"
    wrong = {"name": "", "phone": "", "email": "", "note": "Room 4"}
    office = {**BEA, "phone": "ask Ada", "email": "ada"}
    reply = priya.post(contacts, at=contacts, **form(warden=wrong, office=office))
    assert reply.status_code == 422
    for sentence in (
        "Your fire warden: Add a name, a phone number or an e-mail address. Learners do not see a note",
        "The school office: “ask Ada” is not one phone number. Write it like 01234 567890, and an extension",
        "The school office: “ada” is not an e-mail address.",
    ):
        assert sentence in words(reply)
    assert 'href="#office.phone"' in reply.text
    assert 'value="ask Ada"' in reply.text, "what was typed is still there"
    assert given(own_sample, course, "sam") == {}


def test_no_course_gets_a_contact_that_it_does_not_ask_for(own_app: Flask, own_sample: Sample) -> None:
    """Not another course of ours, and not the scripts of another maker."""
    course = add_course(own_sample, WARDEN)
    other = add_course(own_sample, OFFICE, title="First Aid")
    priya, contacts = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/contacts"
    priya.post(contacts, at=contacts, **form(warden=BEA))
    assert given(own_sample, course, "sam") == {"warden": BEA}
    assert given(own_sample, other, "sam") == {}
    assert given(own_sample, "managing-allegations", "sam") == {}


def test_two_courses_share_a_slot_and_a_new_version_asks_for_its_own(
    own_app: Flask, own_sample: Sample
) -> None:
    course = add_course(own_sample, WARDEN)
    add_course(own_sample, WARDEN, title="First Aid")
    priya, contacts = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/contacts"
    assert "Your fire warden Missing. In First Aid, Gate Duty" in priya.words(contacts)
    priya.post(contacts, at=contacts, **form(warden=BEA))
    assert given(own_sample, course, "sam") == {"warden": BEA}
    for title in ("Gate Duty", "First Aid"):
        add_course(own_sample, OFFICE, title=title)
    assert "Your fire warden No course asks for this contact now." in priya.words(contacts)
    assert given(own_sample, course, "sam") == {}
    priya.post(contacts, at=contacts, **form())
    assert "fire warden" not in priya.words(contacts)


def test_a_field_that_the_form_did_not_have_yet_is_left_alone(own_app: Flask, own_sample: Sample) -> None:
    course = add_course(own_sample, WARDEN, OFFICE)
    priya, contacts = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/contacts"
    priya.post(contacts, at=contacts, **form(warden=BEA))
    priya.post(contacts, at=contacts, **{"office.name": "Ada"})
    assert given(own_sample, course, "sam") == {"warden": BEA, "office": {"name": "Ada"}}


def test_the_log_keeps_who_changed_a_contact(own_app: Flask, own_sample: Sample) -> None:
    add_course(own_sample, WARDEN, OFFICE)
    priya, contacts = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/contacts"
    priya.post(contacts, at=contacts, **form(warden=BEA))
    priya.post(contacts, at=contacts, **form(warden={**BEA, "note": "Room 5"}))
    with own_sample.lms.database.reading() as tx:
        rows = tx.scalars(select(AuditRow).where(AuditRow.noun == "contact").order_by(AuditRow.id)).all()
    assert [(row.actor, row.about, row.school_id) for row in rows] == [
        ("Priya Nair", "Your fire warden", own_sample.north)
    ] * 2
    assert json.loads(rows[1].before or "") == {"note": "Room 4"}
    assert json.loads(rows[1].after or "") == {"note": "Room 5"}


@pytest.mark.parametrize("at", ["people", "contacts"])
def test_who_asks_for_none_is_told_of_none(app: Flask, sample: Sample, at: str) -> None:
    assert "missing" not in SiteUser(app, "priya").words(f"/schools/{sample.north}/{at}")


def test_phone_numbers_as_people_write_them() -> None:
    for good in ("999", "01632 960001", "(01632) 960-001", "+44 1632 960001", "0800.800.500"):
        assert unfit_phone(good) == "", good
    for bad in ("12", "ask", "01632 960001 ext 4", "01632 960001 / 01632 960002 ", "1" * 300, "+", "٠١٢٣"):
        assert "is not one phone number" in unfit_phone(bad), bad
    typed = Contact.typed("", "+44 (0)1632 960001", "Bea <mailto:Bea@Northfield.example>", "")
    assert typed == Contact(phone="+44 1632 960001", email="bea@northfield.example")
