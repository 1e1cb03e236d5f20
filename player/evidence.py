"""The evidence of a step: an attempt that it completes is filed in the step's own transaction,
with the due day that follows from it.

It is evidence of the course, of the course that this is a variant of, and an optional part of it is evidence
of the course that the part is (decision 25). A step that completes nothing costs no query. The log is no
cause of evidence: to replay or to fold it adds none.
"""

from __future__ import annotations

from collections.abc import Iterator

from player.playing.awards import newly_completed, newly_failed
from player.playing.step import Step
from player.playing.values import Attempt
from player.records import due, evidence
from player.records.database import Connection
from player.records.evidence import Trained

FAILED = "The questions after the pages were failed."
ABANDONED = "The attempt was abandoned."


def file_evidence(tx: Connection, step: Step) -> None:
    """Add the completion of an attempt, or void one that the step takes back."""
    known = step.before.attempt
    after = step.finished or step.registration.attempt
    if known is None or after is None:
        return
    for change in (*_taken_back(tx, step, known, after), *_completed(tx, step, after)):
        for school in (change.school, *change.shown_to):
            if school is not None:
                due.refresh_pair(tx, school, change.today, change.person, change.course)


def _taken_back(tx: Connection, step: Step, known: Attempt, after: Attempt) -> list[Trained]:
    registration, version = step.before.id, step.version
    if step.is_abandoned and step.before.session is not None:
        since = step.before.session.started
        return evidence.void_completions(tx, registration, after.number, since, step.now, ABANDONED)
    if not newly_failed(step.before, after):
        return []
    own = (version.course, version.source_course)  # what was passed of an optional part stays
    return evidence.void_completions(tx, registration, after.number, known.started, step.now, FAILED, own)


def _completed(tx: Connection, step: Step, after: Attempt) -> Iterator[Trained]:
    registration, version = step.before.id, step.version
    if newly_completed(step.before, step.registration, after):
        for course in dict.fromkeys((version.course, version.source_course)):
            yield from evidence.add_completion(tx, registration, after.number, step.now, course)
    if not step.is_abandoned:
        again = step.registration.completed is not None
        for course in step.passed_parts:
            yield from evidence.add_completion(tx, registration, after.number, step.now, course, again=again)
