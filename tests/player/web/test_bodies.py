"""How much of a request is read, and from whom: asked of the real server, which keeps bodies on disk."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from player.bodies import USUAL
from player.school.accounts import administrator
from player.school.actor import COMMAND
from player.web.pages import may_upload
from tests.player.lms import START
from tests.player.served import Asked, Server, served
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import SiteUser, site


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("bodies")) as running:
        yield running


def first_line(server: Server, head: str, cookie: str = "") -> str:
    """What comes back to a head alone, or nothing where the server waits for the body."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=1.5) as wire:
        lines = (f"POST {head} HTTP/1.1", f"Host: {server.site}", f"Cookie: {cookie}")
        wire.sendall("\r\n".join((*lines, "")).encode())
        length = f"Content-Length: {USUAL}\r\nContent-Type: application/octet-stream\r\n\r\n"
        wire.sendall(length.encode())
        try:
            return wire.recv(64).decode().split("\r\n")[0]
        except TimeoutError:
            return ""


@pytest.mark.parametrize("path", ["/provider/upload", "/sign-in", "/play/none/commit", "/nowhere"])
def test_nobody_fills_the_disk_without_signing_in(server: Server, path: str) -> None:
    assert first_line(server, path).startswith("HTTP/1.1 413 ")
    assert first_line(server, path, "player=made.up.cookie").startswith("HTTP/1.1 413 ")


def test_an_administrator_may_send_a_package(own_sample: Sample, server: Server) -> None:
    app = site(own_sample)
    try:
        for who, path, may in (
            ("alex", "/provider/upload", True),
            ("alex", "/provider/schools", False),
            ("sam", "/provider/upload", False),
        ):
            user = SiteUser(app, who)
            cookie = user.client.get_cookie("player")
            assert cookie is not None
            assert may_upload(app, path, f"player={cookie.value}") is may, (who, path)
            own_sample.lms.after(hours=13)
            assert not may_upload(app, path, f"player={cookie.value}"), "the cookie is over"
    finally:
        app.extensions["player.database"].close()


def test_the_server_waits_for_an_administrators_body(server: Server) -> None:
    assert first_line(server, "/provider/upload", signed_in(server)) == ""


def test_a_package_that_comes_while_the_records_are_away_is_answered(
    database_url: str, tmp_path: Path
) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a file does not go away")
    with served(tmp_path, database_url) as server:
        cookie = signed_in(server)
        _shut(database_url)
        reply = server.ask("POST", "/provider/upload", bytes(USUAL), host=server.site, Cookie=cookie)
    assert reply.status == 503
    assert b"The records are not available at the moment" in reply.body


def _shut(database_url: str) -> None:
    """Every connection ends, and no other begins."""
    url = make_url(database_url)
    elsewhere = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (url.database,)
        )


def signed_in(server: Server) -> str:
    """An administrator's cookies."""
    with server.lms.database.writing() as tx:
        administrator(tx, COMMAND, START, "root@example.org", "Root", PASSWORD)
    return sign_in(server)


def sign_in(server: Asked) -> str:
    """The cookies of the administrator, who is there already."""
    page = server.ask("GET", "/sign-in", host=server.site)
    token = page.body.decode().split('name="csrf_token" value="')[1].split('"')[0]
    cookie = str(page.headers["Set-Cookie"]).split(";")[0]
    form = f"csrf_token={token}&email=root%40example.org&password={PASSWORD.replace(' ', '+')}"
    done = server.ask(
        "POST",
        "/sign-in",
        form.encode(),
        host=server.site,
        Cookie=cookie,
        Content_Type="application/x-www-form-urlencoded",
    )
    assert done.status == 303
    return "; ".join(each.split(";")[0] for each in done.headers.get_all("Set-Cookie", ()))


def test_a_body_in_pieces_ends_where_a_long_one_would(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as wire:
        wire.sendall(f"POST /sign-in HTTP/1.1\r\nHost: {server.site}\r\n".encode())
        wire.sendall(b"Transfer-Encoding: chunked\r\n\r\n")
        piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        try:
            for _ in range(USUAL // 0x100000 + 2):
                wire.sendall(piece)
            told = wire.recv(64)
        except (BrokenPipeError, ConnectionResetError):
            return
    assert told.startswith(b"HTTP/1.1 413 ")
