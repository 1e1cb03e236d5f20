"""A link to choose a password with: for whom it is made, and when it ends."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from flask import Flask
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from player.records.tables import Person
from player.web.invitations import invitation
from tests.player import staff
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

NEW = "a whole new sentence"


def test_a_link_to_choose_a_password_works_once(own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    at = f"/schools/{own_sample.north}/people/{own_sample.people['cleo']}"
    page = priya.post(f"{at}/password-link", at=at).text
    link = re.search(r"http://localhost:8000(/welcome/[^<\s]+)", page)
    assert link is not None
    cleo = SiteUser(own_app)
    opened = cleo.get(link[1])
    assert "cleo@example.org" in words(opened)
    assert opened.headers["Referrer-Policy"] == "strict-origin", (
        "its style sheet's log must not hold the link"
    )
    assert cleo.post(link[1], at=link[1], password="short", again="short").status_code == 422
    assert cleo.post(link[1], at=link[1], password=NEW, again=NEW).status_code == 303
    assert cleo.get("/training").status_code == 200
    assert SiteUser(own_app).get(link[1]).status_code == 410
    assert SiteUser(own_app).sign_in("cleo", NEW).status_code == 303


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 410)])
def test_a_link_ends_after_a_week(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch, days: float, status: int
) -> None:
    made = int(time.time() - days * 24 * 3600)
    with own_app.test_request_context(), monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: made)
        with own_sample.lms.database.reading() as tx:
            link = invitation(tx.get_one(Person, own_sample.people["cleo"]))
    assert SiteUser(own_app).get(link.removeprefix("http://localhost:8000")).status_code == status


@pytest.mark.parametrize("change", [{"until": date(2026, 11, 24)}, {"email": None}])
def test_a_link_ends_with_what_it_is_for(
    own_app: Flask, own_sample: Sample, change: dict[str, object]
) -> None:
    with own_app.test_request_context(), own_sample.lms.database.writing() as tx:
        cleo = tx.get_one(Person, own_sample.people["cleo"])
        link = invitation(cleo).removeprefix("http://localhost:8000")
        stay = staff.member(tx, own_sample.north, cleo.id)
        for field, value in change.items():
            setattr(stay if field == "until" else cleo, field, value)
    assert SiteUser(own_app).get(link).status_code == 410


def test_who_could_not_sign_in_with_a_link_is_given_none(own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    with own_sample.lms.database.writing() as tx:
        tx.get_one(Person, own_sample.people["cleo"]).email = None
    for who in ("cleo", "ben"):
        at = f"/schools/{own_sample.north}/people/{own_sample.people[who]}"
        reply = priya.post(f"{at}/password-link", at="/account")
        assert reply.status_code == 303
        assert "cannot sign in: there is no e-mail address" in priya.words(reply.headers["Location"])


def test_a_manager_makes_links_for_learners_only(own_app: Flask, own_sample: Sample) -> None:
    priya = SiteUser(own_app, "priya")
    at = f"/schools/{own_sample.north}/people/{own_sample.people['priya']}"
    assert priya.post(f"{at}/password-link", at="/account").status_code == 403
    assert "/welcome/" in SiteUser(own_app, "alex").post(f"{at}/password-link", at="/account").text


@pytest.mark.parametrize("token", ["x", "WyJ4IiwxXQ.aaaa.bbbb"])
def test_a_made_up_link_opens_nothing(own_app: Flask, token: str) -> None:
    assert SiteUser(own_app).get(f"/welcome/{token}").status_code == 410


@pytest.mark.parametrize("key", ["", "somebody else's key, as long as it may be"])
def test_a_link_is_signed_with_this_installations_key(own_app: Flask, own_sample: Sample, key: str) -> None:
    with own_sample.lms.database.reading() as tx:
        cleo = tx.get_one(Person, own_sample.people["cleo"])
        forged = URLSafeTimedSerializer(key, salt="choose a password").dumps([cleo.id, cleo.sign_in_epoch])
    assert SiteUser(own_app).get(f"/welcome/{forged}").status_code == 410
