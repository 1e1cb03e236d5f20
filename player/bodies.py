"""Limits a request's body from its head: Waitress keeps bodies on disk before it calls the application."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]

USUAL = 17 * 1024**2  # a commit's most, and room for what wraps it
MOST = 2 * 1024**3
MaySendMuch = Callable[[str, str], bool]  # of a path and a Cookie header


def bounded(may_send_much: MaySendMuch) -> type[Any]:
    """A parser that reads a large body only from senders that may. Others are refused at the head."""

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        adj: Any
        is_upload = False  # its body may be large, and takes as long as it keeps coming

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            _refuse_two_ends(self.headers, chunked=self.chunked)
            if not self.chunked and self.content_length < USUAL:
                return
            self.is_upload = may_send_much(self.path, self.headers.get("COOKIE", ""))
            if not self.is_upload:
                self.adj = copy.copy(self.adj)
                self.adj.max_request_body_size = USUAL

    return Parser


def _refuse_two_ends(headers: Mapping[str, str], *, chunked: bool) -> None:
    """A request with two lengths can hide a second request from a proxy (RFC 9112, 6.1)."""
    if chunked and "CONTENT_LENGTH" in headers:
        raise ParsingError("A request has a Content-Length or is chunked, not both.")
    if not chunked and "TRANSFER_ENCODING" in headers:
        raise ParsingError("A request of HTTP/1.0 is not chunked.")
