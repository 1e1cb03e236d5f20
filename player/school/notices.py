"""E-mails about an account: the invitation, the link to a new password, what has been changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from player.mail.sending import MARK, post, post_all
from player.mail.writing import write
from player.password_links import Purpose, address
from player.records import jobs, people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.mail import Message
from player.records.tables import Membership, Person
from player.school import auditing, senders
from player.school.actor import Actor
from player.school.auditing import Change
from player.settings import Settings

TELL = "tell"  # the kind of the jobs that write these e-mails for a list
SLICE = 100  # people whom such a job tells at a time


class AddressChange(NamedTuple):
    """Somebody's address before and after."""

    person_id: str
    old: str | None
    new: str | None

    @property
    def is_told(self) -> bool:
        """Whether somebody signed in with an address, and does with another now."""
        return bool(self.old and self.new and self.old != self.new)


def invite(tx: Transaction, settings: Settings, actor: Actor, now: datetime, stay: Membership) -> bool:
    """Send somebody of a school a link to choose their first password; clicked twice within a minute it is
    one e-mail. False where none was written: they have no address, a password, or one went just now."""
    return invite_all(tx, settings, actor, now, [stay]) == 1


def invite_all(
    tx: Transaction, settings: Settings, actor: Actor, now: datetime, stays: Iterable[Membership]
) -> int:
    """As `invite`, for many of one school; returns the number of e-mails."""
    open_ = [stay for stay in stays if stay.email and not stay.has_password]
    if not open_:
        return 0
    school = open_[0].school
    sender = senders.sender(tx, school, now)
    messages = [senders.of_school(_invitation(settings, now, stay), sender) for stay in open_]
    ids = post_all(tx, messages, now)
    changes = [invited(stay) for stay, mail_id in zip(open_, ids, strict=True) if mail_id is not None]
    auditing.write(tx, actor, now, school.id, *changes)
    return len(changes)


def invited(stay: Membership) -> Change:
    """The change of somebody who was sent a link to choose their first password."""
    return Change("invited", "membership", stay.id, stay.name, stay.person_id)


def _invitation(settings: Settings, now: datetime, stay: Membership) -> Message:
    key = f"invitation:{stay.school_id}:{stay.person_id}:{now:%Y-%m-%dT%H:%M}"
    words = {"school": stay.school.name, "name": stay.name}
    return _message(settings, "invitation", key, stay.person, stay.email or "", Purpose.INVITATION, words)


def send_reset(tx: Transaction, settings: Settings, person: Person, now: datetime) -> None:
    """Send somebody a link to choose another password."""
    if person.email:
        key = f"reset:{person.id}:{new_id()}"
        words = {"name": person.name}
        post(tx, _message(settings, "reset", key, person, person.email, Purpose.RESET, words), now)


def tell_password_changed(tx: Transaction, settings: Settings, person: Person, now: datetime) -> None:
    """Tell somebody that their password is another now."""
    if person.email:
        words = {"name": person.name, "at": senders.at(now), "whom": senders.WHOM}
        key = f"password:{person.id}:{new_id()}"
        post(tx, _message(settings, "password_changed", key, person, person.email, None, words), now)


def tell_address_changed(
    tx: Transaction, settings: Settings, person: Person, old: str | None, now: datetime
) -> None:
    """Tell both addresses that somebody signs in with another one now."""
    changed = AddressChange(person.id, old, person.email)
    if changed.is_told:
        post_all(tx, _address_messages(settings, changed, person, new_id(), now), now)


def tell_later(tx: Transaction, changes: Iterable[AddressChange], now: datetime) -> None:
    """As `tell_address_changed`, for the many of a list: a job writes the e-mails."""
    told = [change for change in changes if change.is_told]
    if told:
        id_ = new_id()
        jobs.add_new(tx, TELL, {f"{TELL}:{id_}": {"list": id_, "at": now.isoformat(), "changes": told}}, now)


def tell_some(
    tx: Transaction, settings: Settings, now: datetime, left: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Tell the next people of a list; returns what is left of it, or None. An e-mail that was written when
    this was begun before is not written again."""
    at, changes = datetime.fromisoformat(left["at"]), [AddressChange(*each) for each in left["changes"]]
    messages: list[Message] = []
    for change in changes[:SLICE]:
        if person := people.person(tx, change.person_id):
            messages += _address_messages(settings, change, person, left["list"], at)
    post_all(tx, messages, now)
    return {**left, "changes": changes[SLICE:]} if len(changes) > SLICE else None


def _address_messages(
    settings: Settings, change: AddressChange, person: Person, cause: str, at: datetime
) -> list[Message]:
    words = {"name": person.name, "at": senders.at(at), "whom": senders.WHOM}
    words |= {"old": change.old or "", "new": change.new or ""}
    return [
        _message(settings, "address_changed", f"address:{person.id}:{cause}:{which}", person, to, None, words)
        for which, to in (("old", words["old"]), ("new", words["new"]))
    ]


def _message(
    settings: Settings,
    kind: str,
    key: str,
    person: Person,
    to: str,
    link: Purpose | None,
    words: dict[str, Any],
) -> Message:
    site = settings.site_origin
    written = write(kind, **words, address=to, site=site, link=address(settings, MARK))
    return Message(
        key=key,
        kind=kind,
        address=to,
        name=str(words["name"]),
        subject=written.subject,
        text=written.text,
        html=written.html,
        person_id=person.id,
        link=link or "",
    )
