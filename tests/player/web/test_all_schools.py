"""The provider's pages over all schools: side by side, and one form that puts courses into many of them."""

from __future__ import annotations

import pytest
from flask import Flask

from player.jobs import Worker
from player.records import audit, enrolments, memberships
from player.school import offering
from player.slices import OFFER
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

FORM = "/provider/rules"


def test_schools_stand_side_by_side_with_who_is_overdue_first(own_app: Flask, own_sample: Sample) -> None:
    alex = SiteUser(own_app, "alex")
    made = alex.post(FORM, at=FORM, course="fire-safety", whom="all", what="required")
    assert made.status_code == 303
    page = alex.words("/provider/compliance")
    assert "1 course in 2 schools: 2 new enrolments." in page, "Cleo and Olu had none"
    assert "2 of 6 people are in date" in page, "Sam and Zed have done it"
    assert "Northfield Academy 1 of 4 0 3 0" in page
    assert "Southbrook Primary 1 of 2 0 1 0" in page
    one = alex.words("/provider/compliance?course=managing-allegations&sort=name")
    assert "0 of 1 person is in date" in one
    assert "Southbrook Primary Nothing required" in one
    assert "Required at all schools" in alex.words(FORM)


def test_a_course_goes_into_chosen_schools_and_out_again(own_app: Flask, own_sample: Sample) -> None:
    alex, olu = SiteUser(own_app, "alex"), SiteUser(own_app, "olu")
    rules, south = f"/schools/{own_sample.south}/rules", own_sample.south
    for what, state in (("required", "Everybody, since"), ("optional", "Optional"), ("offered", "Optional")):
        alex.post(FORM, at=FORM, course="asbestos", whom="chosen", school=south, what=what)
        assert f"Asbestos {state}" in olu.words(rules), what
    assert "Asbestos Everybody" not in alex.words(f"/schools/{own_sample.north}/rules")
    assert "Olu Samuel" in olu.words(f"/schools/{south}/people?course=asbestos"), "offered to her too"


def test_a_form_that_is_not_complete_changes_nothing(own_app: Flask, own_sample: Sample) -> None:
    alex = SiteUser(own_app, "alex")
    for given in (
        {"whom": "all", "what": "required"},
        {"course": "asbestos", "whom": "chosen", "what": "required"},
        {"course": "asbestos", "whom": "all", "what": "forbidden"},
    ):
        reply = alex.post(FORM, at=FORM, **given)
        assert reply.status_code == 422
        assert "Nothing has been saved yet" in words(reply)
    assert "Asbestos Optional" in alex.words(f"/schools/{own_sample.north}/rules")


def test_case_6_the_provider_sets_the_default_with_its_basis(own_app: Flask, own_sample: Sample) -> None:
    alex, page = SiteUser(own_app, "alex"), "/provider/courses/fire-safety/duty"
    bare = alex.post(page, at=page, kind="number", months="24", basis="", save="yes")
    assert bare.status_code == 422
    assert "needs its basis" in words(bare)
    given = {"kind": "number", "months": "24", "basis": "Renewed every two years (annex C)."}
    dry = words(alex.post(page, at=page, **given, show="yes"))
    assert "Sam Okafor No date 24 November 2028" in dry
    assert "Once done, it stays done." in alex.words(page), "nothing was saved"
    assert alex.post(page, at=page, **given, save="yes").status_code == 303
    school = f"/schools/{own_sample.north}/rules/courses/fire-safety"
    refused = SiteUser(own_app, "priya").post(f"{school}/period", at=school, months="36", save="yes")
    assert "Renewed every two years (annex C)." in words(refused)


def test_a_course_is_offered_to_a_large_school_by_a_job(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offering, "MOST", 1)
    monkeypatch.setattr(offering, "SLICE", 1)
    lms, alex = own_sample.lms, SiteUser(own_app, "alex")
    before = _enrolled(own_sample)
    alex.post(FORM, at=FORM, course="asbestos", whom="chosen", school=own_sample.north, what="offered")
    assert "1 large school will take a minute or two more" in alex.words("/provider/compliance")
    assert _enrolled(own_sample) == before
    Worker(lms.database, lms.settings, (OFFER,), lambda: lms.now).run_due()
    with lms.database.reading() as tx:
        here = {stay.person_id for stay in memberships.on_day(tx, own_sample.north, lms.now.date())}
        rows = audit.page(tx, audit.AuditFilter(school_id=own_sample.north), 0, 1).rows
    assert _enrolled(own_sample) == here | before
    assert rows[0].actor == "Alex Morgan (administrator)"


def _enrolled(sample: Sample) -> set[str]:
    with sample.lms.database.reading() as tx:
        return {person for person, _ in enrolments.open_pairs(tx, sample.north, {"asbestos"})}
