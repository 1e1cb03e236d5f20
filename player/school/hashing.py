"""Passwords as hashes: argon2id with the second parameters that RFC 9106, section 4, recommends."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
# A hash takes 64 MiB: a flood of sign-ins waits its turn instead of filling the memory.
AT_ONCE = BoundedSemaphore(4)
# The hash of a password that nobody knows. Who has no password is compared with it: the answer takes as long.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$0j5fQfrrZPqlAA8HxaAPRg$F2rbYWAZzLBKnmNQsu1r1yqYnh2Eo699YQm9HXjGZXU"


def hashed(password: str) -> str:
    """The hash of a password. It is slow: a server makes it before it takes its turn to write."""
    with AT_ONCE:
        return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """True where the password has this hash. Every failure takes the same time."""
    try:
        with AT_ONCE:
            HASHER.verify(password_hash or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
