"""An answer leaves in as few pieces as can be: its head together with the first part of its body."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from waitress.task import WSGITask  # type: ignore[import-untyped]
from waitress.utilities import build_http_date  # type: ignore[import-untyped]

BEHIND = 256 * 1024  # bytes of an answer that the network has not taken yet
# Headers of which Waitress follows one, or adds one where there is none.
FOLLOWED = frozenset(("connection", "date", "server", "transfer-encoding"))


@lru_cache(maxsize=2)
def date_of(second: int) -> str:
    """The Date header of a second."""
    return str(build_http_date(second))


class Task(WSGITask):  # type: ignore[misc]
    """One request; its answer's head leaves together with the first part of the body."""

    channel: Any
    request: Any
    content_length: int | None
    has_body: bool
    response_headers: list[tuple[str, str]]
    start_time: float
    status: str
    version: str

    def build_response_header(self) -> bytes:
        """The head as the application has given it, and its date, where nothing else is to be said: Waitress
        looks at each header several times."""
        names = {name.lower() for name, _ in self.response_headers}
        stays = self.version == "1.1" and self.request.headers.get("CONNECTION", "").lower() != "close"
        if not (stays and self.has_body and "content-length" in names and names.isdisjoint(FOLLOWED)):
            return bytes(super().build_response_header())
        lines = [f"{name}: {value}\r\n" for name, value in self.response_headers]
        head = f"HTTP/1.1 {self.status}\r\n{''.join(lines)}Date: {date_of(int(self.start_time))}\r\n\r\n"
        return head.encode("latin-1")

    def write(self, data: bytes) -> None:
        """Send in one go the parts that Waitress sends one after the other: the receiver then wakes once."""
        if self.wrote_header or not data or not self.complete or len(data) > BEHIND:
            super().write(data)
            return
        channel, self.channel = self.channel, _Gathered(self.channel)
        try:
            super().write(data)
            together = b"".join(self.channel.parts)
        finally:
            self.channel = channel
        channel.write_soon(together)


class _Gathered:
    """Stands for a connection, and keeps what is to be sent; all else is the connection's."""

    def __init__(self, channel: Any) -> None:
        self.parts: list[bytes] = []
        self._channel = channel

    def write_soon(self, data: bytes) -> int:
        self.parts.append(data)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)
