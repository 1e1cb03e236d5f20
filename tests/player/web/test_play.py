"""The content host over the wire: the play protocol, files as browsers ask for them, headers on all."""

from __future__ import annotations

import json
import re
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import player.web
from player.serving import THREADS
from tests.player.packages import scorm_2004
from tests.player.served import Reply, Server

FILES: dict[str, str | bytes] = {
    "a b~c.txt": "spaced",
    "Übung/é.html": "accent",
    "100%25.txt": "percent",
    "Media/Sound.MP3": b"0123456789",
    "run.js": "1",
    "mod.mjs": "1",
    "app.wasm": b"\0asm",
    "a.svg": "<svg/>",
    "a.webp": b"x",
    "a.m4a": b"x",
    "a.mp4": b"x",
    "a.webm": b"x",
    "a.vtt": "WEBVTT",
    "odd.q9z": b"x",
    "old.htm": "<html>\xe9".encode("latin-1"),
}


@pytest.fixture(scope="module")
def link(server: Server) -> str:
    return server.lms.link(server.lms.add(scorm_2004(title="With files"), files=FILES).course)


def base_of(server: Server, link: str) -> str:
    href = deliver(server, link)["session"]["href"]
    return str(href).rpartition("/")[0] + "/"


def deliver(server: Server, link: str, page: str = "page-1") -> Any:
    return server.post(f"{link}deliver", {"page": page}).json


@pytest.fixture(scope="module")
def base(server: Server, link: str) -> str:
    return base_of(server, link)


def test_opening_a_link_shows_the_page_and_changes_nothing(server: Server, link: str) -> None:
    other = server.lms.link("with-files", "untouched")
    reply = server.ask("GET", other)
    assert reply.status == 200
    assert b"With files" in reply.body
    assert reply.headers["Cache-Control"] == "no-store"
    assert server.lms.record(learner="untouched")["state"] == "not attempted"


@pytest.mark.usefixtures("link")
def test_the_protocol_answers_as_decision_3_says(server: Server) -> None:
    link = server.lms.link("with-files", "protocol")
    answer = deliver(server, link)
    session = answer["session"]["id"]

    def commit(number: int, *calls: list[object]) -> Reply:
        return server.post(f"{link}commit", {"session": session, "number": number, "calls": list(calls)})

    assert commit(2).status == 409
    assert commit(2).json == {"wanted": 1}
    told = commit(1, [1, "Initialize", ""], [2, "SetValue", "cmi.suspend_data", "\ud800\0\x7f"])
    assert told.status == 200
    assert (told.json["have"], told.json["session"]["id"]) == (1, session)
    assert "launch" not in told.json["session"]
    assert commit(1).json["have"] == 1
    again = deliver(server, link, "page-2")
    assert again["session"]["launch"]["values"]["cmi.suspend_data"] == "\ud800\0\x7f"
    moved = commit(2, [1, "SetValue", "cmi.location", "2"]).json
    assert moved["session"]["id"] == again["session"]["id"]
    assert "launch" in moved["session"]
    newer = {"session": again["session"]["id"], "number": 1, "calls": [[1, "Initialize", ""]]}
    assert server.post(f"{link}commit", newer).status == 200
    late = commit(3, [1, "SetValue", "cmi.location", "3"]).json
    assert (late["superseded"], late["have"]) == (True, 3)


@pytest.mark.usefixtures("link")
def test_a_closing_page_sends_what_it_has_as_a_list(server: Server) -> None:
    link = server.lms.link("with-files", "closing")
    session = deliver(server, link)["session"]["id"]
    first, second, fourth = (
        {"session": session, "number": number, "calls": [[number, *call]]}
        for number, call in (
            (1, ("Initialize", "")),
            (2, ("Navigate", "suspendAll", "")),
            (4, ("Navigate", "exitAll", "")),
        )
    )
    together = server.post(f"{link}commit", [first, second]).json
    assert (together["have"], together["session"]["state"]) == (2, "suspended")
    assert server.post(f"{link}commit", [first]).json["have"] == 2
    assert server.post(f"{link}commit", [second, fourth]).json == {"wanted": 3}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"[[]]",
        b"[" + b",".join([b'{"session": "x", "number": 1, "calls": []}'] * 101) + b"]",
        b"null",
        b'{"session": "x", "number": 0, "calls": []}',
        b'{"session": "x", "number": true, "calls": {}}',
        b'{"session": "\\ud800", "number": 1, "calls": []}',
        b'{"session": "x", "number": 1, "calls": [["SetValue"]]}',
        b'{"session": "x", "number": 1, "calls": [[NaN, "SetValue", "a", "b"]]}',
        b'{"session": "x", "number": 1, "calls": [[1, "SetValue", "a", 5]]}',
        b"[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_body_that_is_no_commit_is_told_so(server: Server, link: str, body: bytes) -> None:
    reply = server.ask("POST", f"{link}commit", body)
    assert reply.status == 400
    assert reply.json["error"].endswith(".")


