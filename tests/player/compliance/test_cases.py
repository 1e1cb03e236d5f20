"""Cases 1 to 9 of the rules for training records, under their numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from player.compliance import (
    LONDON,
    Anchor,
    Change,
    Duty,
    DutySettings,
    Evidence,
    Ground,
    Kind,
    MonthDay,
    Span,
    Standing,
    changes,
    civil_day,
    counted_days,
    cycles,
    days_with_refreshers,
    due_day,
    in_time,
    required_since,
    school_duty,
    school_refusals,
    stand,
    window_opens,
    zone_named,
)

BASIS = "Early years staff renew it every two years (early years statutory framework, annex C)."
NUMBER = Duty(Kind.NUMBER, BASIS, months=24)
YEARLY = Duty(Kind.REGULAR, "Updated at least annually (Keeping children safe in education).", months=12)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


def test_case_1_a_leap_day_comes_back() -> None:
    done = days("2024-02-29")
    assert due_day(YEARLY, done) == day("2025-02-28")
    assert cycles(YEARLY, done, 3) == days("2026-02-28", "2027-02-28", "2028-02-29")


def test_case_2_the_end_of_a_month_comes_back() -> None:
    half = Duty(months=6)
    assert due_day(half, days("2025-08-31")) == day("2026-02-28")
    assert cycles(half, days("2025-08-31"), 1) == days("2026-08-31")


def test_case_3_the_day_is_the_schools_and_the_due_day_is_not_overdue() -> None:
    london = zone_named(LONDON)
    done = civil_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), london)
    assert done == day("2026-07-01")
    assert due_day(NUMBER, [done]) == day("2028-07-01")
    last = civil_day(datetime(2028, 7, 1, 22, 59, 59, tzinfo=UTC), london)
    after = civil_day(datetime(2028, 7, 1, 23, 0, tzinfo=UTC), london)
    assert stand(NUMBER, done, [done], last).standing is Standing.DUE_SOON
    assert stand(NUMBER, done, [done], after).standing is Standing.OVERDUE


def test_case_4_in_the_window_and_after_the_due_day() -> None:
    before = days("2025-09-01")
    by = {
        anchor: Duty(months=12, anchor=anchor, window=60, fixed=MonthDay(9, 1), least=5) for anchor in Anchor
    }
    for duty in by.values():
        assert due_day(duty, before) == day("2026-09-01")
        assert window_opens(duty, day("2026-09-01")) == day("2026-07-03")
    assert {anchor: due_day(duty, [*before, day("2026-07-20")]) for anchor, duty in by.items()} == {
        Anchor.COMPLETION: day("2027-07-20"),
        Anchor.EXPIRY: day("2027-09-01"),
        Anchor.FIXED: day("2027-09-01"),
    }
    assert {anchor: due_day(duty, [*before, day("2026-09-10")]) for anchor, duty in by.items()} == {
        Anchor.COMPLETION: day("2027-09-10"),
        Anchor.EXPIRY: day("2027-09-10"),
        Anchor.FIXED: day("2027-09-01"),
    }


def test_case_5_a_fixed_day_does_not_ask_when_it_was_recorded() -> None:
    duty = Duty(months=12, anchor=Anchor.FIXED, fixed=MonthDay(12, 31), least=5)
    done = days("2025-08-24")
    for recorded in days("2025-08-24", "2026-08-24"):
        assert stand(duty, done[0], done, recorded).due == day("2026-12-31")


def test_case_6_a_number_may_be_shortened_only_and_the_dry_run_shows_who_changes() -> None:
    (refused,) = school_refusals(NUMBER, DutySettings(months=36))
    assert refused.setting == "months"
    assert BASIS in refused.message
    assert school_refusals(NUMBER, DutySettings(months=12)) == ()
    done, on = days("2025-01-10"), day("2026-11-30")
    shorter = school_duty(NUMBER, DutySettings(months=12))
    positions = [("ann", stand(NUMBER, done[0], done, on), stand(shorter, done[0], done, on))]
    (change,) = changes(positions, on)
    assert change == Change("ann", day("2027-01-10"), day("2026-01-10"), Standing.OVERDUE, 324)


def test_case_7_the_latest_evidence_counts_and_voiding_brings_the_older_due_day_back() -> None:
    here = Evidence("r1", "registration", day("2026-03-01"))
    older = Evidence("x1", "external", day("2025-02-01"))
    newer = Evidence("x2", "external", day("2026-05-01"))
    assert due_day(YEARLY, counted_days([here, older])) == day("2027-03-01")
    assert due_day(YEARLY, counted_days([here, older, newer])) == day("2027-05-01")
    voided = newer._replace(voided=True)
    assert due_day(YEARLY, counted_days([here, older, voided])) == day("2027-03-01")


def test_case_8_a_refresher_in_time_renews_its_parent() -> None:
    parent = Duty(months=12, renewed_by="refresher", lapsed=90)
    refresher = Duty(months=12)
    own = days("2025-09-01")  # due 1 September 2026, lapsed for 90 days on 30 November
    last, late = day("2026-11-30"), day("2026-12-01")
    assert due_day(parent, days_with_refreshers(parent, own, [last])) == day("2027-11-30")
    assert due_day(refresher, [last]) == day("2027-11-30")
    assert due_day(parent, days_with_refreshers(parent, own, [late])) == day("2026-09-01")
    assert due_day(refresher, [late]) == day("2027-12-01")
    assert [in_time(parent, own, on) for on in (day("2026-08-31"), last, late)] == [True, True, False]
    assert not in_time(parent, [], last)


def test_case_9_who_comes_back_stands_as_if_never_away() -> None:
    done, joined = days("2026-01-10"), day("2025-09-01")
    ground = Ground(Span(day("2025-10-01")), Span(joined), is_member=True)
    stayed = required_since([ground], day("2026-11-30"))
    assert stand(YEARLY, None, done, day("2026-08-01")).standing is Standing.NOT_REQUIRED
    assert stand(YEARLY, stayed, done, day("2026-11-30")).due == day("2027-01-10")
    assert stand(YEARLY, stayed, done, day("2027-01-11")).standing is Standing.OVERDUE
