"""A registration written to its rows: only those, and of them only the columns, that have changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, bindparam, insert, update

from player.playing.values import ActivityResult, Attempt, Registration, Session
from player.records import session_records, status_counts
from player.records.direct import Direct
from player.records.registrations import (
    ACTIVITY,
    ATTEMPT,
    OF_ATTEMPT,
    OF_REGISTRATION,
    OF_SESSION,
    REGISTRATION,
    SESSION,
)
from player.records.result_columns import RESULT, result_values

T = TypeVar("T")
NO_OWNER: Mapping[str, Any] = {}


def save(
    tx: Connection,
    before: Registration,
    after: Registration,
    left: Session | None = None,
    finished: Attempt | None = None,
) -> None:
    """Write what has changed; `left` and `finished` are what was there where another has begun."""
    known, tried = before.session, before.attempt
    owner = {"registration_id": after.id}
    for attempt in filter(None, (finished, after.attempt)):
        old = tried if tried is not None and tried.id == attempt.id else None
        _write(tx, ATTEMPT, _ATTEMPT_ROW, {"id": attempt.id}, old, attempt, owner)
    for session in filter(None, (left, after.session)):
        was = known if known is not None and known.id == session.id else None
        _write(tx, SESSION, _SESSION_ROW, {"id": session.id}, was, session, owner)
        session_records.save(tx, was, session)
    _save_activities(tx, before, after)
    with status_counts.following_registration(tx, before, after):
        _write(tx, REGISTRATION, _REGISTRATION_ROW, {"id": after.id}, before, after)


def _save_activities(tx: Connection, before: Registration, after: Registration) -> None:
    if after.attempt is None:
        return
    same = before.attempt is not None and before.attempt.id == after.attempt.id
    known = before.activities if same else {}
    for item, activity in after.activities.items():
        key = {"attempt_id": after.attempt.id, "item": item}
        _write(tx, ACTIVITY, _ACTIVITY_ROW, key, known.get(item), activity)


@dataclass(frozen=True, slots=True)
class _Row(Generic[T]):
    """The columns of a row, and their values in a value of the core."""

    columns: tuple[str, ...]
    values_of: Callable[[T], tuple[Any, ...]]


def _with_result(names: tuple[str, ...], columns: tuple[str, ...] = ()) -> _Row[Any]:
    read = attrgetter(*names)
    return _Row((*(columns or names), *RESULT), lambda value: (*read(value), *result_values(value.result)))


_ATTEMPT_ROW: _Row[Attempt] = _with_result(OF_ATTEMPT)
_ACTIVITY_ROW: _Row[ActivityResult] = _with_result(("title", "session"), ("title", "session_id"))
_REGISTRATION_ROW: _Row[Registration] = _with_result(
    ("version", "current", *OF_REGISTRATION[1:]), ("version_id", "session_id", *OF_REGISTRATION[1:])
)
_SESSION_ROW: _Row[Session] = _Row(OF_SESSION, attrgetter(*Session.__struct_fields__[:-1]))


def _write(
    tx: Connection,
    of: Table,
    row: _Row[T],
    key: dict[str, Any],
    old: T | None,
    new: T,
    owner: Mapping[str, Any] = NO_OWNER,
) -> None:
    """Update the columns that have changed, or add a row where there was none."""
    if old is new:
        return
    values = row.values_of(new)
    if old is None:
        whole = {**dict(zip(row.columns, values, strict=True)), **key, **owner}
        _insert_into(of, tuple(whole)).run(tx, whole)
        return
    pairs = zip(row.columns, row.values_of(old), values, strict=True)
    changed = {name: value for name, was, value in pairs if was is not value and was != value}
    if changed:
        names = {f"key_{name}": value for name, value in key.items()}
        _update_of(of, tuple(key), tuple(changed)).run(tx, {**names, **changed})


@cache
def _insert_into(of: Table, columns: tuple[str, ...]) -> Direct:
    return Direct(insert(of), columns)


@cache
def _update_of(of: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Direct:
    """Built once for each set of columns: building costs more than running."""
    where = [of.c[name] == bindparam(f"key_{name}") for name in key]
    return Direct(update(of).where(*where).values({name: bindparam(name) for name in columns}))
