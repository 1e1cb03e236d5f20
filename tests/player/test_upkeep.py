"""What a server does by itself."""

from __future__ import annotations

import logging
import threading

import pytest
from sqlalchemy import text

from player.playing.replay import read_log
from player.records import registrations
from player.upkeep import upkeep
from tests.player.house import OPEN, House
from tests.player.stories import compare

LOG = logging.getLogger("player")


def _play(house: House) -> str:
    """Long ago: the house's clock is behind the server's."""
    house.after(days=-1000)
    browser = house.open(house.add().course)
    browser.deliver()
    browser.send(OPEN)
    registration: str = house.record()["registration"]
    return registration


def test_a_server_folds_what_is_old(house: House) -> None:
    registration = _play(house)
    with upkeep(house.database, LOG):
        pass  # what it has begun it ends
    with house.database.connecting() as tx:
        assert read_log(tx, registration).commits == ()
    compare(house)


def test_a_server_stops_though_a_step_waits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a lock, or for a database that does not answer."""
    monkeypatch.setattr("player.upkeep.PATIENCE", 0.1)
    registration = _play(house)
    with house.database.writing() as tx:
        assert registrations.standing(tx.connection(), registration)
        with upkeep(house.database, LOG):
            (thread,) = (each for each in threading.enumerate() if each.name == "upkeep")
        assert thread.is_alive()
    thread.join()
    compare(house)


def test_a_fault_is_written_down_and_ends_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    _play(house)
    with house.database.writing() as tx:
        tx.execute(text("DROP TABLE snapshot"))
    with caplog.at_level(logging.WARNING, LOG.name), upkeep(house.database, LOG):
        pass
    assert "are not folded" in caplog.text
