"""While the database or the disk lets nobody write: both hosts say so, and nothing is lost."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from psycopg import Error
from psycopg.errors import DiskFull
from sqlalchemy.exc import DBAPIError

from player.records.school_keys import add as add_school_key
from player.records.schools import school_named
from tests.player.served import served
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, site, words


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.records.engine.BUSY_MILLISECONDS", 50)


@pytest.fixture
def town_site(own_sample: Sample, impatient: None) -> Iterator[Flask]:
    app = site(own_sample)
    yield app
    app.extensions["player.database"].close()


def test_a_page_says_that_the_records_cannot_be_reached(
    town_site: Flask, own_sample: Sample, caplog: pytest.LogCaptureFixture
) -> None:
    alex = SiteUser(town_site, "alex")
    with own_sample.lms.database.writing():
        refused = alex.post("/provider/schools", at="/provider/schools", name="Westfield")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert "The records are not available at the moment" in words(refused)
    [told] = [each.getMessage() for each in caplog.records if each.name == "player"]
    assert "lock" in told
    assert "Traceback" not in caplog.text
    assert alex.post("/provider/schools", at="/provider/schools", name="Westfield").status_code == 303


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        DBAPIError.instance("", None, DiskFull("could not extend file"), Error),
    ],
)
def test_a_full_disk_is_called_so(own_sample: Sample, error: Exception) -> None:
    app = site(own_sample)

    @app.get("/full")
    def full() -> str:
        raise error

    reply = SiteUser(app).get("/full")
    assert reply.status_code == 507
    assert "The server is full" in words(reply)
    app.extensions["player.database"].close()


def test_a_portal_is_told_in_its_own_language(impatient: None, tmp_path: Path) -> None:
    with served(tmp_path) as server:
        asked = {"course": server.lms.add().course, "learner": "ann"}
        with server.lms.database.writing() as tx:
            key = add_school_key(tx, school_named(tx, "Northfield").id, "portal", server.lms.now)
        told = {"Authorization": f"Bearer {key}", "host": server.site}
        with server.lms.database.writing():
            reply = server.post("/api/launch", asked, **told)
        assert (reply.status, list(reply.json)) == (503, ["error"])
        assert server.post("/api/launch", asked, **told).status == 200


def test_a_commit_is_asked_for_again_and_comes_through(impatient: None, tmp_path: Path) -> None:
    with served(tmp_path) as server:
        link = server.lms.link(server.lms.add().course)
        session = server.post(f"{link}deliver", {"page": "page-1"}).json["session"]["id"]
        sent = {"session": session, "number": 1, "calls": [[1, "Initialize", ""]]}
        with server.lms.database.writing():
            refused = server.post(f"{link}commit", sent)
        assert refused.status == 503
        assert b"not available at the moment. What you saved before is safe." in refused.body
        assert server.post(f"{link}commit", sent).json["have"] == 1
