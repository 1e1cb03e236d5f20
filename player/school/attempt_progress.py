"""The progress of an attempt, by the most precise that is known: lessons, else activities, else one
figure."""

from __future__ import annotations

from collections.abc import Sequence

from courseware.package import Part
from player.playing.optional_parts import ITEM
from player.playing.version import Version
from player.records import reporting
from player.records.database import Transaction
from player.records.play_tables import AttemptRow, RegistrationRow
from player.runtime import outcome
from player.school.lessons import lessons
from player.school.progress import CourseProgress, progress


def _needed(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Without what is optional, which no progress counts."""
    return tuple(part for part in parts if not part.optional)


def attempt_progress(
    tx: Transaction,
    version: Version,
    registration: RegistrationRow,
    attempt: AttemptRow,
    minutes: int | None,
) -> CourseProgress:
    """The progress of the registration's latest attempt."""
    provenance = version.package.provenance
    touched = reporting.activities(tx, attempt.id)
    if provenance is not None and provenance.parts and len(version.tree.leaves) == 1 and touched:
        runtime = touched[0][1][-1].runtime()
        by_lessons = lessons(_needed(provenance.parts), outcome(runtime)) if runtime else None
        if by_lessons is not None:
            return by_lessons
    optional = {ITEM + part.objective for part in version.optional_parts}
    return progress(
        [leaf for leaf in version.tree.leaves if leaf.identifier not in optional],
        {activity.item: activity for activity, _ in touched},
        reporting.current_item(tx, registration),
        attempt.progress_measure,
        minutes,
    )
