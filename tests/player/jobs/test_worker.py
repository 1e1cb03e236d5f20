"""Jobs: each is done once by whoever claims it, again where its worker died, later where it failed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from threading import Barrier, local
from time import sleep

import pytest
from sqlalchemy import select

from player.jobs import Again, Failed, Kind, Outcome, Retry, Task, Worker, growing
from player.records import jobs
from player.records.database import Database
from player.records.work_tables import JobRow
from player.settings import Settings, read_settings
from tests.player.lms import Lms
from tests.player.threads import at_once

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
RETRY = growing(longest=HOUR)


def _worker(lms: Lms, run: Callable[[Task], Outcome], now: datetime = NOW, retry: Retry = RETRY) -> Worker:
    return Worker(lms.database, lms.settings, [Kind("count", run, retry)], lambda: now)


def _add(lms: Lms, *keys: str) -> None:
    with lms.database.writing() as tx:
        for key in keys:
            jobs.add(tx, "count", key, NOW)


def _states(lms: Lms) -> dict[str, str]:
    with lms.database.reading() as tx:
        return {row.key: row.state for row in tx.scalars(select(JobRow))}


def test_two_workers_do_each_job_once(lms: Lms) -> None:
    keys = [f"job-{number:02}" for number in range(60)]
    _add(lms, *keys)
    done: list[str] = []
    both, thread = Barrier(2, timeout=60), local()

    def run(task: Task) -> None:
        if not hasattr(thread, "begun"):  # neither goes on before each has a job
            thread.begun = both.wait()
        done.append(task.job.key)

    other = Lms(lms.folder, Database(lms.database.url_text))
    try:
        workers = [_worker(each, run) for each in (lms, other)]
        counts = at_once(*(each.run_due for each in workers))
    finally:
        other.database.close()
    assert sorted(done) == keys
    assert sum(counts) == 60
    assert set(_states(lms).values()) == {"done"}


def test_a_job_is_there_if_what_caused_it_is(lms: Lms) -> None:
    with pytest.raises(ZeroDivisionError), lms.database.writing() as tx:
        assert jobs.add(tx, "count", "never", NOW) / 0
    _add(lms, "once", "once")
    assert _states(lms) == {"once": "waiting"}


def _hang(url: str, told: Connection) -> None:
    """Another process: it claims the job, says so, and never ends it."""

    def run(_: Task) -> None:
        told.send("begun")
        sleep(600)

    Worker(Database(url), _settings(url), [Kind("count", run, RETRY)], lambda: NOW).run_due()


def _settings(url: str) -> Settings:
    return read_settings({"PLAYER_DATABASE_URL": url})


def test_the_job_of_a_killed_worker_is_taken_by_another(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lms.folder)
    _add(lms, "long")
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_hang, args=(lms.database.url_text, there), daemon=True)
    process.start()
    assert here.poll(60)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    tries: list[int] = []

    def run(task: Task) -> None:
        tries.append(task.job.attempts)

    assert _worker(lms, run, NOW + timedelta(minutes=9)).run_due() == 0, "its lease is not over"
    assert _worker(lms, run, NOW + timedelta(minutes=10)).run_due() == 1
    assert tries == [2]
    assert _states(lms) == {"long": "done"}


def test_what_a_worker_says_after_its_lease_is_not_heard(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    _add(lms, "slow")

    def run(_: Task) -> Failed:
        assert _worker(lms, lambda _: None, NOW + HOUR).run_due() == 1
        return Failed("too late")

    _worker(lms, run).run_due()
    assert _states(lms) == {"slow": "done"}


def test_a_job_that_fails_is_tried_again_with_growing_pauses(sqlite_lms: Lms) -> None:
    lms, tried, now = sqlite_lms, [], NOW
    _add(lms, "hard")

    def run(task: Task) -> None:
        tried.append(round((task.clock() - NOW).total_seconds() / 60))
        if len(tried) < 9:
            raise ValueError("not yet")

    while _states(lms)["hard"] != "done":
        _worker(lms, run, now).run_due()
        now += timedelta(minutes=1)
    assert tried == [0, 1, 2, 4, 8, 16, 32, 64, 124]


def test_a_rule_may_give_up_after_a_day(sqlite_lms: Lms) -> None:
    lms, now, tries = sqlite_lms, NOW, 0
    _add(lms, "hopeless")
    for_a_day = growing(longest=4 * HOUR, given_up_after=24 * HOUR)

    def run(_: Task) -> None:
        raise ValueError("refused")

    while _states(lms)["hopeless"] == "waiting":
        tries += _worker(lms, run, now, for_a_day).run_due()
        now += timedelta(minutes=30)
    assert now - NOW <= 25 * HOUR
    assert 8 < tries < 16
    with lms.database.reading() as tx:
        assert "refused" in tx.scalars(select(JobRow)).one().error


def test_a_job_that_recurs_hands_on_where_it_stopped(sqlite_lms: Lms) -> None:
    lms, seen = sqlite_lms, []
    _add(lms, "slices")

    def run(task: Task) -> Again:
        seen.append(task.job.payload.get("after", 0))
        return Again(NOW if len(seen) < 3 else NOW + HOUR, {"after": len(seen)})

    assert _worker(lms, run).run_due() == 3
    assert seen == [0, 1, 2]


def test_done_jobs_are_forgotten_and_failed_ones_are_kept(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    _add(lms, "done", "failed")
    _worker(lms, lambda task: Failed("words") if task.job.key == "failed" else None).run_due()
    with lms.database.writing() as tx:
        jobs.forget(tx, NOW + HOUR)
    assert _states(lms) == {"failed": "failed"}
