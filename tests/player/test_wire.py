"""Bytes that no browser sends: who reads them in two ways lets one request hide another."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.player.nginx import in_front
from tests.player.served import Server, served

HIDDEN = "GET /robots.txt HTTP/1.1\r\nHost: {content}\r\nConnection: close\r\n\r\n"
LENIENT = "a chunk size before a bare line feed"
# Each says where its body ends in two ways, or in a way of its own (RFC 9112, 6.3 and 11.2).
AMBIGUOUS = {
    "both lengths": "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked before its time": "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "lengths that differ": "Content-Length: 0\r\nContent-Length: 60\r\n\r\n",
    "lengths in a list": "Content-Length: 0, 60\r\n\r\n",
    "a length with a sign": "Content-Length: +0\r\n\r\n",
    "a length in hex": "Content-Length: 0x0\r\n\r\n",
    "a space before the colon": "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked and not last": "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a coding after a vertical tab": "Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a folded coding": "Transfer-Encoding:\r\n chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n",
    "a bare line feed": "X: y\nContent-Length: 60\r\n\r\n",
    "a bare carriage return": "X: y\rContent-Length: 60\r\n\r\n",
    "a chunk of a negative size": "Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n",
    "a chunk size with an underscore": "Transfer-Encoding: chunked\r\n\r\n0_1\r\nx\r\n0\r\n\r\n",
    LENIENT: "Transfer-Encoding: chunked\r\n\r\n2\nxx\n0\n\n",
}


@pytest.fixture(scope="module", params=["straight", "through nginx"])
def wire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, int]]:
    """A server, and the port on which it is reached."""
    folder: Path = tmp_path_factory.mktemp("wire")
    with ExitStack() as stack:
        server = stack.enter_context(served(folder))
        port = server.port
        if request.param == "through nginx":
            port = stack.enter_context(in_front(folder, port))
        yield server, port


def said(port: int, sent: str) -> str:
    """Everything that comes back until the other side closes, or is silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        connection.sendall(sent.encode("latin-1"))
        told = b""
        try:
            while data := connection.recv(65536):
                told += data
        except (TimeoutError, ConnectionError):
            pass
    return told.decode("latin-1")


def test_a_request_that_ends_in_two_ways_hides_no_other(wire: tuple[Server, int]) -> None:
    server, port = wire
    content = f"127.0.0.1:{server.port}"
    assert "Disallow" in said(port, HIDDEN.format(content=content)), "the hidden one is answered by itself"
    for name, rest in AMBIGUOUS.items():
        if name == LENIENT and port != server.port:
            continue  # nginx reads on, and passes the body on in its own words
        version = "1.0\r\nConnection: keep-alive" if name == "chunked before its time" else "1.1"
        head = f"POST /sign-in HTTP/{version}\r\nHost: {server.site}\r\n"
        told = said(port, head + rest + HIDDEN.format(content=content))
        statuses = re.findall(r"^HTTP/1\.[01] ([0-9]+)", told, re.MULTILINE)
        assert statuses[0] in ("400", "501"), (name, told[:300])
        assert set(statuses) <= {"400", "501"}, (name, told[:300])
        assert "Disallow" not in told, name


def test_a_header_of_ours_is_not_forged_from_outside(wire: tuple[Server, int]) -> None:
    """A name with an underscore would be the same to WSGI; a client's address is a proxy's to give."""
    server, port = wire
    for forged in (
        "X_Forwarded_For: 192.0.2.1",
        "X-Forwarded-Host: evil.example",
        "Forwarded: host=evil.example",
    ):
        head = f"GET / HTTP/1.1\r\nHost: {server.site}\r\nConnection: close\r\n{forged}\r\n\r\n"
        told = said(port, head)
        assert told.startswith("HTTP/1.1 303 "), (forged, told[:200])
        assert "evil" not in told


def test_a_request_names_one_host_that_is_ours(wire: tuple[Server, int]) -> None:
    server, port = wire
    for host in (
        "",
        "Host: evil.example\r\n",
        f"Host: {server.site}\r\nHost: evil.example\r\n",
        "Host: \r\n",
    ):
        told = said(port, f"GET /sign-in HTTP/1.1\r\n{host}Connection: close\r\n\r\n")
        assert told.split(" ")[1] == "400", (host, told[:200])
    whole = said(
        port, f"GET http://evil.example/sign-in HTTP/1.1\r\nHost: {server.site}\r\nConnection: close\r\n\r\n"
    )
    assert "evil" not in whole
