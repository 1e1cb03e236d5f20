"""A school's portal starts its own people's courses, and nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from player.records.memberships import called
from player.records.school_keys import add as add_school_key
from player.records.schools import school_named
from player.records.tables import Course, SchoolKey
from player.web.api import hash_of
from player.web.context import DATABASE
from tests.player.lms import START
from tests.player.packages import scorm_12
from tests.player.served import Server
from tests.player.threads import in_a_thread


@pytest.fixture(scope="module")
def key(server: Server) -> str:
    server.lms.add()
    return _key(server, "Northfield")


def _key(server: Server, school: str) -> str:
    with server.lms.database.writing() as tx:
        return add_school_key(tx, school_named(tx, school).id, "portal", server.lms.now)


def _launch(server: Server, key: str, **fields: object) -> tuple[int, dict[str, str]]:
    asked = {"course": "fire-safety", "learner": "ann"} | fields
    reply = server.post("/api/launch", asked, host=server.site, Authorization=f"Bearer {key}")
    return reply.status, reply.json


def test_a_key_starts_a_learner_of_its_school(server: Server, key: str) -> None:
    status, told = _launch(server, key, name="Ann Other", **{"return": "https://portal.example.org/done"})
    assert status == 200
    answer = server.post(f"{told['url']}deliver", {"page": "p"}).json
    assert answer["return"] == "https://portal.example.org/done"
    record = server.lms.record(learner="ann")
    assert record["learner"] == {"id": "ann", "name": "Ann Other"}
    with server.lms.database.reading() as tx:
        assert [stay.school_id for stay in called(tx, "ann")] == [school_named(tx, "Northfield").id]


def test_only_the_hash_of_a_key_is_kept(server: Server, key: str) -> None:
    with server.lms.database.reading() as tx:
        assert tx.get(SchoolKey, hash_of(key)) is not None
        assert tx.get(SchoolKey, key) is None


def test_a_name_that_is_given_replaces_the_one_known(server: Server, key: str) -> None:
    for told, known in (("Ida Kay", "Ida Kay"), (None, "Ida Kay"), ("Ida Lee", "Ida Lee")):
        assert _launch(server, key, learner="ida", name=told)[0] == 200
        assert server.lms.record(learner="ida")["learner"]["name"] == known


@pytest.mark.parametrize("key", ["", "wrong", "\u00e9"])
def test_without_a_good_key_nothing_starts(server: Server, key: str) -> None:
    sent = f"Bearer {key}".encode().decode("latin-1")
    reply = server.post("/api/launch", {}, host=server.site, Authorization=sent)
    assert reply.status == 401
    assert "Bearer" in reply.json["error"]


def test_a_body_that_is_no_json_is_told_so(server: Server, key: str) -> None:
    told = {"Authorization": f"Bearer {key}", "Content_Type": "text/plain"}
    for body in (b"", b"nonsense", b"[]"):
        reply = server.ask("POST", "/api/launch", body, host=server.site, **told)
        assert (reply.status, reply.json["error"][:10]) == (400, "Send JSON:")


def test_who_has_no_key_does_not_wait_for_those_who_write(server: Server) -> None:
    def ask() -> int:
        return server.post("/api/launch", {}, host=server.site, Authorization="Bearer wrong").status

    with server.lms.database.writing():
        assert in_a_thread(ask) == 401


def test_a_revoked_key_is_no_key(server: Server) -> None:
    revoked = _key(server, "Closed")
    with server.lms.database.writing() as tx:
        tx.get_one(SchoolKey, hash_of(revoked)).revoked = server.lms.now
    assert _launch(server, revoked)[0] == 401


def test_a_launch_that_is_refused_leaves_nobody_behind(server: Server, key: str) -> None:
    course = server.lms.add(scorm_12(1, "Asbestos")).course
    with server.lms.database.writing() as tx:
        tx.get_one(Course, course).retired = server.lms.now
    status, told = _launch(server, key, course=course, learner="newcomer")
    assert status == 400
    assert "retired" in told["error"]
    with server.lms.database.reading() as tx:
        assert called(tx, "newcomer") == []


def test_two_schools_may_call_different_people_by_one_id(server: Server, key: str) -> None:
    """And neither portal learns that the other has such a learner."""
    names = {"Northfield": "Sam Okafor", "Elsewhere": "Wren Adeyemi"}
    for school, name in names.items():
        sent = key if school == "Northfield" else _key(server, school)
        status, told = _launch(server, sent, learner="17", name=name)
        assert status == 200
        delivered = server.post(f"{told['url']}deliver", {"page": "p"}).json
        assert delivered["session"]["launch"]["values"]["cmi.core.student_name"] == name
    assert [record["learner"]["name"] for record in server.lms.records(learner="17")] == [*names.values()]
    (only,) = server.lms.records(learner="17", school="Elsewhere")
    assert only["learner"] == {"id": "17", "name": "Wren Adeyemi"}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"course": "nowhere"}, "nowhere"),
        ({"course": None}, "“course” is missing: it is a text."),
        ({"name": 5}, "“name” is a text."),
        ({"learner": ""}, "learner id"),
        ({"learner": "a\0b"}, "learner id"),
        ({"learner": "x" * 251}, "learner id"),
        ({"name": "\ud800"}, "name"),
        ({"return": "javascript:alert(1)"}, "return"),
        ({"return": "javascript://portal.example/%0aalert(1)"}, "return"),
        ({"return": "https://"}, "return"),
        ({"return": "https://[x/"}, "return"),
        ({"return": "https://portal.example/\0"}, "return"),
        ({"returns": "https://x.example"}, "returns"),
    ],
)
def test_what_is_wrong_is_named(server: Server, key: str, fields: dict[str, object], named: str) -> None:
    status, told = _launch(server, key, **fields)
    assert status == 400
    assert named in told["error"]


def test_a_body_nested_deeply_is_no_way_past_the_key(server: Server, key: str) -> None:
    deep = b"[" * 200_000 + b"]" * 200_000
    for sent, status in (("Bearer wrong", 401), (f"Bearer {key}", 400)):
        reply = server.ask("POST", "/api/launch", deep, host=server.site, Authorization=sent)
        assert (reply.status, list(reply.json)) == (status, ["error"])


def test_launches_are_limited_by_key_and_by_address(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.web.throttling.LAUNCHES_PER_KEY", "3 per minute")
    monkeypatch.setattr("player.web.throttling.LAUNCHES_PER_ADDRESS", "6 per minute")
    with own_app.extensions[DATABASE].writing() as tx:
        keys = [add_school_key(tx, school_named(tx, name).id, "portal", START) for name in ("North", "South")]
    client = own_app.test_client()

    def launch(key: str, address: str = "192.0.2.1") -> TestResponse:
        headers = {"Authorization": f"Bearer {key}"}
        client.environ_base["REMOTE_ADDR"] = address
        return client.post("/api/launch", json={}, headers=headers)

    assert [launch(keys[0]).status_code for _ in range(4)] == [400, 400, 400, 429]
    assert launch(keys[0], "192.0.2.2").status_code == 429, "the key has been used too often, from anywhere"
    refused = launch(keys[0])
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert refused.get_json()["error"].startswith("Too many launches: try again in")
    assert [launch("wrong").status_code, launch("wrong").status_code] == [401, 429]
    assert launch(keys[1]).status_code == 429, "nor may the same address try others"
    assert launch(keys[1], "192.0.2.3").status_code == 400
