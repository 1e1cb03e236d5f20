"""Who is signed in: a signed cookie that names a person and an epoch, looked up on every request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from player.records import people, schools
from player.records.tables import Person
from player.web.context import database, now

LONGEST_STAY = timedelta(hours=12)
HOME = {
    "learner": "learner.courses",
    "manager": "manager.people",
    "administrator": "administrator.schools",
}
# Hashing takes 64 MiB: a flood of sign-ins waits its turn instead of filling the memory.
HASHING = BoundedSemaphore(4)
# What an unknown address is compared with, so that its answer takes as long as a known one's.
NOBODY = PasswordHasher().hash("nobody has this password")


def recognise() -> None:
    """Find the person of this request; a leaver or an older epoch is nobody."""
    g.person = None
    person_id, epoch = session.get("person"), session.get("epoch")
    if not isinstance(person_id, str):
        return
    with database().reading() as tx:
        found = schools.person(tx, person_id)
        if found is not None and found.school_id is not None:
            g.school = schools.school(tx, found.school_id)
    if found is None or found.sign_in_epoch != epoch or has_left(found) or _is_over():
        session.clear()
        return
    g.person = found


def signed_in_as(role: str) -> bool:
    """By the cookie alone, where nothing may wait for the records; it may be over, so no page asks this."""
    return session.get("role") == role and not _is_over()


def _is_over() -> bool:
    return now() - datetime.fromtimestamp(session.get("since", 0), UTC) > LONGEST_STAY


def has_left(person: Person) -> bool:
    """On the day itself somebody has left."""
    return person.left is not None and person.left <= now().date()


def signed_in() -> Person:
    """The person of this request; only behind `admit`."""
    person: Person | None = g.get("person")
    if person is None:
        abort(403)
    return person


def sign_in(person: Person) -> None:
    """A new session: nothing of what an unknown visitor's cookie held is kept."""
    session.clear()
    session.update(
        person=person.id, role=person.role, epoch=person.sign_in_epoch, since=int(now().timestamp())
    )


def sign_out() -> None:
    """This browser only; a new epoch ends all others."""
    session.clear()


def checked(email: str, password: str) -> Person | None:
    """Whose address and password these are; one answer, in one time, for all that are not."""
    with database().reading() as tx:
        person = people.person_of_email(tx, email)
    right = matches(person.password_hash if person else None, password)
    return person if person is not None and right and not has_left(person) else None


def matches(password_hash: str | None, password: str) -> bool:
    """Whether a password is the hashed one."""
    try:
        with HASHING:
            PasswordHasher().verify(password_hash or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def admit(*roles: str) -> Callable[[], Response | None]:
    """A guard for a blueprint: whoever is nobody signs in first, whoever is somebody else is refused."""

    def guard() -> Response | None:
        person: Person | None = g.get("person")
        if person is None:
            return redirect(sign_in_address(), 303)
        if roles and person.role not in roles:
            abort(403)
        return None

    return guard


def sign_in_address() -> str:
    """The sign-in page, which leads back to a page that was only looked at."""
    if request.method != "GET" or request.path == "/":
        return url_for("auth.sign_in")
    return url_for("auth.sign_in", next=request.full_path.removesuffix("?"))


def home(person: Person) -> str:
    """Where a person's work begins."""
    endpoint = HOME[person.role]
    return url_for(endpoint, school=person.school_id) if person.role == "manager" else url_for(endpoint)


def safe_address(target: str) -> str | None:
    """A path of this site, or nothing: `//host`, `/\\host` and control characters lead elsewhere."""
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return None if any(ord(letter) < 33 or letter == "\\" for letter in target) else target
