"""Schools, the provider's customers: added, renamed; the keys of their portals."""

from __future__ import annotations

from datetime import datetime

from player.lists.fields import unfit_name
from player.records import school_keys, schools
from player.records.database import Transaction
from player.records.tables import School, SchoolKey
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change


def unfit(tx: Transaction, name: str, known: School | None = None) -> str:
    """The reason against a school's name; empty where it can be taken."""
    if reason := unfit_name(name):
        return f"{reason}."
    other = schools.named(tx, name)
    if other is None or (known is not None and other.id == known.id):
        return ""
    return f"There is already a school called “{name}”."


def add(tx: Transaction, actor: Actor, now: datetime, name: str) -> School:
    """Add a school."""
    made = School(name=name)
    tx.add(made)
    tx.flush()
    auditing.write(tx, actor, now, made.id, Change("added", "school", made.id, name))
    return made


def rename(tx: Transaction, actor: Actor, now: datetime, school: School, name: str) -> None:
    """Rename a school."""
    before, school.name = school.name, name
    tx.flush()
    change = Change("changed", "school", school.id, name, None, {"name": before}, {"name": name})
    auditing.write_difference(tx, actor, now, school.id, change)


def add_key(tx: Transaction, actor: Actor, now: datetime, school: School, name: str) -> str:
    """Add a key for a portal; it is returned this once, and the log has its name alone."""
    key = school_keys.add(tx, school.id, name, now)
    auditing.write(tx, actor, now, school.id, Change("added", "key", "", name))
    return key


def revoke_key(tx: Transaction, actor: Actor, now: datetime, school_id: str, key: str) -> SchoolKey | None:
    """Revoke a key, if it is not revoked; None where the school has no such one."""
    known = next((one for one in school_keys.of_school(tx, school_id) if one.hash == key), None)
    if known is not None and known.revoked is None:
        school_keys.revoke(known, now)
        auditing.write(tx, actor, now, school_id, Change("revoked", "key", "", known.name))
    return known
