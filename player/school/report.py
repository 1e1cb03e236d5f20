"""`player records --json`, which other programs read: an entry for each registration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from player.playing.answer import result_json, time_text
from player.playing.run_time_state import StateTexts
from player.records import reporting
from player.records.database import Transaction
from player.records.play_tables import ActivityRow, AttemptRow
from player.records.result_columns import ResultColumns
from player.records.versions import Versions
from player.runtime import Interaction, ObjectiveOutcome, interactions_of, outcome, text_of


def records(
    tx: Transaction,
    versions: Versions,
    *,
    course: str | None = None,
    learner: str | None = None,
    school: str | None = None,
) -> list[dict[str, Any]]:
    """All registrations that match, with every attempt, activity and answer; a school is given by its
    name."""
    entries = reporting.registrations(tx, course=course, learner=learner, school=school)
    return [registration(tx, versions, entry) for entry in entries]


def registration(
    tx: Transaction, versions: Versions, entry: reporting.ReportedRegistration
) -> dict[str, Any]:
    """The entry of one registration."""
    row = entry.registration
    order = {item: at for at, item in enumerate(versions.get(entry.version.id).tree.activities)}
    return {
        "registration": row.id,
        "course": entry.enrolment.course_id,
        "version": entry.version.number,
        "learner": {"id": entry.membership.staff_id, "name": entry.membership.name},
        "state": row.state,
        **result(row),
        "started": time_text(row.started),
        "completed": time_text(row.completed),
        "attempts": [_attempt(tx, attempt, order) for attempt in reversed(reporting.attempts(tx, row.id))],
    }


def result(row: ResultColumns) -> dict[str, Any]:
    """The result of a registration, an attempt or an activity."""
    return result_json(row.result) | {"total_time": round(row.total_time, 2)}


def _attempt(tx: Transaction, attempt: AttemptRow, order: dict[str, int]) -> dict[str, Any]:
    touched = reporting.activities(tx, attempt.id)
    touched.sort(key=lambda pair: order.get(pair[0].item, len(order)))
    return {
        "number": attempt.number,
        "state": attempt.state,
        "started": time_text(attempt.started),
        "ended": time_text(attempt.ended),
        **result(attempt),
        "activities": [_activity(activity, states) for activity, states in touched],
    }


def _activity(activity: ActivityRow, states: list[StateTexts]) -> dict[str, Any]:
    return {
        "item": activity.item,
        "title": activity.title,
        **result(activity),
        "interactions": [_interaction(interaction) for interaction in interactions(states)],
    }


def interactions(states: Iterable[StateTexts]) -> tuple[Interaction, ...]:
    """The interactions in the run-time data of an activity's sessions."""
    runtimes = (state.runtime() for state in states)
    return tuple(found for runtime in runtimes if runtime for found in interactions_of(runtime))


def objectives(states: Sequence[StateTexts]) -> Sequence[ObjectiveOutcome]:
    """The objectives in the latest of an activity's sessions."""
    runtime = states[-1].runtime() if states else None
    return outcome(runtime).objectives if runtime else ()


def _interaction(interaction: Interaction) -> dict[str, Any]:
    description, response = interaction.description, interaction.learner_response
    return {
        "id": interaction.id,
        "type": interaction.type,
        "description": None if description is None else text_of(description),
        "learner_response": None if response is None else text_of(response),
        "correct_responses": [text_of(pattern) for pattern in interaction.correct_responses],
        "result": interaction.result,
        "weighting": interaction.weighting,
        "latency": interaction.latency,
        "timestamp": interaction.timestamp,
    }
