"""The player as anybody runs it: its own commands, a server process, a folder for its data."""

from __future__ import annotations

import http.client
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from player.cli import main

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 90.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Player:
    """A player with its data in one folder; it can be killed and started again on the same address."""

    def __init__(self, folder: Path, *, options: Sequence[str] = (), **settings: str) -> None:
        self.folder, self.port, self.options = folder, free_port(), options
        self.log = folder / "player.log"
        self._process: subprocess.Popen[bytes] | None = None
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PLAYER_")}
        self._environment = {**ours, "PLAYER_DATA": str(folder / "data"), **settings}

    @property
    def content(self) -> str:
        """The origin of play pages and content."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns once the server answers."""
        command = [sys.executable, "-m", "player", "serve", "--port", str(self.port), *self.options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the player did not start: {self.log.read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power cut ends it: SIGKILL, without a chance to write anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def processes(self) -> list[int]:
        """The ids of the server's process and of those that it has started."""
        assert self._process is not None
        number = self._process.pid
        started = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        return [number, *map(int, started)]

    def memory(self) -> int:
        """The bytes that the server's process has in memory now."""
        assert self._process is not None
        resident = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

    def course(self, zipped: Path) -> str:
        """Import a package; the id of its course."""
        return self.run("import", str(zipped)).strip()

    def link(self, course: str, learner: str, *options: str) -> str:
        return self.run("launch-link", course, "--learner", learner, *options).strip()

    def record(self, course: str, learner: str) -> dict[str, Any]:
        """What is recorded of a learner in a course."""
        found: list[dict[str, Any]] = json.loads(
            self.run("records", "--course", course, "--learner", learner, "--json")
        )
        assert len(found) == 1, found
        return found[0]

    def run(self, *arguments: str) -> str:
        """One of the player's commands; what it printed. In this process, which has it imported."""
        printed, told = io.StringIO(), io.StringIO()
        argv, environment = sys.argv, dict(os.environ)
        sys.argv = ["player", *arguments]
        try:
            os.environ.clear()
            os.environ.update(self._environment)
            with redirect_stdout(printed), redirect_stderr(told), pytest.raises(SystemExit) as ended:
                main()
        finally:
            sys.argv = argv
            os.environ.clear()
            os.environ.update(environment)
        assert not ended.value.code, told.getvalue()
        return printed.getvalue()

    def _answers(self) -> bool:
        """A connection says little: the socket listens before the site is made."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=STARTS_WITHIN)
        try:
            asked.request("GET", "/static/site.css")
            asked.getresponse().read()
        except OSError:
            return False
        finally:
            asked.close()
        return True

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None
