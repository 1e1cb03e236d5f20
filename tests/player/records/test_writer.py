"""Who waits for another's write: some, not everybody, and not longer than promised."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from player.records.database import Database
from player.records.tables import School
from player.records.unavailable import unavailable
from player.records.writer import MAY_WAIT, Writer, WriterBusyError
from player.serving import THREADS
from tests.player.served import served
from tests.player.threads import at_once


def test_one_writes_at_a_time_and_each_gets_a_turn() -> None:
    writer, inside = Writer(15), []

    def write() -> None:
        for _ in range(50):
            with writer:
                inside.append(threading.get_ident())
                assert set(inside) == {threading.get_ident()}
                inside.clear()

    at_once(*[write] * 8)


def test_while_a_write_takes_long_some_wait_and_the_rest_are_refused() -> None:
    writer = Writer(15)
    refused = []
    with ThreadPoolExecutor(MAY_WAIT + 5) as threads:

        def write() -> str:
            try:
                with writer:
                    return "written"
            except WriterBusyError:
                refused.append(1)
                return "refused"

        with writer:
            waiting = [threads.submit(write) for _ in range(MAY_WAIT + 5)]
            while len(refused) < 5:  # the test's limit is the promise itself
                assert not all(each.done() for each in waiting)
        told = [each.result() for each in waiting]
    assert sorted(told) == ["refused"] * 5 + ["written"] * MAY_WAIT


def test_who_has_waited_for_the_turn_waits_less_for_the_databases_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.records.engine.BUSY_MILLISECONDS", 3000)
    database = Database(f"sqlite:///{tmp_path / 'player.db'}")
    database.migrate()
    said: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def hear(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("PRAGMA busy_timeout="):
            said.append(statement)

    def write() -> None:
        with database.writing() as tx:
            tx.add(School(name="Northfield"))

    with ThreadPoolExecutor(1) as threads:
        with database.writing():
            waiting = threads.submit(write)
            with pytest.raises(TimeoutError):
                waiting.result(0.5)
        waiting.result(10)
    lowered, restored = (int(each.partition("=")[2]) for each in said)
    assert 1 <= lowered < 2700
    assert restored == 3000
    database.close()


def test_reads_are_answered_while_another_process_writes_and_writes_come_through(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        course = server.lms.add().course
        links = [server.lms.link(course, f"learner-{number}") for number in range(2 * THREADS)]
        path = str(server.lms.database.url.database)
        with ThreadPoolExecutor(len(links)) as threads, closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            answers = [threads.submit(server.post, f"{link}deliver", {"page": "page-1"}) for link in links]
            for link in links[:4]:  # every thread would wait for the other process
                assert server.ask("GET", "/sign-in", host=server.site).status == 200
                assert server.ask("GET", link).status == 200
            assert not all(each.done() for each in answers)
            other.rollback()
            told = [each.result() for each in answers]
        assert {each.status for each in told} == {200, 503}
        assert all(int(each.headers["Retry-After"]) > 0 for each in told if each.status == 503)
        refused = next(link for link, each in zip(links, told, strict=True) if each.status == 503)
        assert server.post(f"{refused}deliver", {"page": "page-1"}).status == 200


def test_who_is_refused_may_try_again() -> None:
    assert unavailable(WriterBusyError()) == "another write takes too long"
