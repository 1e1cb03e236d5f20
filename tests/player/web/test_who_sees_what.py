"""Every page and export, asked for by everybody: the map of addresses is the list, so none is forgotten."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from player.records.tables import Base
from tests.player import staff
from tests.player.packages import scorm_12
from tests.player.web.sample import Sample
from tests.player.web.site_user import EVERYBODY, TOKEN, SiteUser, addresses

pytestmark = pytest.mark.both_databases  # every page's statements, and every form's guard


def _statuses(app: Flask, sample: Sample, user: SiteUser, prefix: str) -> dict[str, int]:
    """What each address with that prefix answers; forms carry a good token, so only the guard refuses."""
    token = TOKEN.search(user.get("/account").text)
    told = {}
    for _, method, address in addresses(app, sample):
        if address.startswith(prefix):
            data = {"csrf_token": token[1]} if token else {}
            told[f"{method} {address}"] = user.client.open(address, method=method, data=data).status_code
    assert told, prefix
    return told


def test_a_form_that_is_only_looked_at_is_not_taken(app: Flask, sample: Sample) -> None:
    user = SiteUser(app, "alex")
    forms = {
        address for rule, _, address in addresses(app, sample) if {"GET", "POST"} <= (rule.methods or set())
    }
    assert forms
    for address in forms:
        looked = user.client.head(address, data={"name": ""})
        assert looked.status_code == user.get(address).status_code, address


def _everything(sample: Sample) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with sample.lms.database.connecting() as tx:
        return {
            each.name: [tuple(row) for row in tx.execute(select(each))]
            for each in Base.metadata.sorted_tables
        }


def test_the_map_holds_the_pages_that_must_be_guarded(app: Flask, sample: Sample) -> None:
    prefixes = {address.split("/")[1] for _, _, address in addresses(app, sample)}
    assert prefixes == {"schools", "provider", "training"}


@pytest.mark.parametrize(
    ("who", "prefix", "status"),
    [
        ("olu", "/schools", 404),  # the wrong school's manager
        ("olu", "/provider", 403),
        ("priya", "/provider", 403),
        ("sam", "/schools", 403),  # a learner, of this school and of the other
        ("sam", "/provider", 403),
        ("zed", "/schools", 403),
        ("zed", "/provider", 403),
    ],
)
def test_whoever_is_wrong_finds_nothing_and_changes_nothing(
    app: Flask, sample: Sample, who: str, prefix: str, status: int
) -> None:
    user, before = SiteUser(app, who), _everything(sample)
    told = _statuses(app, sample, user, prefix)
    assert set(told.values()) == {status}, told
    assert _everything(sample) == before


def test_nobody_is_sent_to_sign_in(app: Flask, sample: Sample) -> None:
    user = SiteUser(app)
    token, before = TOKEN.search(user.get("/sign-in").text), _everything(sample)
    assert token is not None
    own = [
        ("GET" if "GET" in (rule.methods or ()) else "POST", str(rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint in EVERYBODY
    ]
    assert len(own) == len(EVERYBODY)
    for method, address in [*own, *(each[1:] for each in addresses(app, sample))]:
        reply = user.client.open(address, method=method, data={"csrf_token": token[1]})
        assert reply.status_code == 303, address
        assert reply.headers["Location"].startswith("/sign-in")
    assert _everything(sample) == before


def test_no_page_of_another_school_is_reached_through_ones_own(app: Flask, sample: Sample) -> None:
    """Southbrook's manager, under Southbrook's own address, with the ids of Northfield's people."""
    olu = SiteUser(app, "olu")
    assert olu.get(f"/schools/{sample.south}/people").status_code == 200
    for path in (
        f"people/{sample.people['sam']}",
        f"people/{sample.people['alex']}",
        f"records/{sample.registrations['sam fire-safety']}",
    ):
        assert olu.get(f"/schools/{sample.south}/{path}").status_code == 404, path
    link = olu.post(f"/schools/{sample.south}/people/{sample.people['sam']}/password-link", at="/account")
    assert link.status_code == 404
    record = f"/schools/{sample.south}/records/{sample.registrations['sam fire-safety']}"
    assert olu.post(f"{record}/fresh-start", at="/account").status_code == 404


def test_lists_and_exports_name_only_ones_own_people(app: Flask, sample: Sample) -> None:
    priya = SiteUser(app, "priya")
    for path in ("people", "people.csv", "courses", "courses/fire-safety/answers.csv", "people?left=yes"):
        text = priya.get(f"/schools/{sample.north}/{path}").text
        assert not [part for part in ("Zed <", "Zed &", "zed@") if part in text], path
    assert "Zed" in SiteUser(app, "olu").get(f"/schools/{sample.south}/people.csv").text


def test_no_course_that_only_another_school_takes_is_named(own_app: Flask, own_sample: Sample) -> None:
    course = own_sample.lms.add(scorm_12(2, "Lockdown"), name="lockdown.zip").course
    with own_sample.lms.database.writing() as tx:
        staff.enrol(tx, [staff.member(tx, own_sample.south, own_sample.people["zed"])], [course])
    for who, school, is_named in (("olu", own_sample.south, True), ("priya", own_sample.north, False)):
        user = SiteUser(own_app, who)
        for path in ("people", "courses"):
            assert ("Lockdown" in user.words(f"/schools/{school}/{path}")) is is_named, (who, path)


def test_every_post_needs_a_token_that_its_page_gave(app: Flask, sample: Sample) -> None:
    posts = [address for _, method, address in addresses(app, sample) if method == "POST"]
    posts += [
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint in EVERYBODY - {"auth.account", "auth.choose_school"}
    ]
    users = [SiteUser(app, who) for who in ("sam", "priya", "alex")]
    before = _everything(sample)
    for user, form in product(users, ({"csrf_token": "forged"}, {})):
        for address in posts:
            reply = user.client.post(address, data=form)
            assert reply.status_code == 400, address
            assert "Nothing was changed" in reply.text, address
    assert _everything(sample) == before


def test_every_page_opens_for_whom_it_is_meant(app: Flask, sample: Sample) -> None:
    for who, prefix in (
        ("sam", "/training"),
        ("priya", "/schools"),
        ("alex", "/provider"),
        ("alex", "/schools"),
    ):
        user = SiteUser(app, who)
        for rule, method, address in addresses(app, sample):
            if method == "GET" and address.startswith(prefix):
                moved = rule.endpoint == "administrator.school"  # to that of its staff
                assert user.get(address, follow_redirects=moved).status_code == 200, address


def test_names_are_text_and_never_markup(app: Flask, sample: Sample) -> None:
    page = SiteUser(app, "olu").get(f"/schools/{sample.south}/people").text
    assert "Zed &lt;b&gt;Quiet&lt;/b&gt;" in page
    assert "<b>Quiet" not in page


def test_no_page_allows_anything_inline_or_from_elsewhere_or_a_frame_around(
    app: Flask, sample: Sample
) -> None:
    alex = SiteUser(app, "alex")
    for _, method, address in addresses(app, sample):
        if method == "GET" and not address.startswith("/training"):
            reply = alex.get(address)
            policy = reply.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "base-uri 'none'" in policy
            if address.endswith("/message.html"):  # an e-mail has its styles inline, and nothing else
                assert policy.count("unsafe-inline") == policy.count("style-src 'unsafe-inline'") == 1
                continue
            assert "unsafe-inline" not in policy
            assert " style=" not in reply.text, address
            assert "<script>" not in reply.text, address
            assert " onclick=" not in reply.text, address
