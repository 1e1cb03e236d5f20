"""What somebody completed at one school: another school of theirs sees it once they show it, and no more."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from player.records import audit, due, evidence
from player.school import requiring
from player.school.actor import COMMAND
from tests.player import staff
from tests.player.web.sample import NORTH, SOUTH, Sample
from tests.player.web.site_user import SiteUser

COURSE = "/training/fire-safety"


def _at_both(sample: Sample) -> tuple[str, str]:
    """Sam works at Southbrook too, where Fire Safety is required; his page there and its compliance page."""
    lms = sample.lms
    with lms.database.writing() as tx:
        stay = staff.add(tx, sample.south, "Sam Okafor", "sam@example.org", "s-17", now=lms.now)
        requiring.require(tx, COMMAND, lms.now, sample.south, "fire-safety", (), lms.now.date())
        assert stay.person_id == sample.people["sam"]
    base = f"/schools/{sample.south}"
    return f"{base}/people/{sample.people['sam']}", f"{base}/compliance/courses/fire-safety"


def _standing(user: SiteUser, page: str) -> str:
    words = user.words(f"{page}?q=Okafor")
    return "in date" if "1 of 1 person is in date" in words else "never done"


def test_a_completion_is_seen_elsewhere_while_it_is_shown(own_app: Flask, own_sample: Sample) -> None:
    person, compliance = _at_both(own_sample)
    sam, olu = SiteUser(own_app, "sam"), SiteUser(own_app, "olu")
    at = f"{COURSE}?school={own_sample.north}"
    assert _standing(olu, compliance) == "never done"
    assert "Completed elsewhere" not in olu.words(person)
    assert f"Show this to {SOUTH}" in sam.words(at)
    show = f"{COURSE}/show?school={own_sample.north}"

    sam.post(show, at=at, to=own_sample.south)
    assert f"Stop showing this to {SOUTH}" in sam.words(at)
    assert _standing(olu, compliance) == "in date"
    assert "Sam Okafor In date 1 of 1" in olu.words(f"/schools/{own_sample.south}/people")
    assert f"{SOUTH}. Completed elsewhere 24 November 2026" in sam.words("/training")
    there = sam.words(f"{COURSE}?school={own_sample.south}")
    assert f"It counts at {SOUTH}, so you need not take it now." in there
    shown = olu.words(person)
    assert "Completed elsewhere Fire Safety, 24 November 2026" in shown
    pages = [shown, olu.words(compliance), olu.words(f"/schools/{own_sample.south}/activity")]
    assert all(NORTH not in page for page in pages), "the school is not told where"
    priya = SiteUser(own_app, "priya")
    assert SOUTH not in priya.words(f"/schools/{own_sample.north}/activity"), "nor the first one of the other"
    registration = own_sample.registrations["sam fire-safety"]
    assert olu.get(f"/schools/{own_sample.south}/records/{registration}").status_code == 404

    sam.post(show, at=at, to=own_sample.south, ends="yes")
    assert _standing(olu, compliance) == "never done"
    assert "Sam Okafor Not started" in olu.words(f"/schools/{own_sample.south}/people")
    assert "elsewhere" not in sam.words("/training")
    assert "Completed elsewhere" not in olu.words(person)
    with own_sample.lms.database.reading() as tx:
        rows = audit.listed(tx, audit.AuditFilter(school_id=own_sample.south))
        told = [(row.actor, row.action) for row in rows if row.noun == "evidence"]
    assert told == [("Sam Okafor", "no longer shown"), ("Sam Okafor", "shown")]


def test_nothing_is_shown_to_a_school_that_is_not_ones_own(own_app: Flask, own_sample: Sample) -> None:
    _at_both(own_sample)
    zed, sam = SiteUser(own_app, "zed"), SiteUser(own_app, "sam")
    assert "Your other schools" not in zed.words(COURSE)
    assert zed.post(f"{COURSE}/show", at=COURSE, to=own_sample.north).status_code == 404
    at = f"{COURSE}?school={own_sample.north}"
    assert sam.post(f"{COURSE}/show?school={own_sample.north}", at=at, to="elsewhere").status_code == 404
    asbestos = f"/training/asbestos?school={own_sample.north}"
    assert "Your other schools" not in sam.words(asbestos), "there is nothing to show before it is done"


def test_an_optional_course_changes_nobodys_headline(own_app: Flask, own_sample: Sample) -> None:
    lms, priya = own_sample.lms, SiteUser(own_app, "priya")
    base = f"/schools/{own_sample.north}"
    before = priya.words(f"{base}/people")
    assert "Sam Okafor Nothing required None" in before, "he has begun Asbestos, which is optional"
    with lms.database.writing() as tx:
        requiring.require(tx, COMMAND, lms.now, own_sample.north, "fire-safety", (), lms.now.date())
    after = priya.words(f"{base}/people")
    assert "1 of 4 people is in date in everything that is required of them" in after
    assert "Sam Okafor In date 1 of 1" in after
    assert "Optional courses are not counted" in after


def test_what_is_required_is_not_withdrawn(own_app: Flask, own_sample: Sample) -> None:
    lms, alex = own_sample.lms, SiteUser(own_app, "alex")
    with lms.database.writing() as tx:
        requiring.require(tx, COMMAND, lms.now, own_sample.north, "fire-safety", (), lms.now.date())
        cleo = staff.member(tx, own_sample.north, own_sample.people["cleo"])
        enrolment = staff.enrolment(tx, cleo, "fire-safety").id
    base = f"/schools/{own_sample.north}"
    page = f"{base}/staff/people/{own_sample.people['cleo']}"
    assert "It is required, so the enrolment stays" in alex.words(page)
    alex.post(f"{page}/enrolments/{enrolment}/end", at=page)
    assert "the course is required of Cleo Specimen" in alex.words(page)
    form = f"{base}/give"
    chosen = {"course": "fire-safety", "whom": "chosen", "person": own_sample.people["cleo"]}
    told = alex.post(form, at=form, do="take back", **chosen).headers["Location"]
    assert "Nothing was taken back. 1 is required, and stays." in alex.words(told)
    with lms.database.reading() as tx:
        cleo = staff.member(tx, own_sample.north, own_sample.people["cleo"])
        assert staff.enrolment(tx, cleo, "fire-safety").ended is None


def test_a_manager_says_who_is_on_long_leave(own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    page = f"/schools/{own_sample.north}/staff/people/{own_sample.people['cleo']}"
    cleo = {"name": "Cleo Specimen", "email": "cleo@example.org", "asks_leave": "yes"}
    priya.post(page, at=page, on_leave="yes", **cleo)
    assert re.search('name="on_leave" value="yes" checked', priya.get(page).text)
    log = priya.words(f"/schools/{own_sample.north}/activity")
    assert "On long leave: no, now yes" in log
    priya.post(page, at=page, **cleo)
    assert not re.search('name="on_leave" value="yes" checked', priya.get(page).text)


def test_what_is_taken_back_counts_nowhere(own_app: Flask, own_sample: Sample) -> None:
    _, compliance = _at_both(own_sample)
    sam, olu = SiteUser(own_app, "sam"), SiteUser(own_app, "olu")
    at = f"{COURSE}?school={own_sample.north}"
    sam.post(f"{COURSE}/show?school={own_sample.north}", at=at, to=own_sample.south)
    lms = own_sample.lms
    registration = own_sample.registrations["sam fire-safety"]
    with lms.database.writing() as tx:
        since = lms.now - timedelta(1)
        (taken,) = evidence.void_completions(tx, registration, 1, since, lms.now, "Failed.")
        assert taken.shown_to == [own_sample.south]
        for school in (own_sample.north, own_sample.south):
            due.refresh_pair(tx, school, taken.today, taken.person, taken.course)
    assert _standing(olu, compliance) == "never done"
