"""What the columns of every table promise, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.engine.default import DefaultDialect

from player.records import school_keys, schools
from player.records.columns import Utc
from player.records.database import Database
from player.records.tables import SchoolKey

pytestmark = pytest.mark.both_databases


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that stands where the clocks show something else."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("tokyo")
def test_a_time_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    said = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=2)))
    with database.writing() as tx:
        school_keys.add(tx, schools.school_named(tx, "Northfield").id, "Intranet", said)
    with database.reading() as tx:
        if database.url.get_backend_name() == "postgresql":
            tx.execute(text("SET TIME ZONE 'Asia/Tokyo'"))
        read = tx.scalar(select(SchoolKey.created))
    assert read == said
    assert read is not None
    assert read.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Utc().process_bind_param(datetime(2026, 11, 24), DefaultDialect())  # noqa: DTZ001
