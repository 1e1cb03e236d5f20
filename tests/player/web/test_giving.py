"""A manager gives people a course: who has it already keeps it, an e-mail says so, and it is taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from player.compliance import Duty
from player.lists.external_training import TrainingRow
from player.records import mail, memberships, teams, training
from player.records.work_tables import MailRow
from player.school import duties, excluding, external, giving, staffing
from player.school.actor import COMMAND
from player.work import worker
from tests.player import staff
from tests.player.packages import scorm_12
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words


def _give(
    user: SiteUser, sample: Sample, *who: str, tell: str = "yes", do: str = "give", **form: object
) -> str:
    """Send the form, and what the page after it says."""
    at = f"/schools/{sample.north}/give"
    chosen = {"whom": "chosen", "person": [sample.people[name] for name in who], "tell": tell, **form}
    reply = user.post(at, at=at, do=do, **chosen)
    assert reply.status_code == 303, words(reply)
    return user.words(reply.headers["Location"])


def _mails(sample: Sample) -> dict[str, MailRow]:
    """The newest e-mail about what was given, by the name in its address."""
    with sample.lms.database.reading() as tx:
        rows = mail.listed(tx, sample.north, (), 0, 100)
        return {row.address.split("@")[0]: row for row in reversed(rows) if row.kind == "given"}


def _send(sample: Sample) -> None:
    """Do what waits, as the server's thread would."""
    at = sample.lms.now + timedelta(minutes=1)
    worker(sample.lms.database, sample.lms.settings, lambda: at).run_due()


