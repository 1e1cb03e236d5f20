"""Connections that take long, wait, or come in thousands: asked of the real server, with short deadlines."""

from __future__ import annotations

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from player.bodies import USUAL
from player.connections import MOST, Patience, room_for_connections
from tests.held import held
from tests.player.nginx import in_front
from tests.player.served import Asked, Server, served
from tests.player.web.test_bodies import signed_in

SHORT = Patience(idle=2.0, request=0.5, rate=1_000_000.0, whole=0.5)
HEAD = "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("short"), patience=SHORT) as running:
        yield running


def drip(server: Asked, begin: str, more: bytes, seconds: float) -> str:
    """What comes back to who sends a little more ten times a second; nothing where the server still waits."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=0.1) as wire:
        wire.sendall(begin.encode())
        for _ in range(int(seconds * 10)):
            try:
                return wire.recv(64).decode().split("\r\n")[0] or "closed"
            except TimeoutError:
                pass
            except ConnectionError:
                return "closed"
            try:
                wire.sendall(more)
            except ConnectionError:
                return "closed"
    return ""


def test_a_request_has_a_deadline_as_a_whole_however_its_bytes_come(server: Server) -> None:
    form = HEAD.format(path="/sign-in", host=server.site, cookie="", length=10_000)
    for begin, more in (
        (f"{form}\r\n", b"x"),  # a body
        (form, b"x"),  # a head that does not end
        ("GET / HTTP/1.1\r\n", b"A: b\r\n"),
        (f"{form}\r\n".replace("Content-Length: 10000", "Transfer-Encoding: chunked"), b"1\r\nx\r\n"),
    ):
        assert drip(server, begin, more, 10) == "HTTP/1.1 408 Request Timeout", begin
    assert drip(server, "", b"\r\n", 15) in ("closed", "HTTP/1.1 408 Request Timeout"), "no request comes"


def test_an_upload_goes_on_while_it_keeps_coming(tmp_path: Path) -> None:
    patience = Patience(request=1.0, rate=100.0, whole=1.0)
    with served(tmp_path, patience=patience) as server:
        cookie = signed_in(server)
        head = HEAD.format(path="/provider/upload", host=server.site, cookie=cookie, length=USUAL)
        assert drip(server, f"{head}\r\n", b"x" * 500, 4) == "", "5,000 bytes a second"
        assert drip(server, f"{head}\r\n", b"", 10) == "HTTP/1.1 408 Request Timeout"


def test_who_waits_for_the_player_is_not_cut_off(server: Server) -> None:
    link = server.lms.link(server.lms.add().course)
    with ExitStack() as stack:
        stack.enter_context(server.lms.database.writing())
        free = threading.Timer(3.0, stack.close)
        free.start()
        assert server.post(f"{link}deliver", {"page": "page-1"}).status == 200
        free.join()


def test_a_new_connection_is_let_in_when_all_are_taken(tmp_path: Path) -> None:
    with (
        served(tmp_path, most=100) as server,
        held(server.port, idle=60) as browsers,
        held(server.port, slow=150) as those,
    ):
        for _ in range(30):
            assert server.ask("GET", "/sign-in", host=server.site).status == 200
        assert those.open()[0] < 100
        assert browsers.open()[1] == 0, "an idle one is opened again where it is needed"


def test_hundreds_of_slow_connections_keep_nobody_from_signing_in(tmp_path: Path) -> None:
    with served(tmp_path) as server, held(server.port, slow=150, idle=150) as those:
        assert server.ask("GET", "/sign-in", host=server.site).status == 200
        assert those.open() == (150, 150)


def test_as_many_files_may_be_open_as_connections_need() -> None:
    most = room_for_connections()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert most == MOST or soft == hard
    assert soft > 2 * most


def test_the_guides_nginx_passes_on_what_the_player_needs(tmp_path: Path) -> None:
    with served(tmp_path) as server, in_front(tmp_path, server.port) as port:
        server.lms.add(files={"film.mp4": b"0123456789"})
        key = next(server.lms.settings.packages.iterdir()).name
        through = Asked(port)
        content = f"127.0.0.1:{server.port}"
        with held(port, slow=150, idle=150):
            assert through.ask("GET", "/sign-in", host=server.site).status == 200
            assert through.ask("HEAD", "/sign-in", host=server.site).body == b""
        part = through.ask("GET", f"/content/{key}/film.mp4", host=content, Range="bytes=2-4")
        assert (part.status, part.body) == (206, b"234")
        assert through.ask("GET", "/sign-in", host=content).status == 404
        large = HEAD.format(path="/sign-in", host=server.site, cookie="", length=18 * 1024**2)
        assert drip(through, f"{large}\r\n", b"", 10) == "HTTP/1.1 413 Request Entity Too Large"
        upload = HEAD.format(path="/provider/upload", host=server.site, cookie="", length=USUAL)
        assert drip(through, f"{upload}\r\n", b"", 10) == "HTTP/1.1 413 Request Entity Too Large"
        upload = HEAD.format(
            path="/provider/upload", host=server.site, cookie=signed_in(server), length=USUAL
        )
        assert drip(through, f"{upload}\r\n", b"x", 1) == ""


def test_unfinished_bodies_do_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.connections.MOST_WAITING", 3_000_000)
    with served(tmp_path) as server, ExitStack() as stack:
        head = HEAD.format(path="/sign-in", host=server.site, cookie="", length=4_000_000)
        wires = []
        for size in (1_000_000, 1_100_000, 1_500_000):
            wire = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            wire.sendall(f"{head}\r\n".encode() + bytes(size))
            wires.append(wire)
        assert wires[2].recv(64).startswith(b"HTTP/1.1 408 "), "the largest goes first"
        for wire in wires[:2]:
            wire.settimeout(0.1)
            with pytest.raises(TimeoutError):
                wire.recv(64)
