"""A kept count is shifted by what has changed, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, insert, update

from player.records.evidence import Executes


def shift(tx: Executes, counts: Table, key: Mapping[str, Any], more: Mapping[str, int]) -> None:
    """Add to the numbers of the row with this key, which begins with none; a row of no people goes."""
    these = [counts.c[name] == value for name, value in key.items()]
    added = {name: counts.c[name] + number for name, number in more.items()}
    changed: Any = tx.execute(update(counts).where(*these).values(added))
    if not changed.rowcount:
        tx.execute(insert(counts), {**key, **more})
    if more["people"] < 0:
        tx.execute(delete(counts).where(*these, counts.c.people == 0))
