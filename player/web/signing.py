"""Sign-ins: a signed cookie names a row, which every request looks up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from flask import abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from player.records import memberships, people, sign_ins
from player.records.sign_ins import LONGEST_STAY
from player.records.tables import Membership, Person, SignIn
from player.school import actor as actors
from player.school.actor import Actor
from player.school.hashing import matches
from player.web.browsers import described
from player.web.context import database, now, today
from player.web.known_browsers import remember
from player.web.throttling import address

SEEN_EVERY = timedelta(minutes=5)


def recognise() -> None:
    """Find the person of this request; who has left every school, and who is signed out, is nobody."""
    g.person = g.sign_in = None
    g.memberships = ()
    sign_in = session.get("sign_in")
    if not isinstance(sign_in, str):
        return
    with database().reading() as tx:
        known = sign_ins.load(tx, sign_in)
    here = tuple(stay for stay in known.memberships if not has_left(stay)) if known else ()
    is_somebody = known is not None and (here or known.person.is_administrator)
    if known is None or not is_somebody or now() - known.sign_in.began > LONGEST_STAY:
        session.clear()
        return
    g.sign_in, g.person, g.memberships = known.sign_in, known.person, here
    if now() - g.sign_in.seen > SEEN_EVERY:
        database().write_if_free(lambda tx: sign_ins.saw(tx, sign_in, now()))


def signed_in_as_administrator() -> bool:
    """By the cookie alone, where nothing may wait for the records; it may be over, so no page asks this."""
    began = datetime.fromtimestamp(session.get("since", 0), UTC)
    return session.get("administrator") is True and now() - began <= LONGEST_STAY


def has_left(stay: Membership) -> bool:
    """On the day itself somebody has left."""
    return stay.has_left(today(stay.school))


def signed_in() -> Person:
    """The person of this request; only behind `admit`."""
    person: Person | None = g.get("person")
    if person is None:
        abort(403)
    return person


def own_memberships() -> tuple[Membership, ...]:
    """The schools at which the person of this request is now."""
    stays: tuple[Membership, ...] = g.get("memberships", ())
    return stays


def managed() -> tuple[Membership, ...]:
    """Those of the schools at which they manage training."""
    return tuple(stay for stay in own_memberships() if stay.access == "manager")


def actor(school_id: str | None = None) -> Actor:
    """The person of this request, as whoever changes something at this school."""
    person = signed_in()
    if person.is_administrator:
        return actors.administrator(person)
    stay = next((stay for stay in managed() if stay.school_id == school_id), None)
    return actors.manager(person, stay.name, stay.school_id) if stay else abort(403)


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
    session.update(sign_in=made.id, administrator=person.is_administrator, since=int(now().timestamp()))
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
        may = person is not None and people.may_sign_in(tx, person, now())
    right = matches(person.password_hash if person else None, password)
    return person if right and may else None


def admit(*wanted: str) -> Callable[[], Response | None]:
    """A guard for a blueprint: whoever is nobody signs in first; then only who has one of these kinds of
    access, `administrator`, `manager` or `learner`, goes on."""

    def guard() -> Response | None:
        person: Person | None = g.get("person")
        if person is None:
            return redirect(sign_in_address(), 303)
        if wanted and not _access(person) & set(wanted):
            abort(403)
        return None

    return guard


def _access(person: Person) -> set[str]:
    """Everybody who is at a school learns there."""
    kinds = {stay.access for stay in own_memberships()}
    return (
        kinds | ({"learner"} if kinds else set()) | ({"administrator"} if person.is_administrator else set())
    )


def sign_in_address() -> str:
    """The sign-in page, which leads back to a page that was only looked at."""
    if request.method != "GET" or request.path == "/":
        return url_for("auth.sign_in")
    return url_for("auth.sign_in", next=request.full_path.removesuffix("?"))


def home(person: Person) -> str:
    """The first page of a person: an administrator's, a manager's, else a learner's."""
    if person.is_administrator:
        return url_for("administrator.schools")
    schools = [stay.school_id for stay in _stays_of(person) if stay.access == "manager"]
    if not schools:
        return url_for("learner.courses")
    if len(schools) > 1:
        return url_for("auth.choose_school")
    return url_for("compliance.by_course", school=schools[0])


def _stays_of(person: Person) -> Sequence[Membership]:
    if g.get("person") is person:
        return own_memberships()
    with database().reading() as tx:
        return [stay for stay in memberships.of_person(tx, person.id) if not has_left(stay)]


def safe_address(target: str) -> str | None:
    """A path of this site, or nothing: `//host`, `/\\host` and control characters lead elsewhere."""
    if not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return None if any(ord(letter) < 33 or letter == "\\" for letter in target) else target
