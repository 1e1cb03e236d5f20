"""The activity log: a school's for its managers, everything for the provider."""

from __future__ import annotations

import csv
import html
import io
import re
import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from player.audit_queue import AuditQueue
from player.records import audit
from player.records.work_tables import AuditRow
from player.school import auditing
from player.school.actor import COMMAND
from player.school.auditing import Change
from player.web.watching import QUEUE
from tests.player import staff
from tests.player.lms import Lms
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser


def _written(app: Flask) -> None:
    app.extensions[QUEUE].write()


def test_a_manager_sees_what_was_changed_and_seen_at_their_school_alone(
    own_app: Flask, own_sample: Sample
) -> None:
    priya, north = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}"
    ada = own_sample.people["ada"]
    at = f"{north}/staff/people/{ada}"
    form = {"name": "Ada Byron", "email": "ada@example.org", "staff_id": "ada", "job_title": "Cook"}
    assert priya.post(at, at=at, **form).status_code == 303
    priya.get(f"{north}/people/{ada}")
    priya.get(f"{north}/people/{own_sample.people['priya']}")
    priya.get(f"{north}/people.csv")
    assert SiteUser(own_app).sign_in("sam", "not hers at all").status_code == 422
    assert SiteUser(own_app).sign_in("stranger", "correct horse").status_code == 422
    _written(own_app)
    page = priya.words(f"{north}/activity")
    assert "Priya Nair Details changed Ada Byron Name: Ada Byron-Whitefield, now Ada Byron" in page
    assert "Job title: empty, now Cook" in page
    assert "Course required Managing Allegations Who must take it: empty, now Office" in page
    assert "Priya Nair Training record viewed Ada Byron" in page
    assert "Training record viewed Priya Nair" not in page, "one's own is nobody else's"
    assert "Priya Nair List downloaded People" in page
    assert "somebody not signed in Sign-in failed sam@example.org" in page
    assert "stranger@example.org" not in page
    assert "Zed" not in page
    assert "password" not in page.lower().replace("password link", "").replace("password changed", "")
    olu = SiteUser(own_app, "olu")
    assert "Ada" not in olu.words(f"/schools/{own_sample.south}/activity")
    assert olu.get(f"{north}/activity").status_code == 404
    alex = SiteUser(own_app, "alex")
    everything = alex.words("/provider/activity")
    assert "stranger@example.org" in everything
    assert "Ada Byron" in everything


def test_the_log_is_filtered_by_name_kind_and_day_and_downloaded(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.north, "=Uma Ray")
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/activity"
    assert "Uma Ray" in priya.words(f"{at}?what=added:membership&who=uma&day=2026-11-24")
    for wrong in ("what=left:membership", "who=nobody", "day=2026-11-25&who=uma"):
        assert "Nothing matches." in priya.words(f"{at}?{wrong}"), wrong
    assert priya.get(f"{at}?day=9999-12-31&page=-1").status_code == 200
    rows = list(csv.DictReader(io.StringIO(priya.get(f"{at}.csv?who=uma").text)))
    assert [(row["What"], row["About"]) for row in rows] == [("Added to the staff", "'=Uma Ray")]


def test_what_waits_is_written_within_five_seconds_and_at_the_end(sqlite_lms: Lms) -> None:
    queue = AuditQueue(sqlite_lms.database)
    seen = auditing.entry(COMMAND, sqlite_lms.now, None, Change("viewed", "record", "r", "Ann"))

    def written() -> int:
        with sqlite_lms.database.reading() as tx:
            return len(tx.scalars(select(AuditRow)).all())

    with queue.writing():
        with sqlite_lms.database.writing():
            began = time.monotonic()
            queue.put(seen)
            assert time.monotonic() - began < 0.5, "nobody waits for who writes"
        until = time.monotonic() + 5
        while not written() and time.monotonic() < until:
            threading.Event().wait(0.05)
        assert written() == 1
        queue.put(seen)
    assert written() == 2, "what was left when it stopped"


