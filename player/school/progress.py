"""The progress in a course: a segment for each part, and a sentence; never rounded up, never a bare
percentage."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from player.records.play_tables import ActivityRow
from player.school.lengths import length
from player.sequencing import Activity


@dataclass(frozen=True, slots=True)
class Segment:
    """One part: done, known (a pre-test spares it), current, begun, tried (and not passed) or none; `filled`
    is the fraction that is done."""

    state: str
    filled: float = 0.0
    width: float = 1.0  # its minutes, where they are known


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """The segments of the spine and its sentence; `here` is the part that was open last."""

    segments: tuple[Segment, ...]
    words: str
    here: str = ""


def progress(
    parts: Sequence[Activity],
    touched: Mapping[str, ActivityRow],
    current: str | None,
    measure: float | None,
    minutes: int | None,
) -> CourseProgress:
    """The progress of one attempt: from its parts where there are several, else from the progress measure."""
    segments = tuple(_segment(touched.get(part.identifier), part.identifier == current) for part in parts)
    if len(parts) < 2:
        filled = min(max(measure or 0.0, 0.0), 1.0)
        return CourseProgress((Segment("current", filled),), _left(filled, minutes))
    done = sum(segment.state == "done" for segment in segments)
    here = next((part.title for part in parts if part.identifier == current), "")
    words = sentence(f"{done} of {len(parts)} parts done", _left(done / len(parts), minutes))
    return CourseProgress(segments, words, here)


def _segment(activity: ActivityRow | None, current: bool) -> Segment:
    if activity is None:
        return Segment("current") if current else Segment("none")
    if activity.success_status == "failed":
        return Segment("tried")
    if activity.completion_status == "completed" or activity.success_status == "passed":
        return Segment("done", 1.0)
    return Segment("current" if current else "begun", min(max(activity.progress_measure or 0.0, 0.0), 1.0))


def _left(filled: float, minutes: int | None) -> str:
    return "" if minutes is None else minutes_left(math.ceil(minutes * (1 - filled) - 1e-9))


def minutes_left(left: int) -> str:
    """“About 5 minutes left”. Callers round up, because too few minutes would disappoint."""
    if left < 1:
        return "Less than a minute left"
    return f"About {length(left)} left"


def sentence(done: str, left: str) -> str:
    """“2 of 7 lessons done, about 28 minutes left”."""
    return f"{done}, {left[0].lower()}{left[1:]}" if left else done
