"""Between a SCO and its activity: what the run-time data say is learned, what the tree knows is launched.

The only module that knows both sides. RTE 4.2 ("sequencing impacts" of each element) is its clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from courseware.package import Item, SharedData, Standard, normalised
from player.runtime import Access, Launch, ObjectiveOutcome, Outcome, Runtime, Score, Store, launch
from player.sequencing import Activity, Progress, Request, State, Tree
from player.sequencing.contents import verdict_given
from player.sequencing.objectives import position, read, shown, write
from player.sequencing.rollup import overall_rollup

_COMPLETED = {"completed": True, "incomplete": False, "not attempted": False}
_SATISFIED = {"passed": True, "failed": False}
_SCORES = {"scaled": "measure", "raw": "raw", "min": "minimum", "max": "maximum"}


def learned(outcome: Outcome, state: State, item: str) -> State:
    """What a SCO has set so far, as tracking information of its activity, in a new state.

    What comes late, after its attempt was suspended, is still learned; what comes after its end is not.
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
    for objective in outcome.objectives:
        _learn_objective(work, activity, objective)
    _learn_primary(work, activity, outcome)
    primary = [o for o in outcome.objectives if normalised(o.id) == activity.objectives[0].identifier]
    work.change(
        activity,
        completion_told=outcome.completion_set or any(o.completion_set for o in primary),
        success_told=outcome.success_set or any(o.success_set for o in primary),
    )
    return work


def _goes_on(outcome: Outcome, state: State, activity: Activity) -> bool:
    """SCORM 1.2 has no attempts: what a SCO began goes on; an asset that says nothing ends by being left."""
    if state.tree.standard is not Standard.SCORM_12:
        return outcome.exit == "suspend"
    return outcome.completion_set or activity.sequencing.delivery_controls.completion_set_by_content


def _learn_objective(work: State, activity: Activity, outcome: ObjectiveOutcome) -> None:
    identifier = normalised(outcome.id)
    known = [o.identifier for o in activity.objectives]
    if not identifier or identifier not in known:
        return
    values = _scores(outcome.score, outcome.progress_measure)
    if outcome.completion_set:
        values["completed"] = _COMPLETED.get(outcome.completion_status)
    if outcome.success_set:
        values["satisfied"] = _SATISFIED.get(outcome.success_status)
    _write(work, activity, known.index(identifier), values)


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
    _write(work, activity, 0, values)


def _passes_by_completing(work: State, outcome: Outcome) -> bool:
    """Among several SCOs of SCORM 1.2 one that has no verdict to give must not hold up the others'."""
    several = work.tree.standard is Standard.SCORM_12 and len(work.tree.leaves) > 1
    return several and outcome.completion_status == "completed" and not outcome.success_set


def _scores(score: Score, progress: float | None) -> dict[str, Any]:
    given = {field: getattr(score, name) for name, field in _SCORES.items()} | {"progress": progress}
    return {field: value for field, value in given.items() if value is not None}


def _write(work: State, activity: Activity, index: int, values: dict[str, Any]) -> None:
    objective = activity.objectives[index]
    if objective.satisfied_by_measure and values.get("measure") is not None:
        values["satisfied"] = values["measure"] >= objective.minimum_normalized_measure
    threshold = activity.threshold
    if index == 0 and threshold.completed_by_measure and values.get("progress") is not None:
        values["completed"] = values["progress"] >= threshold.min_progress_measure
    local, seen = work.record(activity).objective(index), shown(work, activity, index)
    changed = {n: v for n, v in values.items() if getattr(local, n) != v or getattr(seen, n) != v}
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


@dataclass(frozen=True, slots=True)
class Learner:
    """Who takes it, as the SCO is told."""

    identifier: str
    name: str


def launch_for(
    state: State,
    item: str,
    learner: Learner,
    *,
    carried: Mapping[str, str],
    resumed: bool,
    stores: Mapping[str, str | None],
) -> Launch:
    """A session's start; `carried` is what the item's last session left and `resumed` what delivery said."""
    activity = state.tree[item]
    defined = activity.item
    if state.tree.standard is Standard.SCORM_12:
        return launch("1.2", _given_12(defined, learner), carried)
    kept = {k: v for k, v in carried.items() if not k.startswith("adl.")} if resumed else {}
    given = _given_2004(activity, learner) | {"cmi.entry": "resume" if resumed else "ab-initio"}
    kept = {**kept, **_objective_values(state, activity, kept)}
    shared = defined.shared_data if defined is not None else ()
    return launch("2004", given, kept, [_store(s, stores) for s in shared])


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


def unscored(launch: Launch, last: Runtime) -> Launch:
    """The launch of a SCO whose last session was held against another mark: its scores stay behind."""
    mark = MARKS[last.standard.name]
    values = launch["values"]
    if last.standard.name != launch["standard"] or (last.get(mark) or "") == values.get(mark, ""):
        return launch
    kept = {name: value for name, value in values.items() if not SCORES.match(name)}
    return {**launch, "values": kept}


MARKS = {"1.2": "cmi.student_data.mastery_score", "2004": "cmi.scaled_passing_score"}
SCORES = re.compile(r"cmi\.(?:core\.|objectives\.[0-9]+\.)?score\.")