def test_what_cannot_be_written_waits(sqlite_lms: Lms) -> None:
    queue = AuditQueue(sqlite_lms.database)
    entry = auditing.entry(COMMAND, sqlite_lms.now, None, Change("viewed", "record", "r", "Ann"))
    with sqlite_lms.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit RENAME TO away")
    queue.put(entry)
    queue._try()
    with sqlite_lms.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO audit")
    queue.write()
    with sqlite_lms.database.reading() as tx:
        assert len(tx.scalars(select(AuditRow)).all()) == 1


def test_the_log_names_courses_teams_and_days_as_people_do(own_app: Flask, own_sample: Sample) -> None:
    priya, north = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}"
    at, day = f"{north}/rules/courses/fire-safety", own_sample.lms.now.date().isoformat()
    office = own_sample.teams["office"]
    assert priya.post(f"{at}/required", at=at, who="teams", team=office, since=day).status_code == 303
    at = f"{north}/rules/exclusions"
    excluded = priya.post(at, at=at, person="ada@example.org", course="fire-safety", why="on leave")
    assert excluded.status_code == 303
    page = priya.words(f"{north}/activity")
    assert "Course required Fire Safety Who must take it: empty, now Office" in page
    assert "From: empty, now 24 November 2026" in page
    assert "Excluded from reminders Ada Byron-Whitefield Course: Fire Safety" in page
    assert "Reason: on leave" in page
    assert "Enrolled Ada Byron-Whitefield: Fire Safety" in page


def test_a_long_log_is_counted_to_a_thousand_and_read_to_its_end(own_app: Flask, own_sample: Sample) -> None:
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/activity"
    with own_sample.lms.database.writing() as tx:
        seen = [Change("viewed", "record", "r", f"Uma {one}") for one in range(audit.COUNTED + 150)]
        now, north = own_sample.lms.now, own_sample.north
        audit.add(tx, [auditing.entry(COMMAND, now, north, each) for each in seen])
    first, tenth, last = (priya.words(f"{at}?who=uma&page={page}") for page in (1, 10, 12))
    assert "More than 1,000 entries" in first
    assert "Uma 1149 " in first
    assert "Page 1 Next page" in first
    assert "Uma 150 " in tenth
    assert "Previous page Page 10 Next page" in tenth
    assert "Uma 49 " in last
    assert "Uma 0 " in last
    assert "Previous page Page 12" in last
    assert "Next page" not in last
    some = priya.words(f"{at}?who=uma+10")
    assert f"{sum('10' in str(one) for one in range(1150))} entries" in some
    assert "Page 1 of 2 Next page" in some


def test_a_name_is_looked_for_in_the_newest_entries_first(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And further back where somebody wants it. Capitals, accents and the order of words do not matter."""
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/activity"
    lms = own_sample.lms
    with lms.database.writing() as tx:
        for days, name in enumerate(("Zoë Ébert", *["Uma Lee"] * 12, "ÉLODIE Zöe")):
            when = lms.now - timedelta(20 - days)
            seen = Change("viewed", "person", "p", name)
            audit.add(tx, [auditing.entry(COMMAND, when, own_sample.north, seen)])
    assert "were searched" not in priya.words(f"{at}?who=zoe")
    monkeypatch.setattr(audit, "SEARCHED", 10)
    first = priya.get(f"{at}?who=zoe&what=viewed:person")
    assert "ÉLODIE Zöe" in first.text
    assert "Zoë Ébert" not in first.text
    told = "The newest 10 entries were searched, back to"
    assert told in priya.words(f"{at}?who=zoe&what=viewed:person")
    assert "Nothing matches there." in priya.words(f"{at}?who=ebert&what=viewed:person")
    [further] = re.findall(r'href="([^"]*further=1[^"]*)"', first.text)
    page = priya.words(html.unescape(further))
    assert "Zoë Ébert" in page
    assert told not in page
    assert "1 entry" in priya.words(f"{at}?who=elodie+zoe&what=viewed:person")
    assert "Zoë Ébert" in priya.get(f"{at}.csv?who=EBERT+zoe").text, "a download has them all"
