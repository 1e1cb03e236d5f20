"""`player records --json`: the contract that other programs read, one registration an entry."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session as Transaction

from player.playing.answer import time_text
from player.playing.versions import Versions
from player.records import reporting
from player.records.tables import ActivityRow, AttemptRow, ResultColumns
from player.runtime import Interaction, Runtime, outcome, text_of


def records(
    tx: Transaction,
    versions: Versions,
    *,
    course: str | None = None,
    learner: str | None = None,
    school: str | None = None,
) -> list[dict[str, Any]]:
    """All that match, with every attempt, activity and answer; a school by its name."""
    found = reporting.registrations(tx, course=course, learner=learner, school=school)
    return [registration(tx, versions, entry) for entry in found]


def registration(
    tx: Transaction, versions: Versions, entry: reporting.ReportedRegistration
) -> dict[str, Any]:
    """One registration, whole."""
    found = entry.registration
    order = {item: at for at, item in enumerate(versions.get(entry.version.id).tree.activities)}
    return {
        "registration": found.id,
        "course": entry.enrolment.course_id,
        "version": entry.version.number,
        "learner": {"id": entry.person.learner_id, "name": entry.person.name},
        "state": found.state,
        **result(found),
        "started": time_text(found.started),
        "completed": time_text(found.completed),
        "attempts": [_attempt(tx, each, order) for each in reporting.attempts(tx, found.id)],
    }


def result(found: ResultColumns) -> dict[str, Any]:
    """What a registration, an attempt and an activity alike say of themselves."""
    return {
        "completion_status": found.completion_status,
        "success_status": found.success_status,
        "score": {
            "scaled": _fraction(found.score_scaled),
            "raw": found.score_raw,
            "min": found.score_min,
            "max": found.score_max,
        },
        "progress_measure": _fraction(found.progress_measure),
        "total_time": round(found.total_time, 2),
    }


def _fraction(value: float | None) -> float | None:
    """With the seven digits of SCORM 2004's real(10,7): 83.33 of 100 is 0.8333, and no more."""
    return None if value is None else round(value, 7)


def _attempt(tx: Transaction, attempt: AttemptRow, order: dict[str, int]) -> dict[str, Any]:
    touched = reporting.activities(tx, attempt.id)
    touched.sort(key=lambda pair: order.get(pair[0].item, len(order)))
    return {
        "number": attempt.number,
        "state": attempt.state,
        "started": time_text(attempt.started),
        "ended": time_text(attempt.ended),
        **result(attempt),
        "activities": [_activity(activity, values) for activity, values in touched],
    }


def _activity(activity: ActivityRow, values: list[str]) -> dict[str, Any]:
    return {
        "item": activity.item,
        "title": activity.title,
        **result(activity),
        "interactions": [_interaction(each) for each in interactions(values)],
    }


def interactions(values: list[str]) -> tuple[Interaction, ...]:
    """The answers in the run-time data of an activity's sessions."""
    launches = map(json.loads, values)
    return tuple(each for launch in launches if launch for each in outcome(Runtime(launch)).interactions)


def _interaction(interaction: Interaction) -> dict[str, Any]:
    description, response = interaction.description, interaction.learner_response
    return {
        "id": interaction.id,
        "type": interaction.type,
        "description": None if description is None else text_of(description),
        "learner_response": None if response is None else text_of(response),
        "correct_responses": [text_of(each) for each in interaction.correct_responses],
        "result": interaction.result,
        "weighting": interaction.weighting,
        "latency": interaction.latency,
        "timestamp": interaction.timestamp,
    }
