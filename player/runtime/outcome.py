"""The values that a SCO has set, read for tracking and records in the terms of SCORM 2004."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from msgspec import Struct

from player.runtime.interpreter import Runtime
from player.runtime.table import table
from player.runtime.timespan import Timespan, parse


class Score(Struct, frozen=True, omit_defaults=True):
    scaled: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None


class ObjectiveOutcome(Struct, frozen=True):
    """One record of cmi.objectives; `*_set` is False where the status is only the default."""

    id: str
    completion_status: str
    success_status: str
    completion_set: bool
    success_set: bool
    score: Score
    progress_measure: float | None
    description: str | None


class Interaction(Struct, frozen=True):
    id: str
    type: str | None
    description: str | None
    learner_response: str | None
    correct_responses: tuple[str, ...]
    result: str | None
    weighting: float | None
    latency: float | None
    timestamp: str | None
    objectives: tuple[str, ...]


class Objectives(Sequence[ObjectiveOutcome]):
    """The records of cmi.objectives, as the session has them now. There may be thousands, so that each is
    read when it is asked for."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def __len__(self) -> int:
        return self._runtime.count(self._runtime.standard.roles["objectives"])

    @overload
    def __getitem__(self, at: int) -> ObjectiveOutcome: ...
    @overload
    def __getitem__(self, at: slice) -> list[ObjectiveOutcome]: ...
    def __getitem__(self, at: int | slice) -> ObjectiveOutcome | list[ObjectiveOutcome]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return _objective(self._runtime, places)
        return [_objective(self._runtime, place) for place in places]

    def called(self, identifier: str) -> list[tuple[int, ObjectiveOutcome]]:
        """The objectives of an id, which is normalised, with their places."""
        return [(at, self[at]) for at in self._runtime.data.objectives(identifier)]

    def told(self, identifier: str) -> list[tuple[bool, bool]]:
        """For each objective of an id, True where its completion status was set, and the same of success."""
        base = self._runtime.standard.roles["objectives"]
        places = self._runtime.data.objectives(identifier)
        return [_statuses_of(self._runtime, f"{base}.{at}")[2:] for at in places]


class Outcome(Struct, frozen=True):
    """The SCO's statuses and score. `completion_set` and `success_set` tell that the SCO set a
    status: even `unknown` stops automatic evaluation."""

    completion_status: str
    success_status: str
    completion_set: bool
    success_set: bool
    score: Score
    progress_measure: float | None
    exit: str
    navigation: str | None
    objectives: Objectives
    location: str | None
    suspend_data: str | None
    reported: frozenset[str] = frozenset()  # elements that were set since the outcome was last learned


def outcome(runtime: Runtime) -> Outcome:
    """Read a session that runs or has ended."""
    roles = runtime.standard.roles
    completion, success = statuses(runtime)
    navigation = runtime.get(roles["navigation"]) if "navigation" in roles else None
    completion_set, success_set = _spoken(runtime)
    return Outcome(
        completion_status=completion,
        success_status=success,
        completion_set=completion_set,
        success_set=success_set,
        score=_score(runtime, roles["score"]),
        progress_measure=_number(runtime, roles.get("progress")),
        exit=runtime.get(roles["exit"]) or "",
        navigation=None if navigation == "_none_" else navigation,
        objectives=Objectives(runtime),
        location=runtime.get(roles["location"]),
        suspend_data=runtime.get(roles["suspend_data"]),
        reported=frozenset(runtime.reported),
    )


def interactions_of(runtime: Runtime) -> tuple[Interaction, ...]:
    """Read every interaction, for records; no commit reads them, because there may be thousands."""
    count = runtime.count(runtime.standard.roles["interactions"])
    return tuple(_interaction(runtime, at) for at in range(count))


def times(runtime: Runtime) -> tuple[Timespan, Timespan]:
    """Return the time of this session, and the total time with it."""
    name, roles = runtime.standard.name, runtime.standard.roles
    session = parse(name, runtime.get(roles["session_time"]))
    return session, parse(name, runtime.get(roles["total_time"])) + session


def statuses(runtime: Runtime) -> tuple[str, str]:
    """Return completion and success status; where the package defines a threshold, the measure decides."""
    roles = runtime.standard.roles
    if "status" in roles:
        return _WORDS_12[lesson_status(runtime)]
    return runtime.get(roles["completion"]) or "unknown", runtime.get(roles["success"]) or "unknown"


_WORDS_12 = {
    "passed": ("completed", "passed"),
    "failed": ("completed", "failed"),
    "completed": ("completed", "unknown"),
    "incomplete": ("incomplete", "unknown"),
    "browsed": ("incomplete", "unknown"),
    "not attempted": ("not attempted", "unknown"),
}


