"""Where a person is signed in, seen and ended; and how often a password may be tried, by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from player.records import sign_ins
from player.records.tables import SignIn
from player.web.browsers import described
from player.web.context import DATABASE
from tests.player.threads import at_once
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import TOKEN, SiteUser, words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


def from_browser(app: Flask, user_agent: str) -> SiteUser:
    """Sam, in a browser that calls itself so."""
    user = SiteUser(app)
    user.client.environ_base["HTTP_USER_AGENT"] = user_agent
    assert user.sign_in("sam").status_code == 303
    return user


def rows(sample: Sample) -> list[SignIn]:
    """All sign-ins, the newest last."""
    with sample.lms.database.reading() as tx:
        return list(tx.scalars(select(SignIn).order_by(SignIn.began)))


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        (WINDOWS, "Chrome on Windows"),
        (f"{WINDOWS} Edg/140.0", "Edge on Windows"),
        (IPHONE, "Safari on an iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome on a Chromebook"),
        (
            "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0",
            "Firefox on an Android device",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari on a Mac"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_told_in_plain_words(user_agent: str, told: str) -> None:
    assert described(user_agent) == told


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied_to(own_app: Flask) -> None:
    sam, thief = SiteUser(own_app, "sam"), SiteUser(own_app)
    cookie = sam.client.get_cookie("player")
    assert cookie is not None
    thief.client.set_cookie("player", cookie.value)
    assert thief.get("/training").status_code == 200
    sam.post("/sign-out", at="/account")
    assert thief.get("/training").status_code == 303


def test_a_person_sees_where_they_are_signed_in_and_ends_one(own_app: Flask, own_sample: Sample) -> None:
    here, there = from_browser(own_app, WINDOWS), from_browser(own_app, IPHONE)
    stranger = SiteUser(own_app, "ada")
    page = here.words("/account")
    assert "Chrome on Windows (this browser) Signed in today at 09:30" in page
    assert "Safari on an iPhone Signed in" in page
    assert "from 127.0.0.1" in page
    [other] = [each.id for each in rows(own_sample) if each.browser == "Safari on an iPhone"]
    assert stranger.post(f"/account/sign-ins/{other}/end", at="/account").status_code == 404
    assert there.get("/training").status_code == 200
    here.post(f"/account/sign-ins/{other}/end", at="/account")
    assert there.get("/training").status_code == 303
    assert here.get("/training").status_code == 200
    assert "iPhone" not in here.words("/account")


def test_who_asks_costs_one_query(own_app: Flask) -> None:
    priya, asked = SiteUser(own_app, "priya"), []
    engine = own_app.extensions[DATABASE].engine

    @event.listens_for(engine, "before_cursor_execute")
    def hear(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    assert priya.get("/").status_code == 303
    assert len(asked) == 1, asked


def test_when_it_was_last_used_is_written_now_and_then_and_waits_for_nobody(
    own_app: Flask, own_sample: Sample
) -> None:
    sam, began = SiteUser(own_app, "sam"), own_sample.lms.now
    own_sample.lms.after(minutes=4)
    sam.get("/training")
    assert rows(own_sample)[-1].seen == began
    own_sample.lms.after(minutes=4)
    for database in (own_app.extensions[DATABASE], own_sample.lms.database):  # this process's turn, another's
        with database.writing() as tx:
            tx.execute(select(SignIn))
            assert sam.get("/training").status_code == 200
        assert rows(own_sample)[-1].seen == began
    sam.get("/training")
    assert rows(own_sample)[-1].seen == own_sample.lms.now


def test_what_is_over_is_forgotten(own_app: Flask, own_sample: Sample) -> None:
    over, everywhere = SiteUser(own_app, "sam"), SiteUser(own_app, "ada")
    everywhere.post("/account/sign-out-everywhere", at="/account")
    own_sample.lms.after(hours=13)
    SiteUser(own_app, "priya")
    with own_sample.lms.database.writing() as tx:
        sign_ins.forget(tx, own_sample.lms.now - sign_ins.LONGEST_STAY)
    assert [each.person_id for each in rows(own_sample)] == [own_sample.people["priya"]]
    assert over.get("/training").status_code == 303


def test_many_guesses_at_once_are_counted_before_they_are_checked(own_app: Flask) -> None:
    guessers = [SiteUser(own_app) for _ in range(30)]
    tokens = [TOKEN.search(each.get("/sign-in").text) for each in guessers]

    def guess(user: SiteUser, token: str) -> int:
        form = {"csrf_token": token, "email": "sam@example.org", "password": "x" * 1001}
        return user.client.post("/sign-in", data=form).status_code

    told = at_once(
        *(
            lambda user=user, token=token: guess(user, token[1] if token else "")
            for user, token in zip(guessers, tokens, strict=True)
        )
    )
    assert set(told) == {422, 429}
    assert told.count(422) <= 10


def fail(app: Flask, times: int, account: str = "", address: str = "127.0.0.1") -> None:
    """Wrong passwords from browsers that nobody knows."""
    for number in range(times):
        user = SiteUser(app)
        user.client.environ_base["REMOTE_ADDR"] = address
        assert user.sign_in(account or f"nobody{number}", "x" * 1001).status_code == 422


def test_a_pupil_shuts_nobody_out_who_has_signed_in_there_before(own_app: Flask) -> None:
    sam, ada = SiteUser(own_app, "sam"), SiteUser(own_app)
    sam.post("/sign-out", at="/account")
    fail(own_app, 10, "sam")
    fail(own_app, 90)
    assert ada.sign_in("ada").status_code == 429, "a browser that is new to the account, at that address"
    assert sam.sign_in("sam").status_code == 303
    assert sam.post("/sign-out", at="/account").status_code == 303
    assert sam.sign_in("ada").status_code == 429, "it is known to one account only"
    for at in range(4):
        fail(own_app, 9 if at else 8, "sam", f"192.0.2.{at}")
    assert sam.sign_in("sam").status_code == 303, "nor do guesses from everywhere"


def test_a_known_browser_has_ten_tries_of_its_own(own_app: Flask) -> None:
    sam = SiteUser(own_app, "sam")
    sam.post("/sign-out", at="/account")
    for _ in range(10):
        assert sam.sign_in("sam", "wrong").status_code == 422
    assert sam.sign_in("sam").status_code == 429
    assert SiteUser(own_app).sign_in("sam").status_code == 303


def test_a_made_up_browser_is_not_known(own_app: Flask) -> None:
    fail(own_app, 100)
    user = SiteUser(own_app)
    user.client.set_cookie("browser", "eyJicm93c2VyIjoiYSJ9.made-up")
    assert user.sign_in("sam").status_code == 429


def test_a_network_of_ipv6_addresses_is_one(own_app: Flask) -> None:
    fail(own_app, 10, "sam", "2001:db8::1")
    told = {}
    for address in ("2001:db8::2", "[2001:db8::3]", "2001:db8:0:1::1"):
        user = SiteUser(own_app)
        user.client.environ_base["REMOTE_ADDR"] = address
        told[address] = user.sign_in("sam", "x" * 1001).status_code
    assert list(told.values()) == [429, 429, 422]


def test_ones_own_password_is_not_guessed_in_a_browser_that_was_left_open(own_app: Flask) -> None:
    sam = SiteUser(own_app, "sam")
    form = {"password": "a whole new sentence", "again": "a whole new sentence"}
    for _ in range(10):
        assert sam.post("/account/password", at="/account", current="wrong", **form).status_code == 422
    reply = sam.post("/account/password", at="/account", current=PASSWORD, **form)
    assert reply.status_code == 429
    assert "Too many wrong passwords" in words(reply)


def test_a_sign_in_is_over_after_its_longest_stay(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    own_sample.lms.now += sign_ins.LONGEST_STAY + timedelta(seconds=1)
    assert sam.get("/account").status_code == 303
