"""How far an attempt has come, from its parts or from the one figure that its only part tells."""

from __future__ import annotations

import pytest

from player.records.play_tables import ActivityRow
from player.school.progress import Segment, progress
from tests.player.sequencing.trees import leaf, tree

PARTS = tree(leaf("start"), leaf("signs"), leaf("telling")).leaves


def _said(completion: str, success: str, measure: float | None = None) -> ActivityRow:
    return ActivityRow(completion_status=completion, success_status=success, progress_measure=measure)


@pytest.mark.parametrize(
    ("said", "segment"),
    [
        (_said("completed", "unknown"), Segment("done", 1.0)),
        (_said("incomplete", "passed"), Segment("done", 1.0)),
        (_said("completed", "failed"), Segment("tried")),
        (_said("incomplete", "unknown", 0.4), Segment("begun", 0.4)),
        (_said("unknown", "unknown", 7), Segment("begun", 1.0)),
    ],
)
def test_a_part_is_as_it_said(said: ActivityRow, segment: Segment) -> None:
    found = progress(PARTS, {"start": said}, "signs", None, None)
    assert found.segments == (segment, Segment("current"), Segment("none"))
    assert found.here == "Signs"
    done = int(segment.state == "done")
    assert found.words == f"{done} of 3 parts done"


@pytest.mark.parametrize(
    ("measure", "filled", "words"),
    [
        (None, 0.0, "About 10\u00a0minutes left"),
        (0.55, 0.55, "About 5\u00a0minutes left"),
        (0.9, 0.9, "About 1\u00a0minute left"),
        (1.2, 1.0, "Less than a minute left"),
    ],
)
def test_an_only_part_tells_its_measure(measure: float | None, filled: float, words: str) -> None:
    found = progress(PARTS[:1], {}, "start", measure, 10)
    assert found.segments == (Segment("current", filled),)
    assert found.words == words


def test_what_is_left_of_several_parts_is_told_by_those_that_are_done() -> None:
    found = progress(PARTS, {"start": _said("completed", "unknown")}, "signs", None, 31)
    assert found.words == "1 of 3 parts done, about 21\u00a0minutes left"
