"""A course of ours that was one SCO and is several now: what its SCO has reported is that of the new ones.

Each new SCO's item is called after the objective by which the one SCO reported it (decision 24).
"""

from __future__ import annotations

from typing import Any

from player.runtime import Outcome
from player.sequencing import Activity, State
from player.sequencing.objectives import write
from player.sequencing.rollup import overall_rollup

ITEM, FINAL = "item-", "final_questions"


def split(said: Outcome, state: State) -> State:
    """A state in which lessons that were done, and final questions that were passed, stay so. It resumes
    where the learner was. What was failed is left to the SCO, which has the tries."""
    work = state.fork()
    done = {one.id for one in said.objectives if one.completion_status == "completed"}
    for activity in work.tree.leaves:
        name = activity.identifier.removeprefix(ITEM)
        if name == FINAL:
            if said.success_status == "passed":
                _reach(work, activity, completed=True, satisfied=True, measure=said.score.scaled)
        elif name in done:
            _reach(work, activity, completed=True, satisfied=True)
            for at, objective in enumerate(activity.objectives):
                if objective.identifier == name:
                    write(work, activity, at, satisfied=True)
            overall_rollup(work, activity)
    _resume_at(work, _place(said, work))
    return work


def _reach(work: State, activity: Activity, **values: Any) -> None:
    """Its attempt is suspended, so that the values are those of an attempt that goes on."""
    work.change(activity, attempts=1, suspended=True)
    if activity.objectives[0].satisfied_by_measure:
        values.pop("satisfied")
    write(work, activity, 0, **values)
    overall_rollup(work, activity)


def _place(said: Outcome, work: State) -> Activity:
    """The SCO with the lesson or the questions in which the learner was; else the first."""
    place = said.location or ""
    name = place.partition(".")[0] or (FINAL if place else "")
    return work.tree.get(ITEM + name) or work.tree.leaves[0]


def _resume_at(work: State, activity: Activity) -> None:
    for one in activity.path():
        work.change(one, attempts=max(1, work.record(one).attempts), suspended=True, active=False)
    work.current, work.suspended = None, activity
