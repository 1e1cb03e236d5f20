"""Many connections at once that want nothing, or want it very slowly, held by one thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from player.connections import room_for_connections

OPENING = 50  # at once, as many browsers do
PATIENCE = 120


class Client(asyncio.Protocol):
    """One connection: what it was answered, and whether it is still open."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self.told = b""
        self.is_open = False
        self.answered = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Say what this connection is for."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.is_open = transport, True
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Keep what comes back."""
        self.told += data
        self.answered.set()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        """Closed by either side."""
        self.is_open = False


class Held:
    """The slow ones and the idle ones."""

    def __init__(self) -> None:
        self.slow: list[Client] = []
        self.idle: list[Client] = []

    def open(self) -> tuple[int, int]:
        """How many of either are still open."""
        return sum(each.is_open for each in self.slow), sum(each.is_open for each in self.idle)


@contextmanager
def held(port: int, *, slow: int = 0, idle: int = 0) -> Iterator[Held]:
    """Forms whose bodies come a byte a second, and browsers that keep a connection for their next request."""
    room_for_connections()
    found, loop = Held(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(_open(found, port, slow, idle), loop).result(PATIENCE)
        dripping = asyncio.run_coroutine_threadsafe(_drip(found), loop)
        yield found
        dripping.cancel()
        asyncio.run_coroutine_threadsafe(_close(found), loop).result(PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _open(found: Held, port: int, slow: int, idle: int) -> None:
    head = f"POST /sign-in HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 100000\r\n\r\n"
    found.slow += [each async for each in _connected(port, head.encode(), slow)]
    asked = f"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    found.idle += [each async for each in _connected(port, asked.encode(), idle)]
    await asyncio.gather(*(each.answered.wait() for each in found.idle))


async def _connected(port: int, request: bytes, many: int) -> AsyncIterator[Client]:
    loop = asyncio.get_running_loop()
    for first in range(0, many, OPENING):
        some = (
            loop.create_connection(lambda: Client(request), "127.0.0.1", port)
            for _ in range(min(OPENING, many - first))
        )
        for _, client in await asyncio.gather(*some):
            yield client


async def _drip(found: Held) -> None:
    while True:
        for each in found.slow:
            if each.is_open:
                each.transport.write(b"x")
        await asyncio.sleep(1)


async def _close(found: Held) -> None:
    for each in found.slow + found.idle:
        each.transport.abort()
    await asyncio.sleep(0)
