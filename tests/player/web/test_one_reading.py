"""One reading of a person in a course on every page and in every download: it is the standing, and what was
completed when is a date beside it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

from flask import Flask

from player.compliance import Duty
from player.school import duties, requiring
from player.school.actor import COMMAND
from tests.player.lms import CLOSE, OPEN, put
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser

DONE, DUE = "24 November 2026", "24 November 2027"


def _yearly(sample: Sample) -> None:
    """Fire Safety is required of everybody, once a year; Sam has passed it."""
    lms = sample.lms
    since = lms.now.date()
    with lms.database.writing() as tx:
        duties.set_provider_duty(tx, COMMAND, lms.now, "fire-safety", Duty(months=12), since)
        requiring.require(tx, COMMAND, lms.now, sample.north, "fire-safety", (), since)


def _retake(sample: Sample) -> None:
    tab = sample.lms.open("fire-safety", "sam")
    tab.deliver()
    passed = (put("cmi.completion_status", "completed"), put("cmi.success_status", "passed"))
    tab.send(OPEN, *passed, put("cmi.exit", "normal"), CLOSE)


def _row(text: str) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    [row] = [each for each in rows if (each["Staff id"], each["Course"]) == ("sam", "Fire Safety")]
    return row


def _agree(app: Flask, sample: Sample, word: str, told: str, dates: tuple[str, str], done: int) -> str:
    """Every page and download reads so; returns Sam's own list."""
    school, sam_id = f"/schools/{sample.north}", sample.people["sam"]
    priya, sam, alex = SiteUser(app, "priya"), SiteUser(app, "sam"), SiteUser(app, "alex")
    key = word.lower().replace(" ", "-")
    compliance = priya.words(f"{school}/compliance/courses/fire-safety?q=sam")
    assert f"Sam Okafor {told} {dates[0]} {dates[1]}" in compliance
    headline = f"{done} of 4 people {'is' if done == 1 else 'are'} in date"
    assert headline in priya.words(f"{school}/compliance/courses/fire-safety")
    assert f"{headline} in Fire Safety" in priya.words(f"{school}/people?course=fire-safety")
    assert f"Fire Safety {headline}" in priya.words(f"{school}/courses")
    assert f"{done} of 4 people" in priya.words(f"{school}/compliance")
    assert f"Sam Okafor {word}" in priya.words(f"{school}/people?q=sam")
    filtered = priya.words(f"{school}/people?course=fire-safety&status={key}&q=sam")
    assert f"Sam Okafor {word} 2 of 2 (100%) {dates[0]} {dates[1]}" in filtered
    assert ("Sam Okafor" in priya.words(f"{school}/people?status=unfinished")) is (word == "Overdue")
    was = "was due" if word == "Overdue" else "due"
    both = f"Completed {dates[0]}, {was} {dates[1]}"
    assert f"{word} {both}" in priya.words(f"{school}/people/{sam_id}")
    assert f"Fire Safety Assigned on {DONE}. It is required" in alex.words(f"{school}/staff/people/{sam_id}")
    assert f" {word} " in alex.words(f"{school}/staff/people/{sam_id}")
    listed = _row(priya.get(f"{school}/people.csv").text)
    counted = _row(priya.get(f"{school}/compliance/courses/fire-safety.csv").text)
    assert (listed["Status"], listed["Due"]) == (counted["Status"], counted["Due"])
    assert listed["Completed"][:10] == counted["Completed"]
    again = "It was due again on" if word == "Overdue" else "It is due again on"
    assert f"You passed on {dates[0]}, with 2 of 2 (100%). {again} {dates[1]}." in sam.words(
        "/training/fire-safety"
    )
    return sam.words("/training")


def test_the_same_person_reads_the_same_everywhere(own_app: Flask, own_sample: Sample) -> None:
    _yearly(own_sample)
    lms = own_sample.lms
    page = _agree(own_app, own_sample, "In date", "In date", (DONE, DUE), 1)
    assert f"Done Fire Safety Completed {DONE}, 2 of 2 (100%). Due again {DUE}. In date" in page

    lms.now = datetime(2027, 11, 4, 9, tzinfo=UTC)
    page = _agree(own_app, own_sample, "Due soon", "Due in 20 days", (DONE, DUE), 1)
    assert f"Due soon Fire Safety Completed {DONE}, due {DUE}. Due soon Take it again" in page
    assert "Done Fire Safety" not in page

    lms.now = datetime(2027, 12, 4, 9, tzinfo=UTC)
    page = _agree(own_app, own_sample, "Overdue", "Overdue by 10 days", (DONE, DUE), 0)
    assert f"To do Fire Safety Completed {DONE}, was due {DUE}. Overdue Take it again" in page
    assert "One of them is overdue." in page

    _retake(own_sample)
    dates = ("4 December 2027", "4 December 2028")
    page = _agree(own_app, own_sample, "In date", "In date", dates, 1)
    assert "Done Fire Safety Completed 4 December 2027" in page


def test_whoever_never_did_it_is_overdue_everywhere_once_the_days_are_over(
    own_app: Flask, own_sample: Sample
) -> None:
    _yearly(own_sample)
    school, ada = f"/schools/{own_sample.north}", own_sample.people["ada"]
    page = f"{school}/people?course=fire-safety&q=ada"
    assert "Not passed yet" in SiteUser(own_app, "priya").words(page), "28 days are left"
    own_sample.lms.now = datetime(2027, 1, 4, 9, tzinfo=UTC)
    priya = SiteUser(own_app, "priya")
    assert "Ada Byron-Whitefield Overdue by 13 days" in priya.words(
        f"{school}/compliance/courses/fire-safety"
    )
    assert "Ada Byron-Whitefield Overdue 1 of 2 (50%) Not yet 22 December 2026" in priya.words(page)
    assert "Overdue Was due 22 December 2026" in priya.words(f"{school}/people/{ada}")
    listed = SiteUser(own_app, "ada").words("/training")
    assert "Assigned on 24 November 2026, was due 22 December 2026." in listed
    assert "Not passed yet: 1 of 2 (50%) so far. You can try again whenever you are ready. " in SiteUser(
        own_app, "ada"
    ).words("/training/fire-safety")


def test_what_is_optional_stays_completed(own_app: Flask, own_sample: Sample) -> None:
    lms = own_sample.lms
    with lms.database.writing() as tx:
        since = date(2020, 1, 1)
        duties.set_provider_duty(tx, COMMAND, lms.now, "fire-safety", Duty(months=12), since)
    lms.now = datetime(2028, 1, 4, 9, tzinfo=UTC)
    school = f"/schools/{own_sample.north}"
    assert f"Done Fire Safety Completed {DONE}, 2 of 2 (100%). Completed" in SiteUser(own_app, "sam").words(
        "/training"
    )
    page = SiteUser(own_app, "priya").words(f"{school}/people?course=fire-safety")
    assert "1 of 3 people has completed Fire Safety" in page
    assert f"Sam Okafor Completed 2 of 2 (100%) {DONE} No date" in page
