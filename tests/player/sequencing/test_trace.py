"""OP.1: why a request led where it did, clause by clause, for an author who asks."""

from __future__ import annotations

from courseware.package import LimitConditions, Objective, Randomization, RuleCondition
from player.sequencing.objectives import write
from tests.player.sequencing.trees import Walk, cluster, leaf, primary, rule, walk

ONCE = LimitConditions(attempt_limit=1)
SHUFFLED_PAIR = Randomization("once", True, "once", 2)


def told(steps: Walk, name: str, target: str | None = None) -> list[str]:
    """The trace of a request, each step with the activity that it is about."""
    steps.ask(name, target)
    return [f"{step.clause} {step.activity or ''}".strip() for step in steps.outcome.trace]


def test_a_beginning_tells_what_is_offered_and_which_attempts_begin() -> None:
    steps = walk(leaf("a"), leaf("b"), randomization=SHUFFLED_PAIR, draw=lambda: 0.0)
    assert told(steps, "start") == ["SR.1 root", "SR.2 root", "DB.2 root", "DB.2 a", "DB.2 a"]


def test_leaving_tells_what_was_settled_and_what_was_passed_over() -> None:
    steps = walk(leaf("a"), leaf("b", pre_condition_rules=(rule("skip", "always"),)), leaf("c"))
    steps.ask("start")
    wanted = ["TB.2.3 a", "UP.4 a", "UP.4 a", "UP.2 b", "DB.2 c", "DB.2 c"]
    assert told(steps, "continue") == wanted


def test_a_refusal_tells_what_stands_in_the_way_and_ends_with_its_exception() -> None:
    steps = walk(leaf("a", limit_conditions=ONCE), leaf("b"))
    steps.ask("start")
    steps.ask("continue")
    assert told(steps, "previous")[-2:] == ["UP.1 a", "SB.2.2-2 a"]


def test_an_end_tells_how_it_came_about() -> None:
    steps = walk(cluster("m", leaf("a")))
    steps.ask("start")
    assert told(steps, "suspendAll") == ["TB.2.3 a", "OP.1"]
    assert steps.outcome.trace[-1].sentence == "The session is suspended."
    steps.ask("resumeAll")
    assert told(steps, "continue")[-2:] == ["SB.2.1 a", "OP.1"]
    assert steps.outcome.trace[-1].sentence == "The session has ended."
    steps.ask("start")
    assert told(steps, "exitAll") == ["TB.2.3 a", "UP.4 a", "UP.4 a", "OP.1"]


def test_a_rule_that_holds_is_told_with_the_conditions_that_hold() -> None:
    named = RuleCondition("objectiveMeasureGreaterThan", objective="first aid", measure_threshold=0.5)
    cases = [
        (rule("skip", "always"), "“A” is skipped: the course always has it so."),
        (rule("skip", "not attempted"), "“A” is skipped because it has not been opened."),
        (
            rule("skip", "completed", "not attempted", combination="any"),
            "“A” is skipped because it has not been opened.",
        ),
        (rule("skip", "not satisfied", "not attempted"), None),
        (rule("skip", named), "“A” is skipped because the score of its objective “first aid” is above 0.5."),
    ]
    objectives = (primary("p"), Objective("first aid"))
    for each, sentence in cases:
        steps = walk(leaf("a", objectives=objectives, pre_condition_rules=(each,)), leaf("b"))
        steps.state = steps.state.fork()
        write(steps.state, steps.tree["a"], 1, measure=0.75)
        steps.ask("start")
        told = [step.sentence for step in steps.outcome.trace if step.clause == "UP.2"]
        assert told == ([sentence] if sentence else [])
