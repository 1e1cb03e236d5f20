"""A server's threads give back the memory of large requests."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

WORK = """
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from player.memory import return_large_blocks

if {returns}:
    return_large_blocks()
body, together = json.dumps(["x" * 250_000] * 60), Barrier(8)


def work(_):
    together.wait(30)
    for _ in range(2):
        json.dumps(json.loads(body)).encode()


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])


before = resident()
with ThreadPoolExecutor(8) as threads:
    list(threads.map(work, range(8)))
    print((resident() - before) * 4096)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries return memory by themselves")
def test_what_eight_large_commits_took_is_given_back() -> None:
    """In a process of its own each: what malloc has once kept, it keeps."""
    kept, returned = (_left(returns=returns) for returns in (False, True))
    assert returned < 20_000_000
    assert returned < kept / 4, "glibc returns it by itself, and player/memory.py may go"


def _left(*, returns: bool) -> int:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(returns=returns)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)
