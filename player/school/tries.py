"""Limited tries: whether a learner has any left, and whether a fresh start has been given."""

from __future__ import annotations

import json
from dataclasses import dataclass

from courseware.reading.suspend_data import read_suspend_data
from player.playing.step import read_state
from player.playing.version import Version
from player.records import launches, reporting
from player.records.database import Transaction
from player.records.tables import AttemptRow, RegistrationRow
from player.runtime import Runtime, outcome
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


def _handed_in(tx: Transaction, attempt: AttemptRow) -> int:
    """The number of tries handed in, from our suspend data (decision 2)."""
    for _, values in reporting.activities(tx, attempt.id):
        launch = json.loads(values[-1])
        remembered = read_suspend_data(outcome(Runtime(launch)).suspend_data or "") if launch else None
        if remembered is not None:
            return remembered.tries
    return 0


def _is_shut(state: State) -> bool:
    """Whether a part that has not been passed has used all attempts that its manifest allows (UP.1)."""
    shut = (part for part in state.tree.activities.values() if limit_conditions_check(state, part))
    return any(read(state, part).satisfied is not True for part in shut)
