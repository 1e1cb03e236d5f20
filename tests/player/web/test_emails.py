"""E-mails on pages: the outbox, invitations, a forgotten password, notices of what has been changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from player.records import rounds
from player.records.work_tables import MailRow
from player.settings.mail import Mail
from player.web.context import SETTINGS
from player.work import worker
from tests.player.mail.post_office import post_office
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

NEW = "a whole new sentence"


def _work(sample: Sample, minutes: int = 0) -> None:
    at = sample.lms.now + timedelta(minutes=minutes)
    worker(sample.lms.database, sample.lms.settings, lambda: at).run_due()


def _mails(sample: Sample, kind: str) -> Sequence[MailRow]:
    with sample.lms.database.reading() as tx:
        return tx.scalars(select(MailRow).where(MailRow.kind == kind).order_by(MailRow.written)).all()


def _link(page: str) -> str:
    found = re.search(r"http://localhost:8000(/welcome/[^<\s\"]+)", page)
    assert found is not None
    return found[1]


def test_an_administrator_reads_what_would_have_gone_and_a_manager_without_the_link(
    own_app: Flask, own_sample: Sample
) -> None:
    _work(own_sample)
    alex, priya = SiteUser(own_app, "alex"), SiteUser(own_app, "priya")
    assert "No mail server is set up" in alex.words("/provider/emails")
    page = alex.get(f"/provider/emails/{own_sample.mail}")
    assert "Cleo Specimen" in words(page)
    assert SiteUser(own_app).get(_link(page.text)).status_code == 200
    as_it_looks = alex.get(f"/provider/emails/{own_sample.mail}/message.html")
    assert "default-src 'none'" in as_it_looks.headers["Content-Security-Policy"]
    assert "/welcome/" in as_it_looks.text
    own = f"/schools/{own_sample.north}/emails"
    assert "Choose" not in priya.words(own) or "choose a password" in priya.words(own)
    for address in (f"{own}/{own_sample.mail}", f"{own}/{own_sample.mail}/message.html"):
        shown = priya.get(address)
        assert shown.status_code == 200
        assert "/welcome/" not in shown.text
    assert "the link is in the e-mail only" in priya.words(f"{own}/{own_sample.mail}")


def test_a_manager_sees_no_e_mail_of_another_school(own_app: Flask, own_sample: Sample) -> None:
    olu = SiteUser(own_app, "olu")
    for more in ("", "/message.html"):
        own = f"/schools/{own_sample.south}/emails/{own_sample.mail}{more}"
        assert olu.get(own).status_code == 404
    assert "Cleo" not in olu.words(f"/schools/{own_sample.south}/emails")


def test_everybody_without_a_password_is_invited_at_once(own_app: Flask, own_sample: Sample) -> None:
    priya, own = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}"
    with post_office() as office:
        own_sample.lms.settings = office.settings(own_sample.lms.settings)
        own_sample.lms.after(minutes=5)
        assert "Invite 1 person" in priya.words(f"{own}/emails")
        for _ in range(2):  # clicked twice
            assert priya.post(f"{own}/invitations", at=f"{own}/emails").status_code == 303
        _work(own_sample, 1)
    assert set(office.recipients) == {"cleo@example.org"}
    assert len(office.taken) == 2, "the sample's own, and one more"
    message = office.taken[-1][1]
    assert message["From"].addresses[0].display_name == "Northfield Academy"
    assert message["Reply-To"] == "priya@example.org"
    body = message.get_body(("plain",))
    assert body is not None
    cleo, link = SiteUser(own_app), _link(body.get_content())
    assert cleo.post(link, at=link, password=NEW, again=NEW).status_code == 303
    assert cleo.get("/training").status_code == 200


def test_who_is_added_is_invited_in_the_same_form(own_app: Flask, own_sample: Sample) -> None:
    priya, at = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}/staff/new"
    form = {"staff_id": "", "access": "learner", "job_title": ""}
    for name, more in (("Nia", {"invite": "yes"}), ("Oli", {})):
        added = priya.post(at, at=at, name=name, email=f"{name.lower()}@example.org", **form, **more)
        told = words(priya.get(added.headers["Location"]))
        assert f"{name} has been added." in told
        assert ("1 invitation is under E-mails, and not sent: no mail server" in told) == bool(more)
    own_app.extensions[SETTINGS] = replace(own_sample.lms.settings, mail=Mail("mail.example.org"))
    added = priya.post(at, at=at, name="Pia", email="pia@example.org", **form, invite="yes")
    assert "1 invitation is on the way." in words(priya.get(added.headers["Location"]))
    invited = [row.address for row in _mails(own_sample, "invitation")]
    assert sorted(invited) == ["cleo@example.org", "nia@example.org", "pia@example.org"]


def test_a_forgotten_password(own_app: Flask, own_sample: Sample) -> None:
    with post_office() as office:
        own_sample.lms.settings = office.settings(own_sample.lms.settings)
        sam = SiteUser(own_app)
        asked = sam.post("/forgotten", at="/forgotten", email=" Sam@Example.org ")
        unknown = sam.post("/forgotten", at="/forgotten", email="nobody@example.org")
        left = sam.post("/forgotten", at="/forgotten", email="ben@example.org")
        answers = [
            words(reply).replace(name, "")
            for reply, name in (
                (asked, "sam@example.org"),
                (unknown, "nobody@example.org"),
                (left, "ben@example.org"),
            )
        ]
        assert answers[0] == answers[1] == answers[2]
        _work(own_sample)
        sent = [message for address, message in office.taken if address != "cleo@example.org"]
        assert len(sent) == 1
        body = sent[0].get_body(("plain",))
        assert body is not None
        link = _link(body.get_content())
        opened = sam.get(link)
        assert "Choose a password" in words(opened)
        assert sam.get("/training").status_code == 303, "opening it signs nobody in"
        assert SiteUser(own_app, "sam").get("/training").status_code == 200, (
            "the old password works until then"
        )
        assert sam.post(link, at=link, password=NEW, again=NEW).status_code == 303
        assert sam.get(link).status_code == 410
        assert SiteUser(own_app).sign_in("sam", NEW).status_code == 303
        _work(own_sample, 1)
    assert office.taken[-1][1]["Subject"] == "Your password has been changed"


def test_links_are_asked_for_three_times_an_hour(own_app: Flask) -> None:
    user = SiteUser(own_app)
    asked = [user.post("/forgotten", at="/forgotten", email="sam@example.org").status_code for _ in range(4)]
    assert asked == [200, 200, 200, 429]
    assert user.post("/forgotten", at="/forgotten", email="ada@example.org").status_code == 200
    assert user.post("/forgotten", at="/forgotten", email="not an address").status_code == 422


def test_both_addresses_are_told_of_a_new_one(own_app: Flask, own_sample: Sample, admin: SiteUser) -> None:
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['sam']}"
    form = {"name": "Sam Okafor", "staff_id": "sam", "access": "learner", "job_title": "", "until": ""}
    assert admin.post(at, at=at, email="samuel@example.org", **form).status_code == 303
    told = _mails(own_sample, "address_changed")
    assert {row.address for row in told} == {"sam@example.org", "samuel@example.org"}
    assert "from sam@example.org to samuel@example.org" in " ".join(told[0].text.split())


def test_what_failed_or_was_not_confirmed_is_sent_again_by_hand(own_app: Flask, own_sample: Sample) -> None:
    """By one, by all of a state, never by another school; each stands in the activity log."""
    lms, own = own_sample.lms, f"/schools/{own_sample.north}"
    priya, olu = SiteUser(own_app, "priya"), SiteUser(own_app, "olu")
    at = f"{own}/emails/{own_sample.mail}"
    with post_office(drops_after_data=True) as office:
        lms.settings = office.settings(lms.settings)
        _work(own_sample)
        assert "Cleo Specimen may get it twice." in priya.words(at)
        assert olu.post(f"/schools/{own_sample.south}/emails/{own_sample.mail}/again").status_code == 404
        _work(own_sample, 1)
        assert len(office.taken) == 1, "never by itself"
        office.drops_after_data = False
        office.refused = {"cleo@example.org": "550 no such user"}
        assert priya.post(f"{at}/again", at=at).status_code == 303
        for minutes in range(1, 26 * 60, 120):
            _work(own_sample, minutes)
        assert "The mail server said “550 no such user”. It was not delivered" in priya.words(at)
        office.refused = {}
        listed = f"{own}/emails?state=failed"
        assert "Send it again" in priya.words(listed)
        lms.after(minutes=27 * 60)
        priya = SiteUser(own_app, "priya")  # signed in the next day
        assert "1 e-mail is on the way again." in words(
            priya.get(priya.post(f"{own}/emails/again", at=listed, state="failed").headers["Location"])
        )
        _work(own_sample)
        assert office.recipients == ["cleo@example.org"] * 2
        told = priya.get(priya.post(f"{at}/again", at=at).headers["Location"])
        assert "It has been sent or is on its way already." in words(told)
        _work(own_sample, 1)
    assert len(office.taken) == 2
    assert priya.post(f"{own}/emails/again", state="sent").status_code == 400
    assert priya.words(f"{own}/activity").count("E-mail sent again Cleo Specimen") == 2


def test_a_school_chooses_when_its_reminders_go_out(own_app: Flask, own_sample: Sample) -> None:
    priya, alex = SiteUser(own_app, "priya"), SiteUser(own_app, "alex")
    at = f"/schools/{own_sample.north}/reminders"
    assert "90, 60, 30 and 7 days before, on the day, and 7 and 30 days after a course" in priya.words(at)
    form = {"whose": "own", "before": "30, 7", "after": "1"}
    assert priya.post(at, at=at, **form).status_code == 303
    told = priya.words(at)
    assert "30 and 7 days before and 1 day after a course is due" in told
    assert "4 March 2027:" in told
    assert "2 February 2027, 25 February 2027, 5 March 2027." in told
    for wrong, sentence in (
        ({"before": "soon"}, "Write numbers from 1 to 366"),
        ({"after": "400"}, "Write numbers from 1 to 366"),
        ({"before": "", "after": ""}, "Choose at least one day"),
        ({"before": " ".join(map(str, range(1, 22)))}, "Write 1 to 20 steps"),
    ):
        refused = priya.post(at, at=at, **{**form, **wrong})
        assert (refused.status_code, sentence in words(refused)) == (422, True), wrong
    assert "30 and 7 days before and 1 day after" in priya.words(f"/schools/{own_sample.north}/activity")
    provider = "/provider/reminders"
    assert alex.post(provider, at=provider, before="14", on_the_day="yes", after="").status_code == 303
    assert "14 days before and on the day a course is due, at every school" in alex.words(provider)
    assert "30 and 7 days before and 1 day after" in priya.words(at), "the school's own stay"
    assert priya.post(at, at=at, whose="provider").status_code == 303
    assert "14 days before and on the day a course is due" in priya.words(at)


def test_each_reminder_that_was_not_sent_has_its_reason_in_words(own_app: Flask, own_sample: Sample) -> None:
    reasons = ("left", "excluded: on leave", "no address", "no longer required")
    day = own_sample.lms.now.date()
    items = [
        rounds.Item(own_sample.people["ada"], "fire-safety", day, step, "not sent", reason)
        for step, reason in zip((-30, -7, 0, 7), reasons, strict=True)
    ]
    with own_sample.lms.database.writing() as tx:
        rounds.keep(tx, own_sample.north, day, items, {})
    page = SiteUser(own_app, "priya").words(f"/schools/{own_sample.north}/emails/not-sent")
    for told in (
        "30 days before Has left",
        "7 days before Excluded: on leave",
        "On the day No e-mail address",
        "7 days after No longer required",
    ):
        assert told in page, told