def _mark(activity: Activity) -> float | None:
    """From 0 to 1; none where nobody but the SCO judges."""
    item, primary = activity.item, activity.objectives[0]
    if item is not None and item.mastery_score is not None:
        return item.mastery_score / 100
    return primary.minimum_normalized_measure if primary.satisfied_by_measure else None


def _given_12(item: Item | None, learner: Learner) -> dict[str, str]:
    values = {
        "cmi.core.student_id": learner.identifier,
        "cmi.core.student_name": learner.name,
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.entry": "ab-initio",
    }
    if item is None:
        return values
    mastery = "" if item.mastery_score is None else f"{item.mastery_score:g}"
    return values | _said(
        {
            "cmi.launch_data": item.launch_data,
            "cmi.student_data.mastery_score": mastery,
            "cmi.student_data.max_time_allowed": item.max_time_allowed,
            "cmi.student_data.time_limit_action": item.time_limit_action,
        }
    )


def _given_2004(activity: Activity, learner: Learner) -> dict[str, str]:
    primary, threshold = activity.objectives[0], activity.threshold
    by_measure = primary.satisfied_by_measure
    item = activity.item
    return {
        "cmi.learner_id": learner.identifier,
        "cmi.learner_name": learner.name,
        "cmi.credit": "credit",
        "cmi.mode": "normal",
    } | _said(
        {
            "cmi.launch_data": item.launch_data if item is not None else "",
            "cmi.time_limit_action": item.time_limit_action if item is not None else "",
            "cmi.max_time_allowed": activity.sequencing.limit_conditions.attempt_absolute_duration_limit
            or "",
            "cmi.scaled_passing_score": _number(primary.minimum_normalized_measure) if by_measure else "",
            "cmi.completion_threshold": (
                _number(threshold.min_progress_measure) if threshold.completed_by_measure else ""
            ),
        }
    )


def _said(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value != ""}


def _objective_values(state: State, activity: Activity, carried: Mapping[str, str]) -> dict[str, str]:
    """cmi.objectives from the manifest's objectives, in its order; shared ones are told anew."""
    values: dict[str, str] = {}
    identified = [o for o in activity.objectives if o.identifier]
    for objective in identified:
        at = _place({**carried, **values}, objective.identifier or "")
        seen = shown(state, activity, position(activity, objective.identifier))
        values |= _told(f"cmi.objectives.{at}", seen)
        values[f"cmi.objectives.{at}.id"] = objective.identifier or ""
    return values


def _place(values: Mapping[str, str], identifier: str) -> int:
    """Where an objective stands among the SCO's, or the next free place."""
    at = 0
    while (found := values.get(f"cmi.objectives.{at}.id")) is not None and normalised(found) != identifier:
        at += 1
    return at


def _told(base: str, seen: Progress) -> dict[str, str]:
    numbers = {
        "score.scaled": seen.measure,
        "score.raw": seen.raw,
        "score.min": seen.minimum,
        "score.max": seen.maximum,
        "progress_measure": seen.progress,
    }
    values = {f"{base}.{name}": _number(n) for name, n in numbers.items() if n is not None}
    if seen.satisfied is not None:
        values[f"{base}.success_status"] = "passed" if seen.satisfied else "failed"
    if seen.completed is not None:
        values[f"{base}.completion_status"] = "completed" if seen.completed else "incomplete"
    return values


def _number(value: float) -> str:
    """As a SCO may read it back: ten digits, no exponent, no trailing zeros."""
    return f"{value:.10f}".rstrip("0").rstrip(".") or "0"


_ACCESS: dict[tuple[bool, bool], Access] = {
    (True, True): "read-write",
    (True, False): "read-only",
    (False, True): "write-only",
    (False, False): "none",
}


def _store(shared: SharedData, stores: Mapping[str, str | None]) -> Store:
    access = _ACCESS[shared.read, shared.write]
    return {"id": shared.target, "access": access, "value": stores.get(shared.target)}


@dataclass(frozen=True, slots=True)
class Summary:
    """A registration's result: the root's, or the SCO's own where there is one only."""

    completion_status: str
    success_status: str
    score: Score
    progress_measure: float | None


def summary(state: State) -> Summary:
    """What the tree amounts to now, with what the current SCO has said so far rolled up."""
    tree, here = state.tree, state.current or state.suspended
    if here is not None:
        state = state.fork()
        overall_rollup(state, here)
    activity = tree.leaves[0] if len(tree.leaves) == 1 else tree.root
    seen = read(state, activity)
    if not verdict_given(state, activity):
        seen = replace(seen, satisfied=None)
    return Summary(
        completion_status=_completion_word(seen, attempted=state.record(activity).attempts > 0),
        success_status={True: "passed", False: "failed", None: "unknown"}[seen.satisfied],
        score=Score(seen.measure, seen.raw, seen.minimum, seen.maximum),
        progress_measure=seen.progress,
    )


def settled(state: State, item: str) -> bool:
    """Whether an activity counts as completed, be it only because its content said nothing (UP.4)."""
    return read(state, state.tree[item]).completed is True


def _completion_word(seen: Progress, *, attempted: bool) -> str:
    if seen.completed is None:
        return "unknown" if attempted else "not attempted"
    return "completed" if seen.completed else "incomplete"
