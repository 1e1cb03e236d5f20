"""The launch of a SCO: values from the tree (RTE 4.2), with the data that its last session left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from courseware.package import Item, SharedData, Standard, normalised
from player.runtime import Access, Launch, Store, launch
from player.sequencing import Activity, Progress, State
from player.sequencing.objectives import position, shown
from player.tracking.editions import MARKS, still_scored


@dataclass(frozen=True, slots=True)
class Learner:
    """The learner's id and name, as the SCO reads them."""

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
    held_against: str | None = None,
    room: int | None = None,
) -> Launch:
    """A session's start; `carried` is what the item's last session left, `held_against` its scores' mark
    (None: the same as now), `resumed` what delivery said, `room` how many characters it may hold at most."""
    activity = state.tree[item]
    defined = activity.item
    if state.tree.standard is Standard.SCORM_12:
        given = _given_12(defined, learner)
        scored = still_scored(carried, held_against, given.get(MARKS["1.2"], ""))
        return launch("1.2", given, scored, room=room)
    kept = {k: v for k, v in carried.items() if not k.startswith("adl.")} if resumed else {}
    given = _given_2004(activity, learner) | {"cmi.entry": "resume" if resumed else "ab-initio"}
    scored = still_scored(kept, held_against, given.get(MARKS["2004"], ""))
    kept = _with_objectives(state, activity, scored)
    shared = defined.shared_data if defined is not None else ()
    return launch("2004", given, kept, [_store(s, stores) for s in shared], room=room)


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
            MARKS["1.2"]: mastery,
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
            MARKS["2004"]: _number(primary.minimum_normalized_measure) if by_measure else "",
            "cmi.completion_threshold": (
                _number(threshold.min_progress_measure) if threshold.completed_by_measure else ""
            ),
        }
    )


def _said(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value != ""}


def _with_objectives(state: State, activity: Activity, carried: Mapping[str, str]) -> dict[str, str]:
    """The data that was carried, with cmi.objectives of the manifest, in its order, as they are now.

    A resumed SCO finds its own report while a global objective that it reads is unknown (OB-14b), but no
    status that only a measure could decide (SN 3.10.1).
    """
    values = dict(carried)
    places = _places(carried)
    free = count(sum(1 for _ in _identifiers(carried)))
    for objective in activity.objectives:
        if objective.identifier:
            at = places[objective.identifier] if objective.identifier in places else next(free)
            seen = shown(state, activity, position(activity, objective.identifier))
            if objective.satisfied_by_measure:
                values.pop(f"cmi.objectives.{at}.success_status", None)
            values |= _told(f"cmi.objectives.{at}", seen)
            values[f"cmi.objectives.{at}.id"] = objective.identifier
    return values


def _places(values: Mapping[str, str]) -> dict[str, int]:
    """The index of each of the SCO's objectives; the first of two that are the same counts."""
    named = [(normalised(identifier), at) for at, identifier in enumerate(_identifiers(values))]
    return dict(reversed(named))


def _identifiers(values: Mapping[str, str]) -> Iterator[str]:
    for at in count():
        identifier = values.get(f"cmi.objectives.{at}.id")
        if identifier is None:
            return
        yield identifier


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
    """A number as a SCO may read it back: ten decimals at most, no exponent, no trailing zeros."""
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
