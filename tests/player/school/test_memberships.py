"""One person at several schools: what each school sees and may change, and who comes back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from player.records import memberships, people, school_keys, training
from player.records.work_tables import AuditRow, MailRow
from player.school import asked_reminders, requiring, staffing
from player.school.actor import COMMAND, Actor
from player.school.staffing import Details
from tests.player import staff
from tests.player.lms import CLOSE, OPEN, START, Lms, go, put
from tests.player.web.sample import NORTH, SOUTH, Sample, person_of
from tests.player.web.site_user import SiteUser, words


@pytest.mark.both_databases
def test_who_comes_back_has_a_second_stay_and_the_record_of_before(lms: Lms) -> None:
    """RECORDS.md, case 9: as if never away."""
    course = lms.add().course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, put("cmi.core.lesson_status", "passed"), CLOSE, go("suspendAll"))
    left, back = date(2026, 11, 30), date(2027, 4, 30)
    with lms.database.writing() as tx:
        (stay,) = memberships.called(tx, "ann")
        staffing.leave(tx, COMMAND, lms.now, stay, left)
    lms.after(days=157)
    with lms.database.writing() as tx:
        (stay,) = memberships.called(tx, "ann")
        assert stay.has_left(lms.now.date())
        staffing.come_back(tx, COMMAND, lms.now, stay, back)
    with lms.database.reading() as tx:
        (stay,) = memberships.called(tx, "ann")
        both = memberships.stays(tx, stay.school_id, stay.person_id)
        assert [(each.staff_id, each.since, each.until) for each in both] == [
            ("ann", START.date(), left),
            ("ann", back, None),
        ]
        for day, count in ((left - timedelta(days=1), 1), (left, 0), (back, 1)):
            assert len(memberships.on_day(tx, stay.school_id, day)) == count, day
    assert lms.record()["success_status"] == "passed"
    assert lms.open(course).deliver()["session"]["state"] == "running"
    assert len(lms.records()) == 1, "the enrolment of before"


@pytest.mark.both_databases
def test_a_staff_id_is_one_persons_also_after_they_have_left(lms: Lms) -> None:
    with lms.database.writing() as tx:
        ann = staff.launched(tx, "Northfield", "17", "Ann")
        staffing.leave(tx, COMMAND, lms.now, ann, lms.now.date() + timedelta(days=1))
        errors = staffing.unfit(tx, COMMAND, ann.school_id, Details("Ben", staff_id="17"))
    assert errors == {"staff_id": "Ann, who has left, already has the staff id “17”."}


@pytest.fixture
def at_both(own_sample: Sample) -> Sample:
    """Sam of Northfield is added to Southbrook too, by another name, and enrolled there."""
    with own_sample.lms.database.writing() as tx:
        olu = Actor("Olu Samuel", own_sample.people["olu"], own_sample.south)
        details = Details("Samuel Okafor-Reed", "sam@example.org", "S-4", job_title="Supply teacher")
        assert staffing.unfit(tx, olu, own_sample.south, details) == {}
        stay = staffing.add(tx, olu, START, own_sample.south, details)
        assert stay.person_id == own_sample.people["sam"]
        staff.enrol(tx, [stay], ["fire-safety"])
    return own_sample


def test_each_school_sees_its_own_name_id_and_records(own_app: Flask, at_both: Sample) -> None:
    priya, olu = SiteUser(own_app, "priya"), SiteUser(own_app, "olu")
    sam = at_both.people["sam"]
    north, south = f"/schools/{at_both.north}", f"/schools/{at_both.south}"
    assert "Completed" in priya.words(f"{north}/people/{sam}")
    there = olu.words(f"{south}/people/{sam}")
    assert "Samuel Okafor-Reed Learner, sam@example.org. Supply teacher." in there
    assert "Fire Safety Assigned on 24 November 2026. Not started" in there
    assert "Asbestos" not in there
    assert olu.get(f"{south}/records/{at_both.registrations['sam fire-safety']}").status_code == 404
    for path in ("people", "people.csv", "courses/fire-safety/answers.csv", f"people/{sam}"):
        assert "Sam Okafor" not in olu.get(f"{south}/{path}").text, path
        assert "Samuel" not in priya.get(f"{north}/{path}").text, path
    ids = {(each["learner"]["id"], each["learner"]["name"]) for each in at_both.lms.records(learner="sam")}
    assert ids == {("sam", "Sam Okafor")}


def test_one_sign_in_reaches_both_and_each_course_says_whose_it_is(own_app: Flask, at_both: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    page = sam.words("/training")
    assert f"To do Managing Allegations {NORTH}. Assigned" in page
    assert f"Fire Safety {SOUTH}. Assigned on 24 November 2026." in page
    assert f"Done Fire Safety {NORTH}. Completed" in page
    at = f"/training/fire-safety?school={at_both.south}"
    assert "You have not started this course yet." in sam.words(at)
    started = sam.post(f"/training/fire-safety/start?school={at_both.south}", at=at)
    assert started.status_code == 303
    token = started.headers["Location"].split("/")[-2]
    given = at_both.lms.registrar.deliver(token, "p", at_both.lms.now)["session"]["launch"]["values"]
    assert (given["cmi.learner_id"], given["cmi.learner_name"]) == ("S-4", "Samuel Okafor-Reed")
    assert "Attempt 1 Started" in sam.words(at)
    assert "You passed on" in sam.words(f"/training/fire-safety?school={at_both.north}")
    assert sam.get("/training/fire-safety?school=no-such").status_code == 404


def test_a_reminder_leads_to_the_course_at_the_school_that_writes(own_app: Flask, at_both: Sample) -> None:
    """Sam has completed it at the other one."""
    lms, south, sam = at_both.lms, at_both.south, at_both.people["sam"]
    olu = Actor("Olu Samuel", at_both.people["olu"], south)
    with lms.database.writing() as tx:
        requiring.require(tx, olu, lms.now, south, "fire-safety", (), lms.now.date())
        asked_reminders.remind_these(tx, lms.settings, olu, lms.now, south, [sam], "fire-safety")
    with lms.database.reading() as tx:
        [mail] = tx.scalars(select(MailRow).where(MailRow.person_id == sam))
    [link] = re.findall(r"/training/\S+", mail.text)
    assert "You have not started this course yet." in SiteUser(own_app, "sam").words(link)


def test_who_moves_keeps_what_they_completed_and_the_old_school_still_sees_it(
    own_app: Flask, at_both: Sample
) -> None:
    sam = at_both.people["sam"]
    with at_both.lms.database.writing() as tx:
        stay = staff.member(tx, at_both.north, sam)
        staffing.leave(tx, COMMAND, at_both.lms.now, stay, at_both.lms.now.date())
    user = SiteUser(own_app, "sam")
    page = user.words("/training")
    assert f"Done Fire Safety {NORTH}. Completed" in page
    assert "Managing Allegations" not in page
    at = f"/training/asbestos/start?school={at_both.north}"
    refused = user.post(at, at="/training")
    assert f"You have left {NORTH}" in user.words(refused.headers["Location"])
    assert "Completed" in SiteUser(own_app, "priya").words(f"/schools/{at_both.north}/people/{sam}")


def test_a_school_changes_nothing_of_an_account_that_it_shares(own_app: Flask, at_both: Sample) -> None:
    sam, south = at_both.people["sam"], at_both.south
    olu = Actor("Olu Samuel", at_both.people["olu"], south)
    with at_both.lms.database.writing() as tx:
        stay = staff.member(tx, south, sam)
        taken = Details("Sam", "olus-own@example.org", "S-4")
        told = staffing.unfit(tx, olu, south, taken, stay)["email"]
        assert told.endswith("only the provider can change the address.")
        assert NORTH not in told
        staffing.change(tx, olu, START, stay, Details("S. Reed", "sam@example.org", "S-4"))
    person = person_of(at_both, "sam@example.org")
    assert person is not None
    assert person.name == "Sam Okafor", "the account has its own name"
    user = SiteUser(own_app, "olu")
    at = f"/schools/{south}/people/{sam}"
    assert user.post(f"{at}/password-link", at=at).status_code == 403
    assert "Create a password link" not in user.words(at)
    assert SiteUser(own_app, "alex").post(f"{at}/password-link", at=at).status_code == 200
    assert SiteUser(own_app, "sam").get("/training").status_code == 200


def test_a_school_of_ones_own_names_its_account(own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        ada = staff.member(tx, own_sample.north, own_sample.people["ada"])
        priya = Actor("Priya Nair", own_sample.people["priya"], own_sample.north)
        staffing.change(tx, priya, START, ada, Details("Ada Byron", "ada.byron@example.org", "ada"))
    person = person_of(own_sample, "ada.byron@example.org")
    assert person is not None
    assert person.name == "Ada Byron"


def test_a_manager_of_two_schools_chooses_one(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.south, "Priya Nair", "priya@example.org", access="manager")
    priya = SiteUser(own_app)
    assert priya.sign_in("priya").headers["Location"] == "/your-schools"
    page = priya.get("/your-schools")
    assert f"You manage training at two schools. Choose one. {NORTH}" in words(page)
    for school, name in own_sample.schools.items():
        shown = priya.get(f"/schools/{name}/people")
        assert shown.status_code == 200
        assert f"<span>{school}</span>" in shown.text, "the bar names the school at hand"
    assert SiteUser(own_app, "olu").get(f"/schools/{own_sample.north}/people").status_code == 404


def test_a_manager_here_is_a_learner_there(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.south, "Priya N.", "priya@example.org")
    priya = SiteUser(own_app, "priya")
    assert priya.get(f"/schools/{own_sample.north}/people").status_code == 200
    assert priya.get(f"/schools/{own_sample.south}/people").status_code == 404


def test_the_provider_adds_somebody_whom_another_school_has(own_app: Flask, own_sample: Sample) -> None:
    admin = SiteUser(own_app, "alex")
    at = f"/schools/{own_sample.south}/staff/new"
    made = admin.post(at, at=at, name="Sam Okafor", email="sam@example.org", access="learner")
    assert made.status_code == 303
    assert "They sign in as before: sam@example.org has an account already." in admin.words(
        made.headers["Location"]
    )
    again = admin.post(at, at=at, name="Sam Okafor", email="sam@example.org", access="learner")
    assert "Sam Okafor already has the e-mail address" in words(again)


def test_somebody_is_back_by_a_form(own_app: Flask, own_sample: Sample) -> None:
    admin = SiteUser(own_app, "alex")
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['ben']}"
    assert "They left on 1 September 2026" in words(admin.post(f"{at}/back", at=at, back="2026-08-01"))
    assert "is not a date" in words(admin.post(f"{at}/back", at=at, back="tomorrow"))
    assert admin.post(f"{at}/back", at=at, back="2026-11-24").status_code == 303
    page = admin.words(at)
    assert "1 September 2025 until 1 September 2026 24 November 2026 until now" in page
    assert SiteUser(own_app).sign_in("ben").status_code == 303
    again = admin.post(f"{at}/back", at=at, back="2026-11-25")
    assert "Ben Gone is at the school already." in admin.words(again.headers["Location"])


def test_a_portal_reaches_the_member_of_its_school(own_app: Flask, at_both: Sample) -> None:
    with at_both.lms.database.writing() as tx:
        key = school_keys.add(tx, at_both.south, "portal", START)
    client, headers = own_app.test_client(), {"Authorization": f"Bearer {key}"}
    asked = {"course": "asbestos", "learner": "S-4", "name": "Sammy"}
    assert client.post("/api/launch", json=asked, headers=headers).status_code == 200
    with at_both.lms.database.reading() as tx:
        assert staff.member(tx, at_both.south, at_both.people["sam"]).name == "Sammy"
        assert staff.member(tx, at_both.north, at_both.people["sam"]).name == "Sam Okafor"
        account = people.person(tx, at_both.people["sam"])
        assert account is not None
        assert account.name == "Sam Okafor"
        records = training.records(tx, school=at_both.south, person=at_both.people["sam"])
    assert [each.course.id for each in records] == ["asbestos", "fire-safety"]


@pytest.mark.both_databases
def test_what_is_changed_is_in_the_log_with_what_was_before(lms: Lms) -> None:
    with lms.database.writing() as tx:
        stay = staff.launched(tx, "Northfield", "17", "Ann")
        priya = Actor("Priya Nair", "p", stay.school_id)
        staffing.change(tx, priya, lms.now, stay, Details("Ann Reed", "", "17"))
        staffing.change(tx, priya, lms.now, stay, Details("Ann Reed", "", "17"))
    with lms.database.reading() as tx:
        added, changed = tx.scalars(select(AuditRow).order_by(AuditRow.id))
    assert (added.actor, added.action, added.about) == ("command line", "added", "Ann")
    assert (changed.actor, changed.actor_id, changed.person_id) == ("Priya Nair", "p", stay.person_id)
    assert (changed.before, changed.after) == ('{"name": "Ann"}', '{"name": "Ann Reed"}')


@pytest.mark.both_databases
def test_the_log_is_only_added_to_until_somebody_is_erased(lms: Lms) -> None:
    with lms.database.writing() as tx:
        ann = staff.launched(tx, "Northfield", "17", "Ann").person_id
        ben = staff.launched(tx, "Northfield", "18", "Ben").person_id
    of_ann = AuditRow.person_id == ann
    changes = [delete(AuditRow), update(AuditRow).where(of_ann).values(about="")]
    if lms.database.engine.dialect.name == "postgresql":
        changes.append(text("TRUNCATE audit"))  # type: ignore[arg-type]
    for change in changes:
        with pytest.raises(DBAPIError, match="only added to"), lms.database.writing() as tx:
            tx.execute(change)
    with lms.database.writing() as tx:
        tx.add(AuditRow(at=lms.now, actor="Alex", action="erased", noun="person", noun_id=ann, about=""))
        tx.flush()
        tx.execute(delete(AuditRow).where(of_ann))
    with pytest.raises(DBAPIError, match="only added to"), lms.database.writing() as tx:
        tx.execute(delete(AuditRow).where(AuditRow.action == "erased"))
    with lms.database.reading() as tx:
        assert tx.scalars(select(AuditRow.person_id).order_by(AuditRow.id)).all() == [ben, None]
