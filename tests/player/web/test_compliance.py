"""The compliance pages of a school: what they count, a day in the past, the downloads, who is excluded."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from player.jobs import Worker
from player.records import due, jobs, people, schools
from player.school import requiring, settling
from player.school.actor import COMMAND
from player.school.settling import settle
from player.slices import SETTLE, work_off
from player.web.context import DATABASE, SETTINGS
from tests.player import staff
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser


def _require(sample: Sample, days: int = 40) -> str:
    """Fire Safety is required of everybody, since so many days; the address of the pages."""
    lms = sample.lms
    with lms.database.writing() as tx:
        since = lms.now.date() - timedelta(days)
        requiring.require(tx, COMMAND, lms.now, sample.north, "fire-safety", (), since)
    return f"/schools/{sample.north}/compliance"


def test_the_page_counts_all_who_must_and_says_who_is_overdue_first(
    own_app: Flask, own_sample: Sample
) -> None:
    base, priya = _require(own_sample), SiteUser(own_app, "priya")
    page = priya.words(f"{base}/courses/fire-safety")
    assert "1 of 4 people is in date" in page
    assert page.index("Ada Byron-Whitefield") < page.index("Sam Okafor")
    assert "Overdue by 12 days" in page
    assert "Cleo Specimen" in page, "nobody had enrolled her"
    assert "Ben Gone" not in page
    assert "Zed" not in page
    assert "Fire Safety 1 of 4 people in date" in priya.words(base)
    people = priya.words(f"{base}/people")
    assert "1 of 4 people is in date" in people
    assert "Fire Safety, overdue by 12 days" in people


def test_a_page_asks_at_most_eight_queries_and_a_search_one_more(own_app: Flask, own_sample: Sample) -> None:
    """Also while a job computes the table, as in a large school."""
    base, priya, asked = _require(own_sample), SiteUser(own_app, "priya"), list[str]()
    with own_sample.lms.database.writing() as tx:
        key = f"{due.waiting_key(own_sample.north)}some:look"
        jobs.add(tx, due.SETTLE, key, own_sample.lms.now - timedelta(1))

    @event.listens_for(own_app.extensions[DATABASE].engine, "before_cursor_execute")
    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    for path in ("", "/people", "/courses/fire-safety", "/courses/fire-safety?standing=overdue&reminded=14"):
        priya.get(f"{base}{path}")  # the process knows the courses' versions
        asked.clear()
        assert "Changes take longer than usual" in priya.words(f"{base}{path}")
        assert len(asked) <= 8, [path, *asked]
    school = f"/schools/{own_sample.north}"
    for path in (
        "/people",
        "/people?status=overdue&q=sam",
        "/people?course=fire-safety&left=yes",
        "/courses",
    ):
        asked.clear()
        assert priya.get(f"{school}{path}").status_code == 200
        assert len(asked) <= 8 + ("q=" in path), [path, *asked]


def test_a_day_in_the_past_has_its_own_rules(own_app: Flask, own_sample: Sample) -> None:
    base, priya = _require(own_sample), SiteUser(own_app, "priya")
    day = own_sample.lms.now.date() - timedelta(13)
    page = priya.words(f"{base}/courses/fire-safety?on={day}")
    assert "0 of 4 people were in date" in page
    assert "Never done 4" in page, "the 28 days were not over, and nobody had begun"
    assert "Exclude" not in page
    before = own_sample.lms.now.date() - timedelta(41)
    assert "Nobody had to take this course" in priya.words(f"{base}/courses/fire-safety?on={before}")
    nothing = priya.words(f"{base}?on={before}")
    assert "No course was required yet On 14 October 2026 nobody had to take one." in nothing
    assert "Say which courses" not in nothing
    assert "contacts are missing" not in nothing
    assert priya.get(f"{base}?on=nonsense").status_code == 200


def test_the_downloads_have_everybody(own_app: Flask, own_sample: Sample) -> None:
    base, priya = _require(own_sample), SiteUser(own_app, "priya")
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.north, "=Dan Ode", "dan@example.org", "dan").since = date(2025, 9, 1)
        settle(tx, [own_sample.north], own_sample.lms.now)
    rows = list(csv.DictReader(io.StringIO(priya.get(f"{base}/courses/fire-safety.csv").text)))
    assert len(rows) == 5
    assert rows[0]["Days overdue"] == "12"
    assert {row["Status"] for row in rows} == {"Overdue", "In date"}
    assert any(row["\ufeffName"] == "'=Dan Ode" for row in rows), "case 32: it is text"
    overdue = priya.get(f"{base}/courses/fire-safety.csv?standing=in%20date").text
    assert len(overdue.splitlines()) == 2
    everybody = list(csv.DictReader(io.StringIO(priya.get(f"{base}/people.csv").text)))
    assert {row["Staff id"] for row in everybody} == {"sam", "ada", "cleo", "priya", "dan"}


def test_chosen_people_get_no_e_mails_and_are_still_overdue(own_app: Flask, own_sample: Sample) -> None:
    base, priya = _require(own_sample), SiteUser(own_app, "priya")
    page, ada = f"{base}/courses/fire-safety", own_sample.people["ada"]
    wrong = priya.post(f"{page}/exclude", at=page, person=ada)
    assert wrong.status_code == 422
    assert "Write the reason" in wrong.text
    assert priya.post(f"{page}/exclude", at=page, person=ada, why="Long-term leave").status_code == 303
    told = priya.words(page)
    assert "1 person gets no more e-mails about this course." in told
    assert "No e-mails: Long-term leave" in told
    assert "1 of 4 people is in date" in told
    other = priya.post(f"{page}/exclude", at=page, person=own_sample.people["zed"], why="Not mine")
    assert other.status_code == 404


def test_all_who_are_overdue_are_reminded_at_once(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All whom the filters leave, page by page or not, and once a day."""
    base, priya = _require(own_sample), SiteUser(own_app, "priya")
    page = f"{base}/courses/fire-safety"
    priya.post(f"{page}/exclude", at=page, person=own_sample.people["ada"], why="Long-term leave")
    monkeypatch.setattr("player.school.asked_reminders.SLICE", 1)
    monkeypatch.setattr("player.web.compliance.asking.PER_PAGE", 1)
    overdue = f"{page}?standing=overdue"
    assert "Remind all 3" in priya.words(overdue)
    assert not any("Remind all" in priya.words(f"{page}?{at}") for at in ("", "standing=in+date"))
    for told in ("2 reminders are under E-mails, and not sent: no mail server is set up.", ""):
        sent = priya.post(f"{page}/remind?standing=overdue", at=page, everybody="yes")
        assert "standing=overdue" in sent.headers["Location"]
        assert f"{told} Not to Ada Byron-Whitefield: excluded: Long-term leave." in priya.words(overdue)
    priya.post(f"{page}/remind?standing=due+soon", at=page, everybody="yes")
    assert "Nothing was sent" in priya.words(page)


