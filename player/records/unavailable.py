"""When the database itself cannot do what was asked: why, in its own words."""

from __future__ import annotations

import sqlite3

from sqlalchemy import exc

# What SQLite answers to a statement that is wrong, such as one that names a missing table.
WRONG_STATEMENT = sqlite3.SQLITE_ERROR


def unavailable(error: BaseException) -> str:
    """Why the same may well succeed later; nothing where the fault is in what was asked."""
    if isinstance(error, exc.TimeoutError):
        return "all connections are in use"
    if not isinstance(error, exc.DBAPIError):
        return ""
    if not isinstance(error, exc.OperationalError) and not error.connection_invalidated:
        return ""
    if isinstance(error.orig, sqlite3.Error) and error.orig.sqlite_errorcode == WRONG_STATEMENT:
        return ""
    return str(error.orig).strip().partition("\n")[0]
