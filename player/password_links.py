"""Links to choose a password with, made and read from the settings alone: signed, and good for one use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeTimedSerializer

from player.settings import Settings

PATH = "/welcome/"


class Purpose(StrEnum):
    """The purpose of a link, which decides how long it works."""

    INVITATION = "invitation"
    RESET = "reset"


SECONDS = {Purpose.INVITATION: 7 * 24 * 3600, Purpose.RESET: 3600}
SALTS = {Purpose.INVITATION: "choose a password", Purpose.RESET: "choose a password anew"}
DAYS = SECONDS[Purpose.INVITATION] // (24 * 3600)


@dataclass(frozen=True, slots=True)
class Signed:
    """The person whom a link is for. Any new password begins a new epoch and so ends the link."""

    person: str
    epoch: int


def make_link(settings: Settings, signed: Signed, purpose: Purpose = Purpose.INVITATION) -> str:
    """The address of a new link."""
    return address(settings, make_token(settings, signed, purpose))


def make_token(settings: Settings, signed: Signed, purpose: Purpose) -> str:
    """The part of a link that opens it."""
    return _signer(settings, purpose).dumps([signed.person, signed.epoch])


def address(settings: Settings, token: str) -> str:
    """The address of the page for a token."""
    return f"{settings.site_origin}{PATH}{token}"


def read_token(settings: Settings, token: str) -> Signed | None:
    """The person whom a token is for; None where it has expired or was never made."""
    for purpose in Purpose:
        try:
            person, epoch = _signer(settings, purpose).loads(token, max_age=SECONDS[purpose])
        except BadSignature:
            continue
        return Signed(person, epoch)
    return None


def _signer(settings: Settings, purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt=SALTS[purpose])
