"""Limits on tries. Each is counted before it is checked, so that many at once are counted too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from time import time
from typing import cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from player.records.shared_counts import SharedCounts

LIMITER = "player.limiter"
# A school sits behind one address, so an address may fail more often than an account.
PER_ACCOUNT_AND_ADDRESS, PER_ACCOUNT, PER_ADDRESS = "10 per 15 minutes", "50 per hour", "100 per 15 minutes"
PER_BROWSER = "10 per 15 minutes"  # of one that has signed in to the account before
RESETS_PER_ACCOUNT, RESETS_PER_ADDRESS = "3 per hour", "60 per hour"
LAUNCHES_PER_KEY, LAUNCHES_PER_ADDRESS = "300 per minute", "1200 per minute"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many, of what the names tell."""

    item: RateLimitItem
    names: tuple[str, ...]


@dataclass(slots=True)
class Try:
    """One try under way; one that turns out well does not count."""

    counts: bool = True


def add_limiter(app: Flask, counts: Path | None) -> None:
    """In the process's memory, or in a file that the processes of a server share."""
    storage = MemoryStorage() if counts is None else SharedCounts(counts)
    app.extensions[LIMITER] = FixedWindowRateLimiter(storage)


def address() -> str:
    """The client's address; for IPv6 its network of 64 bits, which one client has whole."""
    given = (request.remote_addr or "").strip("[]")
    try:
        at = ip_address(given)
    except ValueError:
        return given
    return str(at) if at.version == 4 else str(ip_network(f"{at}/64", strict=False))


@contextmanager
def tried_password(account: str, browser: str | None) -> Iterator[Try]:
    """Count a try of an account's password; too many end here. `browser` is one that has signed in to this
    account before: others at its address, or elsewhere, do not shut it out."""
    account = account.strip().lower()[:200]
    if browser is not None:
        limits = [_limit(PER_BROWSER, "password", account, "in", browser)]
    else:
        limits = [
            _limit(PER_ADDRESS, "password", "at", address()),
            _limit(PER_ACCOUNT, "password", account),
            _limit(PER_ACCOUNT_AND_ADDRESS, "password", account, "at", address()),
        ]
    _count(limits)
    tried = Try()
    try:
        yield tried
    except BaseException:
        tried.counts = False  # the records were away, so nobody was told anything
        raise
    finally:
        if not tried.counts:
            _give_back(limits)


def count_launch(key_hash: str | None = None) -> None:
    """Count a launch that a portal asks for: of its address, and of its key once that is known to be good."""
    _count(
        [_limit(LAUNCHES_PER_ADDRESS, "launch", "at", address())]
        if key_hash is None
        else [_limit(LAUNCHES_PER_KEY, "launch", key_hash)]
    )


def count_reset(account: str) -> None:
    """Count a password link that is asked for, of an account whether it is known or not, and of the client's
    address."""
    account = account[:200]
    _count(
        [
            _limit(RESETS_PER_ADDRESS, "reset", "at", address()),
            _limit(RESETS_PER_ACCOUNT, "reset", account),
        ]
    )


def _limit(text: str, *names: str) -> Limit:
    return Limit(parse(text), names)


def _count(limits: list[Limit]) -> None:
    """All of them, or none: what is refused is no try."""
    counted: list[Limit] = []
    for limit in limits:
        counted.append(limit)
        if not _limiter().hit(limit.item, *limit.names):
            ends = _limiter().get_window_stats(limit.item, *limit.names).reset_time
            _give_back(counted)
            raise TooManyRequests(retry_after=max(1, round(ends - time())))


def _give_back(limits: list[Limit]) -> None:
    for limit in limits:
        _limiter().hit(limit.item, *limit.names, cost=-1)


def _limiter() -> FixedWindowRateLimiter:
    return cast(FixedWindowRateLimiter, current_app.extensions[LIMITER])
