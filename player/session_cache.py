"""Sessions as this process has parsed them: a commit goes on from there instead of parsing the tables
again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from msgspec import Struct

from player.playing.step import MarkedView
from player.playing.values import Registration, Session
from player.records.glance import Glance
from player.records.launches import LaunchLink
from player.runtime import Runtime
from player.sequencing import State

MOST = 2_000  # registrations
MOST_CHARACTERS = 32_000_000  # of their data, in memory some four bytes each


class ParsedSession(Struct, frozen=True):
    """A registration after a step, as it was read and parsed; good only while the tables say the same.

    `glance` is the row that the tables then have, where it is known. Where `runtime` is known, the session of
    `registration` has no `values` and no `records`: the runtime has them, and they are long. `weight` is how
    many characters of its data the latest step has read or written: the next one meets as many.
    """

    registration: Registration
    state: State
    runtime: Runtime | None
    view: MarkedView
    weight: int
    link: LaunchLink | None = None
    glance: Glance | None = None

    @property
    def session(self) -> Session:
        """The session that was parsed."""
        return known_session(self.registration)

    @property
    def size(self) -> int:
        """The characters of its data."""
        known = self.session
        return (
            len(self.registration.tree)
            + len(known.launch)
            + (self.runtime.data.size if self.runtime else known.size)
        )


def known_session(registration: Registration) -> Session:
    """The session of a registration that has been delivered."""
    if registration.session is None:
        raise LookupError("nothing has been delivered yet")
    return registration.session


class SessionCache:
    """The latest session of each registration; the one used longest ago goes first."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, ParsedSession] = OrderedDict()
        self._sizes: dict[str, tuple[int, int]] = {}  # by session: its data, and what a step meets of them
        self._size = 0
        self._lock = Lock()

    def weight_of(self, session: str, *, whole: bool) -> int:
        """The characters that a step of a session meets, which may be its `whole` data; 0 where it is not
        kept here."""
        size, weight = self._sizes.get(session, (0, 0))
        return size if whole else weight

    def seen(self, glance: Glance) -> ParsedSession | None:
        """The registration that the tables have at this glance, if it is kept here; nobody else has it
        meanwhile."""
        with self._lock:
            parsed = self._forget(glance[0])
        return parsed if parsed is not None and parsed.glance == glance else None

    def take(self, registration: Registration) -> ParsedSession | None:
        """The parsed session of a registration, if the tables say the same; nobody else has it meanwhile."""
        with self._lock:
            parsed = self._forget(registration.id)
        session = registration.session
        if parsed is None or session is None:
            return None
        if (parsed.session.id, parsed.session.have) != (session.id, session.have):
            return None
        return parsed if parsed.registration.tree == registration.tree else None

    def keep(self, parsed: ParsedSession) -> None:
        """Keep a session as it is after a step."""
        known = parsed.registration
        with self._lock:
            self._forget(known.id)
            self._sessions[known.id] = parsed
            self._sizes[parsed.session.id] = parsed.size, parsed.weight
            self._size += parsed.size
            while len(self._sessions) > MOST or self._size > MOST_CHARACTERS:
                self._forget(next(iter(self._sessions)))

    def _forget(self, registration: str) -> ParsedSession | None:
        parsed = self._sessions.pop(registration, None)
        if parsed is not None:
            self._size -= self._sizes.pop(parsed.session.id)[0]
        return parsed
