"""What a server does by itself."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from player.jobs import working
from player.records import log, registrations
from player.work import add_recurring, worker
from tests.player.lms import OPEN, Lms
from tests.player.random_logs import compare


def _play(lms: Lms) -> str:
    """Long ago: this installation's clock is behind the server's."""
    lms.after(days=-1000)
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN)
    registration: str = lms.record()["registration"]
    add_recurring(lms.database, datetime.now(UTC))
    return registration


def test_a_server_folds_what_is_old(lms: Lms) -> None:
    registration = _play(lms)
    worker(lms.database, lms.settings).run_due()
    with lms.database.connecting() as tx:
        assert log.read(tx, registration).commits == ()
    compare(lms)


def test_folding_comes_again_and_lets_others_go_first(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.upkeep.SLICE", 0.0)
    lms = sqlite_lms
    _play(lms)
    now = datetime.now(UTC)
    doing = worker(lms.database, lms.settings, lambda: now)
    assert doing.run_due() > 2, "forgetting, and a slice for each step"
    now += timedelta(hours=1)
    assert doing.run_due() >= 2


def test_a_server_stops_though_a_step_waits(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a lock, or for a database that does not answer."""
    monkeypatch.setattr("player.jobs.worker.PATIENCE", 0.1)
    registration = _play(lms)
    with lms.database.writing() as tx:
        assert registrations.load(tx.connection(), registration).id == registration
        with working(worker(lms.database, lms.settings)):
            (thread,) = (each for each in threading.enumerate() if each.name == "worker")
        assert thread.is_alive()
    thread.join()
    compare(lms)


def test_a_fault_is_written_down_and_ends_nothing(lms: Lms, caplog: pytest.LogCaptureFixture) -> None:
    _play(lms)
    with lms.database.writing() as tx:
        tx.execute(text("DROP TABLE snapshot"))
    with caplog.at_level(logging.WARNING):
        assert worker(lms.database, lms.settings).run_due() >= 2
    assert "are not folded" in caplog.text
