"""Errors that are the database's or the disk's, and not the request's."""

from __future__ import annotations

import sqlite3
from errno import EDQUOT, ENOSPC

from sqlalchemy import exc

from player.records.writer import WriterBusyError

# SQLite's answer to a wrong statement, such as one that names a missing table.
WRONG_STATEMENT = sqlite3.SQLITE_ERROR
# As SQLite and PostgreSQL call it; what SQLite's processes share finds no room either.
FULL = sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, "53100"


def is_full(error: BaseException) -> bool:
    """True where a disk has no room left, that of the files or that of the database."""
    if isinstance(error, exc.DBAPIError):
        codes = (getattr(error.orig, name, None) for name in ("sqlite_errorcode", "sqlstate"))
        return any(code in FULL for code in codes)
    return isinstance(error, OSError) and error.errno in (EDQUOT, ENOSPC)


def unavailable(error: BaseException) -> str:
    """The reason why the same request may succeed later; empty where the request itself is at fault."""
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