def test_people_are_chosen_in_the_list_by_person_too(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are reminded of all that they have to do, or given a course; of many a job writes the e-mails."""
    base, priya = f"{_require(own_sample)}/people", SiteUser(own_app, "priya")
    wrong = priya.post(f"{base}/remind", at=base)
    assert wrong.status_code == 422
    assert "Choose people first." in wrong.text
    ada = own_sample.people["ada"]
    priya.post(f"{base}/remind", at=base, person=ada)
    assert "1 reminder is under E-mails, and not sent" in priya.words(base)
    give = f"/schools/{own_sample.north}/give"
    assert "Ada Byron-Whitefield" in priya.post(give, at=base, person=ada).text
    monkeypatch.setattr("player.school.asked_reminders.MOST", 1)
    for told in ("E-mails to 3 people are being written.", "being written already. Nobody gets two."):
        sent = priya.post(f"{base}/remind?standing=overdue", at=f"{base}?standing=overdue", everybody="yes")
        assert sent.status_code == 303
        assert told in priya.words(base)
    emails = f"/schools/{own_sample.north}/emails"
    assert "Reminders to 3 people are still to be written." in priya.words(emails)
    work_off(own_sample.lms.database, own_sample.lms.settings)
    page = priya.words(emails)
    assert "still to be written" not in page
    assert page.count("Fire Safety is overdue") == 2, "Ada has hers already"
    assert page.count("2 courses are due, 1 of them overdue") == 1
    strange = priya.post(f"{base}/remind", at=base, person=own_sample.people["zed"])
    assert strange.status_code == 303
    assert "Nothing was sent" in priya.words(base)
    assert f'value="{ada}"' in priya.get(f"{base}?standing=overdue").text


def test_a_joiner_is_on_the_page_and_enrolled(own_app: Flask, own_sample: Sample) -> None:
    base, alex = _require(own_sample), SiteUser(own_app, "alex")
    form = f"/schools/{own_sample.north}/staff/new"
    alex.post(form, at=form, name="Eve Arc", email="eve@example.org", staff_id="eve", access="learner")
    alex.get(base)  # the page that tells of her
    assert "Eve Arc" in alex.words(f"{base}/courses/fire-safety")
    with own_sample.lms.database.reading() as tx:
        eve = people.person_of_email(tx, "eve@example.org")
        assert eve is not None
    assert "Fire Safety" in alex.words(f"/schools/{own_sample.north}/people/{eve.id}")


def test_a_large_school_is_worked_out_by_a_job_and_the_page_says_so(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "MOST", 1)
    lms = own_sample.lms
    alex, priya = SiteUser(own_app, "alex"), SiteUser(own_app, "priya")
    form = "/provider/rules"
    alex.post(form, at=form, course="fire-safety", whom="all", what="required")
    assert "2 large schools will take a minute or two more" in alex.words("/provider/compliance")
    page = priya.words(f"/schools/{own_sample.north}/compliance")
    assert "Changes are being worked out now" in page
    rows = priya.get(f"/schools/{own_sample.north}/compliance/people.csv").text
    assert rows.count("Fire Safety,Never done") == 3, "a download waits for nothing"
    lms.after(minutes=2)
    at = f"/schools/{own_sample.north}/compliance"
    calm = priya.words(at)
    assert "Changes take longer than usual to be worked out" in calm
    assert "player work" not in calm
    assert "the server does no jobs" in alex.words(at)
    own_app.extensions[SETTINGS] = replace(own_app.extensions[SETTINGS], works_elsewhere=True)
    for page in (at, "/provider/compliance"):
        assert "player work is not running. Start it on the server" in alex.words(page)
    worker = Worker(lms.database, lms.settings, (SETTLE,), lambda: lms.now)
    assert worker.run_next()
    assert "Changes are being worked out now" in alex.words("/provider/compliance"), "somebody works"
    worker.run_due()
    page = priya.words(f"/schools/{own_sample.north}/compliance")
    assert "being worked out" not in page
    assert "Fire Safety 1 of 4 people in date" in page


def test_a_school_with_nobody_is_told_so_and_a_filter_otherwise(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        school = schools.school_named(tx, "Westfield").id
    alex, at = SiteUser(own_app, "alex"), f"/schools/{school}/compliance/people"
    page = alex.words(at)
    assert "No people yet" in page
    assert "Nobody is at the school. Add people." in page
    assert "Nobody matches. Clear the filters." in alex.words(f"{at}?q=ann")
    assert "Nobody was at the school on 2 March 2026. Show today." in alex.words(f"{at}?on=2026-03-02")
