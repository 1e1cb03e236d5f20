"""Accounts of administrators, and passwords of everybody."""

from __future__ import annotations

from argon2 import PasswordHasher

from player.lists.fields import EMAIL
from player.records import people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Person
from player.school.passwords import SHORTEST_PASSWORD, unfit


class AccountError(ValueError):
    """An account that cannot be made as asked; the sentence says what to change."""


def administrator(tx: Transaction, email: str, name: str | None, password: str) -> Person:
    """The provider's administrator of that address, made or given a new password."""
    email = email.strip().lower()
    if not EMAIL.fullmatch(email):
        raise AccountError(f"“{email}” is not an e-mail address: write one such as ann@example.org.")
    person = people.person_of_email(tx, email)
    if person is None:
        person = new_administrator(tx, email, name or email)
    person.role, person.left = "administrator", None
    if sentence := unfit(password, person.name, email):
        raise AccountError(f"The password cannot be taken. {sentence}")
    set_password(person, password)
    return person


def new_administrator(tx: Transaction, email: str, name: str) -> Person:
    """A new administrator, without a password yet."""
    person = Person(id=new_id(), learner_id=new_id(), name=name, email=email, role="administrator")
    tx.add(person)
    return person


def set_password(person: Person, password: str) -> None:
    """Give a person a new password, which ends every sign-in with the old one."""
    keep_password(person, hashed(password))


def hashed(password: str) -> str:
    """The hash of a password. It is slow: a server makes it before it takes its turn to write."""
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError(f"The password is too short: use at least {SHORTEST_PASSWORD} characters.")
    return PasswordHasher().hash(password)


def keep_password(person: Person, password_hash: str) -> None:
    """Keeps the hash, and signs out every browser."""
    person.password_hash = password_hash
    person.sign_in_epoch = (person.sign_in_epoch or 0) + 1
