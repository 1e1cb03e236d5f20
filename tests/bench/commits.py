"""Commits a second, acknowledged and on disk, against the same server's empty request."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 3.0
CLIENTS = (1, 8)
PLAYER = Path(sys.executable).with_name("player")
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="bench" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bench</title>
<item identifier="i" identifierref="r"><title>Bench</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html">
<file href="a.html"/></resource></resources></manifest>"""


def measure() -> dict[str, float]:
    """Rates and 99th percentiles in one run, so that the ratios mean something on any machine."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as link_for:
        for clients in CLIENTS:
            links = [link_for(f"learner-{clients}-{n}") for n in range(clients)]
            empty = _run([_emptily(link) for link in links])
            commit = _run([_committing(link) for link in links])
            found[f"empty/s, {clients} clients"] = _rate(empty)
            found[f"commits/s, {clients} clients"] = _rate(commit)
            found[f"commits / empty, {clients} clients"] = _rate(commit) / _rate(empty)
            found[f"p99 ms, {clients} clients"] = (
                statistics.quantiles(chain.from_iterable(commit), n=100)[98] * 1000
            )
    return found


@contextmanager
def _served(folder: Path) -> Iterator[Callable[[str], str]]:
    environment = {**os.environ, "PLAYER_DATA": str(folder / "data")}
    package = folder / "bench.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("a.html", "<!doctype html><title>Bench</title>")
    course = _output([str(PLAYER), "import", str(package)], environment)
    serve = [str(PLAYER), "serve", "--port", "0"]
    with subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            if server.stdout is None or not server.stdout.readline():
                raise RuntimeError("the server did not start")
            yield lambda learner: _output(
                [str(PLAYER), "launch-link", course, "--learner", learner], environment
            )
        finally:
            server.terminate()


def _output(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


Ask = Callable[[int], None]


def _connection(link: str) -> http.client.HTTPConnection:
    parts = urlsplit(link)
    return http.client.HTTPConnection(parts.hostname or "", parts.port)


def _emptily(link: str) -> Ask:
    connection = _connection(link)

    def ask(_: int) -> None:
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()

    return ask


def _committing(link: str) -> Ask:
    connection, path = _connection(link), urlsplit(link).path

    def post(what: str, body: object) -> dict[str, object]:
        connection.request("POST", path + what, json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer: dict[str, object] = json.load(response)
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {answer}")
        return answer

    session = post("deliver", {"page": "bench"})["session"]
    name = session["id"] if isinstance(session, dict) else ""
    first = [[0, "Initialize", ""]]

    def ask(number: int) -> None:
        calls = [[number, "SetValue", "cmi.core.lesson_location", f"page-{number}"]]
        calls += [[number, "SetValue", "cmi.suspend_data", f"1~{number}~" + "x" * 400]]
        calls += [[number, "SetValue", "cmi.core.session_time", "0000:00:10.00"]]
        post("commit", {"session": name, "number": number, "calls": (first if number == 1 else []) + calls})

    return ask


def _run(asks: list[Ask]) -> list[list[float]]:
    """Each client asks one after the other until the time is up; how long each request took."""
    until = time.perf_counter() + SECONDS
    taken: list[list[float]] = [[] for _ in asks]

    def work(ask: Ask, times: list[float]) -> None:
        number = 0
        while (start := time.perf_counter()) < until:
            number += 1
            ask(number)
            times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(asks, taken, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _rate(taken: list[list[float]]) -> float:
    return sum(map(len, taken)) / SECONDS


if __name__ == "__main__":
    for name, value in measure().items():
        sys.stdout.write(f"{name:<32}{value:10.2f}\n")
