"""Signing in and staying oneself: what a browser may keep, and for how long."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from flask import Flask
from itsdangerous import TimestampSigner

from player.demo import PASSWORD as DEMO_PASSWORD
from player.demo import PEOPLE
from player.records.tables import Person
from player.web.context import DATABASE
from player.web.signing import safe_address
from tests.player.threads import in_a_thread
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import TOKEN, SiteUser, site, words

NEW = "a whole new sentence"


def _session(user: SiteUser) -> str | None:
    cookie = user.client.get_cookie("player")
    return cookie.value if cookie else None


@pytest.mark.parametrize(
    ("who", "lands"), [("sam", "/training"), ("priya", "/compliance"), ("alex", "/provider/schools")]
)
def test_each_begins_where_their_work_is(own_app: Flask, who: str, lands: str) -> None:
    reply = SiteUser(own_app).sign_in(who)
    assert reply.status_code == 303
    assert reply.headers["Location"].endswith(lands)


def test_an_address_is_the_same_however_it_is_capitalised(own_app: Flask) -> None:
    assert SiteUser(own_app).sign_in(" SAM@Example.ORG ").status_code == 303


@pytest.mark.parametrize(
    "email", ["sam@example.org", "nobody@example.org", "ben@example.org", "cleo@example.org", ""]
)
def test_a_failure_never_says_whether_the_address_is_known(own_app: Flask, email: str) -> None:
    reply = SiteUser(own_app).sign_in(email, "not the password")
    assert reply.status_code == 422
    assert "The e-mail address or the password is wrong." in words(reply)


def test_a_leaver_cannot_sign_in_with_the_right_password(own_app: Flask) -> None:
    assert SiteUser(own_app).sign_in("ben").status_code == 422


def test_a_password_of_megabytes_is_not_hashed(own_app: Flask) -> None:
    assert SiteUser(own_app).sign_in("sam", "x" * 300_000).status_code == 422


def test_signing_in_makes_a_new_session(own_app: Flask) -> None:
    user = SiteUser(own_app)
    user.get("/sign-in")
    planted = TOKEN.search(user.get("/sign-in").text)
    before = _session(user)
    user.sign_in("sam")
    after = TOKEN.search(user.get("/account").text)
    assert _session(user) != before
    assert planted is not None
    assert after is not None
    reply = user.client.post("/sign-out", data={"csrf_token": planted[1]})
    assert reply.status_code == 400, "a token from before signing in is good for nothing after it"


def test_the_cookie_is_for_this_site_and_for_no_script(own_app: Flask) -> None:
    cookie = SiteUser(own_app).sign_in("sam").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # loopback without TLS


@pytest.fixture
def over_tls(own_sample: Sample) -> Iterator[SiteUser]:
    """Somebody before a site that is served over TLS."""
    own_sample.lms.settings = replace(
        own_sample.lms.settings,
        site_origin="https://training.example.org",
        content_origin="https://content.example.net",
    )
    app = site(own_sample)
    yield SiteUser(app)
    app.extensions["player.database"].close()


def test_over_tls_the_cookie_insists_on_it(over_tls: SiteUser) -> None:
    reply = over_tls.get("/sign-in")
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-player=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert "Path=/;" in cookie or cookie.endswith("Path=/")


@pytest.mark.parametrize(
    ("referer", "status"),
    [
        ("https://training.example.org/sign-in", 303),
        ("https://content.example.net/content/key/page.html", 400),
        ("http://training.example.org/sign-in", 400),  # whoever is between may have written that page
        ("https://training.example.org.evil.example/", 400),
        ("https://training.example.org:8443/", 400),
        (None, 400),
    ],
)
def test_over_tls_a_form_comes_from_this_site_and_no_other(
    over_tls: SiteUser, referer: str | None, status: int
) -> None:
    token = TOKEN.search(over_tls.get("/sign-in").text)
    assert token is not None
    form = {"csrf_token": token[1], "email": "sam@example.org", "password": PASSWORD}
    headers = {"Referer": referer} if referer else {}
    assert over_tls.client.post("/sign-in", data=form, headers=headers).status_code == status
    assert over_tls.get("/training").status_code == (200 if status == 303 else 303)


def test_a_page_that_was_asked_for_comes_after_signing_in(own_app: Flask) -> None:
    user = SiteUser(own_app)
    sent = user.get("/training/fire-safety?a=b").headers["Location"]
    assert "next=" in sent
    hidden = re.search(r'name="next" value="([^"]+)"', user.get(sent).text)
    assert hidden is not None
    assert user.sign_in("sam", next=hidden[1]).headers["Location"] == "/training/fire-safety?a=b"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:x", ""],
)
def test_signing_in_never_leads_elsewhere(own_app: Flask, target: str) -> None:
    assert safe_address(target) is None
    assert SiteUser(own_app).sign_in("sam", next=target).headers["Location"] == "/training"


def test_signing_out_is_a_post_and_ends_the_session(own_app: Flask) -> None:
    sam = SiteUser(own_app, "sam")
    assert sam.get("/sign-out").status_code == 405
    sam.post("/sign-out", at="/account")
    assert sam.get("/training").status_code == 303


def test_a_form_may_stay_open_as_long_as_its_page(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made = int(time.time() - 11 * 3600)
    with monkeypatch.context() as then:
        then.setattr(TimestampSigner, "get_timestamp", lambda _: made)
        sam = SiteUser(own_app, "sam")
        token = TOKEN.search(sam.get("/account").text)
    assert token is not None
    assert sam.client.post("/sign-out", data={"csrf_token": token[1]}).status_code == 303


def test_signing_out_everywhere_ends_every_browser(own_app: Flask) -> None:
    here, there = SiteUser(own_app, "sam"), SiteUser(own_app, "sam")
    done = here.post("/account/sign-out-everywhere", at="/account")
    assert "You have signed out everywhere." in here.words(done.headers["Location"])
    assert there.get("/training").status_code == 303
    assert here.get("/training").status_code == 303


def test_a_new_password_keeps_this_browser_and_ends_the_others(own_app: Flask) -> None:
    here, there = SiteUser(own_app, "sam"), SiteUser(own_app, "sam")
    form = {"current": PASSWORD, "password": NEW, "again": NEW}
    done = here.post("/account/password", at="/account", **form)
    assert "Your password has been changed." in here.words(done.headers["Location"])
    assert here.get("/training").status_code == 200
    assert there.get("/training").status_code == 303
    assert SiteUser(own_app).sign_in("sam", PASSWORD).status_code == 422
    assert SiteUser(own_app).sign_in("sam", NEW).status_code == 303


def test_others_write_while_a_new_password_is_hashed(
    own_app: Flask, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is one writer at a time, and hashing is slow on purpose."""
    sam, database = SiteUser(own_app, "sam"), own_sample.lms.database
    hash_of = PasswordHasher.hash

    def write() -> None:
        with own_app.extensions[DATABASE].writing() as tx:
            tx.get_one(Person, own_sample.people["ada"]).name = "Ada Lovelace"

    def hash_slowly(self: PasswordHasher, password: str) -> str:
        in_a_thread(write)
        return hash_of(self, password)

    monkeypatch.setattr(PasswordHasher, "hash", hash_slowly)
    form = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert sam.post("/account/password", at="/account", **form).status_code == 303
    with database.reading() as tx:
        assert tx.get_one(Person, own_sample.people["ada"]).name == "Ada Lovelace"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"current": "wrong", "password": NEW, "again": NEW}, "This is not your current password."),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "Use at least 12 characters."),
        ({"current": PASSWORD, "password": NEW, "again": NEW + "x"}, "The two passwords are different."),
        (
            {"current": PASSWORD, "password": "x" * 1001, "again": "x" * 1001},
            "Use at most 1000 characters.",
        ),
    ],
)
def test_a_password_that_cannot_be_taken_says_why(
    own_app: Flask, form: dict[str, str], sentence: str
) -> None:
    sam = SiteUser(own_app, "sam")
    reply = sam.post("/account/password", at="/account", **form)
    assert reply.status_code == 422
    assert sentence in words(reply)
    assert NEW not in reply.text