def test_one_person_a_team_or_everybody_is_given_a_course(own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    cleo = own_sample.people["cleo"]
    form = priya.words(f"/schools/{own_sample.north}/give?person={cleo}")
    assert "Give a course to Cleo Specimen" in form
    told = _give(priya, own_sample, "cleo", course="fire-safety")
    assert "Cleo Specimen can now take Fire Safety. 1 e-mail is under E-mails, and not sent" in told
    assert "Cleo Specimen has it already." in _give(priya, own_sample, "cleo", course="fire-safety")
    assert "Cleo Specimen has already: Fire Safety, not started" in priya.words(
        f"/schools/{own_sample.north}/give?person={cleo}"
    )
    everybody = _give(priya, own_sample, whom="everybody", course=["asbestos", "asbestos"])
    had = "Ada Byron-Whitefield, Priya Nair and Sam Okafor have it already."
    assert f"1 person can now take Asbestos. {had}" in everybody
    with own_sample.lms.database.writing() as tx:
        teams.add_members(tx, own_sample.teams["office"], [cleo], own_sample.lms.now.date())
    office = _give(priya, own_sample, whom=own_sample.teams["office"], course="managing-allegations")
    assert "1 person can now take Managing Allegations. Ada Byron-Whitefield has it already." in office
    wrong = _give(priya, own_sample, "cleo", "zed", "ben", course=["fire-safety", "asbestos"])
    assert "Nothing has changed. Cleo Specimen has one or more of them already." in wrong, (
        "nobody else is here"
    )
    with own_sample.lms.database.reading() as tx:
        by_team = {one.course.id: one.enrolment.team_id for one in training.records(tx, person=cleo)}
    assert by_team == {
        "fire-safety": None,
        "asbestos": None,
        "managing-allegations": own_sample.teams["office"],
    }
    log = priya.words(f"/schools/{own_sample.north}/activity")
    assert "Priya Nair Enrolled Cleo Specimen: Fire Safety" in log
    assert "Priya Nair Invited Cleo Specimen" in log, "the e-mail lets her choose a password"


def test_a_selection_of_people_is_where_the_form_begins(own_app: Flask, own_sample: Sample) -> None:
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/give"
    chosen = [own_sample.people[name] for name in ("cleo", "ada")]
    page = priya.post(at, at=at, person=chosen)
    assert "Give a course to 2 people" in words(page)
    assert re.findall(r'name="person" value="([^"]+)" checked', page.text) == sorted(
        chosen, key=[own_sample.people["ada"], own_sample.people["cleo"]].index
    )
    nothing = priya.post(at, at=at, do="give", course="no-such", whom="no-such")
    assert nothing.status_code == 422
    assert "Choose a course first." in words(nothing)
    assert "Choose people first" in words(nothing)


def test_the_people_of_a_large_school_are_searched_and_the_chosen_stay_chosen(
    own_app: Flask, own_sample: Sample
) -> None:
    with own_sample.lms.database.writing() as tx:
        fire, zoe = (
            staff.add(tx, own_sample.north, name, staff_id=staff_id)
            for name, staff_id in (("Fire Warden", "f-1"), ("Zoe Last", "z-1"))
        )
        staff.add_many(tx, own_sample.north, (f"Person {number:03}" for number in range(300)))
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/give"
    page = priya.get(at)
    assert "Everybody, 306 people" in words(page)
    assert "The first 250 of 306 people are shown: search for the others." in words(page)
    assert "Zoe Last" not in words(page)
    form: dict[str, Any] = {"whom": "chosen", "person": [fire.person_id], "course": "asbestos"}
    found = priya.post(at, at=at, do="find", q="zoe", **form)
    assert found.status_code == 200
    assert "1 person matches. Those whom you have chosen come first." in words(found)
    listed = re.findall(r'name="person" value="([^"]+)"( checked)?', found.text)
    assert listed == [(fire.person_id, " checked"), (zoe.person_id, "")]
    assert re.findall(r'value="([^"]+)" checked', found.text) == ["asbestos", "chosen", fire.person_id], (
        "what was chosen stays; no e-mail was wanted"
    )
    assert "Nobody matches." in words(priya.post(at, at=at, do="find", q="nobody at all"))
    both: dict[str, Any] = {**form, "person": [fire.person_id, zoe.person_id]}
    everybody = priya.post(at, at=at, do="show everybody", q="zoe", **both)
    assert len(re.findall('name="person"', everybody.text)) == 251, "Zoe comes before the first 250"
    told = _give(priya, own_sample, tell="", **both)
    assert "2 people can now take Asbestos." in told


def test_only_courses_that_the_school_has_are_given(own_app: Flask, own_sample: Sample) -> None:
    lms = own_sample.lms
    for title in ("Lockdown", "Lockdown Refresher"):
        lms.add(scorm_12(2, title), name=f"{title}.zip")
    with lms.database.writing() as tx:
        staff.enrol(tx, [staff.member(tx, own_sample.south, own_sample.people["zed"])], ["lockdown"])
        duty = Duty(months=12, renewed_by="lockdown-refresher", lapsed=90)
        duties.set_provider_duty(tx, COMMAND, lms.now, "lockdown", duty, lms.now.date())
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/give"
    assert "Lockdown" not in priya.words(at)
    form = {"do": "give", "course": "lockdown", "whom": "everybody"}
    assert priya.post(at, at=at, **form).status_code == 422
    olu = SiteUser(own_app, "olu").words(f"/schools/{own_sample.south}/give")
    assert "Lockdown Refresher Renews Lockdown." in olu
    alex = SiteUser(own_app, "alex")
    assert "4 people can now take Lockdown." in _give(alex, own_sample, whom="everybody", course="lockdown")
    assert "Lockdown" in priya.words(at)


def test_the_e_mail_says_what_it_is_and_who_gets_none_is_told(own_app: Flask, own_sample: Sample) -> None:
    lms, priya = own_sample.lms, SiteUser(own_app, "priya")
    with lms.database.writing() as tx:
        for name in ("Nia Portal", "Lee Onleave", "Exe Cluded"):
            email = "" if "Portal" in name else f"{name.split()[0].lower()}@example.org"
            own_sample.people[name] = staff.add(tx, own_sample.north, name, email).person_id
        lee = staff.member(tx, own_sample.north, own_sample.people["Lee Onleave"])
        staffing.change(tx, COMMAND, lms.now, lee, staffing.Details(lee.name, lee.email or "", on_leave=True))
        exe, today = own_sample.people["Exe Cluded"], lms.now.date()
        excluding.exclude(tx, COMMAND, lms.now, own_sample.north, None, exe, "Governor", today, None)
    who = ("cleo", "Nia Portal", "Lee Onleave", "Exe Cluded")
    told = _give(priya, own_sample, *who, course=["fire-safety", "asbestos"])
    assert "4 people can now take Asbestos and Fire Safety. 1 e-mail is under E-mails, and not sent" in told
    assert "No e-mail to Exe Cluded: excluded from e-mails: Governor." in told
    assert "No e-mail to Lee Onleave: on long leave. No e-mail to Nia Portal: no e-mail address." in told
    [row] = _mails(own_sample).values()
    assert (row.subject, row.from_name) == ("Training for you: 2 courses", "Northfield Academy")
    assert "http://localhost:8000/training/asbestos" in row.text
    assert "choose a password first" in row.text
    assert "ask Priya Nair" in row.text.replace("\n", " ")
    _give(priya, own_sample, "sam", do="take back", course="managing-allegations")
    _give(priya, own_sample, "sam", course="managing-allegations")
    sams = _mails(own_sample)["sam"]
    assert sams.subject == "Training for you: Managing Allegations"
    assert "You sign in as sam@example.org." in sams.text
    assert "password" not in sams.text
    _give(priya, own_sample, "priya", do="take back", course="managing-allegations")
    quiet = _give(priya, own_sample, "priya", tell="", course="managing-allegations")
    assert "Priya Nair can now take Managing Allegations." in quiet
    assert "e-mail" not in quiet
    assert "priya" not in _mails(own_sample)


@pytest.mark.both_databases  # an e-mail finds its enrolments by the moment at which both were written
def test_what_nobody_has_begun_is_taken_back_and_its_e_mail_with_it(
    own_app: Flask, own_sample: Sample
) -> None:
    priya, sam = SiteUser(own_app, "priya"), SiteUser(own_app, "sam")
    cleo = own_sample.people["cleo"]
    _give(priya, own_sample, "cleo", course=["fire-safety", "asbestos"])
    page = f"/schools/{own_sample.north}/people/{cleo}"
    assert "Take back Asbestos" in priya.words(page)
    priya.post(f"{page}/courses/asbestos/take-back", at=page)
    assert "Asbestos was taken back from Cleo Specimen." in priya.words(page)
    _send(own_sample)
    told = _mails(own_sample)["cleo"]
    assert (told.subject, told.state) == ("Training for you: Fire Safety", "kept")
    own_sample.lms.after(minutes=5)
    _give(priya, own_sample, "cleo", course="asbestos")
    back = _give(priya, own_sample, whom="everybody", do="take back", course=["asbestos", "fire-safety"])
    assert "Asbestos and Fire Safety were taken back in 5 cases. 3 have been started, and stay." in back
    _send(own_sample)
    assert "taken back before this was sent" in _mails(own_sample)["cleo"].error
    assert sam.get("/training/asbestos").status_code == 200, "Sam has begun it"
    kept = _give(priya, own_sample, "sam", do="take back", course="asbestos")
    assert "Nothing was taken back. 1 has been started, and stays." in kept
    must = _give(priya, own_sample, "ada", do="take back", course="managing-allegations")
    assert "Nothing was taken back. 1 is required, and stays." in must
    none = _give(priya, own_sample, "cleo", do="take back", course="asbestos")
    assert "Nothing has changed: these people do not have this." in none


def test_a_link_that_nobody_has_opened_is_no_beginning(own_app: Flask, own_sample: Sample) -> None:
    sam, priya = SiteUser(own_app, "sam"), SiteUser(own_app, "priya")
    assert "/play/" in sam.post("/training/managing-allegations/start", at="/training").headers["Location"]
    told = _give(priya, own_sample, "sam", do="take back", course="managing-allegations")
    assert "Managing Allegations was taken back from Sam Okafor." in told


def test_a_refresher_says_what_it_renews_and_for_whom_nothing(own_app: Flask, own_sample: Sample) -> None:
    lms, priya = own_sample.lms, SiteUser(own_app, "priya")
    lms.add(scorm_12(1, "Fire Refresher"), name="fire-refresher.zip")
    day = lms.now.date()
    with lms.database.writing() as tx:
        duty = Duty(months=12, renewed_by="fire-refresher", lapsed=90)
        duties.set_provider_duty(tx, COMMAND, lms.now, "fire-safety", duty, day - timedelta(900))
        done = TrainingRow(0, own_sample.people["cleo"], "fire-safety", "", day - timedelta(400), "")
        external.add(tx, COMMAND, lms.now, own_sample.north, [done], "fire.csv")
    told = _give(priya, own_sample, "cleo", "priya", course="fire-refresher")
    assert "2 people can now take Fire Refresher. 2 e-mails are under E-mails, and not sent" in told
    assert "As a refresher it counts nothing for Priya Nair:" in told
    sent = _mails(own_sample)
    assert "If you complete it by 18 January 2027, it renews Fire Safety." in sent["cleo"].text.replace(
        "\n", " "
    )
    assert "renews" not in sent["priya"].text


def test_many_people_are_given_a_course_by_a_job(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "MOST", 3)
    monkeypatch.setattr(giving, "SLICE", 2)
    alex = SiteUser(own_app, "alex")
    own_sample.lms.add(scorm_12(2, "Lockdown"), name="lockdown.zip")
    told = _give(alex, own_sample, whom="everybody", course="lockdown")
    assert "4 people are being given Lockdown now." in told
    with own_sample.lms.database.writing() as tx:
        ada = memberships.at_school(tx, own_sample.north, own_sample.people["ada"])
        assert ada is not None
        staffing.leave(tx, COMMAND, own_sample.lms.now, ada, own_sample.lms.now.date())
    _send(own_sample)
    with own_sample.lms.database.reading() as tx:
        has = {
            one.membership.name for one in training.records(tx, school=own_sample.north, course="lockdown")
        }
    assert has == {"Sam Okafor", "Cleo Specimen", "Priya Nair"}, "who has left meanwhile is given nothing"
    assert set(_mails(own_sample)) == {"sam", "cleo", "priya"}


def test_an_enrolment_ends_and_can_begin_anew(admin: SiteUser, own_app: Flask, own_sample: Sample) -> None:
    """The provider ends also what was begun; the record is kept."""
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    action = re.search(r"(/schools/[^\"]+/enrolments/[^\"]+/end)", admin.get(at).text)
    assert action is not None
    elsewhere = action[1].replace(own_sample.people["sam"], own_sample.people["ada"])
    assert admin.post(elsewhere, at=at).status_code == 404, "it is another person's"
    assert admin.post(action[1], at=at).status_code == 303
    assert admin.post(action[1], at=at).status_code == 404
    sam = SiteUser(own_app, "sam")
    assert "You no longer have this course at Northfield Academy. If you need it, ask Priya Nair." in (
        sam.words("/training/asbestos")
    )
    refused = sam.post("/training/asbestos/start", at="/training").headers["Location"]
    assert "You no longer have Asbestos, so you cannot start it." in sam.words(refused)
    assert "Asbestos" not in sam.words("/training")
    page = admin.words(f"/schools/{own_sample.north}/people/{own_sample.people['sam']}")
    assert "ended on 24 November 2026" in page
    ended = own_sample.registrations["sam asbestos"]
    assert admin.get(f"/schools/{own_sample.north}/records/{ended}").status_code == 200
    with own_sample.lms.database.writing() as tx:
        for record in training.records(tx, person=own_sample.people["sam"]):
            record.enrolment.ended = own_sample.lms.now
    answers = admin.get(f"/schools/{own_sample.north}/courses/fire-safety/answers.csv").text
    assert "Sam Okafor" in answers
