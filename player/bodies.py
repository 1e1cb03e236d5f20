"""How long a body may be, decided from a request's head: Waitress keeps bodies on disk before it asks us."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer  # type: ignore[import-untyped]

USUAL = 17 * 1024**2  # a commit's most, and room for what wraps it
MOST = 2 * 1024**3
MaySendMuch = Callable[[str, str], bool]  # of a path and a Cookie header


def bound(dispatchers: dict[int, Any], may_send_much: MaySendMuch) -> None:
    """Only whoever may is read beyond the usual; all others are cut off before a byte of it is kept."""

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        adj: Any

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            is_large = self.chunked or self.content_length >= USUAL
            if is_large and not may_send_much(self.path, self.headers.get("COOKIE", "")):
                self.adj = copy.copy(self.adj)
                self.adj.max_request_body_size = USUAL

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    for each in dispatchers.values():
        if isinstance(each, BaseWSGIServer):
            each.channel_class = Channel
