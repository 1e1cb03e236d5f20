"""The progress in a course of ours: its manifest names the lessons, its objectives report on each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from courseware.package import Part
from player.runtime import ObjectiveOutcome, Outcome
from player.school.progress import CourseProgress, Segment, minutes_left, sentence

FINAL_QUESTIONS = "final_questions"
PRE_TEST = "pre-test_"  # begins the id of an objective of a pre-test, and the place in one


def lessons(parts: Sequence[Part], said: Outcome) -> CourseProgress | None:
    """The progress by lessons; None where the course has reported none, as our older versions do not."""
    objectives = {objective.id: objective for objective in said.objectives}
    if not any(part.objective in objectives for part in parts):
        return None
    here = place(parts, said.location or "")
    segments = tuple(_segment(part, objectives, here) for part in parts)
    taught = [at for at, part in enumerate(parts) if part.objective != FINAL_QUESTIONS]
    states = Counter(segments[at].state for at in taught)
    noun = "lesson" if len(taught) == 1 else "lessons"
    words = f"{states['done'] + states['known']} of {len(taught)}\u00a0{noun} done"
    if states["known"]:
        words += f", {states['known']} of them known already"
    named = "Pre-test" if (said.location or "").startswith(PRE_TEST) else _named(parts, here)
    return CourseProgress(segments, sentence(words, _left(parts, segments)), named)


def place(parts: Sequence[Part], location: str) -> Part | None:
    """The part that a location names (decision 2): a lesson's id and a page; without an id the final
    questions."""
    name, dot, _ = location.partition(".")
    wanted = name or (FINAL_QUESTIONS if dot else "")
    return next((part for part in parts if part.objective == wanted), None)


def _segment(part: Part, objectives: Mapping[str, ObjectiveOutcome], here: Part | None) -> Segment:
    objective, width = objectives.get(part.objective), float(part.minutes or 1)
    if objective is not None and objective.success_status == "failed":
        return Segment("tried", width=width)
    if objective is not None and objective.completion_status == "completed":
        return Segment("done", 1.0, width)
    tested = objectives.get(f"{PRE_TEST}{part.teaches}")
    if part.teaches and tested is not None and tested.success_status == "passed":
        return Segment("known", 1.0, width)
    filled = min(max((objective and objective.progress_measure) or 0.0, 0.0), 1.0)
    if part is here:
        return Segment("current", filled, width)
    begun = objective is not None and objective.completion_status == "incomplete"
    return Segment("begun" if begun else "none", filled, width)


def _left(parts: Sequence[Part], segments: Sequence[Segment]) -> str:
    if not any(part.minutes for part in parts):
        return ""
    left = sum(part.minutes * (1 - segment.filled) for part, segment in zip(parts, segments, strict=True))
    return minutes_left(math.ceil(left - 1e-9)) if left > 0 else ""


def _named(parts: Sequence[Part], here: Part | None) -> str:
    if here is None or here.objective == FINAL_QUESTIONS:
        return here.title if here else ""
    return f"Lesson {parts.index(here) + 1}, {here.title}"
