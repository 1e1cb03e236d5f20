"""Files that only the player's own user may read: the database, and the folder of everything else."""

from __future__ import annotations

import logging
import os
from pathlib import Path

log = logging.getLogger(__name__)
FOLDER, FILE = 0o700, 0o600


def private_folder(folder: Path) -> None:
    """Made where it is missing; one that is there stays as it is."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def private_file(path: Path) -> None:
    """Made empty where it is missing, so that nobody reads it before it can be closed to them."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE))


def close_to_others(folder: Path, database: Path | None) -> None:
    """Takes other users' rights from the folder and the database, and logs a line for each."""
    _close(folder, FOLDER)
    if database is not None:
        for name in (database.name, f"{database.name}-wal", f"{database.name}-shm"):
            _close(database.with_name(name), FILE)


def _close(path: Path, mode: int) -> None:
    try:
        before = path.stat().st_mode & 0o777
        if before & ~mode:
            path.chmod(before & mode)
            log.warning("%s could be read by other users (%o): it is closed to them now.", path, before)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("%s can be read by other users: %s.", path, error.strerror)
