"""Views, downloads and sign-ins, which the audit log keeps without any page waiting for it."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from player.audit_queue import AuditQueue
from player.lists.fields import unfit_email
from player.records import memberships
from player.records.database import Transaction
from player.records.tables import Person
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.web.context import now
from player.web.signing import actor, signed_in

QUEUE = "player.audit"
LONGEST = 200


def queue() -> AuditQueue:
    """The application's queue."""
    return cast(AuditQueue, current_app.extensions[QUEUE])


def saw(action: str, noun: str, noun_id: str, about: str, person_id: str | None = None) -> None:
    """Keep that the person of this request has viewed or downloaded records of others at this school."""
    if person_id == signed_in().id:
        return
    school_id = g.shown.id
    change = Change(action, noun, noun_id, about, person_id)
    queue().put(auditing.entry(actor(school_id), now(), school_id, change))


def tell_sign_in(tx: Transaction, person: Person) -> None:
    """Keep that somebody has signed in: in the log of each of their schools."""
    for school_id in _schools(tx, person):
        change = Change("signed in", "account", person.id, person.name, person.id)
        queue().put(auditing.entry(Actor(person.name, person.id), now(), school_id, change))


def tell_failure(tx: Transaction, email: str, person: Person | None) -> None:
    """Keep that a sign-in has failed. What is no address may be a password in the wrong field."""
    about = email.strip().lower()[:LONGEST]
    about = "not an e-mail address" if unfit_email(about) else about
    for school_id in _schools(tx, person) if person else [None]:
        known = person.id if person else None
        change = Change("sign-in failed", "account", known or "", about, known)
        queue().put(auditing.entry(Actor("somebody not signed in"), now(), school_id, change))


def _schools(tx: Transaction, person: Person) -> list[str | None]:
    schools: list[str | None] = [stay.school_id for stay in memberships.of_person(tx, person.id)]
    return [None] if person.is_administrator or not schools else schools
