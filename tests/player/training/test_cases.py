"""Cases 1 to 9, 14 and 15 of the rules for training records, through the commands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from player.records import audit, mail, memberships, people, schools, training
from player.records.due_tables import ExclusionRow
from player.school import refreshers, staffing
from player.school.actor import COMMAND
from player.school.settling import school_today, settle
from player.school.staffing import Details
from tests.player.packages import ours, package
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import leave, manage

pytestmark = pytest.mark.both_databases

BASIS = "Early years staff renew it every two years (early years statutory framework, annex C)."
YEARLY = ("--kind", "regular", "--basis", "Updated at least annually (KCSIE).", "--months", "12")
LONG_AGO = ("--on", "2020-01-01")


def test_case_1_a_leap_day_comes_back(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, *YEARLY, *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, *LONG_AGO)
    office.complete(fire, ann, date(2024, 2, 29))
    entry = office.one("2024-12-31", ann, fire, "--cycles", "3")
    assert (entry["due"], entry["standing"]) == ("2025-02-28", "due soon")
    assert entry["cycles"] == ["2026-02-28", "2027-02-28", "2028-02-29"]
    assert (entry["duty"], entry["period_months"], entry["anchor"]) == ("regular", 12, "completion")
    assert entry["basis"].startswith("Updated at least annually")


def test_case_2_the_end_of_february_is_no_new_anchor(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "6", *LONG_AGO)
    office.complete(fire, ann, date(2025, 8, 31))
    entry = office.one("2025-09-01", ann, fire, "--cycles", "1")
    assert (entry["due"], entry["cycles"]) == ("2026-02-28", ["2026-08-31"])


def test_case_3_a_day_is_that_of_the_school(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "24", *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, *LONG_AGO)
    office.complete(fire, ann, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    entry = office.one("2028-07-01", ann, fire)
    assert [one["day"] for one in entry["evidence"]] == ["2026-07-01"]
    assert (entry["due"], entry["standing"]) == ("2028-07-01", "due soon")
    assert office.stands("2028-07-02", ann, fire) == ("2028-07-01", "overdue")
    with office.lms.database.reading() as tx:
        school = schools.school_named(tx, SCHOOL).id
        midnight = datetime(2028, 7, 1, 23, tzinfo=UTC)  # in London
        days = [school_today(tx, school, midnight - timedelta(seconds=each)) for each in (1, 0)]
    assert days == [date(2028, 7, 1), date(2028, 7, 2)]


def test_case_4_each_anchor_inside_the_window_and_after_it(office: Office) -> None:
    fire, early, late = office.add_course("Fire"), office.add_person("Ann Lee"), office.add_person("Ben Poe")
    office.run("duty", fire, "--months", "12", "--window", "60", *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, *LONG_AGO)
    for email, again in ((early, date(2026, 7, 20)), (late, date(2026, 9, 10))):
        office.complete(fire, email, date(2025, 9, 1))
        office.complete(fire, email, again)
    stood = [office.stands(day, late, fire) for day in ("2026-07-02", "2026-07-03", "2026-09-02")]
    assert stood == [("2026-09-01", word) for word in ("in date", "due soon", "overdue")]
    fixed = ("--fixed", "09-01", "--least", "5")
    expected = {
        "completion": ("2027-07-20", "2027-09-10"),
        "expiry": ("2027-09-01", "2027-09-10"),
        "fixed": ("2027-09-01", "2027-09-01"),
    }
    for anchor, days in expected.items():
        office.run("duty", fire, "--school", SCHOOL, "--anchor", anchor, *fixed, *LONG_AGO)
        assert tuple(office.one("2026-11-30", email, fire)["due"] for email in (early, late)) == days
    assert office.one("2026-07-01", early, fire)["due"] == "2026-09-01", "a past day knows less"


def test_case_5_a_fixed_day_is_the_same_whenever_it_is_recorded(office: Office, tmp_path: Path) -> None:
    fire, ann, ben = office.add_course("Fire"), office.add_person("Ann Lee"), office.add_person("Ben Poe")
    fixed = ("--anchor", "fixed", "--fixed", "12-31", "--least", "5")
    office.run("duty", fire, "--months", "12", *fixed, *LONG_AGO)
    office.complete(fire, ann, date(2025, 8, 24))
    assert office.one("2025-08-24", ann, fire)["due"] == "2026-12-31"
    listed = tmp_path / "late.csv"
    listed.write_text(f"email,course,day\n{ben},{fire},24/08/2025\n")
    office.run("external", "add", str(listed), "--school", SCHOOL, "--on", "2026-08-24")
    assert {entry["due"] for entry in office.due("2026-08-24")} == {"2026-12-31"}


def test_case_6_a_longer_period_is_refused_and_the_dry_run_shows_who_changes(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--kind", "number", "--basis", BASIS, "--months", "24", *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, *LONG_AGO)
    office.complete(fire, ann, date(2025, 1, 10))
    ours = ("duty", fire, "--school", SCHOOL, "--on", "2026-11-30")
    refused = office.json(*ours, "--months", "36", code=1)
    assert BASIS in office.said
    assert BASIS in refused["problems"][0]["message"]
    assert office.json(*ours, "--anchor", "expiry", code=1)["changes"] == []
    office.run(*ours, "--kind", "custom", code=2)
    dry = office.json(*ours, "--months", "12", "--dry-run")["changes"]
    assert [(one["was"], one["due"], one["standing"], one["days_overdue"]) for one in dry] == [
        ("2027-01-10", "2026-01-10", "overdue", 324)
    ]
    assert dry[0]["person"] == {"staff_id": "ann", "name": "Ann Lee", "email": ann}
    assert office.one("2026-11-30", ann, fire)["due"] == "2027-01-10", "nothing was saved"
    assert office.json(*ours, "--months", "12")["changes"] == dry
    assert office.stands("2026-11-30", ann, fire) == ("2026-01-10", "overdue")
    assert office.one("2026-11-29", ann, fire)["due"] == "2027-01-10", "the day before has its own rules"


def test_case_7_what_was_learned_elsewhere_counts_and_nothing_is_overwritten(
    office: Office, tmp_path: Path
) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("duty", fire, "--months", "12", *LONG_AGO)
    office.complete(fire, ann, date(2026, 3, 1))
    dues = []
    for day in ("2025-02-01", "2026-05-01"):
        listed = tmp_path / f"{day}.csv"
        listed.write_text(f"email,course,day\n{ann},{fire},{day}\n")
        office.run("external", "add", str(listed), "--school", SCHOOL)
        dues.append(office.one("2026-11-30", ann, fire)["due"])
    assert dues == ["2027-03-01", "2027-05-01"]
    evidence = office.one("2026-11-30", ann, fire)["evidence"]
    assert [(one["kind"], one["day"]) for one in evidence] == [
        ("external", "2025-02-01"),
        ("registration", "2026-03-01"),
        ("external", "2026-05-01"),
    ]
    newer = evidence[-1]["id"]
    office.run("external", "void", newer, "--why", "Another course")
    after = office.one("2026-11-30", ann, fire)
    assert (after["due"], after["evidence"][-1]) == ("2027-03-01", {**evidence[-1], "voided": True})
    office.run("external", "void", newer, "--why", "Again", code=1)
    office.run("external", "void", evidence[1]["id"], "--why", "Made here", code=1)


def test_case_8_a_refresher_renews_its_course_in_time(office: Office) -> None:
    main, refresher = office.add_course("Main"), office.add_course("Refresher")
    ann, ben = office.add_person("Ann Lee"), office.add_person("Ben Poe")
    office.run("duty", main, "--months", "12", *LONG_AGO)
    policy = ("--renewed-by", refresher, "--lapsed", "90")
    office.run("duty", main, "--school", SCHOOL, *policy, *LONG_AGO)
    for email, again in ((ann, date(2026, 11, 30)), (ben, date(2026, 12, 1))):
        office.complete(main, email, date(2025, 9, 1))
        office.complete(refresher, email, again)
    assert office.one("2026-12-01", ann, main)["due"] == "2027-11-30"
    assert office.one("2026-12-01", ben, main)["due"] == "2026-09-01", "91 days after it"
    assert [len(office.one("2026-12-01", who, main)["evidence"]) for who in (ann, ben)] == [2, 1]
    assert [len(office.one("2026-12-01", who, refresher)["evidence"]) for who in (ann, ben)] == [1, 1]
    office.run("duty", main, "--renewed-by", "nothing", code=1)


def test_case_8_a_package_says_itself_which_course_its_refresher_renews(
    office: Office, tmp_path: Path
) -> None:
    """Without the option the import says how, and sets nothing."""
    main = package(tmp_path / "main.zip", ours("scorm12", course="main"))
    short = package(tmp_path / "short.zip", ours("scorm12", course="short", refresher_of="main"))
    office.run("import", str(main))
    (report,) = office.json("import", str(short))
    assert (report["course"], report["refreshes"]) == ("short", "main")
    assert "short is a refresher of main, and does not renew it yet" in office.said
    office.run("import", str(short), str(main))
    assert office.said.count("does not renew it yet") == 1
    office.run("import", str(short), "--renewing", "90")
    assert office.said == ""
    ann = office.add_person("Ann Lee")
    office.run("duty", "main", "--months", "12")
    year = datetime.now(UTC).year  # the rules count from today on
    for course, day in (("main", date(year, 9, 1)), ("short", date(year + 1, 11, 30))):
        office.complete(course, ann, day)
    assert office.one(f"{year + 1}-12-01", ann, "main")["due"] == f"{year + 2}-11-30"


def test_case_8_a_refresher_is_offered_while_it_renews_and_enrols_nobody_by_itself(office: Office) -> None:
    main, refresher = office.add_course("Main"), office.add_course("Refresher")
    done = {"Ann Lee": date(2026, 10, 1), "Ben Poe": date(2025, 9, 1), "Cat Ray": date(2025, 8, 31)}
    people_ = {name: office.add_person(name) for name in (*done, "Dan Ode")}
    policy = ("--renewed-by", refresher, "--lapsed", "90")
    office.run("duty", main, "--months", "12", *policy, *LONG_AGO)
    office.run("require", main, "--school", SCHOOL, *LONG_AGO)
    for name, day in done.items():
        office.complete(main, people_[name], day)
    on, now = date(2026, 11, 30), datetime(2026, 11, 30, 12, tzinfo=UTC)
    with office.lms.database.writing() as tx:
        school = schools.school_named(tx, SCHOOL).id
        settle(tx, [school], now)
        known = refreshers.at_school(tx, school, on)
        records = {each.membership.name: each for each in training.records(tx, school=school, on=on)}
        told = {name: known.of(each) for name, each in records.items()}
        assert {name: offer and (offer.until, offer.is_open) for name, offer in told.items()} == {
            "Ann Lee": (date(2027, 12, 30), True),
            "Ben Poe": (date(2026, 11, 30), True),  # lapsed for 90 days, on the last of them
            "Cat Ray": (date(2026, 11, 29), False),
            "Dan Ode": None,
        }
        assert training.records(tx, school=school, course=refresher) == [], "nobody is enrolled"
        began = {name: refreshers.begin(tx, COMMAND, now, each, known) for name, each in records.items()}
        assert {name for name, enrolment in began.items() if enrolment} == {"Ann Lee", "Ben Poe"}
        [row] = [each for each in audit.listed(tx, audit.AuditFilter()) if "Ben Poe: refresher" in each.about]
        assert (row.actor, row.action, row.noun) == (COMMAND.name, "added", "enrolment")
    office.complete(refresher, people_["Ben Poe"], on)
    assert office.stands("2026-11-30", people_["Ben Poe"], main) == ("2027-11-30", "in date")
    office.run("duty", main, "--school", SCHOOL, "--renewed-by", "none", *LONG_AGO)
    with office.lms.database.reading() as tx:
        own = refreshers.at_school(tx, school, on)
        assert own.of(records["Ann Lee"]) is None, "the school's own policy"


def test_case_8_an_e_mail_names_the_refresher_while_it_renews(office: Office) -> None:
    main, refresher = office.add_course("Main"), office.add_course("Short Refresher")
    ann, boss = office.add_person("Ann Lee"), office.add_person("Mo Head")
    with office.lms.database.writing() as tx:
        manage(tx, boss)
    office.run("exclude", "--school", SCHOOL, "--person", boss, "--why", "leads it", *LONG_AGO)
    office.run("duty", main, "--months", "12", "--renewed-by", refresher, "--lapsed", "20", *LONG_AGO)
    office.run("require", main, "--school", SCHOOL, *LONG_AGO)
    office.complete(main, ann, date(2025, 11, 30))
    told, weeks = {}, []
    for day in ("2026-10-31", "2026-12-07", "2026-12-30"):
        sent = office.json("remind", "--on", day)["sent"]
        assert [each["course"] for one in sent for each in one["courses"]] == [main]
        with office.lms.database.reading() as tx:
            rows = {row.kind: row for row in reversed(mail.listed(tx, None, (), 0, 9))}
            told[rows["reminder"].subject] = " ".join(rows["reminder"].text.split())
            weeks.append(" ".join(rows["digest"].text.split()))
    first, second, third = told
    assert first == "Short Refresher is due on 30 November 2026"
    instead = "Short Refresher: Take it by 20 December 2026 in place of Main, which is due on 30 November"
    assert instead in told[first]
    assert f"/training/{main}" in told[first]
    assert second == "Main is overdue: Short Refresher still renews it"
    assert "in place of Main, which was due on 30 November 2026, 7 days ago." in told[second]
    assert third == "Main is overdue"
    assert "It is too late for the refresher: take the course itself." in told[third]
    assert "Short Refresher" not in told[third]
    ann_in_digest = [week.partition("Ann Lee: ")[2].split(" - ")[0] for week in weeks]
    instead = "Short Refresher can be taken instead until 20 December 2026."
    assert ann_in_digest[0].startswith(f"Main, due on 30 November 2026, in 30 days. {instead}")
    assert f"7 days ago. {instead}" in ann_in_digest[1]
    assert "Too late for Short Refresher: the course itself is to be taken." in ann_in_digest[2]


def test_case_9_who_comes_back_stands_as_if_never_away(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee", since=date(2025, 9, 1))
    office.run("duty", fire, "--months", "12", *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, "--on", "2025-10-01")
    office.complete(fire, ann, date(2026, 1, 10))
    with office.lms.database.writing() as tx:
        settle(tx, [leave(tx, ann, date(2026, 4, 1))], datetime.now(UTC))
    assert office.due("2026-05-01") == []
    with office.lms.database.writing() as tx:
        settle(tx, [leave(tx, ann, None)], datetime.now(UTC))
    assert office.stands("2026-11-30", ann, fire) == ("2027-01-10", "due soon")
    assert office.stands("2027-01-11", ann, fire) == ("2027-01-10", "overdue")


def test_case_9_whoever_is_away_is_sent_nothing(office: Office) -> None:
    """Away for five months, in which all the days of reminders lie."""
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee", since=date(2025, 9, 1))
    office.run("duty", fire, "--months", "12", *LONG_AGO)
    office.run("require", fire, "--school", SCHOOL, "--on", "2025-10-01")
    office.complete(fire, ann, date(2026, 1, 10))
    before = office.one("2026-10-11", ann, fire)
    with office.lms.database.writing() as tx:
        settle(tx, [leave(tx, ann, date(2026, 10, 12))], datetime.now(UTC))
    for day in ("2026-11-11", "2026-12-11", "2027-01-10", "2027-02-09"):
        assert office.json("remind", "--on", day)["sent"] == [], day
    with office.lms.database.writing() as tx:
        person = people.person_of_email(tx, ann)
        assert person is not None
        (gone,) = memberships.of_person(tx, person.id)
        staffing.come_back(tx, COMMAND, datetime.now(UTC), gone, date(2027, 3, 12))
        assert mail.listed(tx, None, (), 0, 9) == []
    after = office.one("2027-03-12", ann, fire)
    assert (after["evidence"], after["due"]) == (before["evidence"], before["due"])
    told = office.json("remind", "--on", "2027-03-12")["sent"]
    assert [(one["to"], [each["step"] for each in one["courses"]]) for one in told] == [(ann, [30])]


def test_case_14_who_is_excluded_is_still_overdue(office: Office) -> None:
    fire, ann, ben = office.add_course("Fire"), office.add_person("Ann Lee"), office.add_person("Ben Poe")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-01-01")
    ours = ("exclude", "--school", SCHOOL, "--on", "2026-02-01")
    office.run(*ours, "--person", ann, "--why", "Long-term leave", "--until", "2026-03-01")
    excluded = {
        day: office.one(day, ann, fire) for day in ("2026-01-31", "2026-02-01", "2026-03-01", "2026-03-02")
    }
    assert [entry["excluded"] for entry in excluded.values()] == [False, True, True, False]
    assert {entry["standing"] for entry in excluded.values()} == {"overdue"}
    assert office.one("2026-02-01", ben, fire)["excluded"] is False
    office.run(*ours, "--course", fire, "--why", "A new edition is coming")
    assert office.one("2026-02-01", ben, fire)["excluded"] is True
    office.run(*ours, "--course", fire, "--end")
    office.run(*ours, "--course", fire, "--person", ben, "--why", "Off site", "--until", "2026-04-30")
    other = office.add_course("Other")
    office.run("require", other, "--school", SCHOOL, "--on", "2026-01-01")
    assert [office.one("2026-02-01", ben, each)["excluded"] for each in (fire, other)] == [True, False]
    with office.lms.database.reading() as tx:
        [row] = tx.scalars(select(ExclusionRow).where(ExclusionRow.why == "Off site"))
        assert (row.recorded_by, row.since) == (COMMAND.name, date(2026, 2, 1))
        assert (row.recorded.date(), row.until) == (datetime.now(UTC).date(), date(2026, 5, 1))
    office.run(*ours, "--course", fire, "--person", ben, "--end")
    office.run(*ours, "--course", fire, "--end", code=1)
    assert office.one("2026-02-01", ben, fire)["excluded"] is False
    office.run(*ours[:3], "--course", fire, "--why", "From next year", "--on", "2027-01-01")
    for code in (0, 1):
        office.run(*ours, "--course", fire, "--end", code=code)
    office.run(*ours, "--why", "Nothing named", code=2)
    office.run(*ours, "--course", fire, code=2)
    office.run(*ours, "--course", fire, "--why", "Away", "--until", "9999-12-31", code=2)
    office.run(*ours, "--person", "nobody@northfield.example", "--why", "Away", code=1)


def test_case_15_leavers_and_retired_courses_are_not_required(office: Office) -> None:
    from player.records import courses

    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-01-01")
    with office.lms.database.writing() as tx:
        known = courses.course(tx, fire)
        assert known is not None
        known.retired = datetime(2026, 6, 1, 9, tzinfo=UTC)
    assert office.stands("2026-05-31", ann, fire) == ("2026-01-29", "overdue")
    assert office.stands("2026-06-01", ann, fire)[1] == "not required"
    office.run("require", fire, "--school", SCHOOL, code=1)
    with office.lms.database.writing() as tx:
        leave(tx, ann, date(2026, 5, 1))
    assert [office.due(day) != [] for day in ("2026-04-30", "2026-05-01")] == [True, False]


def test_case_15_who_is_on_long_leave_gets_no_e_mail_with_the_reason(office: Office) -> None:
    fire, ann = office.add_course("Fire"), office.add_person("Ann Lee")
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-01-01")
    for on_leave in (True, False):
        with office.lms.database.writing() as tx:
            person = people.person_of_email(tx, ann)
            assert person is not None
            (stay,) = memberships.of_person(tx, person.id)
            details = Details(stay.name, ann, stay.staff_id, on_leave=on_leave)
            staffing.change(tx, COMMAND, datetime(2026, 1, 2, tzinfo=UTC), stay, details)
        told = office.json("remind", "--on", "2026-01-29", "--dry-run")
        reasons = {(one["to"], one["reason"]) for one in told["not_sent"]}
        assert ((ann, "on long leave") in reasons) is on_leave
        assert [one["to"] for one in told["sent"]] == ([] if on_leave else [ann])
        assert office.stands("2026-01-30", ann, fire) == ("2026-01-29", "overdue")
