"""The evidence of a step: an attempt that it completes is filed in the step's own transaction,
with the due day that follows from it.

A step that completes nothing costs no query. The log is no cause of evidence: to replay or to fold it adds
none.
"""

from __future__ import annotations

from player.playing.awards import newly_completed, newly_failed
from player.playing.step import Step
from player.records import due, evidence
from player.records.database import Connection

FAILED = "The questions after the pages were failed."
ABANDONED = "The attempt was abandoned."


def file_evidence(tx: Connection, step: Step) -> None:
    """Add the completion of an attempt, or void one that the step takes back."""
    known = step.before.attempt
    after = step.finished or step.registration.attempt
    if known is None or after is None:
        return
    change = None
    if step.is_abandoned and step.before.session is not None:
        since = step.before.session.started
        change = evidence.void_completion(tx, step.before.id, after.number, since, step.now, ABANDONED)
    elif newly_failed(step.before, after):
        change = evidence.void_completion(tx, step.before.id, after.number, known.started, step.now, FAILED)
    if newly_completed(step.before, step.registration, after):
        change = evidence.add_completion(tx, step.before.id, after.number, step.now) or change
    if change is not None and change.school is not None:
        for school in (change.school, *change.shown_to):
            due.refresh_pair(tx, school, change.today, change.person, change.course)
