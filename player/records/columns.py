"""Column types and ids shared by all tables."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import UTC, datetime
from typing import Annotated, cast

from sqlalchemy import ColumnElement, DateTime, Dialect, String, Table, Text, func
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


def new_id() -> str:
    """A new id of 128 bits as base-64url; it may leave the server, because nobody can guess another.

    None begins with “-”: on a command line that would be an option.
    """
    made = secrets.token_urlsafe(16)
    return made if not made.startswith("-") else new_id()


class Utc(TypeDecorator[datetime]):
    """A time in UTC on both databases: SQLite forgets the zone, and PostgreSQL answers in the server's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: it is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept: pass datetime.now(UTC)")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The same time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def length(column: ColumnElement[str]) -> ColumnElement[int]:
    """The length of our JSON, which is ASCII; both databases know it without reading the text."""
    knows_octets = sqlite3.sqlite_version_info >= (3, 43)
    return func.octet_length(column) if knows_octets else func.length(column)


def table(model: type[DeclarativeBase]) -> Table:
    """The table of a model, for statements without the unit of work."""
    return cast(Table, model.__table__)


Id = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
Number = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
Time = Annotated[datetime, mapped_column(Utc)]
MaybeTime = Annotated[datetime | None, mapped_column(Utc)]
Json = Annotated[str, mapped_column(Text)]
