"""Accounts of administrators, and passwords of everybody."""

from __future__ import annotations

from datetime import datetime

from player.lists.fields import EMAIL, unfit_email, unfit_name
from player.records import memberships, people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Person
from player.school import auditing, hashing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.passwords import SHORTEST_PASSWORD, unfit


class AccountError(ValueError):
    """An account that cannot be made as asked; the sentence says what to change."""


def administrator(
    tx: Transaction, actor: Actor, now: datetime, email: str, name: str | None, password: str
) -> Person:
    """The provider's administrator of that address, made or given a new password."""
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise AccountError(f"“{email}” is not an e-mail address: write one such as ann@example.org.")
    person = people.person_of_email(tx, email)
    if person is None:
        person = new_administrator(tx, email, name or email)
    person.is_administrator = True
    if sentence := unfit(password, person.name, email):
        raise AccountError(f"The password cannot be taken. {sentence}")
    set_password(person, password)
    tx.flush()
    auditing.write(tx, actor, now, None, _change("made an administrator", person))
    return person


def new_administrator(tx: Transaction, email: str, name: str) -> Person:
    """A new administrator, without a password yet."""
    person = Person(id=new_id(), name=name, email=email, is_administrator=True)
    tx.add(person)
    return person


def unfit_administrator(tx: Transaction, name: str, email: str) -> dict[str, str]:
    """The errors of the form: whoever is or was at a school is made no administrator by it."""
    errors = {"name": unfit_name(name), "email": unfit_email(email)}
    if not email:
        errors["email"] = "An administrator needs an e-mail address to sign in"
    known = people.person_of_email(tx, email)
    stays = memberships.of_person(tx, known.id) if known is not None else []
    if known is not None and not known.is_administrator and stays:
        who = f"{stays[0].name} of {stays[0].school.name}"
        errors["email"] = f"{who} already has the e-mail address “{email}”"
    return {field: f"{sentence}." for field, sentence in errors.items() if sentence}


def add_administrator(tx: Transaction, actor: Actor, now: datetime, email: str, name: str) -> Person:
    """Add an administrator, or bring a former one back."""
    person = people.person_of_email(tx, email) or new_administrator(tx, email, name)
    person.name, person.is_administrator = name, True
    tx.flush()
    auditing.write(tx, actor, now, None, _change("made an administrator", person))
    return person


def _change(action: str, person: Person) -> Change:
    return Change(action, "account", person.id, person.name, person.id)


def dismiss(tx: Transaction, actor: Actor, now: datetime, person: Person) -> None:
    """End an administrator's access at once."""
    person.is_administrator = False
    person.sign_in_epoch += 1
    tx.flush()
    auditing.write(tx, actor, now, None, _change("no longer an administrator", person))


def set_password(person: Person, password: str) -> None:
    """Give a person a new password, which ends every sign-in with the old one."""
    keep_password(person, hashed(password))


def hashed(password: str) -> str:
    """The hash of a password that is long enough."""
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"The password is too short: use at least {SHORTEST_PASSWORD} characters.")
    return hashing.hashed(password)


def keep_password(person: Person, password_hash: str) -> None:
    """Keeps the hash, and signs out every browser."""
    person.password_hash = password_hash
    person.sign_in_epoch = (person.sign_in_epoch or 0) + 1


def choose_password(tx: Transaction, actor: Actor, now: datetime, person: Person, password_hash: str) -> None:
    """Somebody chooses a new password; the log of each of their schools says that they did."""
    keep_password(person, password_hash)
    _tell_schools(tx, actor, now, _change("changed the password", person))


def sign_out_everywhere(tx: Transaction, actor: Actor, now: datetime, person: Person) -> None:
    """A new epoch: no sign-in and no link of this person is good any more."""
    person.sign_in_epoch += 1
    _tell_schools(tx, actor, now, _change("signed out everywhere", person))


def _tell_schools(tx: Transaction, actor: Actor, now: datetime, change: Change) -> None:
    tx.flush()
    schools: list[str | None] = [stay.school_id for stay in memberships.of_person(tx, change.noun_id)]
    for school_id in schools or [None]:
        auditing.write(tx, actor, now, school_id, change)