def lesson_status(runtime: Runtime) -> str:
    """Return the status after LMSFinish (SCORM 1.2 RTE 3.4.4). A mastery score outweighs the SCO's own
    status, unless the SCO is incomplete and suspended: then nobody has failed yet."""
    roles = runtime.standard.roles
    said = runtime.get(roles["status"]) or "not attempted"
    if not runtime.terminated:
        return "incomplete" if said == "not attempted" and runtime.initialized else said
    if said == "not attempted":
        said = "browsed" if runtime.get(roles["mode"]) == "browse" else "completed"
    mastery, raw = _number(runtime, roles["mastery"]), _number(runtime, f"{roles['score']}.raw")
    counts = runtime.get(roles["mode"]) == "normal" and runtime.get(roles["credit"]) == "credit"
    if mastery is None or raw is None or not counts:
        return said
    if raw >= mastery:
        return "passed"
    goes_on = said == "incomplete" and runtime.get(roles["exit"]) == "suspend"
    return said if goes_on else "failed"


def _spoken(runtime: Runtime) -> tuple[bool, bool]:
    roles = runtime.standard.roles
    if "status" in roles:
        completion, success = statuses(runtime)
        return completion != "not attempted", success != "unknown"
    return runtime.is_set(roles["completion"]), runtime.is_set(roles["success"])


def _number(runtime: Runtime, name: str | None) -> float | None:
    value = runtime.get(name) if name else None
    return float(value) if value else None


def _score(runtime: Runtime, name: str) -> Score:
    raw, low, high = (_number(runtime, f"{name}.{part}") for part in ("raw", "min", "max"))
    if runtime.standard.name == "2004":
        return Score(_number(runtime, f"{name}.scaled"), raw, low, high)
    scaled = None if raw is None else min(raw / (high or 100), 1.0)
    return Score(scaled, raw, low, high)


def _statuses_of(runtime: Runtime, base: str) -> tuple[str, str, bool, bool]:
    """Completion and success of an objective, and for each whether it is more than the default."""
    if runtime.standard.name == "1.2":
        completion, success = _WORDS_12[runtime.get(f"{base}.status") or "not attempted"]
        return completion, success, runtime.is_set(f"{base}.status"), success != "unknown"
    names = f"{base}.completion_status", f"{base}.success_status"
    completion, success = (runtime.get(name) or "unknown" for name in names)
    return completion, success, runtime.is_set(names[0]), runtime.is_set(names[1])


def _objective(runtime: Runtime, at: int) -> ObjectiveOutcome:
    base = f"{runtime.standard.roles['objectives']}.{at}"
    completion, success, completion_set, success_set = _statuses_of(runtime, base)
    return ObjectiveOutcome(
        id=runtime.get(f"{base}.id") or "",
        completion_status=completion,
        success_status=success,
        completion_set=completion_set,
        success_set=success_set,
        score=_score(runtime, f"{base}.score"),
        progress_measure=_number(runtime, f"{base}.progress_measure"),
        description=runtime.get(f"{base}.description"),
    )


def _interaction(runtime: Runtime, at: int) -> Interaction:
    roles = runtime.standard.roles
    base = f"{roles['interactions']}.{at}"
    latency = runtime.get(f"{base}.latency")
    result = runtime.get(f"{base}.result")
    return Interaction(
        id=runtime.get(f"{base}.id") or "",
        type=runtime.get(f"{base}.type"),
        description=runtime.get(f"{base}.description"),
        learner_response=runtime.get(f"{base}.{roles['response']}"),
        correct_responses=_list(runtime, f"{base}.correct_responses", "pattern"),
        result="incorrect" if result == "wrong" else result,
        weighting=_number(runtime, f"{base}.weighting"),
        latency=parse(runtime.standard.name, latency).seconds if latency else None,
        timestamp=runtime.get(f"{base}.{roles['timestamp']}"),
        objectives=_list(runtime, f"{base}.objectives", "id"),
    )


def _list(runtime: Runtime, collection: str, leaf: str) -> tuple[str, ...]:
    values = (runtime.get(f"{collection}.{at}.{leaf}") for at in range(runtime.count(collection)))
    return tuple(value for value in values if value is not None)


def text_of(value: str) -> str:
    """Return a langstring or a response without its leading delimiters, of which `lang` is the last."""
    while delimiter := table().delimiter.match(value):
        value = value[delimiter.end() :]
        if delimiter[1] == "lang":
            break
    return value
