"""Sign-ins: a signed cookie names a row, which every request looks up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from player.records import people, sign_ins
from player.records.sign_ins import LONGEST_STAY
from player.records.tables import Person, SignIn
from player.web.browsers import described
from player.web.context import database, now
from player.web.known_browsers import remember
from player.web.throttling import address

SEEN_EVERY = timedelta(minutes=5)
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
    """Find the person of this request; a leaver, and who is signed out, is nobody."""
    g.person = g.sign_in = None
    sign_in = session.get("sign_in")
    if not isinstance(sign_in, str):
        return
    with database().reading() as tx:
        row = sign_ins.load(tx, sign_in)
    if row is None or has_left(row[1]) or now() - row[0].began > LONGEST_STAY:
        session.clear()
        return
    g.sign_in, g.person, g.school = row
    if now() - g.sign_in.seen > SEEN_EVERY:
        database().write_if_free(lambda tx: sign_ins.saw(tx, sign_in, now()))


def signed_in_as(role: str) -> bool:
    """By the cookie alone, where nothing may wait for the records; it may be over, so no page asks this."""
    began = datetime.fromtimestamp(session.get("since", 0), UTC)
    return session.get("role") == role and now() - began <= LONGEST_STAY


def has_left(person: Person) -> bool:
    """On the day itself somebody has left."""
    return person.left is not None and person.left <= now().date()


def signed_in() -> Person:
    """The person of this request; only behind `admit`."""
    person: Person | None = g.get("person")
    if person is None:
        abort(403)
    return person


def present() -> SignIn:
    """The sign-in of this request; only behind `admit`."""
    sign_in: SignIn | None = g.get("sign_in")
    if sign_in is None:
        abort(403)
    return sign_in


def sign_in(person: Person) -> None:
    """A new session: nothing of what an unknown visitor's cookie held is kept."""
    with database().writing() as tx:
        made = sign_ins.begin(tx, person, described(request.user_agent.string), address(), now())
    session.clear()
    session.update(sign_in=made.id, role=person.role, since=int(now().timestamp()))
    remember(person.email or "")


def sign_out() -> None:
    """This browser, and wherever its cookie was copied to."""
    if g.sign_in is not None:
        with database().writing() as tx:
            sign_ins.end(tx, g.sign_in.person_id, g.sign_in.id)
    session.clear()


def checked(email: str, password: str) -> Person | None:
    """The person with this address and password. Every failure takes the same time."""
    with database().reading() as tx:
        person = people.person_of_email(tx, email)
    right = matches(person.password_hash if person else None, password)
    return person if person is not None and right and not has_left(person) else None


def matches(password_hash: str | None, password: str) -> bool:
    """True where the password has this hash."""
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
    """The first page of a person's role."""
    endpoint = HOME[person.role]
    return url_for(endpoint, school=person.school_id) if person.role == "manager" else url_for(endpoint)


def safe_address(target: str) -> str | None:
    """A path of this site, or nothing: `//host`, `/\\host` and control characters lead elsewhere."""
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return None if any(ord(letter) < 33 or letter == "\\" for letter in target) else target
