"""The words for how somebody stands, and scores that are never rounded up."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from player.records.play_tables import RegistrationRow
from player.runtime import Score
from player.school import statuses
from player.tracking import Result

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("registration", "word"),
    [
        (None, "Not started"),
        (RegistrationRow(state="not attempted"), "Not started"),
        (RegistrationRow(state="running", success_status="unknown"), "In progress"),
        (RegistrationRow(state="suspended", success_status="unknown"), "In progress"),
        (RegistrationRow(state="ended", success_status="failed"), "Not passed yet"),
        (RegistrationRow(state="ended", success_status="passed", completed=NOW), "Completed"),
        (RegistrationRow(state="running", success_status="passed", completed=NOW), "Completed"),
        (RegistrationRow(state="ended", success_status="unknown"), "In progress"),
    ],
)
def test_how_somebody_stands(registration: RegistrationRow | None, word: str) -> None:
    assert statuses.status_of(registration).word == word


@pytest.mark.parametrize(
    ("success", "completion", "state", "word"),
    [
        ("passed", "incomplete", "running", "Passed"),
        ("failed", "completed", "ended", "Not passed"),
        ("unknown", "completed", "ended", "Completed"),
        ("unknown", "incomplete", "ended", "Ended early"),
        ("unknown", "not attempted", "running", "Not started"),
        ("unknown", "incomplete", "running", "In progress"),
        ("unknown", "unknown", "suspended", "In progress"),
    ],
)
def test_how_a_try_came_out(success: str, completion: str, state: str, word: str) -> None:
    assert statuses.status_of_attempt(Result(completion, success), state).word == word


@pytest.mark.parametrize(
    ("raw", "most", "scaled", "told"),
    [
        (13.0, 15.0, 13 / 15, "13 of 15 (86%)"),
        (86.0, 100.0, 0.86, "86%"),
        (None, None, 0.7999, "79%"),
        (None, None, 0.29, "29%"),
        (None, None, 1.0, "100%"),
        (None, None, -0.5, "-50%"),
        (7.5, 10.0, 0.75, "75%"),
        (7.0, None, None, "7"),
        (None, None, None, ""),
    ],
)
def test_scores(raw: float | None, most: float | None, scaled: float | None, told: str) -> None:
    assert statuses.score_text(Score(scaled, raw, max=most)) == told