def test_an_unknown_link_is_a_sentence_for_people_and_for_scripts(server: Server, link: str) -> None:
    nowhere = link.replace(link.split("/")[-2], "nowhere")
    assert server.ask("GET", nowhere).status == 404
    assert b"This link does not work" in server.ask("GET", nowhere).body
    reply = server.post(f"{nowhere}deliver", {"page": "p"})
    assert reply.status == 404
    assert "error" in reply.json


def test_a_link_that_has_ended_says_so_to_people_and_to_scripts(server: Server) -> None:
    server.lms.after(days=-31)
    link = server.lms.link("with-files", "late")
    server.lms.after(days=31)
    reply = server.ask("GET", link)
    assert (reply.status, b"This link has expired." in reply.body) == (410, True)
    reply = server.post(f"{link}deliver", {"page": "p"})
    assert (reply.status, reply.json["error"][:22]) == (410, "This link has expired.")


@pytest.mark.parametrize(("name", "content"), FILES.items())
def test_every_file_is_found_by_its_encoded_name(
    server: Server, base: str, name: str, content: str | bytes
) -> None:
    wanted = content.encode() if isinstance(content, str) else content
    assert server.ask("GET", base + quote(name)).body == wanted


def test_case_and_accents_may_be_spelt_as_other_systems_spell_them(server: Server, base: str) -> None:
    assert server.ask("GET", base + "media/sound.mp3").status == 200
    assert server.ask("GET", base + quote("Übung/é.html")).status == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("run.js", "text/javascript"),
        ("mod.mjs", "text/javascript"),
        ("app.wasm", "application/wasm"),
        ("a.svg", "image/svg+xml"),
        ("a.webp", "image/webp"),
        ("Media/Sound.MP3", "audio/mpeg"),
        ("a.m4a", "audio/mp4"),
        ("a.mp4", "video/mp4"),
        ("a.webm", "video/webm"),
        ("a.vtt", "text/vtt"),
        ("odd.q9z", "application/octet-stream"),
        ("old.htm", "text/html"),
    ],
)
def test_types_are_the_same_on_every_machine(server: Server, base: str, name: str, kind: str) -> None:
    assert server.ask("HEAD", base + name).headers["Content-Type"] == kind


@pytest.mark.parametrize(
    ("wanted", "status", "body"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=0-99", 206, b"0123456789"),
        ("bytes=10-", 416, None),
        ("bytes=0-1,4-5", 200, b"0123456789"),
        ("bytes=0-1, 40-50", 200, b"0123456789"),
    ],
)
def test_media_may_be_asked_for_in_parts(
    server: Server, base: str, wanted: str, status: int, body: bytes | None
) -> None:
    reply = server.ask("GET", base + "Media/Sound.MP3", Range=wanted)
    assert reply.status == status
    if body is not None:
        assert reply.body == body
        assert reply.headers.get("Content-Range", "/10").endswith("/10")


def test_films_that_a_whole_class_has_paused_keep_nobody_waiting(server: Server) -> None:
    film = bytes(range(256)) * 4096 * 32
    base = base_of(
        server, server.lms.link(server.lms.add(scorm_2004(title="Film"), files={"f.mp4": film}).course)
    )
    with ExitStack() as paused:
        for _ in range(THREADS + 2):
            asking = paused.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=20))
            lines = (f"GET {base}f.mp4 HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Range: bytes=1-", "", "")
            asking.sendall("\r\n".join(lines).encode())
            assert asking.recv(12) == b"HTTP/1.1 206"
        reply = server.ask("GET", base + "f.mp4", Range="bytes=300-70000")
    assert (reply.status, reply.body) == (206, film[300:70001])


