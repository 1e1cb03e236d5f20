"""Times whole processes: wall seconds and the CPU seconds that the kernel counted for each."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# As an installed command runs: with the bytecode of its last run.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians over the runs, in seconds."""

    wall: float
    cpu: float


def run_once(command: Sequence[str]) -> Cost:
    """One run; a command that fails is a failure of the benchmark."""
    before = time.perf_counter()
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Cost(time.perf_counter() - before, usage.ru_utime + usage.ru_stime)


def in_turn(commands: dict[str, Sequence[str]], runs: int = 25) -> dict[str, Cost]:
    """Each command in turn, run by run, so that a drift of the machine's speed meets all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            cost = run_once(command)
            if number:  # the first round warms the caches
                found[name].append(cost)
    return {
        name: Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))
        for name, costs in found.items()
    }


def python(code: str, *arguments: str) -> list[str]:
    """A command that runs the code with this interpreter."""
    return [sys.executable, "-c", code, *arguments]


def cpu_seconds(process: int) -> float:
    """The CPU seconds of a process that runs, all its threads together."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return sum(int((thread / "schedstat").read_text("ascii").split()[0]) for thread in threads) / 1e9
