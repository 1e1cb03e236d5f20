"""The eight columns of a result, and the result that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from player.runtime import Score
from player.tracking import Result

RESULT = (
    *("completion_status", "success_status", "score_scaled", "score_raw", "score_min", "score_max"),
    *("progress_measure", "total_time"),
)


def result_of(values: Sequence[Any]) -> Result:
    """A result from its columns, in the order of `RESULT`."""
    completion, success, scaled, raw, low, high, progress, seconds = values
    return Result(completion, success, Score(scaled, raw, low, high), progress, seconds)


def result_values(result: Result) -> tuple[Any, ...]:
    """The columns of a result, in the order of `RESULT`."""
    score = result.score
    return (
        *(result.completion_status, result.success_status),
        *(score.scaled, score.raw, score.min, score.max),
        *(result.progress_measure, result.total_time),
    )


class ResultColumns:
    """The columns of a result, which registrations, attempts and activities have alike."""

    completion_status: Mapped[str] = mapped_column(default="unknown")
    success_status: Mapped[str] = mapped_column(default="unknown")
    score_scaled: Mapped[float | None]
    score_raw: Mapped[float | None]
    score_min: Mapped[float | None]
    score_max: Mapped[float | None]
    progress_measure: Mapped[float | None]
    total_time: Mapped[float] = mapped_column(default=0.0)

    @property
    def result(self) -> Result:
        return result_of([getattr(self, name) for name in RESULT])
