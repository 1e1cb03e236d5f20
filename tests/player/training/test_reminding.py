"""Cases 10 to 17 of the rules for training records, through `player remind`, with a real mail server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update

from player.compliance.zones import london_today
from player.records import jobs, people, rounds, schools
from player.records.database import Transaction
from player.records.round_tables import MailItemRow
from player.records.work_tables import JobRow, MailRow
from player.school import asked_reminders, reminder_steps, reminding
from player.school.actor import COMMAND
from player.school.settling import settle
from player.slices import REMIND
from player.work import worker
from tests.player.lms import Lms
from tests.player.mail.post_office import SENDER, PostOffice, post_office
from tests.player.threads import at_once
from tests.player.training.conftest import SCHOOL, Office
from tests.player.training.staff import leave, manage

pytestmark = pytest.mark.both_databases

DONE = date(2025, 11, 30)
DUE = date(2026, 11, 30)
LONG_AGO = ("--on", "2020-01-01")


@pytest.fixture
def post(office: Office) -> Iterator[PostOffice]:
    """The mail server of the office."""
    with post_office() as server:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(server.port))):
            office.monkeypatch.setenv(f"PLAYER_SMTP_{name}", value)
        office.monkeypatch.setenv("PLAYER_MAIL_FROM", SENDER)
        yield server


def yearly(office: Office, *titles: str) -> list[str]:
    """Courses that everybody renews each year."""
    courses = [office.add_course(title) for title in titles]
    for course in courses:
        office.run("duty", course, "--months", "12", *LONG_AGO)
        office.run("require", course, "--school", SCHOOL, *LONG_AGO)
    return courses


def remind(office: Office, on: date | str, *more: str) -> dict[str, Any]:
    told: dict[str, Any] = office.json("remind", "--on", str(on), *more)
    return told


def steps(told: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(one["to"], each["course"], each["step"]) for one in told["sent"] for each in one["courses"]]


def not_sent(told: dict[str, Any]) -> list[tuple[str | None, str, int, str]]:
    return [(one["to"], one["course"], one["step"], one["reason"]) for one in told["not_sent"]]


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_case_10_each_step_on_its_day(office: Office, post: PostOffice) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    office.complete(fire, ann, DONE)
    days = ["09-01", "10-01", "10-31", "11-23", "11-30", "12-07", "12-30"]
    for day, step in zip(days, (-90, -60, -30, -7, 0, 7, 30), strict=True):
        on = date.fromisoformat(f"2026-{day}")
        assert steps(remind(office, on - timedelta(1))) == []
        assert steps(remind(office, on)) == [(ann, fire, step)]
    assert post.recipients == [ann] * 7
    assert post.taken[0][1]["From"].addresses[0].display_name == SCHOOL
    first, last = (text(message) for _, message in (post.taken[0], post.taken[-1]))
    assert "Due on 30 November 2026, in 90 days. http://localhost:8000/training/fire" in first
    assert "Was due on 30 November 2026, 30 days ago." in last


def test_case_10_a_school_has_steps_of_its_own(office: Office, post: PostOffice) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    office.complete(fire, ann, DONE)
    with office.lms.database.writing() as tx:
        [school] = schools.ids(tx)
        reminder_steps.save(tx, COMMAND, _now(), None, (-60, -14))
        reminder_steps.save(tx, COMMAND, _now(), school, (-10, 3))
    sent = {
        day: steps(remind(office, day)) for day in ("2026-10-01", "2026-11-20", "2026-12-02", "2026-12-03")
    }
    assert [day for day, told in sent.items() if told] == ["2026-11-20", "2026-12-03"]
    with office.lms.database.writing() as tx:
        reminder_steps.save(tx, COMMAND, _now(), school, None)
        assert reminder_steps.in_force(tx, school) == (-60, -14)


def test_case_11_after_a_pause_one_e_mail(office: Office, post: PostOffice) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    office.complete(fire, ann, DONE)
    for on in ("2026-09-01", "2026-10-01", "2026-10-24"):
        remind(office, on)
    told = remind(office, "2026-11-24")
    assert steps(told) == [(ann, fire, -7)]
    assert not_sent(told) == [(ann, fire, -30, "overtaken")]
    assert len(post.taken) == 3
    with office.lms.database.reading() as tx:
        assert {row.step: row.state for row in tx.scalars(select(MailItemRow))} == {
            -90: "sent",
            -60: "sent",
            -30: "overtaken",
            -7: "sent",
        }


def test_case_12_three_courses_are_one_e_mail(office: Office, post: PostOffice) -> None:
    courses, ann = yearly(office, "Asbestos", "Fire", "Safety"), office.add_person("Ann Lee")
    for course in courses:
        office.complete(course, ann, DONE)
    told = remind(office, DUE)
    assert sorted(steps(told)) == [(ann, course, 0) for course in courses]
    assert len(told["sent"]) == 1
    said = text(post.only())
    assert all(f"http://localhost:8000/training/{course}" in said for course in courses)
    assert post.only()["Subject"] == "3 courses are due"


def test_case_13_a_round_is_run_once_however_often(office: Office, post: PostOffice) -> None:
    [fire] = yearly(office, "Fire")
    people = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid")))
    for email in people:
        office.complete(fire, email, DONE)
    assert steps(remind(office, DUE, "--dry-run")) == [(email, fire, 0) for email in people]
    assert post.taken == []
    assert len(steps(remind(office, DUE))) == 3
    assert steps(remind(office, DUE)) == []
    assert Counter(post.recipients) == Counter(people)
    office.run("remind", "--on", "2026-11-29", code=1)
    assert "2026-11-30 has been run" in office.said


def test_case_13_two_servers_at_once_write_each_step_once(office: Office) -> None:
    [fire] = yearly(office, "Fire")
    people = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid", "Dan", "Eve", "Fay")))
    for email in people:
        office.complete(fire, email, DONE)
    lms = office.lms

    def one_round() -> int:
        with lms.database.reading() as tx:
            school = schools.ids(tx)[0]
        return len(reminding.run_round(lms.database, lms.settings, school, DUE, _now()).sent)

    assert sum(at_once(one_round, one_round)) == 6
    assert len(_mails(lms)) == 6


def test_case_13_a_round_that_was_killed_goes_on(office: Office) -> None:
    """At each write of it: what was written stays, and the rest follows."""
    [fire] = yearly(office, "Fire")
    people = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid")))
    for email in people:
        office.complete(fire, email, DONE)
    office.monkeypatch.setattr("player.school.reminding.BATCH", 1)
    lms = office.lms
    with lms.database.reading() as tx:
        school = schools.ids(tx)[0]
    for survived in (0, 1, 1):
        with office.monkeypatch.context() as dying:
            _die_after(dying, survived)
            with pytest.raises(KeyboardInterrupt):
                reminding.run_round(lms.database, lms.settings, school, DUE, _now())
    reminding.run_round(lms.database, lms.settings, school, DUE, _now())
    assert sorted(row.address for row in _mails(lms)) == people
    with lms.database.reading() as tx:
        assert rounds.last_ended(tx, school, DUE) == DUE


def _die_after(dying: pytest.MonkeyPatch, writes: int) -> None:
    """Let the process die within the write that comes after so many."""
    keep, count = rounds.keep, iter(range(writes))

    def kept(*given: Any) -> None:
        keep(*given)
        if next(count, None) is None:
            raise KeyboardInterrupt

    dying.setattr("player.records.rounds.keep", kept)


def _now() -> datetime:
    return datetime.now(UTC)


def _mails(lms: Lms, kind: str = "reminder") -> list[MailRow]:
    with lms.database.reading() as tx:
        return list(tx.scalars(select(MailRow).where(MailRow.kind == kind)))


def test_case_14_exclusions_are_told_and_end(office: Office, post: PostOffice) -> None:
    fire, asbestos = yearly(office, "Fire", "Asbestos")
    ann, ben = office.add_person("Ann Lee"), office.add_person("Ben Poe")
    for course in (fire, asbestos):
        for email in (ann, ben):
            office.complete(course, email, DONE)
    for more in (
        ("--course", asbestos, "--why", "the council trains us"),
        ("--person", ben, "--why", "on leave", "--until", "2026-11-30"),
    ):
        office.run("exclude", "--school", SCHOOL, *more, "--on", "2026-01-01")
    told = remind(office, DUE)
    assert steps(told) == [(ann, fire, 0)]
    assert ("excluded: on leave") in {reason for *_, reason in not_sent(told)}
    assert (ann, asbestos, 0, "excluded: the council trains us") in not_sent(told)
    later = remind(office, "2026-12-01")
    assert steps(later) == [(ben, fire, 0)]
    assert office.stands("2026-12-01", ben, asbestos) == ("2026-11-30", "overdue")
    assert post.recipients == [ann, ben]


def test_case_15_nobody_is_reminded_who_need_not_be(office: Office, post: PostOffice) -> None:
    fire, old = yearly(office, "Fire", "Old")
    ann, ben, cid, dan = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid", "Dan")))
    for email in (ann, ben, cid, dan):
        office.complete(fire, email, DONE)
    office.complete(old, ann, DONE)
    with office.lms.database.writing() as tx:
        silent = people.person_of_email(tx, dan)
        assert silent is not None
        silent.email = None
        settle(tx, [leave(tx, ben, date(2026, 11, 20))], _now())
        from player.records import courses

        course = courses.course(tx, old)
        assert course is not None
        course.retired = datetime(2026, 11, 10, 12, tzinfo=UTC)
    office.complete(fire, cid, date(2026, 11, 1))
    told = remind(office, "2026-11-30")
    assert steps(told) == [(ann, fire, 0)]
    assert set(not_sent(told)) - {(ann, fire, step, "overtaken") for step in (-90, -60, -30, -7)} == {
        (ben, fire, 0, "left"),
        (ann, old, 0, "course retired"),
        (cid, fire, 0, "renewed meanwhile"),
        (None, fire, 0, "no address"),
    }
    assert post.recipients == [ann]


def test_case_16_a_manager_hears_once_a_week(office: Office, post: PostOffice) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    boss = office.add_person("Mo Head")
    office.run("exclude", "--school", SCHOOL, "--person", boss, "--why", "leads it", *LONG_AGO)
    with office.lms.database.writing() as tx:
        manage(tx, boss)
    office.complete(fire, ann, DONE)
    office.complete(fire, boss, DONE)
    first = DUE - timedelta(61)
    assert remind(office, first)["digests"] == [], "nothing is due"
    told = [remind(office, first + timedelta(days))["digests"] for days in range(1, 17)]
    assert [at for at, digests in enumerate(told) if digests] == [0, 7, 14]
    digests = [message for address, message in post.taken if address == boss]
    assert "Ann Lee" in text(digests[0])
    assert digests[0]["Subject"] == f"Training at {SCHOOL}: 0 overdue, 2 due soon"
    reminder = next(message for address, message in post.taken if address == ann)
    assert reminder["Reply-To"] == boss


def test_case_17_one_refused_address_stops_nobody(office: Office, post: PostOffice) -> None:
    [fire] = yearly(office, "Fire")
    ann, ben = office.add_person("Ann Lee"), office.add_person("Ben Poe")
    for email in (ann, ben):
        office.complete(fire, email, DONE)
    post.refused[ann] = "550 no such user"
    remind(office, DUE)
    assert post.recipients == [ben]
    assert {row.address: (row.state, row.error) for row in _mails(office.lms)} == {
        ann: ("waiting", "550 no such user"),
        ben: ("sent", ""),
    }


def test_a_reminder_that_waited_says_what_is_so_when_it_is_sent(office: Office) -> None:
    """Ann has done one of three courses and is excluded from another, Ben has done all, Cid has another
    address, and the mail server was away until the next day."""
    fire, asbestos, safety = yearly(office, "Fire", "Asbestos", "Safety")
    ann, ben, cid = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid")))
    for email, course in ((ann, fire), (ann, asbestos), (ann, safety), (ben, fire), (cid, fire)):
        office.complete(course, email, DONE)
    office.run("exclude", "--school", SCHOOL, "--person", ben, "--course", asbestos, "--why", "-", *LONG_AGO)
    office.run("exclude", "--school", SCHOOL, "--person", ben, "--course", safety, "--why", "-", *LONG_AGO)
    lms, at = office.lms, datetime(2026, 11, 30, 7, tzinfo=UTC)
    with lms.database.reading() as tx:
        school = schools.ids(tx)[0]
    reminding.run_round(lms.database, lms.settings, school, DUE, at)
    for email in (ann, ben):
        office.complete(fire, email, datetime(2026, 11, 30, 9, tzinfo=UTC))
    why = ("--person", ann, "--course", asbestos, "--why", "the council trains her")
    office.run("exclude", "--school", SCHOOL, *why, "--on", "2026-11-30")
    with lms.database.writing() as tx:
        moved = people.person_of_email(tx, cid)
        assert moved is not None
        moved.email = "cid@elsewhere.example"
    with post_office() as server:
        later = at + timedelta(hours=25)
        worker(lms.database, server.settings(lms.settings), lambda: later).run_due()
    assert sorted(server.recipients) == [ann, "cid@elsewhere.example"]
    to_ann = next(message for address, message in server.taken if address == ann)
    assert to_ann["Subject"] == "Safety is overdue"
    assert "Was due on 30 November 2026, 1 day ago." in text(to_ann)
    assert "Fire" not in text(to_ann)
    shown = {row.address: row for row in _mails(lms)}
    assert shown[ann].subject == "Safety is overdue", "the outbox shows what went out"
    assert (shown[ben].state, shown[ben].error) == ("kept", "Renewed meanwhile.")
    with lms.database.reading() as tx:
        told = rounds.listed(tx, school, ("not sent",), 0, 10)
    assert {(item.name, item.course, item.reason) for item in told if item.mail_id} == {
        ("Ann Lee", "Fire", "renewed meanwhile"),
        ("Ann Lee", "Asbestos", "excluded: the council trains her"),
        ("Ben Lee", "Fire", "renewed meanwhile"),
    }


def test_selected_people_are_reminded_at_once_and_once_a_day(office: Office, post: PostOffice) -> None:
    [fire], ann, ben = yearly(office, "Fire"), office.add_person("Ann Lee"), office.add_person("Ben Poe")
    for email in (ann, ben):
        office.complete(fire, email, DONE)
    office.run("exclude", "--school", SCHOOL, "--person", ben, "--why", "on leave", *LONG_AGO)
    lms, at = office.lms, datetime(2026, 6, 1, 9, tzinfo=UTC)
    with lms.database.writing() as tx:
        school = schools.ids(tx)[0]
        ids = _ids(tx, ann, ben)
        reports = [
            asked_reminders.remind_these(tx, lms.settings, COMMAND, at, school, ids, fire) for _ in range(2)
        ]
        kept = rounds.listed(tx, school, ("not sent",), 0, 10)
    assert [[one.address for one in report.sent] for report in reports] == [[ann], []]
    assert [one.reason for one in reports[0].not_sent] == ["excluded: on leave"]
    assert [(one.name, one.step, one.reason) for one in kept] == [("Ben Poe", -182, "excluded: on leave")]


def test_many_are_reminded_by_a_job_that_a_second_click_and_a_restart_do_not_repeat(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stops in the middle of the job, before it has written down how far it was, and a day
    begins before it goes on."""
    _, water = yearly(office, "Fire", "Water")
    addresses = office.add_people(*(f"{name} Lee" for name in ("Ann", "Ben", "Cid")))
    office.complete(water, addresses[0], date(2026, 5, 1))
    lms, at = office.lms, datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    monkeypatch.setattr(asked_reminders, "MOST", 2)
    monkeypatch.setattr(asked_reminders, "SLICE", 1)
    with lms.database.reading() as tx:
        school, ids = schools.ids(tx)[0], _ids(tx, *addresses)

    def ask(now: datetime, persons: list[str]) -> asked_reminders.Asked:
        return asked_reminders.remind_people(lms.database, lms.settings, COMMAND, now, school, persons)

    asked = [ask(at, ids), ask(at, ids[::-1])]
    assert [(one.sent, one.later, one.is_again) for one in asked] == [(0, 3, False), (0, 3, True)]
    with lms.database.writing() as tx:
        [left] = jobs.open_payloads(tx, "remind:")
        assert asked_reminders.number_waiting(tx, school) == 3
        assert asked_reminders.remind_some(tx, lms.settings, at, left) is not None
    assert len(_mails(lms, "asked")) == 1
    worker(lms.database, lms.settings, lambda: at + timedelta(hours=2), only=(REMIND,)).run_due()
    mails = _mails(lms, "asked")
    assert sorted(mail.address for mail in mails) == sorted(addresses), "nobody twice, nobody forgotten"
    subjects = {mail.address: mail.subject for mail in mails}
    assert subjects[addresses[0]] == "Fire is overdue", "Water is in date"
    assert subjects[addresses[1]] == "2 courses are overdue"
    with lms.database.reading() as tx:
        assert asked_reminders.number_waiting(tx, school) == 0
    for course in (None, water):
        again = asked_reminders.remind_people(
            lms.database, lms.settings, COMMAND, at + timedelta(hours=2), school, ids[1:], course
        )
        assert again.sent == 0, "they had theirs today"


