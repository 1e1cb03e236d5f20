"""The optional parts of a course of ours in words: each is a course of its own, and the course does not need
it (decision 25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from courseware.package import Part
from player.runtime import ObjectiveOutcome


@dataclass(frozen=True, slots=True)
class OptionalPart:
    """A part with its state, "passed", "completed", "not passed yet", "in progress" or "not started"; `done`
    is the day on which it was passed or completed, where that is on record."""

    title: str
    state: str
    done: date | None = None


def optional_parts(
    parts: Sequence[Part], reported: Sequence[ObjectiveOutcome], done: Mapping[str, date] | None = None
) -> tuple[OptionalPart, ...]:
    """What a session has reported of them; what is on record as done stays so."""
    said = {one.id: one for one in reported}
    days = done or {}
    return tuple(
        OptionalPart(part.title, _state(part, parts, said, part.optional in days), days.get(part.optional))
        for part in parts
        if part.result
    )


def _state(part: Part, parts: Sequence[Part], said: Mapping[str, ObjectiveOutcome], is_done: bool) -> str:
    result = said.get(part.objective)
    if is_done or (result is not None and _counts(part, result)):
        return part.result
    if result is not None and result.success_status == "failed":
        return "not passed yet"
    own = (one.objective for one in parts if one.optional == part.optional)
    begun = any(said[name].completion_status in ("incomplete", "completed") for name in own if name in said)
    return "in progress" if begun else "not started"


def _counts(part: Part, result: ObjectiveOutcome) -> bool:
    if part.result == "passed":
        return result.success_status == "passed"
    return result.completion_status == "completed"
