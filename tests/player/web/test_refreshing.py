"""Case 8 of the rules for training records on the pages: a refresher is offered while it renews a course."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask

from player.compliance import Duty
from player.school import duties, requiring
from player.school.actor import COMMAND
from tests.player.lms import CLOSE, OPEN, Browser, put
from tests.player.packages import scorm_12
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser

REFRESHER = "Fire Refresher"
COURSE = "/training/fire-safety"


@pytest.fixture
def yearly(own_sample: Sample) -> Sample:
    """Fire Safety is due once a year, and a refresher renews it for 20 days more; Sam passed it on 24
    November 2026."""
    lms = own_sample.lms
    lms.add(scorm_12(title=REFRESHER), name="refresher.zip")
    since = lms.now.date()
    with lms.database.writing() as tx:
        duty = Duty(months=12, renewed_by="fire-refresher", lapsed=20)
        duties.set_provider_duty(tx, COMMAND, lms.now, "fire-safety", duty, since)
        requiring.require(tx, COMMAND, lms.now, own_sample.north, "fire-safety", (), since)
    return own_sample


def test_case_8_who_is_in_date_or_lapsed_for_a_while_begins_the_refresher(
    own_app: Flask, yearly: Sample
) -> None:
    offered = f"Until 14 December 2027 you can take {REFRESHER} instead of the whole course."
    sam = SiteUser(own_app, "sam")
    assert f"Due again 24 November 2027. {offered} In date See result" in sam.words("/training")
    assert f"{offered} Take it again Start the refresher" in sam.words(COURSE)
    assert REFRESHER not in sam.words("/training").replace(offered, ""), "nobody is enrolled by themselves"

    yearly.lms.now = datetime(2027, 12, 14, 9, tzinfo=UTC)  # the last day
    sam, priya = SiteUser(own_app, "sam"), SiteUser(own_app, "priya")
    compliance = f"/schools/{yearly.north}/compliance"
    told = f"Overdue by 20 days {REFRESHER} renews it until 14 December 2027"
    assert told in priya.words(f"{compliance}/courses/fire-safety")
    assert f"{REFRESHER} renews it until" in priya.words(f"{compliance}/people")
    assert f"{offered} Overdue Start the refresher" in sam.words("/training")
    assert f"{offered} Start the refresher Take it again" in sam.words(COURSE)
    reply = sam.post(f"{COURSE}/refresher", at=COURSE)
    tab = Browser(yearly.lms, urlsplit(reply.headers["Location"]).path.split("/")[2])
    assert tab.deliver()["return"] == "http://localhost:8000/training/fire-refresher"
    log = priya.words(f"/schools/{yearly.north}/activity")
    assert "Sam Okafor Enrolled Sam Okafor" in log
    assert "Continue the refresher" in sam.words(COURSE)
    assert "If you complete this by 14 December 2027, it renews Fire Safety." in sam.words(
        "/training/fire-refresher"
    )
    tab.send(OPEN, put("cmi.core.lesson_status", "passed"), CLOSE)
    renewed = f"You renewed this on 14 December 2027 with {REFRESHER}. It is due again on 14 December 2028."
    assert renewed in sam.words(COURSE)
    assert f"Fire Safety Renewed 14 December 2027 with {REFRESHER}." in sam.words("/training")
    assert "Sam Okafor In date 14 December 2027" in priya.words(f"{compliance}/courses/fire-safety?q=sam")
    again = sam.post(f"{COURSE}/refresher", at=COURSE)
    tab = Browser(yearly.lms, urlsplit(again.headers["Location"]).path.split("/")[2])
    assert tab.deliver()["session"]["state"] == "running", "a year later it is begun anew"


def test_case_8_who_is_too_late_is_told_to_take_the_course_itself(own_app: Flask, yearly: Sample) -> None:
    yearly.lms.now = datetime(2027, 12, 15, 9, tzinfo=UTC)
    sam, priya = SiteUser(own_app, "sam"), SiteUser(own_app, "priya")
    late = "It is too late for the refresher: take the course itself."
    assert f"{late} Overdue Take it again" in sam.words("/training")
    page = sam.words(COURSE)
    assert f"{late} Take it again" in page
    assert "Start the refresher" not in page
    assert sam.post(f"{COURSE}/refresher", at=COURSE).headers["Location"] == COURSE
    assert "No refresher renews Fire Safety now: take the course itself." in sam.words(COURSE)
    assert sam.get("/training/fire-refresher").status_code == 404, "nobody was enrolled"
    base = f"/schools/{yearly.north}/compliance"
    assert f"Too late for {REFRESHER}: the course itself" in priya.words(f"{base}/courses/fire-safety")
    for day, title in (("", "Fire Safety"), ("?on=2027-12-14", REFRESHER)):
        rows = csv.DictReader(io.StringIO(priya.get(f"{base}/courses/fire-safety.csv{day}").text))
        assert {row["Staff id"]: row["To take"] for row in rows}["sam"] == title


def test_a_refresher_that_is_retired_is_not_offered(own_app: Flask, yearly: Sample) -> None:
    from player.records import courses

    with yearly.lms.database.writing() as tx:
        known = courses.course(tx, "fire-refresher")
        assert known is not None
        requiring.retire(tx, COMMAND, yearly.lms.now, known, back=False)
    sam = SiteUser(own_app, "sam")
    assert "refresher" not in sam.words(COURSE)
    sam.post(f"{COURSE}/refresher", at=COURSE)
    assert "No refresher renews Fire Safety now" in sam.words(COURSE)
