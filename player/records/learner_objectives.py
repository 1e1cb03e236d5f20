"""A learner's global objectives: a row for each course that has written any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from player.playing.global_objectives import CourseObjectives, Dated
from player.records import play_tables, tables
from player.records.columns import table

OBJECTIVES, PERSON = table(play_tables.LearnerObjectivesRow), table(tables.Person)
REGISTRATION, ENROLMENT = table(play_tables.RegistrationRow), table(tables.Enrolment)

_OWNER = (
    select(PERSON.c.id)
    .join(ENROLMENT, ENROLMENT.c.person_id == PERSON.c.id)
    .join(REGISTRATION, REGISTRATION.c.enrolment_id == ENROLMENT.c.id)
    .where(REGISTRATION.c.id == bindparam("registration"))
    .with_for_update(of=PERSON, key_share=True)
)
_WRITTEN = select(OBJECTIVES).where(OBJECTIVES.c.person_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class LearnerObjectives:
    """A person's global objectives, as each course has written them."""

    person: str
    by_course: Mapping[str, CourseObjectives]


def load(tx: Connection, registration: str) -> LearnerObjectives:
    """The global objectives of a registration's learner.

    Two courses that one learner has open at once take their steps one after the other: SQLite has one writer,
    PostgreSQL locks the person's row against each other, not against what refers to it.
    """
    person: str = tx.execute(_OWNER, {"registration": registration}).scalar_one()
    rows = tx.execute(_WRITTEN, {"person": person})
    written = {row.course_id: CourseObjectives(_read(row.present), _read(row.earlier)) for row in rows}
    return LearnerObjectives(person, written)


def save(tx: Connection, person: str, course: str, objectives: CourseObjectives) -> None:
    """Write what a course has written for a learner."""
    values = {"present": json.dumps(objectives.present), "earlier": json.dumps(objectives.earlier)}
    known = update(OBJECTIVES).where(OBJECTIVES.c.person_id == person, OBJECTIVES.c.course_id == course)
    if tx.execute(known.values(values)).rowcount == 0:
        tx.execute(insert(OBJECTIVES), {"person_id": person, "course_id": course, **values})


def _read(text: str) -> Dated:
    return {
        target: {name: (value, order) for name, (value, order) in values.items()}
        for target, values in json.loads(text).items()
    }