def test_a_session_ends_after_a_day_s_work(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    own_sample.lms.after(hours=11)
    assert sam.get("/training").status_code == 200
    own_sample.lms.after(hours=2)
    assert sam.get("/training").status_code == 303


def test_who_is_in_the_records_no_more_is_nobody(own_app: Flask, own_sample: Sample) -> None:
    """Older records may have been put back since."""
    alex = SiteUser(own_app, "alex")
    with own_sample.lms.database.writing() as tx:
        tx.delete(tx.get_one(Person, own_sample.people["alex"]))
    assert alex.get("/provider/schools").headers["Location"].startswith("/sign-in")


def test_ten_failures_close_the_account_from_there_for_a_while(own_app: Flask) -> None:
    user = SiteUser(own_app)
    for _ in range(10):
        assert user.sign_in("sam", "wrong").status_code == 422
    reply = user.sign_in("sam")
    assert reply.status_code == 429
    assert "Wait 15 minutes" in words(reply)
    assert 800 < int(reply.headers["Retry-After"]) <= 900
    assert SiteUser(own_app).sign_in("ada").status_code == 303, "others at the same school still can"


def test_fifty_failures_close_the_account_from_everywhere(own_app: Flask) -> None:
    def failed(address: int) -> int:
        user = SiteUser(own_app)
        user.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{address}"
        return user.sign_in("sam", "x" * 1001).status_code

    assert {failed(1 + number // 9) for number in range(50)} == {422}
    assert failed(99) == 429


def test_a_hundred_failures_close_the_address_for_every_account(own_app: Flask) -> None:
    for number in range(100):
        assert SiteUser(own_app).sign_in(f"nobody{number}", "x" * 1001).status_code == 422
    assert SiteUser(own_app).sign_in("sam").status_code == 429


def test_no_password_is_tried_by_a_request_that_only_looks(own_app: Flask) -> None:
    """HEAD has neither a limit nor a token: with a form in it, it would be a way round both."""
    user = SiteUser(own_app)
    form = {"email": "sam@example.org", "password": PASSWORD}
    assert user.client.head("/sign-in", data=form).status_code == 200
    assert user.get("/account").status_code == 303


def test_an_unknown_address_is_closed_just_the_same(own_app: Flask) -> None:
    user = SiteUser(own_app)
    for _ in range(10):
        user.sign_in("nobody", "wrong")
    assert user.sign_in("nobody", "wrong").status_code == 429


def test_what_succeeds_never_counts(own_app: Flask) -> None:
    for _ in range(12):
        assert SiteUser(own_app).sign_in("sam").status_code == 303


def test_sign_ins_are_shown_where_the_server_is_tried_out_and_nowhere_else(own_sample: Sample) -> None:
    for tried_out in (False, True):
        own_sample.lms.settings = replace(own_sample.lms.settings, demo=tried_out)
        app = site(own_sample)
        page = SiteUser(app).words("/sign-in")
        assert (PEOPLE[0][1] in page, DEMO_PASSWORD in page) == (tried_out, tried_out)
        app.extensions["player.database"].close()


def test_no_page_is_kept_by_a_cache_and_its_style_is(own_app: Flask) -> None:
    reply = SiteUser(own_app, "sam").get("/training")
    assert reply.headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/static/site/site.css[^"]+)"', reply.text)
    assert style is not None
    kept = SiteUser(own_app).get(style[1])
    assert "max-age=31536000" in kept.headers["Cache-Control"]
    kept.close()
