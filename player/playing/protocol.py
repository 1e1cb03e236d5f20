"""The bodies that a play page sends, checked for their shape; the interpreter checks the calls themselves."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, NoReturn

from msgspec import Meta, MsgspecError, Raw, Struct
from msgspec.json import Decoder

from player.playing.ascii_json import ascii_json

MOST_CALLS = 20_000
MOST_COMMITS = 100
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class WireError(ValueError):
    """A body that is no commit; the page gets the sentence."""


class SentCommit(Struct, frozen=True):
    """A commit as it came; `calls` are `[milliseconds, function, argument...]`."""

    session: str
    number: int
    calls: list[list[Any]]
    view: str | None = None  # the contents and controls that the page shows already, by their mark
    text: str | None = None  # the JSON of `calls` in ASCII, where it came so

    @property
    def calls_text(self) -> str:
        """The JSON of `calls` in ASCII, as the log has it."""
        return ascii_json(self.calls) if self.text is None else self.text


class _PlainCommit(Struct, frozen=True):
    """A commit as nearly all pages send it, whose JSON msgspec reads."""

    session: Annotated[str, Meta(pattern=rf"\A{NAME.pattern}\Z")]
    number: Annotated[int, Meta(ge=1)]
    calls: Raw
    view: str | None = None


_read_plain = Decoder(_PlainCommit).decode
_read_calls = Decoder(list[list[int | float | str]]).decode


def read_commits(body: bytes) -> list[SentCommit]:
    """One commit, or those that a closing page sends as a list, so that none overtakes another.

    What msgspec does not read is read by Python's module: lone surrogates, a list, and all that is refused.
    """
    if body.isascii():
        try:
            plain = _read_plain(body)
            calls = _calls(_read_calls(plain.calls))
        except (MsgspecError, ValueError, RecursionError):
            pass
        else:
            return [SentCommit(plain.session, plain.number, calls, plain.view, bytes(plain.calls).decode())]
    match _object(body):
        case [_, *_] as several if len(several) <= MOST_COMMITS:
            return [_commit(one) for one in several]
        case one:
            return [_commit(one)]


def _commit(value: Any) -> SentCommit:
    """A commit; its strings stay as they are, also lone surrogates and U+0000."""
    match value:
        case {"session": str(session), "number": int(number), "calls": list(calls), **rest} if number > 0:
            _name("session", session)
            view = rest.get("view")
            return SentCommit(session, number, _calls(calls), view if isinstance(view, str) else None)
    raise WireError('A commit is {"session": text, "number": 1 or more, "calls": [...]}.')


def read_page(body: bytes) -> str:
    """The id that a page has made for itself, so that a delivery which it asks for twice is one delivery."""
    match _object(body):
        case {"page": str(page)}:
            return _name("page", page)
    raise WireError('A delivery is {"page": text}.')


def _object(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise WireError("The body is not JSON.") from error


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _name(key: str, value: str) -> str:
    if not NAME.fullmatch(value):
        raise WireError(f"“{key}” has 1 to 64 letters, digits, hyphens and underscores.")
    return value


def _calls(calls: list[Any]) -> list[list[Any]]:
    if len(calls) > MOST_CALLS:
        raise WireError(f"A commit has at most {MOST_CALLS} calls.")
    for call in calls:
        match call:
            case [int() | float(), str(), *arguments] if all(isinstance(a, str) for a in arguments):
                continue
        raise WireError("A call is [milliseconds, function, argument...], the arguments being text.")
    return calls
