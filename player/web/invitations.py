"""Links to choose a password with: signed, good for a week and for one use."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from player.records import people
from player.records.tables import Person
from player.web.context import database
from player.web.signing import has_left

DAYS = 7


def invitation(person: Person) -> str:
    """The link for a person. It ends when they choose a password, because that begins a new epoch."""
    token = _signer().dumps([person.id, person.sign_in_epoch])
    return url_for("auth.welcome", token=token, _external=True)


def invited(token: str) -> Person | None:
    """The person whom a link is for; None where it has ended, was used or was never made."""
    try:
        signed: Any = _signer().loads(token, max_age=DAYS * 24 * 3600)
    except BadSignature:
        return None
    person_id, epoch = signed
    with database().reading() as tx:
        person = people.person(tx, person_id)
    if person is None or person.sign_in_epoch != epoch or person.email is None or has_left(person):
        return None
    return person


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or b"", salt="choose a password")
