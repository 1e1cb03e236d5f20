"""A registration at a glance: all that a commit may find changed, in one row.

A process keeps the registrations that it has parsed. The row tells whether one is still as it was kept; only
where it is not are the rows read and parsed again (decision 28). Texts that change with nothing else, such as
a session's values, which change with its number, are not in it.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, select

from player.playing.values import Registration
from player.records import play_tables
from player.records.columns import table
from player.records.direct import Direct, kept_values
from player.records.launches import LaunchLink
from player.records.result_columns import RESULT, result_values

REGISTRATION, ATTEMPT = table(play_tables.RegistrationRow), table(play_tables.AttemptRow)
ACTIVITY, SESSION = table(play_tables.ActivityRow), table(play_tables.SessionRow)
TOKEN = table(play_tables.LaunchToken)

Glance = tuple[Any, ...]

_LINK = ("registration_id", "created", "last_commit", "return_url", "again")
_REGISTRATION = (
    *("session_id", "version_id", "state", "started", "completed", "tree", "stores"),
    *("attempts", "sessions"),
)
_SESSION = ("id", "have", "first_commit", "last_commit")
_ATTEMPT = ("id", "state", "started", "ended")

_of_link = attrgetter("registration", *_LINK[1:])
_of_registration = attrgetter("current", "version", *_REGISTRATION[2:])
_of_session, _of_attempt = attrgetter(*_SESSION), attrgetter(*_ATTEMPT)
_NO_ACTIVITY = (None,) * (1 + len(RESULT))


def _columns(of: Table, *names: str) -> list[Any]:
    return [of.c[name] for name in names]


_ROW = Direct(
    select(
        *_columns(TOKEN, *_LINK),
        *_columns(REGISTRATION, *_REGISTRATION, *RESULT),
        *_columns(SESSION, *_SESSION),
        *_columns(ATTEMPT, *_ATTEMPT, *RESULT),
        *_columns(ACTIVITY, "session_id", *RESULT),
    )
    .select_from(TOKEN)
    .join(REGISTRATION, REGISTRATION.c.id == TOKEN.c.registration_id)
    .join(
        SESSION,
        and_(SESSION.c.id == bindparam("session"), SESSION.c.registration_id == REGISTRATION.c.id),
    )
    .join(ATTEMPT, ATTEMPT.c.id == SESSION.c.attempt_id)
    .outerjoin(ACTIVITY, and_(ACTIVITY.c.attempt_id == ATTEMPT.c.id, ACTIVITY.c.item == SESSION.c.item))
    .where(TOKEN.c.hash == bindparam("hash"))
)
_LOCK = Direct(
    select(REGISTRATION.c.id)
    .join(TOKEN, TOKEN.c.registration_id == REGISTRATION.c.id)
    .where(TOKEN.c.hash == bindparam("hash"))
    .with_for_update(of=REGISTRATION)
)


def glance(tx: Connection, token_hash: str, session: str) -> Glance | None:
    """The row of a link and a session of its registration, which nobody else can change until the transaction
    ends; None where they do not belong together. It begins with the registration's id."""
    if tx.dialect.name != "sqlite":
        _LOCK.first(tx, {"hash": token_hash})
    return _ROW.first(tx, {"hash": token_hash, "session": session})


def glance_of(tx: Connection, link: LaunchLink, registration: Registration) -> Glance | None:
    """The row that `glance` reads where the tables say the same as these values."""
    session, attempt = registration.session, registration.attempt
    if session is None or attempt is None:
        return None
    activity = registration.activities.get(session.item or "")
    row = (
        *_of_link(link),
        *_of_registration(registration),
        *result_values(registration.result),
        *_of_session(session),
        *_of_attempt(attempt),
        *result_values(attempt.result),
        *((activity.session, *result_values(activity.result)) if activity else _NO_ACTIVITY),
    )
    return kept_values(tx, row)
