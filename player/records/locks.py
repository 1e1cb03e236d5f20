"""One at a time computes a school's due days and counts."""

from __future__ import annotations

from sqlalchemy import func, select

from player.records.evidence import Executes


def lock_school(tx: Executes, school: str) -> None:
    """Wait until nobody else computes the school, and keep it until the transaction ends.

    PostgreSQL's writers then each see what the one before wrote. SQLite has one writer.
    """
    bind = tx.get_bind() if hasattr(tx, "get_bind") else tx
    if bind.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"due {school}"))))
