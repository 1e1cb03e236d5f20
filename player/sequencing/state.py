"""The tracking information of one learner's tree (SN 4.2): a table of frozen records."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from .trace import TraceStep
from .tree import Activity, Tree

Draw = Callable[[], float]


class Progress(Struct, frozen=True):
    """Objective progress information (SN 4.2.1.2); the primary one also holds the attempt's completion.

    `None` is the standard's "status false", that is, unknown.
    """

    satisfied: bool | None = None
    measure: float | None = None
    raw: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    completed: bool | None = None
    progress: float | None = None


UNKNOWN = Progress()


class Overwritten(Struct, frozen=True):
    """A value of a global objective that the current attempt's reports replaced."""

    target: str
    name: str  # a field of Progress
    before: Any
    written: Any


class Record(Struct, frozen=True):
    """An activity's progress and state information (SN 4.2.1.3 to 4.2.1.6)."""

    objectives: tuple[Progress, ...] = ()  # by position in the activity's objectives; short means unknown
    attempts: int = 0
    active: bool = False
    suspended: bool = False
    completion_told: bool = False  # the SCO set it, even to "unknown": no automatic completion (UP.4)
    success_told: bool = False
    stale_objectives: bool = False  # recorded before the parent's current attempt (SN 3.2.7)
    stale_progress: bool = False
    available: tuple[str, ...] | None = None  # available children, None for all in the manifest's order
    spent: bool = False  # an attempt has ended: children are randomized anew before the next
    overwritten: tuple[Overwritten, ...] = ()  # by an attempt that has not ended: abandoning puts it back
    clusters_before: tuple[tuple[str, Progress], ...] = ()  # above a suspended attempt, before it rolled up

    def objective(self, position: int) -> Progress:
        return self.objectives[position] if position < len(self.objectives) else UNKNOWN

    def with_objective(self, position: int, progress: Progress) -> Record:
        missing = (UNKNOWN,) * (position - len(self.objectives))
        grown = self.objectives + missing
        return replace(self, objectives=(*grown[:position], progress, *grown[position + 1 :]))


FRESH = Record()


class State(Struct):
    """All tracking information of a tree; the processes work on a `fork` and leave the state unchanged."""

    tree: Tree
    records: dict[str, Record] = field(default_factory=dict)
    global_objectives: dict[str, Progress] = field(default_factory=dict)
    written: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # to global objectives, since it was read
    current: Activity | None = None
    suspended: Activity | None = None
    steps: list[TraceStep] | None = None  # the trace, while one is kept
    stops: dict[str, Activity | None] | None = None  # found by look-ahead, in a state that changes no more

    def fork(self, *, traced: bool = False) -> State:
        """A copy that shares the frozen records; changes to it do not change this one."""
        steps: list[TraceStep] | None = [] if traced else None
        return State(
            self.tree,
            dict(self.records),
            dict(self.global_objectives),
            {target: dict(values) for target, values in self.written.items()},
            self.current,
            self.suspended,
            steps,
        )

    def record(self, activity: Activity) -> Record:
        return self.records.get(activity.identifier, FRESH)

    def put(self, activity: Activity, record: Record) -> None:
        self.records[activity.identifier] = record

    def change(self, activity: Activity, **changes: Any) -> None:
        record = self.record(activity)
        if any(getattr(record, name) != value for name, value in changes.items()):
            self.put(activity, replace(record, **changes))

    def note(self, clause: str, activity: Activity | None, sentence: str) -> None:
        if self.steps is not None:
            self.steps.append(TraceStep(clause, activity.identifier if activity else None, sentence))

    def children(self, activity: Activity) -> tuple[Activity, ...]:
        """The available children (SN 4.2.1.6)."""
        available = self.record(activity).available
        if available is None:
            return activity.children
        return tuple(self.tree[identifier] for identifier in available)

    def is_available(self, activity: Activity) -> bool:
        parent = activity.parent
        if parent is None:
            return True
        available = self.record(parent).available
        return available is None or activity.identifier in available

    def place(self, activity: Activity) -> int | None:
        """Its place among its parent's available children; None where it is not one of them."""
        if activity.parent is None:
            return 0
        available = self.record(activity.parent).available
        if available is None:
            return activity.index
        return available.index(activity.identifier) if activity.identifier in available else None

    def to_json(self) -> dict[str, Any]:
        """The JSON value that a registration keeps; default values are left out."""
        data: dict[str, Any] = {
            "current": self.current.identifier if self.current else None,
            "suspended": self.suspended.identifier if self.suspended else None,
            "activities": {key: _record_json(r) for key, r in self.records.items() if r != FRESH},
            "objectives": {key: _changed(p, UNKNOWN) for key, p in self.global_objectives.items()},
        }
        return {key: value for key, value in data.items() if value}

    @classmethod
    def from_json(cls, tree: Tree, data: dict[str, Any]) -> State:
        """A state from its JSON; activities that the package no longer has are passed over."""
        records = {
            key: _record(r) for key, r in data.get("activities", {}).items() if tree.get(key) is not None
        }
        return cls(
            tree,
            {key: _trimmed(tree, record) for key, record in records.items()},
            {key: Progress(**p) for key, p in data.get("objectives", {}).items()},
            current=tree.get(data.get("current") or ""),
            suspended=tree.get(data.get("suspended") or ""),
        )


def _changed(value: Progress | Record, default: Progress | Record) -> dict[str, Any]:
    names, read = _FIELDS[type(value)]
    pairs = zip(names, read(value), read(default), strict=True)
    return {name: one for name, one, usual in pairs if one != usual}


_FIELDS = {
    kind: (names, attrgetter(*names)) for kind in (Progress, Record) for names in [kind.__struct_fields__]
}


def _record_json(record: Record) -> dict[str, Any]:
    data = _changed(record, FRESH)
    if "objectives" in data:
        data["objectives"] = [_changed(p, UNKNOWN) for p in record.objectives]
    if "available" in data:
        data["available"] = list(data["available"])
    if "overwritten" in data:
        data["overwritten"] = [astuple(value) for value in record.overwritten]
    if "clusters_before" in data:
        data["clusters_before"] = {key: _changed(p, UNKNOWN) for key, p in record.clusters_before}
    return data


def _record(data: dict[str, Any]) -> Record:
    data = dict(data)
    data["objectives"] = tuple(Progress(**p) for p in data.get("objectives", ()))
    if data.get("available") is not None:
        data["available"] = tuple(data["available"])
    data["overwritten"] = tuple(Overwritten(*values) for values in data.get("overwritten", ()))
    before = data.get("clusters_before", {})
    data["clusters_before"] = tuple((key, Progress(**p)) for key, p in before.items())
    return Record(**data)


def _trimmed(tree: Tree, record: Record) -> Record:
    if record.available is None:
        return record
    return replace(record, available=tuple(i for i in record.available if tree.get(i) is not None))
