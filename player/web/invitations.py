"""Links to choose a password with, for the people of the records."""

from __future__ import annotations

from player.password_links import DAYS, Signed, make_link, read_token
from player.records import people
from player.records.tables import Person
from player.web.context import database, now, settings

__all__ = ["DAYS", "invitation", "invited"]


def invitation(person: Person) -> str:
    """The link for a person. It ends when they choose a password, because that begins a new epoch."""
    return make_link(settings(), Signed(person.id, person.sign_in_epoch))


def invited(token: str) -> Person | None:
    """The person whom a link is for; None where it has ended, was used or was never made."""
    signed = read_token(settings(), token)
    if signed is None:
        return None
    with database().reading() as tx:
        person = people.person(tx, signed.person)
        may = person is not None and people.may_sign_in(tx, person, now())
    if person is None or person.sign_in_epoch != signed.epoch or person.email is None or not may:
        return None
    return person
