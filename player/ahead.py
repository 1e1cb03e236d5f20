"""Heavy steps, taken ahead of their turn to write.

SQLite has one writer, for whom everybody else waits. A step that takes long is taken from a view of the
tables first; in its turn it is only written, if all that it has read is still so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from player.playing.step import Step
from player.playing.values import ActivityResult, Registration, Session
from player.records import registrations
from player.records.database import Connection, Database
from player.records.learner_objectives import LearnerObjectives

T = TypeVar("T")
HEAVY = 128 * 1024  # characters of what is sent and of the session's data: some milliseconds of work
TURNS = 3  # to write; the last of them takes its step, however heavy


class HeavyError(Exception):
    """The step is to be taken ahead of its turn."""


class TakenAheadError(Exception):
    """Ends what is done ahead of a turn, once the step is taken."""

    def __init__(self, taken: TakenStep) -> None:
        super().__init__("a step was taken ahead")
        self.taken = taken


@dataclass(slots=True)
class Reads:
    """The rows that a step reads beside its registration; `most` is how long a session it may parse."""

    tx: Connection
    most: int | None = None
    _answers: list[tuple[Callable[[Connection], object], object]] = field(default_factory=list)

    def session(self, session: str) -> Session | None:
        """A session by its id."""
        known = self.ask(partial(registrations.one_session, session=session))
        if known is not None:
            self.weigh(known.size)
        return known

    def activities(self, attempt: str) -> Mapping[str, ActivityResult]:
        """The activities of an attempt, by item."""
        return self.ask(partial(registrations.activities, attempt=attempt))

    def sizes(self, attempt: str) -> Mapping[str, int]:
        """The characters of the data of each session of an attempt, by id."""
        return self.ask(partial(registrations.sizes, attempt=attempt))

    def ask(self, question: Callable[[Connection], T]) -> T:
        """The answer to a question, which is asked again before the step is written."""
        answer = question(self.tx)
        self._answers.append((question, answer))
        return answer

    def weigh(self, characters: int) -> None:
        """HeavyError where a step of so many characters is not to be taken in a turn to write."""
        if self.most is not None and characters > self.most:
            raise HeavyError

    def hold(self, tx: Connection) -> bool:
        """True where every question has the same answer now."""
        return all(question(tx) == answer for question, answer in self._answers)


class TakenStep(Struct, frozen=True):
    """A step with what it was taken from."""

    step: Step
    known: Registration
    inputs: tuple[object, ...]
    reads: Reads
    objectives: LearnerObjectives | None = (
        None  # the learner's, where the course shares its global objectives
    )

    def holds(self, tx: Connection, known: Registration, inputs: tuple[object, ...]) -> bool:
        """True where it would be taken in the same way now."""
        return self.known == known and self.inputs == inputs and self.reads.hold(tx)


class Turn(Struct, frozen=True):
    """A turn to write, with the step that was taken ahead of it; `most` is how heavy a step may be."""

    ahead: TakenStep | None = None
    most: int | None = None
    writes: bool = True

    @property
    def is_plain(self) -> bool:
        """True for a step that is not compared with one taken ahead of its turn."""
        return self.ahead is None and self.writes


AHEAD = Turn(writes=False)
LAST = Turn()  # on PostgreSQL the first is: there a step keeps its own registration's rows only


def in_turn(database: Database, work: Callable[[Connection, Turn], T], weight: int = 0) -> T:
    """Do it in a turn to write, with its step taken ahead where that is heavy: where `weight`, as far as it
    is known, says so, or the turn."""
    if not database.has_one_writer:
        return database.commit(partial(_with, work, LAST))
    turn = Turn(_ahead(database, work) if weight > HEAVY else None, HEAVY)
    for _ in range(TURNS - 1):
        try:
            return database.commit(partial(_with, work, turn))
        except HeavyError:
            turn = Turn(_ahead(database, work), HEAVY)
    return database.commit(partial(_with, work, replace(turn, most=None)))


def _with(work: Callable[[Connection, Turn], T], turn: Turn, tx: Connection) -> T:
    return work(tx, turn)


def _ahead(database: Database, work: Callable[[Connection, Turn], object]) -> TakenStep | None:
    try:
        with database.connecting() as tx:
            work(tx, AHEAD)
    except TakenAheadError as done:
        return done.taken
    return None
