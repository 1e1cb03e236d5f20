"""A launch's link: a token that opens one registration, for as long as somebody may take the course."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection

from player.playing.values import Standing
from player.records import launches

LIFE = timedelta(hours=12)  # after its last commit
UNUSED_LIFE = timedelta(days=30)  # a link that nobody has opened yet
TOUCHED_EVERY = timedelta(minutes=1)  # how exactly its end is kept
START_AGAIN = "Start the course again from where you found it."
LEFT = (
    "You are marked as having left, so this course does not open any more. What you did is kept. "
    "If that is a mistake, ask the person who looks after your training."
)
ENDED = (
    "Your enrolment on this course has ended, so it does not open any more. What you did is kept. "
    "If that is a mistake, ask the person who looks after your training."
)
RETIRED = (
    "This course is no longer offered, so it cannot be started. "
    "If that is a mistake, ask the person who looks after your training."
)


class TokenError(Exception):
    """A link that opens nothing; `ended` where it once did."""

    def __init__(self, sentence: str, *, ended: bool) -> None:
        super().__init__(sentence)
        self.ended = ended


def make(tx: Connection, registration: str, return_url: str, now: datetime, *, again: bool) -> str:
    """A new token; the tables keep its hash only."""
    token = secrets.token_urlsafe(24)
    launches.add_token(tx, _hash(token), registration, return_url, now, again=again)
    return token


def opened(tx: Connection, token: str, now: datetime) -> launches.LaunchLink:
    """What the token opens, or TokenError."""
    link = launches.opened(tx, _hash(token))
    if link is None:
        raise TokenError(f"This link opens nothing. {START_AGAIN}", ended=False)
    if now > (link.last_commit + LIFE if link.last_commit else link.created + UNUSED_LIFE):
        raise TokenError(f"This link has ended. {START_AGAIN}", ended=True)
    return link


def touch(tx: Connection, token: str, link: launches.LaunchLink, now: datetime) -> None:
    """A commit came: its life begins anew."""
    if link.last_commit is None or now - link.last_commit > TOUCHED_EVERY:
        launches.touch(tx, _hash(token), now)


def starts_afresh(tx: Connection, link: launches.LaunchLink, standing: Standing) -> bool:
    """By a link of “Take it again”, once; or where somebody gave every try again since the attempt began."""
    attempt = standing.attempt
    if attempt is None:
        return link.again
    given = launches.fresh_start(tx, standing.registration) if standing.completed is None else None
    return (link.again and attempt.started < link.created) or (given is not None and attempt.started < given)


def still_entitled(tx: Connection, registration: str, now: datetime) -> None:
    """Who has left or may not take it now is delivered nothing more; what an open page sends is kept."""
    left, ended, retired = launches.entitled(tx, registration)
    if left is not None and left <= now.date():
        raise TokenError(LEFT, ended=True)
    if ended is not None:
        raise TokenError(ENDED, ended=True)
    if retired is not None:
        raise TokenError(RETIRED, ended=True)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
