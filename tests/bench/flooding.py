"""One learner's flood of data: its cost by its length, how long others wait, the memory that stays in use."""

from __future__ import annotations

import http.client
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.growing import lms, once
from tests.bench.playing import loaded, session_of
from tests.browser.serving import Player
from tests.player.lms import OPEN, Lms, put
from tests.player.packages import package, scorm_2004

TIMES = 10
PARTS = 37
TINY = 200  # commits
FLOODS = 6
LONG = 262_000  # characters of one answer
Calls = list[list[str]]


def measure() -> dict[str, float]:
    """Ratios within one run, and the sizes that they come from."""
    with tempfile.TemporaryDirectory() as folder:
        with lms(Path(folder, "growth")) as playing:
            figures = {
                f"flood: a commit of {TIMES} times as many {name}, ratio": committed(playing, make)
                for name, make in (("patterns", patterns), ("objectives", objectives))
            }
        with serving(Path(folder, "served")) as (player, course):
            return figures | beside(player, course) | swollen(player, course)


def patterns(number: int) -> Calls:
    """Correct patterns of one question, each a set of its own."""
    name = "cmi.interactions.0"
    calls = [put(f"{name}.id", "q"), put(f"{name}.type", "choice")]
    for at in range(number):
        parts = "[,]".join(f"part_{at}_{part}" for part in range(PARTS))
        calls.append(put(f"{name}.correct_responses.{at}.pattern", parts))
    return calls


def objectives(number: int) -> Calls:
    """Objectives, each with an id that no other has."""
    return [put(f"cmi.objectives.{at}.id", f"objective_{at}_{'x' * 200}") for at in range(number)]


def committed(playing: Lms, make: Callable[[int], Calls]) -> float:
    """The calls of one commit, ten times as many against 200 (objectives) or 250 (patterns)."""
    course = playing.add(scorm_2004(1)).course

    def shortest_of(number: int) -> float:
        tabs = [playing.open(course, f"{make.__name__}-{number}-{turn}") for turn in range(3)]
        for tab in tabs:
            tab.deliver()
        return min(once(partial(tab.send, OPEN, *make(number))) for tab in tabs)

    return shortest_of(200 * TIMES) / shortest_of(200)


def beside(player: Player, course: str) -> dict[str, float]:
    """Everybody else's tiny commits while one learner sends a commit of 2,500 patterns."""
    quiet, flood = (player.link(course, name) for name in ("quiet", "flood"))
    session = session_of(quiet)
    alone = loaded("POST", quiet + "commit", tiny(session, 1, TINY))
    heavy = body(session_of(flood), 1, [OPEN, *patterns(2_500)])
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(seconds, flood + "commit", heavy)
        others = [seconds(quiet + "commit", each) for each in while_running(sent, session)]
    usual = statistics.median(alone.latencies)
    return {
        "flood: a commit of 2,500 patterns of 37 parts, s": sent.result(),
        "flood: the slowest of everybody else's commits beside it, ms": max(others) * 1000,
        "flood: the slowest beside it, in commits alone": max(others) / usual,
    }


def swollen(player: Player, course: str) -> dict[str, float]:
    """Six commits of 15 MB, and what is left of them: in memory, in a tiny commit, in a delivery's answer."""
    link = player.link(course, "swollen")
    session = session_of(link)
    before = loaded("POST", link + "commit", tiny(session, 1, TINY))
    memory = player.memory()
    for number in range(FLOODS):
        calls = [call for at in range(57) for call in answer(57 * number + at)]
        loaded("POST", link + "commit", [body(session, TINY + 1 + number, calls)])
    after = loaded("POST", link + "commit", tiny(session, TINY + FLOODS + 1, 20))
    told = delivered(link)
    return {
        "flood: memory after six commits of 15 MB, MB": player.memory() / 1e6,
        "flood: memory after them against before, ratio": player.memory() / memory,
        "flood: a tiny commit after them, ms": statistics.median(after.latencies) * 1000,
        "flood: a tiny commit after them against before, ratio": statistics.median(after.latencies)
        / statistics.median(before.latencies),
        "flood: the answer to a delivery after them, MB": told / 1e6,
    }


def answer(at: int) -> Calls:
    name = f"cmi.interactions.{at}"
    return [
        put(f"{name}.id", f"q{at}"),
        put(f"{name}.type", "matching"),
        put(f"{name}.learner_response", "[,]".join(["a" * 990 + "[.]b"] * (LONG // 1000))),
    ]


def tiny(session: str, first: int, most: int) -> list[str]:
    opened = [OPEN] if first == 1 else []
    return [
        body(session, number, [*(opened if number == 1 else []), put("cmi.location", str(number))])
        for number in range(first, first + most)
    ]


def body(session: str, number: int, calls: Calls) -> str:
    timed = [[1_764_000_000_000, *call] for call in calls]
    return json.dumps({"session": session, "number": number, "calls": timed})


def while_running(sent: Future[float], session: str) -> Iterator[str]:
    """Tiny commits, one after the other, as long as another is under way."""
    for number in count(TINY + 1):
        yield tiny(session, number, 1)[0]
        if sent.done():
            return


def seconds(address: str, text: str) -> float:
    """One request on a connection of its own, however long it takes."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=300)
    before = time.perf_counter()
    connection.request("POST", parts.path, text, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()[:200]
    answer.read()
    connection.close()
    return time.perf_counter() - before


def delivered(link: str) -> int:
    """How long the answer is to another page that asks for delivery."""
    parts = urlsplit(link)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    connection.request("POST", parts.path + "deliver", json.dumps({"page": "another"}))
    length = len(connection.getresponse().read())
    connection.close()
    return length


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Player, str]]:
    """A server of its own and a course of one SCO."""
    folder.mkdir()
    player = Player(folder)
    player.start()
    try:
        yield player, player.course(package(folder / "course.zip", scorm_2004(1)))
    finally:
        player.stop()
