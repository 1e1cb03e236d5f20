"""Steps of a registration written to the tables, and what the process keeps of one afterwards."""

from __future__ import annotations

import json
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from player.ahead import TakenStep
from player.evidence import file_evidence
from player.playing.global_objectives import NOTHING, after_step
from player.playing.protocol import SentCommit
from player.playing.step import MarkedView, Step
from player.playing.values import Commit, Registration, Session
from player.records import learner_objectives, log, registration_writing
from player.records.database import Connection
from player.records.glance import Glance, glance_of
from player.records.launches import LaunchLink
from player.records.learner_objectives import LearnerObjectives
from player.runtime.table import table
from player.session_cache import ParsedSession


class Written(Struct, frozen=True):
    """A step that is in the tables, the link that it came by, and the glance that the tables now give."""

    link: LaunchLink
    step: Step
    glance: Glance | None

    def kept(self, marked: MarkedView) -> ParsedSession:
        """The part that the process keeps."""
        step = self.step
        session = step.session
        weight = len(step.registration.tree) + _written_characters(step.before.session, session)
        if step.runtime is not None:
            session = replace(session, values="", records={})
        own = {i: a for i, a in step.registration.activities.items() if i == session.item}
        known = replace(step.registration, session=session, activities=own)
        return ParsedSession(known, step.state, step.runtime, marked, weight, self.link, self.glance)


def _written_characters(before: Session | None, after: Session) -> int:
    known = before.records if before is not None and before.id == after.id else after.records
    changed = (text for name, text in after.records.items() if known.get(name) is not text)
    return len(after.values) + sum(map(len, changed))


def written(tx: Connection, link: LaunchLink, step: Step) -> Written:
    """A step that has been written."""
    return Written(link, step, glance_of(tx, link, step.registration))


def write_step(tx: Connection, taken: TakenStep) -> None:
    """Write what a step has changed, and the evidence that it is."""
    step = taken.step
    registration_writing.save(tx, step.before, step.registration, step.left, step.finished)
    if taken.objectives is not None:
        _save_objectives(tx, step, taken.objectives)
    file_evidence(tx, step)


def _save_objectives(tx: Connection, step: Step, objectives: LearnerObjectives) -> None:
    course, known = step.version.course, objectives.by_course
    after = after_step(course, known, step.written)
    if after != known.get(course, NOTHING):
        learner_objectives.save(tx, objectives.person, course, after)


def logged(step: Step, sent: SentCommit, calls: str) -> Commit:
    """The commit as the log has it."""
    draws, notes = (json.dumps(list_) if list_ else "[]" for list_ in (step.draws, step.notes))
    objectives = json.dumps(step.received) if step.received else "{}"
    return Commit(sent.session, sent.number, step.now, calls, draws, "applied", notes, objectives)


def set_aside(tx: Connection, known: Registration, sent: SentCommit, calls: str, now: datetime) -> None:
    """A later session has committed: this commit is kept for a manager to see, and never merged. Of such
    commits a registration keeps as many characters as of its data."""
    if known.session is None:
        return
    notes: list[str] = []
    if log.superseded_length(tx, known.id) + len(calls) > table().characters.registration:
        calls, notes = "[]", [f"Calls that came too late: {len(sent.calls)}, more than is kept of such."]
    aside = Commit(sent.session, sent.number, now, calls, outcome="superseded", notes=json.dumps(notes))
    log.append(tx, aside)
    after = replace(known, session=replace(known.session, have=sent.number))
    registration_writing.save(tx, known, after)
