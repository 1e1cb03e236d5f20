"""What a server does by itself."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import text

from player.playing.replay import read_log
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


def test_a_fault_is_written_down_and_ends_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    _play(house)
    with house.database.writing() as tx:
        tx.execute(text("DROP TABLE snapshot"))
    with caplog.at_level(logging.WARNING, LOG.name), upkeep(house.database, LOG):
        pass
    assert "Old sessions are not folded" in caplog.text
