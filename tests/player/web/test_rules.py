"""The rules of a school on its pages: who must take a course, how often with the dry run, who is excluded."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from player.compliance import Duty, Kind
from player.records.work_tables import AuditRow
from player.school import duties, requiring
from player.school.actor import COMMAND
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

BASIS = "Renewed every two years (early years statutory framework, annex C)."


def test_a_manager_requires_a_course_and_everybody_is_enrolled(own_app: Flask, own_sample: Sample) -> None:
    base, priya = f"/schools/{own_sample.north}/rules", SiteUser(own_app, "priya")
    page = f"{base}/courses/fire-safety"
    assert "Fire Safety Optional" in priya.words(base)
    day = own_sample.lms.now.date().isoformat()
    wrong = priya.post(f"{page}/required", at=page, who="teams", since=day)
    assert wrong.status_code == 422
    assert "Choose at least one team" in wrong.text
    assert priya.post(f"{page}/required", at=page, who="everybody", since=day).status_code == 303
    told = priya.words(base)
    assert "Fire Safety is required from 24 November 2026 on. 1 person was enrolled." in told
    assert "Everybody, since 24 November 2026" in told
    office = own_sample.teams["office"]
    assert priya.post(f"{page}/required", at=page, who="teams", team=office, since=day).status_code == 303
    assert "Office, since 24 November 2026" in priya.words(base)
    assert "0 of 1 person" in priya.words(f"/schools/{own_sample.north}/compliance/courses/fire-safety")
    assert priya.post(f"{page}/required", at=page, who="nobody", since=day).status_code == 303
    assert "Fire Safety Optional" in priya.words(base)
    with own_sample.lms.database.reading() as tx:
        rows = tx.scalars(select(AuditRow).where(AuditRow.noun == "requirement").order_by(AuditRow.id))
        written = [row.action for row in rows if row.actor == "Priya Nair"]
    assert written == ["required", "required", "made optional"]


def test_a_day_that_is_none_changes_nothing(own_app: Flask, own_sample: Sample) -> None:
    """It is not taken for today, nor for “further notice”; 0026 is what comes of typing 26 as the year."""
    priya, base = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/rules"
    at, excluded = f"{base}/courses/fire-safety", f"{base}/exclusions"
    for written in ("31/12/2026", "2026-02-31", "0026-01-01", "9999-12-31"):
        told = f"“{written}” is not a date. Write it like this: 2027-03-31."
        required = priya.post(f"{at}/required", at=at, who="everybody", since=written)
        left_out = priya.post(excluded, at=excluded, person="ada@example.org", why="leave", last=written)
        assert [(each.status_code, told in words(each)) for each in (required, left_out)] == [(422, True)] * 2
    assert "Write the day" in words(priya.post(f"{at}/required", at=at, who="everybody", since=""))
    assert "Fire Safety Optional" in priya.words(base)
    assert "Nobody is excluded" in priya.words(excluded)


def test_rules_of_days_to_come_are_told_with_their_days(own_app: Flask, own_sample: Sample) -> None:
    base, priya = f"/schools/{own_sample.north}/rules", SiteUser(own_app, "priya")
    page, office = f"{base}/courses/fire-safety", own_sample.teams["office"]
    told = []
    for who, since in (("everybody", "2027-01-01"), ("teams", "2026-11-24"), ("nobody", "2027-02-01")):
        priya.post(f"{page}/required", at=page, who=who, team=office, since=since)
        told.append(re.search("Fire Safety ((?:Everybody|Office).*?) Change the rules", priya.words(base)))
    assert [one and one[1] for one in told] == [
        "Everybody, from 1 January 2027",
        "Office, since 24 November 2026",
        "Office, since 24 November 2026 until 31 January 2027",
    ]


def test_the_provider_alone_takes_its_requirement_back(own_app: Flask, own_sample: Sample) -> None:
    lms = own_sample.lms
    with lms.database.writing() as tx:
        requiring.require(tx, COMMAND, lms.now, None, "fire-safety", (), lms.now.date())
    page = f"/schools/{own_sample.north}/rules/courses/fire-safety"
    priya = SiteUser(own_app, "priya")
    assert "The provider requires this course of everybody" in priya.words(page)
    refused = priya.post(f"{page}/required", at=page, who="nobody", since=lms.now.date().isoformat())
    assert refused.status_code == 422


def test_case_6_the_page_refuses_with_the_basis_and_shows_who_changes(
    own_app: Flask, own_sample: Sample
) -> None:
    lms = own_sample.lms
    since = lms.now.date() - timedelta(400)
    with lms.database.writing() as tx:
        duty = Duty(Kind.NUMBER, BASIS, 24)
        duties.set_provider_duty(tx, COMMAND, lms.now, "fire-safety", duty, since)
    page = f"/schools/{own_sample.north}/rules/courses/fire-safety"
    priya = SiteUser(own_app, "priya")
    refused = priya.post(f"{page}/period", at=page, months="36", save="yes")
    assert refused.status_code == 422
    assert BASIS in words(refused)
    assert 'value="36"' in refused.text, "what was typed is kept"
    dry = words(priya.post(f"{page}/period", at=page, months="12", show="yes"))
    assert "Sam Okafor 24 November 2028 24 November 2027" in dry
    assert "It is retaken every 24 months." in priya.words(page), "nothing was saved"
    assert priya.post(f"{page}/period", at=page, months="12", save="yes").status_code == 303
    assert "It is retaken every 12 months." in priya.words(page)
    assert priya.post(f"{page}/period", at=page, months="soon", save="yes").status_code == 422


def test_an_exclusion_is_made_and_ended(own_app: Flask, own_sample: Sample) -> None:
    page, priya = f"/schools/{own_sample.north}/rules/exclusions", SiteUser(own_app, "priya")
    wrong = priya.post(page, at=page, person="zed@example.org", why="Not mine")
    assert wrong.status_code == 422
    assert "Nobody at the school" in words(wrong)
    assert priya.post(page, at=page, person="ada@example.org", why="").status_code == 422
    assert priya.post(page, at=page, why="Nothing named").status_code == 422
    made = priya.post(page, at=page, person="ada@example.org", why="On leave", last="2026-12-31")
    assert made.status_code == 303
    told = priya.words(page)
    assert "Ada Byron-Whitefield All courses On leave 24 November 2026 by Priya Nair 31 December 2026" in told
    end = priya.get(page).text.split('action="')[1:]
    [address] = [part.split('"')[0] for part in end if part.split('"')[0].endswith("/end")]
    assert SiteUser(own_app, "olu").post(address, at="/account").status_code == 404
    assert priya.post(address, at=page).status_code == 303
    assert "Nobody is excluded." in priya.words(page)
    again = priya.post(address, at=page)
    assert "There is no such exclusion any more." in priya.words(again.headers["Location"])
