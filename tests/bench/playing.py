"""What playing costs: commits against the same server's empty request, and the way from a link to the SCO."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Frame, sync_playwright

from tests import chromium
from tests.bench.compiling import COURSE
from tests.browser.serving import Player

COMMITS = 600  # a client
PAINTS = 9
PAINTED = """
() => new Promise((resolve) => {
  const answer = () => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) resolve(performance.timeOrigin + paint.startTime); else setTimeout(answer, 5);
  };
  answer();
})
"""


@dataclass(frozen=True, slots=True)
class Load:
    """When it began and ended on the machine's one clock, each request's seconds, and the clients' CPU."""

    began: float
    ended: float
    latencies: tuple[float, ...]
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / (self.ended - self.began)


def loaded(method: str, address: str, bodies: list[str], cookie: str = "") -> Load:
    """One client on one connection, request after request."""
    parts = urlsplit(address)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {"Content-Type": "application/json"} | ({"Cookie": cookie} if cookie else {})
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    latencies, began, spent = [], time.monotonic(), time.process_time()
    for body in bodies:
        before = time.perf_counter()
        connection.request(method, target, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        latencies.append(time.perf_counter() - before)
        if answer.status != 200:
            raise AssertionError(f"{method} {parts.path}: {answer.status} {content[:200]!r}")
    connection.close()
    return Load(began, time.monotonic(), tuple(latencies), time.process_time() - spent)


def delivered(link: str) -> dict[str, Any]:
    """The answer to a delivery, which a play page asks for."""
    return _answered(link, "deliver", json.dumps({"page": "bench"}))


def committed(link: str, body: str) -> dict[str, Any]:
    """The answer to a commit."""
    return _answered(link, "commit", body)


def _answered(link: str, what: str, body: str) -> dict[str, Any]:
    parts = urlsplit(link)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("POST", parts.path + what, body)
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def session_of(link: str) -> str:
    """The id of the session of a delivery."""
    return str(delivered(link)["session"]["id"])


def bodies(session: str) -> list[str]:
    """What a course says as somebody reads on: a place, some suspend data, progress."""
    initialise = [[1_764_000_000_000, "Initialize", ""]]
    told = []
    for number in range(1, COMMITS + 1):
        calls = [
            [1_764_000_000_000 + number, "SetValue", "cmi.location", f"signs-of-harm.{number}"],
            [
                1_764_000_000_000 + number,
                "SetValue",
                "cmi.suspend_data",
                f"1~signs-of-harm.{number}~" + "x" * 900,
            ],
            [1_764_000_000_000 + number, "SetValue", "cmi.progress_measure", f"0.{number:04}"],
        ]
        calls = initialise + calls if number == 1 else calls
        told.append(json.dumps({"session": session, "number": number, "calls": calls}))
    return told


def together(clients: Sequence[tuple[str, str, list[str]] | tuple[str, str, list[str], str]]) -> Load:
    """All clients at once, each a process, from the first one's beginning to the last one's end."""
    with ProcessPoolExecutor(len(clients)) as pool:
        loads = [each.result() for each in [pool.submit(loaded, *client) for client in clients]]
    latencies = tuple(seconds for load in loads for seconds in load.latencies)
    began, ended = min(load.began for load in loads), max(load.ended for load in loads)
    return Load(began, ended, latencies, sum(load.cpu for load in loads))


def p99(load: Load) -> float:
    return statistics.quantiles(load.latencies, n=100)[98]


def committing(player: Player, course: str) -> dict[str, float]:
    figures: dict[str, float] = {}
    for count in (1, 8):
        links = [player.link(course, f"bench-{count}-{number}") for number in range(count)]
        empty = together([("GET", player.content + "/robots.txt", [""] * COMMITS)] * count)
        clients = [("POST", link + "commit", bodies(session_of(link))) for link in links]
        commits = together(clients)
        named = f"play, {count} client{'s' if count > 1 else ''}"
        figures |= {
            f"{named}: commits/s": commits.rate,
            f"{named}: empty requests/s": empty.rate,
            f"{named}: ratio of commits to empty requests": commits.rate / empty.rate,
            f"{named}: commit p99, ms": p99(commits) * 1000,
        }
    return figures


def painting(player: Player, course: str) -> dict[str, float]:
    """From opening the link to the SCO's first paint, against opening the SCO's file by itself."""
    launched, alone = [], []
    with sync_playwright() as playwright:
        browser = chromium.start(playwright)
        for number in range(PAINTS):
            link = player.link(course, f"paints-{number}")
            page = browser.new_context().new_page()
            page.goto(link)
            began: float = page.evaluate("performance.timeOrigin")
            handle = page.wait_for_selector("#sco")
            frame = handle.content_frame() if handle else None
            assert isinstance(frame, Frame)
            frame.wait_for_selector("[data-current]")
            launched.append(frame.evaluate(PAINTED) - began)
            address = frame.url
            page.context.close()
            page = browser.new_context().new_page()
            page.goto(address)
            alone.append(page.evaluate(PAINTED) - page.evaluate("performance.timeOrigin"))
            page.context.close()
        browser.close()
    first, floor = statistics.median(launched), statistics.median(alone)
    return {
        "play: launch to the SCO's first paint, ms": first,
        "play: the SCO's file by itself to first paint, ms": floor,
        "play: ratio of the two": first / floor,
    }


def measure() -> dict[str, float]:
    """Against a server of its own, on SQLite with every commit on disk."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "courseware", "build", str(COURSE), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        player = Player(Path(folder))
        player.start()
        try:
            course = player.course(Path(folder, "child-protection.scorm2004.zip"))
            return committing(player, course) | painting(player, course)
        finally:
            player.stop()
