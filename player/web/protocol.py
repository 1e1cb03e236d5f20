"""The answers of the play protocol (decision 3), whichever route takes the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from logging import Logger
from typing import Any

from player.links import TokenError
from player.playing.ascii_json import ascii_json
from player.playing.protocol import WireError, read_commits
from player.registrar import GapError, Registrar
from player.web.errors import RETRY_AFTER, SENTENCES, status_of
from player.web.logs import log_failure

SMALL_COMMIT = 256 * 1024  # bytes that are parsed for whoever asks
ANOTHERS = "This link opens another course: ask for it at its own address."


@dataclass(frozen=True, slots=True)
class Reply:
    """A body with its status and the headers that it needs of its own."""

    body: bytes
    status: int = 200
    mimetype: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def status_line(self) -> str:
        return f"{self.status} {HTTPStatus(self.status).phrase}"


def commits_answered(
    registrar: Registrar, token: str, course: str | None, body: bytes, clock: Callable[[], datetime]
) -> Reply:
    """Fold the commits of a body; the reply comes once they are on disk. `course` is the one whose origin was
    asked, where each has its own."""
    refuse_on_anothers_host(registrar, token, course, clock())
    answers = [registrar.commit(token, sent, clock()) for sent in read_commits(body)]
    return json_reply(answers[-1])


def refuse_on_anothers_host(registrar: Registrar, token: str, course: str | None, now: datetime) -> None:
    """A link delivers and commits on its own course's origin only."""
    if course is not None and course != registrar.course_of(token, now):
        raise TokenError(ANOTHERS, ended=False)


def json_reply(value: dict[str, Any], status: int = 200) -> Reply:
    """JSON in ASCII, so that a lone surrogate comes back as it was."""
    return Reply(ascii_json(value).encode("ascii"), status)


def failure(error: Exception, route: str, logger: Logger) -> Reply:
    """The reply to an error. After one that nobody foresaw the page asks again by itself, and keeps what is
    not acknowledged."""
    match error:
        case GapError():
            return json_reply({"wanted": error.wanted}, 409)
        case TokenError():
            return json_reply({"error": str(error)}, 410 if error.ended else 404)
        case WireError():
            return json_reply({"error": str(error)}, 400)
    log_failure(logger, route, error)
    status = status_of(error)
    headers = (("Retry-After", RETRY_AFTER[status]),) if status in RETRY_AFTER else ()
    body = "{}. {}\n".format(*SENTENCES[status]).encode()
    return Reply(body, status, "text/plain; charset=utf-8", headers)
