"""What tracking and records read of a session, in both standards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from player.runtime import (
    Interaction,
    Outcome,
    Runtime,
    Score,
    carry,
    interactions_of,
    launch,
    outcome,
    text_of,
)
from player.runtime.outcome import times


def played(
    version: str, values: Iterable[tuple[str, str]], given: Mapping[str, str] | None = None
) -> Runtime:
    """A session that set these values and terminated."""
    runtime = Runtime(launch(version, given or {}, {}))
    runtime.call("Initialize", "")
    for name, value in values:
        assert runtime.call("SetValue", name, value) == "true", (name, runtime.call("GetDiagnostic", ""))
    runtime.call("Terminate", "")
    return runtime


def status_12(status: str | None, given: Mapping[str, str] | None = None, raw: str = "") -> tuple[str, str]:
    values = [("cmi.core.lesson_status", status)] if status else []
    read = outcome(played("1.2", [*values, ("cmi.core.score.raw", raw)], given))
    return read.completion_status, read.success_status


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        ("passed", ("completed", "passed")),
        ("failed", ("completed", "failed")),
        ("completed", ("completed", "unknown")),
        ("incomplete", ("incomplete", "unknown")),
        ("browsed", ("incomplete", "unknown")),
        (None, ("completed", "unknown")),
    ],
)
def test_12_statuses_in_the_words_of_2004(status: str | None, wanted: tuple[str, str]) -> None:
    assert status_12(status) == wanted


MASTERY = {"cmi.student_data.mastery_score": "80"}


@pytest.mark.parametrize(
    ("given", "raw", "wanted"),
    [
        (MASTERY, "80", "passed"),
        (MASTERY, "79.99", "failed"),
        (MASTERY, "", "unknown"),
        ({}, "10", "unknown"),
        (MASTERY | {"cmi.core.credit": "no-credit"}, "10", "unknown"),
        (MASTERY | {"cmi.core.lesson_mode": "review"}, "10", "unknown"),
        (MASTERY | {"cmi.core.lesson_mode": "browse"}, "10", "unknown"),
    ],
)
def test_12_mastery_score(given: Mapping[str, str], raw: str, wanted: str) -> None:
    assert status_12("completed", given, raw) == ("completed", wanted)


def test_12_mastery_score_waits_for_the_finish() -> None:
    runtime = Runtime(launch("1.2", MASTERY, {}))
    runtime.call("Initialize", "")
    runtime.call("SetValue", "cmi.core.score.raw", "10")
    assert (outcome(runtime).completion_status, outcome(runtime).success_status) == ("incomplete", "unknown")
    runtime.call("Terminate", "")
    assert outcome(runtime).success_status == "failed"


@pytest.mark.parametrize(
    ("said", "leaving", "raw", "wanted"),
    [
        ("incomplete", "suspend", "0", "incomplete"),
        ("incomplete", "suspend", "80", "passed"),  # many never say more than that
        ("incomplete", "", "0", "failed"),
        ("incomplete", "time-out", "0", "failed"),
        ("completed", "suspend", "0", "failed"),
        ("failed", "suspend", "0", "failed"),
        ("passed", "suspend", "0", "failed"),
        (None, "suspend", "0", "failed"),
    ],
)
def test_12_nobody_fails_what_is_suspended_and_incomplete(
    said: str | None, leaving: str, raw: str, wanted: str
) -> None:
    told = {"cmi.core.lesson_status": said, "cmi.core.score.raw": raw, "cmi.core.exit": leaving}
    runtime = played("1.2", [(name, value) for name, value in told.items() if value is not None], MASTERY)
    assert carry(runtime, suspended=False)["cmi.core.lesson_status"] == wanted
    assert outcome(runtime).success_status == ("unknown" if wanted == "incomplete" else wanted)


def test_12_browse_mode_leaves_browsed() -> None:
    runtime = played("1.2", [], {"cmi.core.lesson_mode": "browse"})
    assert carry(runtime, suspended=False)["cmi.core.lesson_status"] == "browsed"


def test_12_never_initialized_is_not_attempted() -> None:
    read = outcome(Runtime(launch("1.2", {}, {})))
    assert (read.completion_status, read.completion_set) == ("not attempted", False)


@pytest.mark.parametrize(
    ("raw", "high", "scaled"), [("13", "15", 13 / 15), ("87", "", 0.87), ("87", "0", 0.87), ("20", "15", 1.0)]
)
def test_12_scaled_is_raw_by_max(raw: str, high: str, scaled: float) -> None:
    read = outcome(played("1.2", [("cmi.core.score.raw", raw), ("cmi.core.score.max", high)]))
    assert read.score == Score(scaled, float(raw), None, float(high) if high else None)


def read_2004(*values: tuple[str, str], given: Mapping[str, str] | None = None) -> Outcome:
    return outcome(played("2004", values, given))


def test_2004_says_nothing_by_default() -> None:
    read = read_2004()
    assert (read.completion_status, read.success_status) == ("unknown", "unknown")
    assert (read.completion_set, read.success_set, read.navigation, read.exit) == (False, False, None, "")
    assert read.score == Score()


def test_2004_unknown_said_aloud_is_told_apart() -> None:
    read = read_2004(("cmi.completion_status", "unknown"), ("cmi.success_status", "unknown"))
    assert (read.completion_status, read.success_status) == ("unknown", "unknown")
    assert (read.completion_set, read.success_set) == (True, True)


def test_2004_thresholds_decide() -> None:
    thresholds = {"cmi.completion_threshold": "0.8", "cmi.scaled_passing_score": "0.5"}
    values = [("cmi.completion_status", "incomplete"), ("cmi.progress_measure", "0.8")]
    values += [("cmi.success_status", "passed"), ("cmi.score.scaled", "0.49")]
    read = read_2004(*values, given=thresholds)
    assert (read.completion_status, read.success_status) == ("completed", "failed")
    assert (read.progress_measure, read.score.scaled) == (0.8, 0.49)


def test_2004_interaction_objective_and_place() -> None:
    values = [
        ("cmi.objectives.0.id", "o"),
        ("cmi.objectives.0.success_status", "passed"),
        ("cmi.objectives.0.score.scaled", "0.5"),
        ("cmi.interactions.0.id", "q"),
        ("cmi.interactions.0.type", "choice"),
        ("cmi.interactions.0.description", "{lang=en}Which?"),
        ("cmi.interactions.0.objectives.0.id", "o"),
        ("cmi.interactions.0.timestamp", "2026-11-24T10:02:11.0Z"),
        ("cmi.interactions.0.correct_responses.0.pattern", "a[,]b"),
        ("cmi.interactions.0.correct_responses.1.pattern", "c"),
        ("cmi.interactions.0.learner_response", "b[,]a"),
        ("cmi.interactions.0.result", "correct"),
        ("cmi.interactions.0.weighting", "2"),
        ("cmi.interactions.0.latency", "PT4.25S"),
        ("cmi.location", "p4"),
        ("cmi.suspend_data", "\ud800"),
        ("cmi.session_time", "PT1M"),
        ("cmi.exit", "suspend"),
        ("adl.nav.request", "{target=next}choice"),
    ]
    runtime = played("2004", values, {"cmi.total_time": "PT1H"})
    read = outcome(runtime)
    [interaction], [objective] = interactions_of(runtime), read.objectives
    assert interaction == Interaction(
        id="q",
        type="choice",
        description="{lang=en}Which?",
        learner_response="b[,]a",
        correct_responses=("a[,]b", "c"),
        result="correct",
        weighting=2,
        latency=4.25,
        timestamp="2026-11-24T10:02:11.0Z",
        objectives=("o",),
    )
    assert text_of("{case_matters=true}{lang=en}Which?") == "Which?"
    assert text_of("{lang=en}{case_matters=true}Which?") == "{case_matters=true}Which?"
    assert (objective.id, objective.success_status, objective.success_set) == ("o", "passed", True)
    assert (objective.completion_status, objective.completion_set) == ("unknown", False)
    assert (read.location, read.suspend_data, read.exit) == ("p4", "\ud800", "suspend")
    assert [span.seconds for span in times(runtime)] == [60, 3660]
    assert read.navigation == "{target=next}choice"


def test_12_interaction_and_objective_in_the_same_words() -> None:
    runtime = played(
        "1.2",
        [
            ("cmi.objectives.0.status", "failed"),
            ("cmi.objectives.0.score.raw", "40"),
            ("cmi.interactions.0.type", "choice"),
            ("cmi.interactions.0.time", "10:02:11"),
            ("cmi.interactions.0.student_response", "b"),
            ("cmi.interactions.0.correct_responses.0.pattern", "a"),
            ("cmi.interactions.0.result", "wrong"),
            ("cmi.interactions.0.latency", "00:00:04.2"),
        ],
    )
    [interaction], [objective] = interactions_of(runtime), outcome(runtime).objectives
    assert (interaction.result, interaction.learner_response, interaction.latency) == ("incorrect", "b", 4.2)
    assert (interaction.timestamp, interaction.correct_responses) == ("10:02:11", ("a",))
    assert (objective.completion_status, objective.success_status, objective.score.scaled) == (
        "completed",
        "failed",
        0.4,
    )


def test_a_store_set_to_nothing_comes_back_as_nothing() -> None:
    shared = launch("2004", {}, {}, [{"id": "a", "access": "read-write", "value": None}])
    runtime = Runtime(shared)
    runtime.call("Initialize", "")
    runtime.call("SetValue", "adl.data.0.store", "x")
    assert [store["value"] for store in runtime.stores] == ["x"]
    runtime.call("SetValue", "adl.data.0.store", "")
    assert [store["value"] for store in runtime.stores] == [""]
