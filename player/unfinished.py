"""Unfinished imports: their folders while they run, and the removal of what killed ones left."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from player.records import courses
from player.records.database import Database

UPLOAD = ".upload-"  # how the folder begins that an upload waits in, beside the packages
LOCK = ".importing"
MOVED = ".moved"


def unpacked(home: Path) -> Path:
    """The folder in which a version is unpacked."""
    return home.with_name(f".{home.name}")


def moved(home: Path) -> Path:
    """A mark that stays while a version's files are in place and its row is not on disk."""
    return home.with_name(f".{home.name}{MOVED}")


@contextmanager
def importing(database: Database, packages: Path) -> Iterator[None]:
    """Holds the lock of an import. Where no other runs, the rest of killed ones is removed first."""
    packages.mkdir(parents=True, exist_ok=True)
    with (packages.parent / LOCK).open("w") as lock:
        _sweep_if_alone(lock, database, packages)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def sweep(database: Database, packages: Path) -> None:
    """Removes the rest of killed imports, unless one runs. The system frees a dead process's lock."""
    if packages.is_dir():
        with (packages.parent / LOCK).open("w") as lock:
            _sweep_if_alone(lock, database, packages)


def _sweep_if_alone(lock: IO[str], database: Database, packages: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    for mark in packages.glob(f".*{MOVED}"):
        key = mark.name.removeprefix(".").removesuffix(MOVED)
        with database.reading() as tx:
            is_known = courses.version_of_key(tx, key) is not None
        if not is_known:
            shutil.rmtree(packages / key, ignore_errors=True)
        mark.unlink()
    for left in (*packages.parent.glob(f"{UPLOAD}*"), *packages.glob(".*")):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
