"""The values that a SCO has set become tracking information of its activity."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from courseware.package import Standard, normalised
from player.runtime import ObjectiveOutcome, Outcome, Score
from player.sequencing import Activity, Request, State
from player.sequencing.objectives import write

OBJECTIVES = "cmi.objectives."
_COMPLETED = {"completed": True, "incomplete": False, "not attempted": False}
_SATISFIED = {"passed": True, "failed": False}
_ELEMENTS = {
    "satisfied": "success_status",
    "completed": "completion_status",
    "measure": "score.scaled",
    "raw": "score.raw",
    "minimum": "score.min",
    "maximum": "score.max",
    "progress": "progress_measure",
}
_SCORES = {"scaled": "measure", "raw": "raw", "min": "minimum", "max": "maximum"}


# Elements from which no tracking information follows (RTE 4.2.2, 4.2.9, 4.2.13, 4.2.14, 4.2.21, 4.2.23), and
# those of SCORM 1.2 for the same data. Time is counted apart.
_SILENT = (
    *("cmi.location", "cmi.suspend_data", "cmi.session_time", "cmi.interactions."),
    *("cmi.comments_from_learner.", "cmi.learner_preference."),
    *("cmi.core.lesson_location", "cmi.core.session_time", "cmi.comments", "cmi.student_preference."),
)


def teaches(elements: Iterable[str]) -> bool:
    """True where an activity learns from one of these elements. Rollup (SN 4.6) reads only what activities
    have learned, so it finds nothing new after the others."""
    return not all(name.startswith(_SILENT) for name in elements)


def learned(outcome: Outcome, state: State, item: str) -> State:
    """A new state, in which the activity has learned all that its SCO has set so far.

    Values that come late, after the attempt was suspended, are still learned; after its end they are not.
    """
    activity = state.tree[item]
    record = state.record(activity)
    if not (record.active or record.suspended):
        return state
    work = state.fork()
    if record.active:
        work.change(activity, suspended=_goes_on(outcome, state, activity))
    if not activity.tracked:
        return work
    _learn_objectives(work, activity, outcome)
    _learn_primary(work, activity, outcome)
    told = [(outcome.completion_set, outcome.success_set)]
    if (name := activity.objectives[0].identifier) is not None:
        told += outcome.objectives.told(name)
    work.change(
        activity,
        completion_told=any(completion for completion, _ in told),
        success_told=any(success for _, success in told),
    )
    return work


def _goes_on(outcome: Outcome, state: State, activity: Activity) -> bool:
    """True where the attempt is suspended; in SCORM 1.2 every SCO's is, but no asset's."""
    if state.tree.standard is not Standard.SCORM_12:
        return outcome.exit == "suspend"
    return outcome.completion_set or activity.sequencing.delivery_controls.completion_set_by_content


def _reported(outcome: Outcome, base: str) -> frozenset[str]:
    """The elements below `base` that the SCO has set since it was last learned from."""
    return frozenset(name.removeprefix(base) for name in outcome.reported if name.startswith(base))


def _learn_objectives(work: State, activity: Activity, outcome: Outcome) -> None:
    """Learn from the SCO's objectives that are the activity's, in their order; there may be thousands of
    others. SCORM 2004 learns only what was reported."""
    reports = any(name.startswith(OBJECTIVES) for name in outcome.reported)
    if not reports and work.tree.standard is not Standard.SCORM_12:
        return
    index = {o.identifier: at for at, o in reversed(list(enumerate(activity.objectives))) if o.identifier}
    known = [(at, index[name], found) for name in index for at, found in outcome.objectives.called(name)]
    for at, own, objective in sorted(known, key=itemgetter(0)):
        _learn_objective(work, activity, own, objective, _reported(outcome, f"{OBJECTIVES}{at}."))


def _learn_objective(
    work: State, activity: Activity, index: int, outcome: ObjectiveOutcome, reported: frozenset[str]
) -> None:
    """Learn what was reported: other values were learned before, or the launch has told them."""
    values = _scores(outcome.score, outcome.progress_measure)
    if outcome.completion_set:
        values["completed"] = _COMPLETED.get(outcome.completion_status)
    if outcome.success_set:
        values["satisfied"] = _SATISFIED.get(outcome.success_status)
    if work.tree.standard is not Standard.SCORM_12:
        values = {name: value for name, value in values.items() if _ELEMENTS[name] in reported}
    _write(work, activity, index, values, reported)


def _learn_primary(work: State, activity: Activity, outcome: Outcome) -> None:
    """cmi.completion_status and its like are the primary objective's; a judged status counts where known."""
    values = _scores(outcome.score, outcome.progress_measure)
    completed, satisfied = _COMPLETED.get(outcome.completion_status), _SATISFIED.get(outcome.success_status)
    if outcome.completion_set or outcome.completion_status in ("completed", "incomplete"):
        values["completed"] = completed
    if outcome.success_set or satisfied is not None:
        values["satisfied"] = satisfied
    if _passes_by_completing(work, outcome):
        values["satisfied"] = True
    _write(work, activity, 0, values, _reported(outcome, "cmi."))


def _passes_by_completing(work: State, outcome: Outcome) -> bool:
    """Among several SCOs of SCORM 1.2, one that completes without a success status counts as passed."""
    several = work.tree.standard is Standard.SCORM_12 and len(work.tree.leaves) > 1
    return several and outcome.completion_status == "completed" and not outcome.success_set


def _scores(score: Score, progress: float | None) -> dict[str, Any]:
    given = {field: getattr(score, name) for name, field in _SCORES.items()} | {"progress": progress}
    return {field: value for field, value in given.items() if value is not None}


def _write(
    work: State, activity: Activity, index: int, values: dict[str, Any], reported: frozenset[str]
) -> None:
    """Write the values that have changed, and those that were reported again: another activity may have
    written the global objective meanwhile."""
    if activity.objectives[index].satisfied_by_measure:
        values.pop("satisfied", None)  # the measure decides it (SN 3.10.1)
    local = work.record(activity).objective(index)
    changed = {n: v for n, v in values.items() if getattr(local, n) != v or _ELEMENTS[n] in reported}
    if changed:
        write(work, activity, index, **changed)


def request_of(outcome: Outcome, state: State) -> Request | None:
    """The navigation request that a SCO leaves behind when it terminates (RTE 4.2.8, SN 5.6.4)."""
    if state.tree.standard is Standard.SCORM_12:
        return None
    if outcome.exit in ("time-out", "logout"):
        return Request("exitAll")
    asked = outcome.navigation
    if asked is None or not asked.startswith("{target="):
        return Request(asked) if asked else None
    target, _, name = asked.removeprefix("{target=").rpartition("}")
    return Request(name, normalised(target))
