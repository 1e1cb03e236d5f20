"""The optional parts of a course of ours: those that a session has passed (decision 25)."""

from __future__ import annotations

from courseware.package import Part
from player.playing.version import Version
from player.runtime import ObjectiveOutcome, Runtime, outcome


def passed_parts(version: Version, runtime: Runtime | None) -> frozenset[str]:
    """The courses that these parts are. Most courses have none, and cost nothing."""
    parts = {part.objective: part for part in version.optional_parts}
    if not parts or runtime is None:
        return frozenset()
    reported = [one for one in outcome(runtime).objectives if one.id in parts]
    return frozenset(parts[one.id].optional for one in reported if _counts(parts[one.id], one))


def _counts(part: Part, reported: ObjectiveOutcome) -> bool:
    """Passed where the part has questions, else completed."""
    if part.result == "passed":
        return reported.success_status == "passed"
    return reported.completion_status == "completed"
