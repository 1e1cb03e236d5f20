"""How somebody stands in a course that limits its tries: whether any is left, and who gave them all again."""

from __future__ import annotations

import json
from dataclasses import dataclass

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
    """Of somebody who has not completed the course; whoever has takes it again as often as they like."""

    limited: bool = False
    used_up: bool = False
    given: bool = False  # a fresh start that waits for the course to be opened


UNLIMITED = Tries()


def tries(tx: Transaction, version: Version, registration: RegistrationRow) -> Tries:
    """Nothing is limited before it is begun."""
    attempts = reporting.attempts(tx, registration.id) if registration.completed is None else ()
    if not attempts or not version.limits_tries:
        return UNLIMITED
    given = launches.fresh_start(tx.connection(), registration.id)
    if given is not None and attempts[0].started < given:
        return Tries(limited=True, given=True)
    used_up = _handed_in(tx, attempts[0]) >= version.tries if version.tries else False
    return Tries(limited=True, used_up=used_up or _is_shut(read_state(version, registration.tree)))


def _handed_in(tx: Transaction, attempt: AttemptRow) -> int:
    """Decision 2: the tries stand first in the assessment's part of what a course of ours remembers."""
    for _, values in reporting.activities(tx, attempt.id):
        launch = json.loads(values[-1])
        remembered = (outcome(Runtime(launch)).suspend_data or "") if launch else ""
        if remembered.startswith("1~") and remembered.count("~") == 4:
            used = remembered.split("~")[3].partition(".")[0]
            return int(used, 36) if used.isascii() and used.isalnum() and len(used) < 5 else 0
    return 0


def _is_shut(state: State) -> bool:
    """UP.1: a part that has not been passed has used all the attempts that its manifest allows."""
    shut = (each for each in state.tree.activities.values() if limit_conditions_check(state, each))
    return any(read(state, each).satisfied is not True for each in shut)
