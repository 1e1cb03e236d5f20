"""Who must take what: given to one, to a team or to all, and taken back."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from player.records import teams, training
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words


@pytest.mark.parametrize(
    ("whom", "told"),
    [
        ({"whom": "everybody"}, "1 new enrolment on Fire Safety. 3 enrolments already existed."),
        ({"whom": "office"}, "0 new enrolments on Fire Safety. 1 enrolment already existed."),
        ({"whom": "chosen", "person": ["cleo", "zed", "ben"]}, "1 new enrolment on Fire Safety."),
    ],
)
def test_enrolling(admin: SiteUser, own_sample: Sample, whom: dict[str, str | list[str]], told: str) -> None:
    at = f"/provider/schools/{own_sample.north}/enrol"
    form = {
        "whom": own_sample.teams.get(str(whom["whom"]), whom["whom"]),
        "person": [own_sample.people[name] for name in whom.get("person", [])],
    }
    reply = admin.post(at, at=at, course="fire-safety", **form)
    assert reply.status_code == 303
    assert told in admin.words(reply.headers["Location"])


def test_an_enrolment_says_by_which_team_it_came(admin: SiteUser, own_sample: Sample) -> None:
    at, office = f"/provider/schools/{own_sample.north}/enrol", own_sample.teams["office"]
    with own_sample.lms.database.writing() as tx:
        teams.add_members(tx, office, [own_sample.people["cleo"]], own_sample.lms.now.date())
    admin.post(at, at=at, course="fire-safety", whom=office)
    admin.post(at, at=at, course="asbestos", whom="chosen", person=own_sample.people["cleo"])
    with own_sample.lms.database.reading() as tx:
        records = training.records(tx, person=own_sample.people["cleo"])
        assert {each.course.id: each.enrolment.team_id for each in records} == {
            "fire-safety": office,
            "asbestos": None,
        }


def test_a_course_that_is_named_twice_is_given_once(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/provider/schools/{own_sample.north}/enrol"
    form = {"whom": "chosen", "person": own_sample.people["cleo"]}
    reply = admin.post(at, at=at, **form, course=["fire-safety", "fire-safety"])
    assert "1 new enrolment on Fire Safety." in admin.words(reply.headers["Location"])
    reply = admin.post(at, at=at, **form, course=["fire-safety"], withdraw="yes")
    assert "1 enrolment ended on Fire Safety." in admin.words(reply.headers["Location"])


def test_enrolling_nobody_on_nothing(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/provider/schools/{own_sample.north}/enrol"
    reply = admin.post(at, at=at, course="no-such", whom="no-such")
    assert reply.status_code == 422
    assert "Choose a course first." in words(reply)
    assert "Choose people first" in words(reply)


def test_what_was_given_by_mistake_ends_for_all_who_have_not_begun(
    admin: SiteUser, own_sample: Sample
) -> None:
    at = f"/provider/schools/{own_sample.north}/enrol"
    form = {"course": ["fire-safety", "asbestos"], "whom": "everybody"}
    assert admin.post(at, at=at, **form).status_code == 303
    ended = admin.post(at, at=at, **form, withdraw="yes")
    page = admin.words(ended.headers["Location"])
    assert "5 enrolments ended on Asbestos, Fire Safety. 3 have been started, and stay." in page
    sam, cleo = (
        admin.words(f"/schools/{own_sample.north}/staff/people/{own_sample.people[name]}")
        for name in ("sam", "cleo")
    )
    assert "Fire Safety Assigned on" in sam
    assert "No courses." in cleo
    again = admin.post(
        at, at=at, course="fire-safety", whom="chosen", person=own_sample.people["cleo"], withdraw="yes"
    )
    assert "Nothing has changed" in admin.words(again.headers["Location"])
    begun = admin.post(
        at, at=at, course="fire-safety", whom="chosen", person=own_sample.people["sam"], withdraw="yes"
    )
    told = "0 enrolments ended on Fire Safety. 1 has been started, and stays."
    assert told in admin.words(begun.headers["Location"])
    south = admin.words(f"/schools/{own_sample.south}/staff/people/{own_sample.people['zed']}")
    assert "Fire Safety Assigned on" in south, "another school's people are not asked about"


def test_a_link_that_nobody_has_opened_is_no_beginning(
    admin: SiteUser, own_app: Flask, own_sample: Sample
) -> None:
    sam = SiteUser(own_app, "sam")
    link = sam.post("/training/managing-allegations/start", at="/training").headers["Location"]
    assert "/play/" in link
    at = f"/provider/schools/{own_sample.north}/enrol"
    form = {"whom": "chosen", "person": own_sample.people["sam"], "withdraw": "yes"}
    ended = admin.post(at, at=at, **form, course=["fire-safety", "managing-allegations"])
    page = admin.words(ended.headers["Location"])
    assert "1 enrolment ended on Fire Safety, Managing Allegations. 1 has been started, and stays." in page
    assert sam.get("/training/managing-allegations").status_code == 404


def test_an_enrolment_ends_and_can_begin_anew(admin: SiteUser, own_app: Flask, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    action = re.search(r"(/schools/[^\"]+/enrolments/[^\"]+/end)", admin.get(at).text)
    assert action is not None
    elsewhere = action[1].replace(own_sample.people["sam"], own_sample.people["ada"])
    assert admin.post(elsewhere, at=at).status_code == 404, "it is another person's"
    assert admin.post(action[1], at=at).status_code == 303
    assert admin.post(action[1], at=at).status_code == 404
    sam = SiteUser(own_app, "sam")
    assert sam.get("/training/asbestos").status_code == 404
    page = admin.words(f"/schools/{own_sample.north}/people/{own_sample.people['sam']}")
    assert "ended on 24 November 2026" in page
    ended = own_sample.registrations["sam asbestos"]
    assert admin.get(f"/schools/{own_sample.north}/records/{ended}").status_code == 200
    with own_sample.lms.database.writing() as tx:
        for record in training.records(tx, person=own_sample.people["sam"]):
            record.enrolment.ended = own_sample.lms.now
    answers = admin.get(f"/schools/{own_sample.north}/courses/fire-safety/answers.csv").text
    assert "Sam Okafor" in answers
