"""Column types and ids shared by all tables."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Annotated, cast

from sqlalchemy import DateTime, Dialect, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator


def new_id() -> str:
    """128 bits as base-64url: an id that may leave the server because nobody guesses another."""
    return secrets.token_urlsafe(16)


class Utc(TypeDecorator[datetime]):
    """Aware UTC on both databases: SQLite forgets the zone and PostgreSQL answers in the server's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """A naive time is a mistake of ours, so it is refused here and not guessed."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept: pass datetime.now(UTC)")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The same instant, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def table(model: type[DeclarativeBase]) -> Table:
    """The table behind a model, for statements without its unit of work."""
    return cast(Table, model.__table__)


Id = Annotated[str, mapped_column(String(32), primary_key=True, default=new_id)]
Number = Annotated[int, mapped_column(primary_key=True, autoincrement=True)]
Time = Annotated[datetime, mapped_column(Utc)]
MaybeTime = Annotated[datetime | None, mapped_column(Utc)]
Json = Annotated[str, mapped_column(Text)]
