"""When the database itself cannot do what was asked: why, in its own words."""

from __future__ import annotations

import sqlite3
from errno import EDQUOT, ENOSPC

from sqlalchemy import exc

from player.records.writer import WriterBusyError

# What SQLite answers to a statement that is wrong, such as one that names a missing table.
WRONG_STATEMENT = sqlite3.SQLITE_ERROR
FULL = sqlite3.SQLITE_FULL, "53100"  # as SQLite and PostgreSQL call it


def is_full(error: BaseException) -> bool:
    """Whether a disk has no room left, that of the files or of the database."""
    if isinstance(error, exc.DBAPIError):
        told = (getattr(error.orig, name, None) for name in ("sqlite_errorcode", "sqlstate"))
        return any(code in FULL for code in told)
    return isinstance(error, OSError) and error.errno in (EDQUOT, ENOSPC)


def unavailable(error: BaseException) -> str:
    """Why the same may well succeed later; nothing where the fault is in what was asked."""
    if isinstance(error, WriterBusyError):
        return str(error)
    if isinstance(error, exc.TimeoutError):
        return "all connections are in use"
    if not isinstance(error, exc.DBAPIError):
        return ""
    if not isinstance(error, exc.OperationalError) and not error.connection_invalidated:
        return ""
    if isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == WRONG_STATEMENT:
        return ""
    return str(error.orig).strip().partition("\n")[0]
