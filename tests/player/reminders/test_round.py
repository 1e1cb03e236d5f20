"""A round beyond its numbered cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from player.reminders import (
    Candidate,
    Exclusion,
    Exclusions,
    Reason,
    Recipient,
    Reminder,
    StepDone,
    is_renewed,
    plan_round,
)

DUE = date(2026, 11, 30)
ON = date(2026, 11, 24)
ANN = Recipient("ann", "ann@school.example")
NOBODY = Exclusions([], ON)


def test_a_round_that_was_written_down_has_nothing_more_to_send() -> None:
    first = plan_round([Candidate(ANN, "fire", DUE)], NOBODY, ON)
    (item,) = first.reminders[0].items
    done = [StepDone(item.due, step) for step in (item.step, *item.overtaken)]
    again = plan_round([Candidate(ANN, "fire", DUE, done=done)], NOBODY, ON, last_round=ON)
    assert again == ((), ())


def test_what_is_due_first_comes_first_and_each_person_has_one_email() -> None:
    bo = Recipient("bo", "bo@school.example")
    candidates = [
        Candidate(ANN, "fire", DUE),
        Candidate(bo, "fire", DUE),
        Candidate(ANN, "asbestos", DUE - timedelta(60)),
        Candidate(ANN, "coaching", None),
        Candidate(ANN, "later", DUE + timedelta(365)),
    ]
    reminders = plan_round(candidates, NOBODY, ON).reminders
    assert [(reminder.recipient, [item.course for item in reminder.items]) for reminder in reminders] == [
        (ANN, ["asbestos", "fire"]),
        (bo, ["fire"]),
    ]
    assert isinstance(reminders[0], Reminder)


def test_an_exclusion_has_a_first_and_a_last_day() -> None:
    exclusion = Exclusion("fire", "ann", ON, ON + timedelta(1), "head", "on leave")
    for on, excluded in ((-1, False), (0, True), (1, True), (2, False)):
        found = Exclusions([exclusion], ON + timedelta(on)).find("ann", "fire")
        assert (found is not None) is excluded
    assert Exclusions([exclusion], ON).find("ann", "asbestos") is None
    assert Exclusions([exclusion], ON).find("bo", "fire") is None


def test_the_narrowest_exclusion_gives_its_reason() -> None:
    rows = [
        Exclusion(None, "ann", ON, None, "head", "on leave"),
        Exclusion("fire", "ann", ON, None, "head", "trained by the brigade"),
    ]
    for order in (rows, rows[::-1]):
        found = Exclusions(order, ON).find("ann", "fire")
        assert found is not None
        assert found.why == "trained by the brigade"


def test_an_exclusion_of_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="names a course, a person or both"):
        Exclusions([Exclusion(None, None, ON, None, "head", "silence")], ON)


def test_an_exclusion_that_ended_lets_the_newest_step_go_out() -> None:
    ended = Exclusions([Exclusion("fire", None, DUE - timedelta(90), ON - timedelta(1), "head", "x")], ON)
    (reminder,) = plan_round([Candidate(ANN, "fire", DUE)], ended, ON).reminders
    assert [(item.step, item.overtaken) for item in reminder.items] == [(-7, (-90, -60, -30))]


@pytest.mark.parametrize(
    ("last_round", "on", "told"),
    [
        (None, ON, True),
        (date(2026, 11, 22), ON, True),  # the step of 23 November lies between the rounds
        (date(2026, 11, 23), ON, False),
        (None, date(2026, 12, 29), True),
        (None, date(2027, 3, 1), False),  # a first round does not tell of long ago
    ],
)
def test_who_left_is_told_once_a_step(last_round: date | None, on: date, told: bool) -> None:
    left = Candidate(ANN._replace(has_left=True), "fire", DUE)
    planned = plan_round([left], NOBODY, on, last_round=last_round)
    assert [each.reason for each in planned.withheld] == [Reason.LEFT] * told
    assert planned.reminders == ()


def test_who_has_no_address_is_told_in_each_round() -> None:
    without = Candidate(ANN._replace(address=None), "fire", DUE)
    planned = plan_round([without], NOBODY, date(2027, 6, 1), last_round=date(2027, 5, 31))
    assert [str(each) for each in planned.withheld] == ["no address"]


@pytest.mark.parametrize(
    ("completed", "on", "told"),
    [
        (date(2026, 8, 31), ON, False),  # before the first step: no reminder was missed
        (date(2026, 9, 1), ON, True),
        (ON, ON, True),
        (date(2026, 11, 20), date(2026, 11, 22), False),  # no step since the one that was sent
    ],
)
def test_renewed_meanwhile_is_told_for_steps_that_would_have_gone_out(
    completed: date, on: date, told: bool
) -> None:
    candidate = Candidate(ANN, "fire", date(2027, 11, 30), completed, DUE, [StepDone(DUE, -30)])
    planned = plan_round([candidate], NOBODY, on)
    assert planned.reminders == ()
    assert [each.reason for each in planned.withheld] == [Reason.RENEWED] * told


def test_an_email_that_waits_is_dropped_where_the_due_day_moved_later() -> None:
    assert is_renewed(DUE, None)
    assert is_renewed(DUE, DUE + timedelta(1))
    assert not is_renewed(DUE, DUE)
    assert not is_renewed(DUE, DUE - timedelta(1))


def test_who_comes_back_is_reminded_of_what_is_reached_then() -> None:
    (reminder,) = plan_round([Candidate(ANN, "fire", DUE)], NOBODY, DUE + timedelta(150)).reminders
    assert [item.step for item in reminder.items] == [30]
