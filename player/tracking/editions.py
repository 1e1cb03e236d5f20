"""A registration on another edition: none passes or fails anybody by its mark alone (decision 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from player.runtime import Runtime
from player.sequencing import Activity, State, Tree

MARKS = {"1.2": "cmi.student_data.mastery_score", "2004": "cmi.scaled_passing_score"}
SCORES = re.compile(r"cmi\.(?:core\.|objectives\.[0-9]+\.)?score\.")


def mark_of(session: Runtime) -> str:
    """The mark that a session's scores were held against; empty where only the SCO judges."""
    return session.get(MARKS[session.standard.name]) or ""


def still_scored(carried: Mapping[str, str], held_against: str | None, mark: str) -> Mapping[str, str]:
    """The data that a session left for the next one: statuses, and scores where the mark is the same."""
    if held_against in (None, mark):
        return carried
    return {name: value for name, value in carried.items() if not SCORES.match(name)}


def rejudged(before: Tree, state: State) -> State:
    """The state on another edition's tree: what was measured against another mark says nothing against this
    one. How it was judged stays, so that no edition passes or fails anybody."""
    work = state.fork()
    for activity in state.tree.leaves:
        known = before.get(activity.identifier)
        if known is not None and _mark(known) != _mark(activity):
            record = work.record(activity)
            local = replace(record.objective(0), measure=None, raw=None, minimum=None, maximum=None)
            work.put(activity, record.with_objective(0, local))
    return work


def _mark(activity: Activity) -> float | None:
    """From 0 to 1; none where nobody but the SCO judges."""
    item, primary = activity.item, activity.objectives[0]
    if item is not None and item.mastery_score is not None:
        return item.mastery_score / 100
    return primary.minimum_normalized_measure if primary.satisfied_by_measure else None
