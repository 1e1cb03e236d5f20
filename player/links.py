"""Links of launches: a token opens one registration, for as long as its learner may take the course."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from msgspec.structs import replace

from player.compliance.zones import civil_day, zone_named
from player.playing.values import Registration
from player.records import launches
from player.records.database import Connection

LIFE = timedelta(hours=12)  # after its last commit
UNUSED_LIFE = timedelta(days=30)  # a link that nobody has opened yet
TOUCHED_EVERY = timedelta(minutes=1)  # how exactly its end is kept
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
START_AGAIN = "Open the course again from where you started it."
LEFT = (
    "You are listed as having left, so you can no longer open this course. Your record is kept. "
    "If this is a mistake, tell your school’s training manager."
)
ENDED = (
    "You no longer have this course, so you cannot open it. Your record is kept. "
    "If this is a mistake, tell your school’s training manager."
)
RETIRED = (
    "This course is no longer offered, so you cannot start it. "
    "If this is a mistake, tell your school’s training manager."
)


class LaunchError(ValueError):
    """A launch that cannot be made; the sentence names what to change."""


class TokenError(Exception):
    """A link that opens nothing; `ended` is true where it once opened something."""

    def __init__(self, sentence: str, *, ended: bool) -> None:
        super().__init__(sentence)
        self.ended = ended


def make(tx: Connection, registration: str, return_url: str, now: datetime, *, again: bool) -> str:
    """A new token, of which the tables keep the hash only; `return_url` is where leaving the course leads."""
    _check_address(return_url)
    token = secrets.token_urlsafe(24)
    launches.add_token(tx, hash_of(token), registration, return_url, now, again=again)
    return token


def opened(tx: Connection, token: str, now: datetime) -> launches.LaunchLink:
    """The link of a token; TokenError where it opens nothing."""
    link = launches.opened(tx, hash_of(token))
    if link is None:
        raise TokenError(f"This link does not work. {START_AGAIN}", ended=False)
    return still_open(link, now)


def still_open(link: launches.LaunchLink, now: datetime) -> launches.LaunchLink:
    """The link; TokenError where it has expired."""
    if now > (link.last_commit + LIFE if link.last_commit else link.created + UNUSED_LIFE):
        raise TokenError(f"This link has expired. {START_AGAIN}", ended=True)
    return link


def touch(tx: Connection, token: str, link: launches.LaunchLink, now: datetime) -> launches.LaunchLink:
    """A commit came: the link lives for some hours more."""
    if link.last_commit is not None and now - link.last_commit <= TOUCHED_EVERY:
        return link
    launches.touch(tx, hash_of(token), now)
    return replace(link, last_commit=now)


def starts_afresh(tx: Connection, link: launches.LaunchLink, registration: Registration) -> bool:
    """True where a delivery starts afresh: once for a link of “Take it again”, and once for each fresh start
    that somebody has given since the attempt began."""
    attempt = registration.attempt
    if attempt is None:
        return link.again
    given = launches.fresh_start(tx, registration.id) if registration.completed is None else None
    return (link.again and attempt.started < link.created) or (given is not None and attempt.started < given)


def still_entitled(tx: Connection, registration: str, now: datetime) -> None:
    """TokenError where the learner has left or may not take the course now; what an open page sends is
    kept."""
    left, zone, ended, retired = launches.entitled(tx, registration)
    if left is not None and left <= civil_day(now, zone_named(zone)):
        raise TokenError(LEFT, ended=True)
    if ended is not None:
        raise TokenError(ENDED, ended=True)
    if retired is not None:
        raise TokenError(RETIRED, ended=True)


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and not CONTROL.search(url)
    except ValueError:  # an address of IPv6 that is none
        fits = False
    if url and not fits:
        raise LaunchError(
            f"The return address {url!r} is not valid: write a whole one, beginning with https://."
        )


@lru_cache(maxsize=4_096)
def hash_of(token: str) -> str:
    """The hash of a token, which the tables keep in its place. Kept, because a page sends its own with every
    commit."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
