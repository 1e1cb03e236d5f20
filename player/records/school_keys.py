"""Keys with which a school's portal launches courses; of each only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session as Transaction

from player.records.tables import SchoolKey


def add(tx: Transaction, school_id: str, name: str, now: datetime) -> str:
    """A new key for a school's portal; it is returned this once, and only its hash is kept."""
    key = secrets.token_urlsafe(32)
    digest = hashlib.sha256(key.encode()).hexdigest()
    tx.add(SchoolKey(hash=digest, school_id=school_id, name=name, created=now))
    tx.flush()
    return key


def key_of_hash(tx: Transaction, key_hash: str) -> SchoolKey | None:
    """The key of that hash, with its school; None where it was revoked."""
    return tx.scalar(select(SchoolKey).where(SchoolKey.hash == key_hash, SchoolKey.revoked.is_(None)))


def of_school(tx: Transaction, school_id: str) -> Sequence[SchoolKey]:
    """The keys of a school's portals, newest first."""
    wanted = select(SchoolKey).where(SchoolKey.school_id == school_id).order_by(SchoolKey.created.desc())
    return tx.scalars(wanted).all()


def revoke(key: SchoolKey, now: datetime) -> None:
    """Revoke a key: from now on it opens nothing."""
    key.revoked = now
