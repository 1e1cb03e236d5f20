"""What a server does by itself."""

from __future__ import annotations

import logging
import threading

import pytest
from sqlalchemy import text

from player.records import log, registrations
from player.upkeep import upkeep
from tests.player.lms import OPEN, Lms
from tests.player.random_logs import compare

LOG = logging.getLogger("player")


def _play(lms: Lms) -> str:
    """Long ago: this installation's clock is behind the server's."""
    lms.after(days=-1000)
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN)
    registration: str = lms.record()["registration"]
    return registration


def test_a_server_folds_what_is_old(lms: Lms) -> None:
    registration = _play(lms)
    with upkeep(lms.database, LOG):
        pass  # what it has begun it ends
    with lms.database.connecting() as tx:
        assert log.read(tx, registration).commits == ()
    compare(lms)


def test_a_server_stops_though_a_step_waits(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a lock, or for a database that does not answer."""
    monkeypatch.setattr("player.upkeep.PATIENCE", 0.1)
    registration = _play(lms)
    with lms.database.writing() as tx:
        assert registrations.load(tx.connection(), registration).id == registration
        with upkeep(lms.database, LOG):
            (thread,) = (each for each in threading.enumerate() if each.name == "upkeep")
        assert thread.is_alive()
    thread.join()
    compare(lms)


def test_a_fault_is_written_down_and_ends_nothing(lms: Lms, caplog: pytest.LogCaptureFixture) -> None:
    _play(lms)
    with lms.database.writing() as tx:
        tx.execute(text("DROP TABLE snapshot"))
    with caplog.at_level(logging.WARNING, LOG.name), upkeep(lms.database, LOG):
        pass
    assert "are not folded" in caplog.text
