"""The provider's own people: one more, one who goes, one who comes back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from player.school.accounts import administrator
from player.school.actor import COMMAND
from tests.player import staff
from tests.player.web.sample import PASSWORD, Sample, person_of
from tests.player.web.site_user import SiteUser, words

PAGE = "/provider/administrators"
KIM = {"name": "Kim Lee", "email": "Kim@Example.org", "current": PASSWORD}


def _add(user: SiteUser, **form: str) -> TestResponse:
    return user.post(PAGE, at=PAGE, **KIM | form)


def _welcomed(app: Flask, reply: TestResponse) -> SiteUser:
    """Whoever got the link chooses a password with it."""
    found = re.search(r"http://[^/]+(/welcome/[^<\s]+)", reply.text)
    assert found is not None
    user = SiteUser(app)
    chosen = user.post(found[1], at=found[1], password="battery staple horse", again="battery staple horse")
    assert chosen.status_code == 303
    return user


def test_one_more_chooses_a_password_and_sees_every_school(own_app: Flask, admin: SiteUser) -> None:
    assert "1 person can see every school" in admin.words(PAGE)
    reply = _add(admin)
    assert "Password link for Kim Lee" in words(reply)
    assert "kim@example.org. No password yet" in admin.words(PAGE)
    kim = _welcomed(own_app, reply)
    assert "Northfield Academy" in kim.words("/provider/schools")
    assert "2 people can see every school" in kim.words(PAGE)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"current": "not hers"}, "This is not your password."),
        ({"current": ""}, "This is not your password."),
        ({"name": ""}, "The name is missing."),
        ({"email": ""}, "An administrator needs an e-mail address to sign in."),
        ({"email": "priya@example.org"}, "Priya Nair of Northfield Academy already has the e-mail address"),
    ],
)
def test_what_cannot_be_taken_adds_nobody(admin: SiteUser, form: dict[str, str], sentence: str) -> None:
    reply = _add(admin, **form)
    assert reply.status_code == 422
    assert sentence in words(reply)
    assert "1 person can see every school" in admin.words(PAGE)


def test_guessing_the_password_ends_as_at_signing_in(admin: SiteUser) -> None:
    told = [_add(admin, current=f"guess {number}").status_code for number in range(11)]
    assert told == [422] * 10 + [429]


def test_who_goes_is_signed_out_at_once_and_may_come_back(
    own_app: Flask, own_sample: Sample, admin: SiteUser, caplog: pytest.LogCaptureFixture
) -> None:
    kim = _welcomed(own_app, _add(admin))
    assert "alex@example.org made kim@example.org an administrator" in caplog.text
    at_home = SiteUser(own_app, "kim", "battery staple horse")
    found = person_of(own_sample, "kim@example.org")
    assert found is not None
    admin.post(f"{PAGE}/{found.id}/leave", at=PAGE)
    assert "Kim Lee is no longer an administrator." in admin.words(PAGE)
    assert "alex@example.org ended the account of kim@example.org" in caplog.text
    assert kim.get("/provider/schools").status_code == 303
    refused = SiteUser(own_app).sign_in("kim", "battery staple horse")
    assert refused.status_code == 422
    back = _add(admin)
    assert at_home.get("/provider/schools").status_code == 303, "nobody asked there meanwhile"
    assert _welcomed(own_app, back).get("/provider/schools").status_code == 200


def test_the_command_makes_one_of_whoever_has_the_address(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.member(tx, own_sample.north, own_sample.people["priya"]).until = own_sample.lms.now.date()
        administrator(tx, COMMAND, own_sample.lms.now, " Priya@Example.org ", None, "battery staple horse")
    priya = SiteUser(own_app, "priya", "battery staple horse")
    assert "Priya Nair priya@example.org" in priya.words(PAGE)


def test_nobody_ends_their_own_account(own_sample: Sample, admin: SiteUser) -> None:
    admin.post(f"{PAGE}/{own_sample.people['alex']}/leave", at=PAGE)
    assert "Nothing was changed" in admin.words(PAGE)


@pytest.mark.parametrize("who", ["sam", "priya"])
def test_people_of_schools_are_ended_elsewhere(own_sample: Sample, admin: SiteUser, who: str) -> None:
    assert admin.post(f"{PAGE}/{own_sample.people[who]}/leave", at=PAGE).status_code == 404