def _ids(tx: Transaction, *addresses: str) -> list[str]:
    return [person.id for one in addresses if (person := people.person_of_email(tx, one))]


def test_what_could_not_be_sent_is_sent_by_work(office: Office) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    office.complete(fire, ann, DONE)
    for name, value in (("SMTP_HOST", "127.0.0.1"), ("SMTP_PORT", "1"), ("MAIL_FROM", SENDER)):
        office.monkeypatch.setenv(f"PLAYER_{name}", value)
    remind(office, DUE)
    assert [row.state for row in _mails(office.lms)] == ["waiting"]
    with office.lms.database.writing() as tx:
        tx.execute(update(JobRow).values(run_at=_now()))  # its pause is over
    with post_office() as server:
        office.monkeypatch.setenv("PLAYER_SMTP_PORT", str(server.port))
        assert office.json("work", "--once")["jobs"] >= 1
    assert server.recipients == [ann]


def test_a_round_of_a_day_ahead_keeps_no_round_of_the_day_itself_back(
    office: Office, post: PostOffice
) -> None:
    """A day ahead was run by command; what it sent is not sent again, and what is reached since is."""
    [fire], ann, ben = yearly(office, "Fire"), office.add_person("Ann Lee"), office.add_person("Ben Poe")
    office.complete(fire, ann, DONE)
    lms, ahead = office.lms, (_now() + timedelta(40)).date()
    office.complete(fire, ben, ahead - timedelta(60 + 365))
    with lms.database.writing() as tx:
        [school] = schools.ids(tx)
        reminder_steps.save(tx, COMMAND, _now(), school, (-20,))
    assert {one["to"] for one in remind(office, ahead)["sent"]} == {ann, ben}
    assert f"{ahead} is still to come" in office.said
    cid, at = office.add_person("Cid Ray"), _now()
    today = london_today(at)
    office.complete(fire, cid, today - timedelta(365))
    office.run("remind", "--on", today.isoformat(), code=1)
    sent = [reminding.run_round(lms.database, lms.settings, school, today, at).sent for _ in range(2)]
    assert [[one.address for one in each] for each in sent] == [[cid], []]


def test_the_nightly_round_runs_at_seven_in_the_morning_of_the_school(office: Office) -> None:
    [fire], ann = yearly(office, "Fire"), office.add_person("Ann Lee")
    office.complete(fire, ann, date(2025, 7, 1))
    lms = office.lms
    times = [datetime(2026, 7, 1, hour, 1, tzinfo=UTC) for hour in (4, 5, 6, 7)]
    from player.work import add_recurring

    add_recurring(lms.database, times[0])
    written = []
    for at in times:
        worker(lms.database, lms.settings, partial(datetime.astimezone, at, UTC)).run_due()
        written.append(len(_mails(lms)))
    assert written == [0, 0, 1, 1], "seven o'clock in London is six in UTC in July"
    assert _mails(lms)[0].state == "kept"
