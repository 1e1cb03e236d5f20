"""A learner's global objectives: the values that each course has written, and those that a course finds.

A course whose organization leaves `objectivesGlobalToSystem` true shares its global objectives with all other
such courses of the learner (CAM 5.1.1, SN 3.10.3). A course that is taken again after it was completed finds
none that it has written itself, so that no part of it is skipped; the other courses still find them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from player.sequencing import Progress, State

Values = Mapping[str, Mapping[str, Any]]  # by global objective and field of Progress
Dated = dict[str, dict[str, tuple[Any, int]]]  # the same, each value with its place in the order of writing
Incoming = Callable[[State, bool], Values]  # what a state is to receive; True where the course begins anew
FIELDS = Progress.__struct_fields__
UNKNOWN = Progress()


@dataclass(frozen=True, slots=True)
class CourseObjectives:
    """The values that one course has written; `earlier` is what it wrote before it was taken again."""

    present: Dated = field(default_factory=dict)
    earlier: Dated = field(default_factory=dict)

    def written(self, values: Values, order: int) -> CourseObjectives:
        """With new values."""
        return CourseObjectives(_merged(self.present, _dated(values, order)), self.earlier)

    def begun_anew(self) -> CourseObjectives:
        """The course is taken again: all that it has written is from before."""
        return CourseObjectives({}, _merged(self.earlier, self.present))


NOTHING = CourseObjectives()


def incoming(course: str, objectives: Mapping[str, CourseObjectives]) -> Incoming:
    """The function that finds what a course's state receives, from the learner's objectives by course."""

    def differences(state: State, anew: bool) -> Values:
        if not state.tree.objectives_global_to_system:
            return {}
        received = _latest(_readable(course, objectives, anew=anew))
        return {
            target: changed
            for target in state.tree.readers
            if (changed := _changed(state, target, received.get(target, {})))
        }

    return differences


def after_step(
    course: str, objectives: Mapping[str, CourseObjectives], written: Sequence[Values]
) -> CourseObjectives:
    """The values of a course after a step; the first of two parts was written before it began anew."""
    known = objectives.get(course, NOTHING)
    if len(written) == 1 and not written[0]:
        return known
    order = _next_order(objectives)
    for place, values in enumerate(written):
        if place > 0:
            known = known.begun_anew()
        if values:
            known = known.written(values, order + place)
    return known


def _next_order(objectives: Mapping[str, CourseObjectives]) -> int:
    dated = (part for course in objectives.values() for part in (course.present, course.earlier))
    return 1 + max((o for part in dated for values in part.values() for _, o in values.values()), default=0)


def _readable(course: str, objectives: Mapping[str, CourseObjectives], *, anew: bool) -> Iterable[Dated]:
    for writer, written in objectives.items():
        if writer != course:
            yield written.earlier
        if writer != course or not anew:
            yield written.present


def _latest(parts: Iterable[Dated]) -> Dated:
    latest: Dated = {}
    for part in parts:
        latest = _merged(latest, part)
    return latest


def _merged(one: Dated, other: Dated) -> Dated:
    """The later of each value."""
    merged = {target: dict(values) for target, values in one.items()}
    for target, values in other.items():
        known = merged.setdefault(target, {})
        for name, (value, order) in values.items():
            if name not in known or known[name][1] <= order:
                known[name] = (value, order)
    return merged


def _dated(values: Values, order: int) -> Dated:
    return {target: {n: (v, order) for n, v in named.items()} for target, named in values.items()}


def _changed(state: State, target: str, received: Mapping[str, tuple[Any, int]]) -> dict[str, Any]:
    """Values that differ from the state's; what the state has just written is the latest."""
    known, written = state.global_objectives.get(target, UNKNOWN), state.written.get(target, {})
    wanted = {name: received[name][0] if name in received else None for name in FIELDS if name not in written}
    return {name: value for name, value in wanted.items() if getattr(known, name) != value}
