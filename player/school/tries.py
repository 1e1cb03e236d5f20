"""Limited tries: whether a learner has any left, and whether a fresh start has been given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from courseware.reading.suspend_data import read_suspend_data
from player.playing.step import read_state
from player.playing.version import Version
from player.records import launches, reporting
from player.records.database import Transaction
from player.records.play_tables import AttemptRow, RegistrationRow
from player.records.training import TrainingRecord
from player.runtime import outcome
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.sequencing import State
from player.sequencing.objectives import read
from player.sequencing.rules import limit_conditions_check


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of a learner who has not completed the course; afterwards nothing limits them."""

    limited: bool = False
    used_up: bool = False
    given: bool = False  # a fresh start that waits for the course to be opened


UNLIMITED = Tries()


def tries(tx: Transaction, version: Version, registration: RegistrationRow) -> Tries:
    """The tries in a registration; unlimited before its first attempt."""
    attempts = reporting.attempts(tx, registration.id) if registration.completed is None else ()
    if not attempts or not version.limits_tries:
        return UNLIMITED
    given = launches.fresh_start(tx.connection(), registration.id)
    if given is not None and attempts[0].started < given:
        return Tries(limited=True, given=True)
    used_up = _handed_in(tx, attempts[0]) >= version.tries if version.tries else False
    return Tries(limited=True, used_up=used_up or _is_shut(read_state(version, registration.tree)))


def give_fresh_start(tx: Transaction, actor: Actor, now: datetime, record: TrainingRecord) -> None:
    """Give a learner all tries again: the next delivery starts afresh."""
    registration = record.registration
    if registration is None or actor.person_id is None:
        raise LookupError("a fresh start is of a registration, and given by a person")
    launches.give_fresh_start(tx.connection(), registration.id, actor.person_id, now)
    stay = record.membership
    about = f"{stay.name}: {record.course.title}"
    change = Change("gave a fresh start", "registration", registration.id, about, stay.person_id)
    auditing.write(tx, actor, now, stay.school_id, change)


def _handed_in(tx: Transaction, attempt: AttemptRow) -> int:
    """The number of tries handed in, from our suspend data (decision 2)."""
    for _, states in reporting.activities(tx, attempt.id):
        runtime = states[-1].runtime()
        remembered = read_suspend_data(outcome(runtime).suspend_data or "") if runtime else None
        if remembered is not None:
            return remembered.tries
    return 0


def _is_shut(state: State) -> bool:
    """Whether a part that has not been passed has used all attempts that its manifest allows (UP.1)."""
    shut = (part for part in state.tree.activities.values() if limit_conditions_check(state, part))
    return any(read(state, part).satisfied is not True for part in shut)
