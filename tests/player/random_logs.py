"""Random sessions of a learner, and the comparison of the log with the tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import event

from player import folding, registration
from player.playing.step import Step
from player.records import memberships
from player.records.database import Database
from player.replay_check import check
from player.runtime import outcome
from tests.chance import examples
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import FLOW

SHUFFLED = FLOW.replace(
    "</imsss:sequencing>",
    '<imsss:randomizationControls randomizationTiming="onEachNewAttempt" reorderChildren="true"/>'
    "</imsss:sequencing>",
)
VALUES = st.sampled_from(
    [
        put("cmi.location", "1"),
        put("cmi.location", "2"),
        put("cmi.suspend_data", "\ud800\0 data"),
        put("cmi.completion_status", "completed"),
        put("cmi.completion_status", "incomplete"),
        put("cmi.success_status", "passed"),
        put("cmi.success_status", "failed"),
        put("cmi.score.scaled", "0.4"),
        put("cmi.score.scaled", "0.9"),
        put("cmi.session_time", "PT30S"),
        put("cmi.exit", "suspend"),
        put("cmi.exit", ""),
        put("cmi.interactions.0.id", "q"),
        put("cmi.interactions.0.description", "\ud800 What?"),
        put("cmi.interactions.1.id", "r"),
        put("cmi.objectives.0.id", "own"),
        put("cmi.objectives.0.success_status", "passed"),
        put("adl.nav.request", "continue"),
        put("nonsense", "1"),
        OPEN,
        CLOSE,
    ]
)
REQUESTS = st.sampled_from(
    [
        go("continue"),
        go("previous"),
        go("exit"),
        go("exitAll"),
        go("suspendAll"),
        go("choice", "i2"),
        go("abandon"),
    ]
)
COMMITS = st.lists(
    st.tuples(st.lists(VALUES, max_size=5), st.one_of(st.none(), st.none(), REQUESTS)), min_size=1, max_size=6
)
WANDERING = (7, 7, 0, -3)  # seconds
FEW = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def _migrated() -> bytes:
    """A new installation's database: making its tables takes longer than a story."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'player.db'}")
        database.migrate()
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        return (Path(folder) / "player.db").read_bytes()


@contextmanager
def quick_lms() -> Iterator[Lms]:
    """One for each example; hypothesis may break an example off in the middle."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "player.db"
        path.write_bytes(_migrated())
        database = Database(f"sqlite:///{path}")
        event.listen(database.engine, "connect", _hurry)
        try:
            yield Lms(Path(folder), database)
        finally:
            database.close()


def _hurry(connection: Any, _record: Any) -> None:
    """Thousands of commits whose order is in question, not their way to the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def recounting() -> Iterator[None]:
    """Learn and roll up also where a commit is taken to say nothing new: it comes to the same."""
    add_time = registration.add_time

    def both(step: Step, item: str, seconds: float) -> None:
        counted = copy(step)
        assert step.runtime is not None
        registration.roll_up(counted, item, outcome(step.runtime), seconds)
        add_time(step, item, seconds)
        assert step.registration == counted.registration
        assert step.state.to_json() == counted.state.to_json()

    with mock.patch.object(registration, "add_time", both):
        yield


def rename(lms: Lms, name: str, learner: str = "ann") -> None:
    """Who a learner is comes from outside the registration, and may change between sessions."""
    with lms.database.writing() as tx:
        for stay in memberships.called(tx, learner):
            stay.name = name


def compare(lms: Lms, learner: str = "ann", course: str | None = None) -> None:
    """Assert that a replay of the log gives what the tables hold."""
    registration = lms.record(learner=learner, course=course)["registration"]
    assert check(lms.database, lms.registrar.versions, registration).differences == ()


def fold_old(database: Database, now: datetime, rest: timedelta = folding.REST) -> Iterator[int]:
    """A round in which nothing may fail."""

    def failed(_: str, error: Exception) -> None:
        raise error

    return (step.commits for step in folding.fold_old(database, now, failed, rest))
