"""What `make run` costs: from the command to the address, the first time and when nothing has changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT

SERVES = "Ctrl+C stops it."  # its last line


def measure() -> dict[str, float]:
    """Wall seconds of the demonstration's first start and of its second."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = started(Path(folder)), started(Path(folder))
    return {
        "run: the first start, s": first,
        "run: a start when nothing has changed, s (bar 3)": second,
        "run: ratio of the two": second / first,
    }


def started(folder: Path) -> float:
    """Seconds until it serves; it is stopped then."""
    command = [sys.executable, "-u", "-m", "player", "demo", "--port", "0", "--out", str(folder / "packages")]
    environment = {**os.environ, "PLAYER_DATA": str(folder / "data")}
    before = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            if SERVES in line:
                break
        seconds = time.perf_counter() - before
        process.send_signal(signal.SIGTERM)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds
