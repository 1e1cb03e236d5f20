"""The optional parts of a course of ours: those that a session has passed (decision 25)."""

from __future__ import annotations

from courseware.package import Part
from player.playing.version import Version
from player.runtime import Outcome, Runtime, outcome

ITEM = "item-"  # begins the identifier of a SCO, before the objective of the part that it is


def passed_parts(version: Version, item: str | None, runtime: Runtime | None) -> frozenset[str]:
    """The courses that these parts are, and the variants of those for the same readers. Most courses have
    none, and cost nothing."""
    if not version.optional_parts or runtime is None:
        return frozenset()
    said = outcome(runtime)
    passed = [part for part in version.optional_parts if _is_passed(part, item, said)]
    variants = (f"{part.optional}-{part.variant}" for part in passed if part.variant)
    return frozenset((*(part.optional for part in passed), *variants))


def _is_passed(part: Part, item: str | None, said: Outcome) -> bool:
    """Passed where the part has questions, else completed: by its objective, or by its SCO where it has one
    of its own."""
    reported = next((one for one in said.objectives if one.id == part.objective), None)
    spoken = said if item == ITEM + part.objective else reported
    if spoken is None:
        return False
    if part.result == "passed":
        return spoken.success_status == "passed"
    return spoken.completion_status == "completed"
