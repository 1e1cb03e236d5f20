"""A server of several processes: what holds for one holds for all together, also when one is killed."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Semaphore
from urllib.parse import urlsplit

import pytest

from player.records.database import Database
from player.records.shared_counts import SharedCounts
from player.records.versions import Versions
from player.replay_check import check_all
from player.settings import read_settings, usual_processes
from tests.bench.playing import delivered
from tests.browser.serving import Player
from tests.player.packages import package, scorm_2004

LEARNERS, COMMITS = 4, 40
REPLACED_WITHIN = 60.0


@contextmanager
def several(folder: Path, url: str, processes: int = 2) -> Iterator[Player]:
    player = Player(folder, options=("--processes", str(processes)), PLAYER_DATABASE_URL=url)
    player.start()
    try:
        yield player
    finally:
        player.stop()


def committing(link: str, session: str, acknowledgements: Semaphore) -> None:
    """One learner's page: it sends each commit until it is acknowledged, and then the next."""
    parts = urlsplit(link)
    for number in range(1, COMMITS + 1):
        calls = [[1, "Initialize", ""]] if number == 1 else []
        calls.append([1, "SetValue", f"cmi.interactions.{number - 1}.id", f"q{number}"])
        body = json.dumps({"session": session, "number": number, "calls": calls})
        until = time.monotonic() + 30
        while not acknowledged(parts.netloc, parts.path + "commit", body, number):
            assert time.monotonic() < until, f"commit {number} is never acknowledged"
        acknowledgements.release()


def acknowledged(host: str, path: str, body: str, number: int) -> bool:
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request("POST", path, body)
        answer = connection.getresponse()
        told = json.loads(answer.read()) if answer.status == 200 else {}
    except (OSError, http.client.HTTPException):
        return False  # the process that had it was killed: nobody knows whether it is on disk
    finally:
        connection.close()
    return bool(told.get("have") == number)


def killed_under_load(player: Player, links: list[str], random: Random) -> None:
    """Learners commit, and one process is killed meanwhile; another takes its place."""
    first, *others = player.processes()
    sessions = [delivered(link)["session"]["id"] for link in links]
    acknowledgements = Semaphore(0)
    with ThreadPoolExecutor(len(links)) as pages:
        running = [
            pages.submit(committing, link, session, acknowledgements)
            for link, session in zip(links, sessions, strict=True)
        ]
        for _ in range(random.randrange(5, len(links) * COMMITS // 2)):
            acknowledgements.acquire(timeout=30)
        gone = random.choice(others)
        os.kill(gone, signal.SIGKILL)
        for page in running:
            page.result()
    until = time.monotonic() + REPLACED_WITHIN
    while len(now := player.processes()) < 1 + len(others) or gone in now:
        assert time.monotonic() < until, player.log.read_text()
        time.sleep(0.02)
    assert now[0] == first


@pytest.mark.parametrize(
    ("seed", "times"), [(0, 1), *(pytest.param(seed, 5, marks=pytest.mark.full) for seed in range(1, 7))]
)
@pytest.mark.both_databases
def test_a_process_that_is_killed_loses_nothing_and_is_replaced(
    database_url: str, tmp_path: Path, seed: int, times: int
) -> None:
    random = Random(seed)  # noqa: S311 - which process goes, and when
    course = package(tmp_path / "course.zip", scorm_2004(1))
    with several(tmp_path, database_url) as player:
        name = player.course(course)
        for time_ in range(times):
            learners = [f"learner-{time_}-{number}" for number in range(LEARNERS)]
            killed_under_load(player, [player.link(name, learner) for learner in learners], random)
            for learner in learners:
                (activity,) = player.record(name, learner)["attempts"][0]["activities"]
                assert [each["id"] for each in activity["interactions"]] == [
                    f"q{number}" for number in range(1, COMMITS + 1)
                ]
        log = player.log.read_text()
        assert log.count("another takes its place") == times
    assert "Traceback" not in player.log.read_text()
    database = Database(database_url)
    try:
        checks = list(check_all(database, Versions(database)))
    finally:
        database.close()
    assert len(checks) == times * LEARNERS
    assert not any(check.differences for check in checks)


def test_they_end_with_the_first_whether_it_is_stopped_or_killed(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = shutil.copy(sqlite_template, tmp_path / "player.db")
    with several(tmp_path, f"sqlite:///{file}") as player:
        processes = player.processes()
        assert len(processes) == 3
        player.kill()
        _all_end(processes)
        player.start()
        processes = player.processes()
    _all_end(processes)


def _all_end(processes: list[int]) -> None:
    until = time.monotonic() + REPLACED_WITHIN
    while any(Path(f"/proc/{process}").exists() for process in processes):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_tries_are_counted_together(tmp_path: Path) -> None:
    one, other = (SharedCounts(tmp_path / "counts") for _ in range(2))
    assert [one.incr("a", 60), other.incr("a", 60), one.incr("b", 60)] == [1, 2, 1]
    assert other.incr("a", 60, amount=-1) == one.get("a") == 1
    assert 0 < one.get_expiry("a") - time.time() <= 60
    assert other.incr("over", -1) == other.incr("over", 60) == 1, "a count that has ended begins anew"
    one.clear("a")
    assert (other.get("a"), other.get("b"), other.reset(), one.get("b")) == (0, 1, 2, 0)
    assert one.check()


def test_one_process_serves_sqlite_and_one_a_core_postgresql(tmp_path: Path) -> None:
    data = {"PLAYER_DATA": str(tmp_path)}
    on_sqlite = read_settings(data, port=8000)
    on_postgres = read_settings({**data, "PLAYER_DATABASE_URL": "postgresql://a@b/c"}, port=8000)
    assert usual_processes(on_sqlite) == 1
    assert usual_processes(on_postgres) == min(8, len(os.sched_getaffinity(0)))
