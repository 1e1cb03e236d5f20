"""Sign-in and commits beside many connections that are held, against the same alone."""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.bench.compiling import COURSE
from tests.bench.playing import bodies, p99, session_of, together
from tests.browser.serving import Player
from tests.held import held
from tests.player.nginx import in_front

SLOW, IDLE = 500, 1_000
ASKED = 40


def measure() -> dict[str, float]:
    """Straight to the server, and through nginx with the guide's settings where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "courseware", "build", str(COURSE), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        player = Player(Path(folder))
        player.start()
        try:
            course = player.course(Path(folder, "child-protection.scorm2004.zip"))
            figures = beside(player, player.port, "held") | committing(player, course)
            try:
                with in_front(Path(folder), player.port) as port:
                    figures |= beside(player, port, "held, nginx")
            except pytest.skip.Exception:
                sys.stderr.write("nginx is not installed: nothing is measured through it\n")
            return figures
        finally:
            player.stop()


def beside(player: Player, port: int, named: str) -> dict[str, float]:
    """The sign-in page, each time on a connection of its own."""
    alone = [signing_in(player, port) for _ in range(ASKED)]
    with held(port, slow=SLOW, idle=IDLE) as those:
        crowded = [signing_in(player, port) for _ in range(ASKED)]
        slow, idle = those.open()
    return {
        f"{named}: slow connections still open": slow,
        f"{named}: idle connections still open": idle,
        f"{named}: sign-in beside them, slowest, ms (bar 1000)": max(crowded) * 1000,
        f"{named}: ratio of sign-in beside {SLOW} slow and {IDLE} idle to sign-in alone": (
            statistics.median(crowded) / statistics.median(alone)
        ),
    }


def signing_in(player: Player, port: int) -> float:
    """Seconds until the page is there."""
    before = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/sign-in", headers={"Host": f"localhost:{player.port}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise AssertionError(f"sign-in: {answer.status}")
    return time.perf_counter() - before


def committing(player: Player, course: str) -> dict[str, float]:
    """Eight clients' commits, beside idle connections and alone."""

    def committed(name: str) -> tuple[float, float]:
        links = [player.link(course, f"{name}-{number}") for number in range(8)]
        load = together([("POST", link + "commit", bodies(session_of(link))) for link in links])
        return load.rate, p99(load)

    alone = committed("alone")
    with held(player.port, idle=IDLE):
        crowded = committed("crowded")
    return {
        f"held: ratio of commits/s beside {IDLE} idle to alone": crowded[0] / alone[0],
        "held: ratio of their p99": crowded[1] / alone[1],
    }