def test_a_file_is_kept_for_ever_and_known_by_its_tag(server: Server, base: str) -> None:
    reply = server.ask("GET", base + "run.js")
    assert "immutable" in reply.headers["Cache-Control"]
    assert server.ask("GET", base + "run.js", If_None_Match=reply.headers["ETag"]).status == 304
    head = server.ask("HEAD", base + "run.js")
    assert (head.body, head.headers["Content-Length"]) == (b"", "1")


@pytest.mark.parametrize(
    "name",
    [
        "../../../player.db",
        "%2e%2e/%2e%2e/player.db",
        "..%2f..%2fplayer.db",
        "..%5c..%5cplayer.db",
        "%2fetc%2fpasswd",
        "a%00b",
        "",
        "Media",
        "Media/",
        "nothing.html",
        pytest.param("a" * 300, id="a name of 300"),
        pytest.param("a/" * 2500, id="a path of 5000"),
    ],
)
def test_nothing_outside_a_package_is_served(server: Server, base: str, name: str) -> None:
    assert server.ask("GET", base + name).status in (404, 308)


@pytest.mark.parametrize("key", ["..", "%2e%2e", ".", "x" * 22, "-"])
def test_no_other_folder_is_a_version(server: Server, key: str) -> None:
    assert server.ask("GET", f"/content/{key}/player.db").status == 404


def committed(server: Server, link: str) -> dict[str, Any]:
    """A delivery, and the commit that comes next."""
    session = server.post(f"{link}deliver", {"page": "page-of-headers"}).json["session"]["id"]
    return {"session": session, "number": 1, "calls": [[1, "Initialize", ""]]}


def test_every_answer_of_the_content_host_keeps_unload_and_says_who_may_frame_it(
    server: Server, link: str, base: str
) -> None:
    replies = [server.ask("GET", link), server.ask("GET", base + "p1.html"), server.ask("GET", "/nowhere")]
    replies += [server.post(f"{link}commit", value) for value in (committed(server, link), {}, None)]
    assert [reply.status for reply in replies] == [200, 200, 404, 200, 400, 400]
    for reply in replies[3:]:
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.headers["Content-Type"] == "application/json"
    for reply in replies:
        assert reply.headers["Permissions-Policy"] == "unload=*"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert f"frame-ancestors 'self' http://{server.site}" in reply.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in reply.headers
        assert "Cross-Origin-Opener-Policy" not in reply.headers


def test_what_the_page_loads_does_not_tell_a_proxys_log_its_link(
    server: Server, link: str, base: str
) -> None:
    assert server.ask("GET", link).headers["Referrer-Policy"] == "strict-origin"
    own = server.ask("GET", base + "p1.html").headers["Referrer-Policy"]
    assert own == "strict-origin-when-cross-origin", "old content asks where it was come from"


def test_the_page_and_what_it_loads_are_there(server: Server, link: str) -> None:
    page = server.ask("GET", link).body.decode()
    table = page.partition('data-table="')[2].partition('"')[0]
    assert json.loads(server.ask("GET", table).body)["types"]
    script = page.partition('type="module" src="')[2].partition('"')[0]
    reply = server.ask("GET", script)
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/javascript")
    assert "immutable" in reply.headers["Cache-Control"]
    assert server.ask("GET", "/static/old/play/play.js").headers["Cache-Control"] == "no-cache"


def test_the_page_fetches_all_its_modules_at_once(server: Server, link: str) -> None:
    """Else the browser finds each only when the one that imports it has come."""
    page = server.ask("GET", link).body.decode()
    scripts = {path.stem for path in (Path(player.web.__file__).parent / "static" / "play").glob("*.js")}
    assert set(re.findall(r'rel="modulepreload" href="[^"]*/(\w+)\.js"', page)) == scripts - {"play"}


def test_nothing_large_is_parsed_for_who_has_no_link(server: Server, link: str) -> None:
    body = b"[" + b"0," * 1024**2 + b"0]"
    unknown = server.ask("POST", "/play/none/commit", body)
    assert (unknown.status, list(unknown.json)) == (404, ["error"])
    assert server.ask("POST", f"{link}commit", body).status == 400
