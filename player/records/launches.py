"""The tokens of launches, of which only hashes are kept, and the fresh starts of a registration."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import Session as Transaction

from player.compliance import LONDON
from player.records import tables
from player.records.columns import table
from player.records.play_tables import FreshStart, LaunchToken, RegistrationRow
from player.records.registrations import latest_event, membership_of_enrolment
from player.records.tables import Course, Enrolment, Membership, School

TOKEN, FRESH_START = table(LaunchToken), table(FreshStart)
_OPENED = select(
    TOKEN.c.registration_id, TOKEN.c.created, TOKEN.c.last_commit, TOKEN.c.return_url, TOKEN.c.again
).where(TOKEN.c.hash == bindparam("hash"))
_ENTITLED = (
    select(Membership.until, School.time_zone, Enrolment.ended, Course.retired, RegistrationRow.attempts)
    .select_from(RegistrationRow)
    .join(Enrolment, Enrolment.id == RegistrationRow.enrolment_id)
    .join(Membership, Membership.id == membership_of_enrolment())
    .join(School, School.id == Enrolment.school_id)
    .join(Course, Course.id == Enrolment.course_id)
    .where(RegistrationRow.id == bindparam("registration"))
)
_TOUCH = update(TOKEN).where(TOKEN.c.hash == bindparam("key")).values(last_commit=bindparam("at"))


class LaunchLink(Struct, frozen=True):
    """The registration that a token opens, and the time of its last commit."""

    registration: str
    created: datetime
    last_commit: datetime | None
    return_url: str
    again: bool


def opened(tx: Connection, token_hash: str) -> LaunchLink | None:
    """The link of a token, also of one that has ended."""
    row = tx.execute(_OPENED, {"hash": token_hash}).first()
    return LaunchLink(*row) if row else None


def entitled(tx: Connection, registration: str) -> tuple[date | None, str, datetime | None, datetime | None]:
    """The day on which the learner leaves and the school's time zone, the end of the enrolment, and the time
    at which the course was retired before anything was begun in it; a day or time is None where there is
    none."""
    left, zone, ended, retired, attempts = tx.execute(_ENTITLED, {"registration": registration}).one()
    return left, zone or LONDON, ended, None if attempts else retired


def touch(tx: Connection, token_hash: str, now: datetime) -> None:
    """Write down the time of a token's last commit."""
    tx.execute(_TOUCH, {"key": token_hash, "at": now})


def add_token(
    tx: Connection, token_hash: str, registration: str, return_url: str, now: datetime, *, again: bool = False
) -> None:
    """Add a token; the older ones of the registration stay good."""
    row = {
        "hash": token_hash,
        "registration_id": registration,
        "created": now,
        "return_url": return_url,
        "again": again,
    }
    tx.execute(insert(TOKEN), row)


def fresh_start(tx: Connection, registration: str) -> datetime | None:
    """The time of the latest fresh start of a registration."""
    wanted = select(func.max(FRESH_START.c.given)).where(FRESH_START.c.registration_id == registration)
    return tx.execute(wanted).scalar()


def give_fresh_start(tx: Connection, registration: str, giver: str, now: datetime) -> None:
    """Give a fresh start: the next delivery starts afresh. It is later than everything before, whatever the
    clock says."""
    now = max(now, latest_event(tx, registration) + timedelta.resolution)
    tx.execute(insert(FRESH_START), {"registration_id": registration, "person_id": giver, "given": now})


def registration_of(tx: Transaction, enrolment: tables.Enrolment, version_id: int) -> RegistrationRow:
    """The registration of an enrolment, made on this version where there is none."""
    registration = tx.scalar(select(RegistrationRow).where(RegistrationRow.enrolment_id == enrolment.id))
    if registration is None:
        registration = RegistrationRow(enrolment_id=enrolment.id, version_id=version_id)
        tx.add(registration)
        tx.flush()
    return registration
