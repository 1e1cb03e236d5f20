"""Cases 10 to 12 and 14 to 16 of the rules for training records, under their numbers, without tables."""

from __future__ import annotations

from datetime import date, timedelta

from player.compliance import Standing
from player.reminders import (
    DEFAULT_STEPS,
    Candidate,
    DigestLine,
    Exclusion,
    Exclusions,
    NextStep,
    Reason,
    Recipient,
    StepDone,
    next_step,
    plan_round,
    step_days,
    weekly_digest,
)

DUE = date(2026, 11, 30)
ON = date(2026, 11, 24)
ANN = Recipient("ann", "ann@school.example")
NOBODY = Exclusions([], ON)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def done(*steps: int) -> list[StepDone]:
    return [StepDone(DUE, step) for step in steps]


def test_case_10_the_days_of_the_steps() -> None:
    expected = days(
        "2026-09-01", "2026-10-01", "2026-10-31", "2026-11-23", "2026-11-30", "2026-12-07", "2026-12-30"
    )
    assert step_days(DUE, DEFAULT_STEPS) == expected
    sent: list[StepDone] = []
    for on in (date(2026, 8, 1) + timedelta(number) for number in range(200)):
        if found := next_step(DUE, DEFAULT_STEPS, sent, on):
            assert found.overtaken == ()
            assert on == expected[len(sent)]
            sent.append(StepDone(DUE, found.step))
    assert [each.step for each in sent] == list(DEFAULT_STEPS)


def test_case_11_after_a_pause_only_the_newest_step_goes_out() -> None:
    assert next_step(DUE, DEFAULT_STEPS, done(-90, -60), ON) == NextStep(-7, (-30,))
    assert next_step(DUE, DEFAULT_STEPS, done(-90, -60, -30, -7), ON) is None


def test_case_12_three_courses_are_one_email() -> None:
    courses = ("asbestos", "child-protection", "fire")
    planned = plan_round([Candidate(ANN, course, DUE) for course in courses], NOBODY, ON)
    (reminder,) = planned.reminders
    assert [(item.course, item.step) for item in reminder.items] == [(course, -7) for course in courses]


def test_case_14_exclusions_have_their_reason() -> None:
    exclusions = Exclusions(
        [
            Exclusion("fire", None, date(2026, 1, 1), None, "head", "the fire brigade trains us"),
            Exclusion(None, "bo", date(2026, 1, 1), date(2026, 11, 24), "head", "on leave"),
            Exclusion("asbestos", "ann", date(2026, 1, 1), None, "head", "works from home"),
        ],
        ON,
    )
    bo = Recipient("bo", "bo@school.example")
    planned = plan_round(
        [
            Candidate(ANN, "fire", DUE),
            Candidate(ANN, "asbestos", DUE),
            Candidate(ANN, "child-protection", DUE),
            Candidate(bo, "child-protection", DUE),
        ],
        exclusions,
        ON,
    )
    assert [
        (reminder.recipient.person, [item.course for item in reminder.items])
        for reminder in planned.reminders
    ] == [("ann", ["child-protection"])]
    assert [(each.recipient.person, each.course, str(each)) for each in planned.withheld] == [
        ("ann", "fire", "excluded: the fire brigade trains us"),
        ("ann", "asbestos", "excluded: works from home"),
        ("bo", "child-protection", "excluded: on leave"),
    ]


def test_case_15_each_reason_for_not_sending() -> None:
    renewed = Candidate(
        ANN, "renewed", date(2027, 11, 20), completed=date(2026, 11, 20), due_before=DUE, done=done(-30)
    )
    planned = plan_round(
        [
            Candidate(ANN._replace(has_left=True), "left", DUE),
            Candidate(ANN._replace(is_suspended=True), "suspended", DUE),
            Candidate(ANN, "retired", DUE, is_retired=True),
            renewed,
            Candidate(ANN._replace(address=None), "no address", DUE),
        ],
        NOBODY,
        ON,
    )
    assert planned.reminders == ()
    assert [(each.course, each.step, each.reason) for each in planned.withheld] == [
        ("left", -7, Reason.LEFT),
        ("suspended", -7, Reason.SUSPENDED),
        ("retired", -7, Reason.RETIRED),
        ("renewed", -7, Reason.RENEWED),
        ("no address", -7, Reason.NO_ADDRESS),
    ]


def test_case_16_one_digest_a_week_where_something_is_due() -> None:
    overdue = DigestLine("Ann", "fire", date(2026, 10, 1), Standing.OVERDUE)
    soon = DigestLine("Bo", "fire", DUE, Standing.DUE_SOON)
    new = DigestLine("Cy", "fire", date(2026, 12, 20), Standing.NEVER_DONE)
    fine = DigestLine("Di", "fire", date(2027, 12, 20), Standing.IN_DATE)
    told = weekly_digest([fine, new, soon, overdue], ON, None)
    assert told is not None
    assert told == ((overdue,), (soon,), (new,))
    assert weekly_digest([overdue], ON, ON - timedelta(6)) is None
    assert weekly_digest([overdue], ON, ON - timedelta(7)) is not None
    assert weekly_digest([soon], ON, None) is not None
    assert weekly_digest([fine, new], ON, None) is None
