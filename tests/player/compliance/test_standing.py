"""Standings on the days around each boundary, and the days on which requirements and settings apply."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from player.compliance import (
    COUNTS_AS_IN_DATE,
    Dated,
    Duty,
    Ground,
    Position,
    Span,
    Standing,
    UnknownZoneError,
    changes,
    civil_day,
    in_force,
    required_since,
    stand,
    zone_named,
)

YEARLY = Duty(months=12, window=60, first=28)
DONE = [date(2025, 9, 1)]
JOINED = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2025, 9, 1), Standing.IN_DATE),
        (date(2026, 7, 2), Standing.IN_DATE),
        (date(2026, 7, 3), Standing.DUE_SOON),
        (date(2026, 9, 1), Standing.DUE_SOON),
        (date(2026, 9, 2), Standing.OVERDUE),
    ],
)
def test_with_evidence(on: date, standing: Standing) -> None:
    told = stand(YEARLY, date(2020, 1, 1), DONE, on)
    assert told == Position(standing, date(2026, 9, 1), date(2026, 7, 3))
    assert (standing in COUNTS_AS_IN_DATE) is (on <= date(2026, 9, 1))


@pytest.mark.parametrize(
    ("on", "standing", "overdue"),
    [
        (date(2026, 10, 1), Standing.NEVER_DONE, 0),
        (date(2026, 10, 29), Standing.NEVER_DONE, 0),
        (date(2026, 10, 30), Standing.OVERDUE, 1),
    ],
)
def test_without_evidence(on: date, standing: Standing, overdue: int) -> None:
    told = stand(YEARLY, JOINED, [], on)
    assert told == Position(standing, date(2026, 10, 29))
    assert told.days_overdue(on) == overdue


def test_a_requirement_that_lies_ahead_asks_nothing_yet() -> None:
    assert stand(YEARLY, JOINED, [], date(2026, 9, 30)) == Position(Standing.NOT_REQUIRED)
    assert stand(YEARLY, None, [], JOINED) == Position(Standing.NOT_REQUIRED)


def test_evidence_from_before_the_requirement_counts() -> None:
    told = stand(YEARLY, JOINED, DONE, JOINED)
    assert told.standing is Standing.OVERDUE
    assert told.days_overdue(JOINED) == 30
    assert stand(YEARLY, JOINED, [date(2026, 1, 1)], JOINED).standing is Standing.IN_DATE


def test_who_is_not_required_has_a_due_day_and_is_not_overdue() -> None:
    told = stand(YEARLY, None, DONE, JOINED)
    assert (told.standing, told.due) == (Standing.NOT_REQUIRED, date(2026, 9, 1))
    assert told.days_overdue(JOINED) == 0


def test_a_completion_without_a_period_is_in_date_for_ever() -> None:
    assert stand(Duty(), JOINED, DONE, date(2099, 1, 1)) == Position(Standing.IN_DATE)


def test_a_past_day_is_told_by_the_evidence_of_that_day_or_earlier() -> None:
    later = [*DONE, date(2026, 8, 1)]
    assert stand(YEARLY, date(2020, 1, 1), later, date(2026, 7, 31)).due == date(2026, 9, 1)
    assert stand(YEARLY, date(2020, 1, 1), later, date(2026, 8, 1)).due == date(2027, 8, 1)
    assert stand(YEARLY, JOINED, [date(2026, 12, 1)], JOINED).standing is Standing.NEVER_DONE


def test_a_window_of_no_days_is_the_due_day() -> None:
    duty = Duty(months=12, window=0)
    since = date(2020, 1, 1)
    assert stand(duty, since, DONE, date(2026, 8, 31)).standing is Standing.IN_DATE
    assert stand(duty, since, DONE, date(2026, 9, 1)).standing is Standing.DUE_SOON


def test_a_requirement_reaches_on_the_later_day_and_the_earliest_counts() -> None:
    on = date(2026, 11, 30)
    everybody = Ground(Span(date(2026, 1, 1)), Span(JOINED), is_member=True)
    team = Ground(Span(date(2026, 11, 1)), Span(date(2025, 1, 1)), is_member=True)
    assert required_since([everybody], on) == JOINED
    assert required_since([everybody, team], on) == JOINED
    assert required_since([team], on) == date(2026, 11, 1)
    assert required_since([team], date(2026, 10, 31)) is None
    assert required_since([], on) is None
    assert required_since([team._replace(is_member=False)], on) is None


@pytest.mark.parametrize(("again", "since"), [(1, date(2026, 1, 1)), (2, date(2026, 6, 2))])
def test_a_requirement_in_place_of_another_gives_no_second_first_due_day(again: int, since: date) -> None:
    """From everybody to a team on the day on which the first ends; a day without either begins anew."""
    until, here = date(2026, 6, 1), Span(date(2025, 1, 1))
    everybody = Ground(Span(date(2026, 1, 1), until), here, is_member=True)
    team = Ground(Span(date(2026, 6, again)), here, is_member=True)
    assert required_since([team, everybody], date(2026, 11, 30)) == since
    left = Ground(Span(date(2026, 1, 1)), Span(date(2026, 1, 1), date(2026, 3, 1)), is_member=False)
    assert required_since([left, team], date(2026, 11, 30)) == date(2026, 6, again)


def test_settings_apply_from_their_day_on() -> None:
    rows = [Dated(date(2026, 9, 1), 12), Dated(date(2025, 9, 1), 24), Dated(date(2026, 9, 1), 6)]
    assert in_force(rows, date(2025, 8, 31)) is None
    assert in_force(rows, date(2026, 8, 31)) == 24
    assert in_force(rows, date(2026, 9, 1)) == 6


def test_the_settings_of_a_day_tell_that_day() -> None:
    rows = [Dated(date(2020, 1, 1), Duty(months=24)), Dated(date(2026, 11, 1), Duty(months=12))]
    done = [date(2025, 9, 10)]
    for on, standing in ((date(2026, 10, 31), Standing.IN_DATE), (date(2026, 11, 1), Standing.OVERDUE)):
        duty = in_force(rows, on)
        assert duty is not None
        assert stand(duty, date(2020, 1, 1), done, on).standing is standing


def test_a_dry_run_tells_who_changes_and_no_one_else() -> None:
    on, since = date(2026, 11, 30), date(2020, 1, 1)
    same, moved, never = [date(2026, 11, 1)], [date(2025, 11, 1)], date(2026, 11, 15)
    was, now = Duty(months=24, first=28, window=0), Duty(months=12, first=7, window=0)
    people: list[tuple[str, date | None, list[date]]] = [
        ("moved", since, moved),
        ("never", never, []),
        ("free", None, []),
    ]
    positions = ((who, stand(was, at, done, on), stand(now, at, done, on)) for who, at, done in people)
    told = list(changes(positions, on))
    assert [(each.person, each.standing, each.days_overdue) for each in told] == [
        ("moved", Standing.OVERDUE, 29),
        ("never", Standing.OVERDUE, 8),
    ]
    assert list(changes([("same", stand(was, since, same, on), stand(was, since, same, on))], on)) == []


def test_a_wider_window_changes_a_standing_without_its_due_day() -> None:
    on = date(2026, 7, 1)
    wider = Duty(months=12, window=90)
    (told,) = changes([("ann", stand(YEARLY, on, DONE, on), stand(wider, on, DONE, on))], on)
    assert (told.was, told.due, told.standing) == (date(2026, 9, 1), date(2026, 9, 1), Standing.DUE_SOON)


def test_the_day_of_an_instant_is_the_schools() -> None:
    instant = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert civil_day(instant, zone_named("Europe/London")) == date(2026, 12, 31)
    assert civil_day(instant, zone_named("Asia/Dubai")) == date(2027, 1, 1)
    assert civil_day(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone_named("Europe/London")).day == 25
    with pytest.raises(ValueError, match="needs its offset"):
        civil_day(datetime(2026, 1, 1), zone_named("Europe/London"))  # noqa: DTZ001
    for name in ("Europe/Londn", "../etc/passwd", ""):
        with pytest.raises(UnknownZoneError, match="is no time zone"):
            zone_named(name)
