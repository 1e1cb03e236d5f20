"""Sessions as this process has parsed them: a commit goes on from there instead of parsing the tables
again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from player.playing.step import MarkedView, Step
from player.playing.values import Registration
from player.runtime import Runtime
from player.sequencing import State

MOST = 2_000  # registrations
MOST_CHARACTERS = 32_000_000  # of their data, in memory some four bytes each


@dataclass(frozen=True, slots=True)
class ParsedSession:
    """A session's state after `have` commits; good only while the tables say the same."""

    session: str
    have: int
    tree: str
    state: State
    runtime: Runtime | None
    view: MarkedView

    @property
    def size(self) -> int:
        """The characters of its data."""
        return len(self.tree) + (self.runtime.size if self.runtime else 0)


class SessionCache:
    """The latest session of each registration; the one used longest ago goes first."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, ParsedSession] = OrderedDict()
        self._sizes: dict[str, int] = {}  # by session
        self._size = 0
        self._lock = Lock()

    def size_of(self, session: str) -> int:
        """The characters of a session's data; 0 where it is not kept here."""
        return self._sizes.get(session, 0)

    def take(self, registration: Registration) -> ParsedSession | None:
        """The parsed session of a registration, if the tables say the same; nobody else has it meanwhile."""
        with self._lock:
            parsed = self._forget(registration.id)
        session = registration.session
        if parsed is None or session is None or (parsed.session, parsed.have) != (session.id, session.have):
            return None
        return parsed if parsed.tree == registration.tree else None

    def keep(self, step: Step, view: MarkedView) -> None:
        """Keep a session as it is after a step."""
        session, tree = step.session, step.registration.tree
        parsed = ParsedSession(session.id, session.have, tree, step.state, step.runtime, view)
        with self._lock:
            self._forget(step.registration.id)
            self._sessions[step.registration.id] = parsed
            self._sizes[session.id] = parsed.size
            self._size += parsed.size
            while len(self._sessions) > MOST or self._size > MOST_CHARACTERS:
                self._forget(next(iter(self._sessions)))

    def _forget(self, registration: str) -> ParsedSession | None:
        parsed = self._sessions.pop(registration, None)
        if parsed is not None:
            self._size -= self._sizes.pop(parsed.session)
        return parsed
