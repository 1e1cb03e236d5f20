"""The server's connections: their number, their deadlines, and which one is closed when all are taken.

Waitress reads and answers. Its own loop asks every socket before every turn what it waits for, holds a
hundred connections at most, and closes only those that are silent. Here the system watches any
number, and each request has a deadline as a whole, so that a client which sends a byte a second ends too.
"""

from __future__ import annotations

import heapq
import logging
import resource
import select
from dataclasses import dataclass
from time import monotonic, time
from typing import Any

from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]

from player.answering import BEHIND, Task

log = logging.getLogger(__name__)
MOST = 8_000  # connections at once, where the system lets one process open as many files
FILES_BESIDE = 256  # what else a process opens: the database, packages, sockets that listen
MOST_WAITING = 1024**3  # bytes of bodies that have not come whole; sixty commits of the largest kind
READ, WRITE = select.POLLIN, select.POLLOUT  # epoll's are the same
GONE = select.POLLHUP | select.POLLERR  # told unasked; reading tells what it is
# The status by which a browser knows that it may send the same again (RFC 9110, 15.5.9).
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Patience:
    """The deadlines of a connection, in seconds and bytes a second."""

    idle: float = 60.0  # without a request, and without taking anything of an answer
    request: float = 30.0  # for a head and a body together, and more for what has come at `rate`
    rate: float = 4096.0
    whole: float = 300.0  # for a request at any rate; an administrator's upload only keeps the rate


PATIENCE = Patience()


class _Server:
    """Stands for a connection's server, whose loop is woken only where it has something to do."""

    def __init__(self, server: Any, channel: Channel) -> None:
        self._server, self._channel = server, channel

    def pull_trigger(self) -> None:
        if self._channel.needs_the_loop:
            self._server.pull_trigger()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection; `since` is when it was opened or last answered, `began` when its request did."""

    task_class = Task
    requests: list[Any]
    request: Any
    server: Any
    close_when_flushed: bool
    connected: bool
    total_outbufs_len: int
    will_close: bool
    last_activity: float
    socket: Any

    def __init__(self, *given: Any, **named: Any) -> None:
        self.since = self.began = monotonic()
        super().__init__(*given, **named)
        self.server = _Server(self.server, self)

    def received(self, data: bytes) -> bool:
        """A request begins with its first byte."""
        is_first = self.request is None
        taken = bool(super().received(data))
        if is_first and self.request is not None:
            self.began = monotonic()
        return taken

    def service(self) -> None:
        """In a thread of its own, as all that an application does."""
        super().service()
        self.since = monotonic()

    def writable(self) -> bool:
        """While a request is served its thread sends by itself; it is helped where it cannot keep up."""
        if self.is_served and not self.will_close:
            return self.total_outbufs_len > BEHIND
        return bool(super().writable())

    @property
    def is_served(self) -> bool:
        """True while a request of this connection is queued or answered."""
        return bool(self.requests)

    @property
    def needs_the_loop(self) -> bool:
        """True where the loop has to send or to close, or waits for nothing of this connection.

        Asked once a request has left `requests`. The loop stops watching, and then looks whether a request is
        served; so one of the two sees that the other is done.
        """
        is_watched = self.socket is not None and self._map.watches(self.socket.fileno())
        return (
            bool(self.requests or self.total_outbufs_len or self.will_close or self.close_when_flushed)
            or not is_watched
        )

    @property
    def is_idle(self) -> bool:
        """True between requests. Its browser opens another where it is closed."""
        return not self.requests and self.request is None and not self.total_outbufs_len

    def turn_to_go(self) -> tuple[bool, float]:
        """The order in which connections are closed for room: idle ones, then the oldest requests."""
        return (False, self.since) if self.is_idle else (True, self.began)

    def is_overdue(self, patience: Patience) -> bool:
        """True once a deadline is over."""
        if self.is_served:
            return False
        if self.total_outbufs_len:
            return time() - self.last_activity > patience.idle
        now = monotonic()
        if self.request is None:
            return now - self.since > patience.idle
        if not self.request.headers_finished and now - self.since > patience.idle + patience.request:
            return True  # empty lines begin requests that never come
        came: int = self.request.header_bytes_received + self.request.body_bytes_received
        most = float("inf") if self.request.is_upload else patience.whole
        return now - self.began > min(most, patience.request + came / patience.rate)

    def waiting(self) -> int:
        """The bytes of an unfinished body; an administrator's upload counts as none."""
        request = self.request
        return 0 if request is None or request.is_upload else int(request.body_bytes_received)

    def handle_close(self) -> None:
        """Removes an unfinished body from the disk at once."""
        super().handle_close()
        unfinished, self.request = self.request, None
        if unfinished is not None:
            unfinished.close()

    def cut_off(self) -> None:
        """Closes the connection, with a 408 where a request was coming."""
        if self.request is not None and not self.total_outbufs_len:
            self.send(TOO_SLOW)
        self.handle_close()


class Connections(dict[int, Any]):
    """Waitress's map of sockets by file number, each told to the system once.

    A turn costs what happens in it, whatever number is held. What a connection waits for changes only in
    the turn that reads or writes it, and while the application has its request: only those are asked again.
    """

    def __init__(self, patience: Patience, most: int | None = None) -> None:
        super().__init__()
        self._patience = patience
        self._most = room_for_connections() if most is None else most
        # Linux tells what happened; elsewhere the system looks through all of them.
        self._selector: Any = select.epoll() if hasattr(select, "epoll") else select.poll()
        self._second = 1 if hasattr(select, "epoll") else 1000  # in the units of its timeout
        self._watched: dict[int, int] = {}
        self._changing: set[int] = set()

    def __setitem__(self, number: int, opened: Any) -> None:
        super().__setitem__(number, opened)
        self._watch(number, READ)
        if len(self) > self._most:
            self._make_room(number)

    def __delitem__(self, number: int) -> None:
        self._watch(number, 0)
        self._changing.discard(number)
        super().__delitem__(number)

    def turn(self, timeout: float) -> None:
        """Waits for events, and lets Waitress handle them."""
        for number in tuple(self._changing):
            self._ask(number)
        for number, events in self._selector.poll(timeout * self._second):
            opened = self.get(number)
            if isinstance(opened, Channel):
                self._act(number, opened, events)
            elif opened is not None:  # a socket that listens, or a thread that is done
                wasyncore.read(opened)

    def sweep(self) -> None:
        """Closes connections that take too long, and the largest bodies where they would fill the disk."""
        waiting = 0
        for channel in sorted(self._channels(), key=Channel.waiting):
            waiting += channel.waiting()
            if waiting > MOST_WAITING or channel.is_overdue(self._patience):
                waiting -= channel.waiting()
                channel.cut_off()

    def close(self) -> None:
        """Close every socket."""
        wasyncore.close_all(self)
        if hasattr(self._selector, "close"):
            self._selector.close()

    def _act(self, number: int, channel: Channel, events: int) -> None:
        if events & (READ | GONE):
            if channel.readable():
                wasyncore.read(channel)
            else:  # more came while its request is answered
                self._watch(number, self._watched[number] & ~READ)
        if events & WRITE and number in self and channel.writable():
            wasyncore.write(channel)
        if number in self:
            self._changing.add(number)

    def _ask(self, number: int) -> None:
        channel = self[number]
        if channel.is_served:  # as a rule nothing comes meanwhile, and its thread sends by itself
            wanted = self._watched[number] & READ | (WRITE if channel.writable() else 0)
        else:
            wanted = (READ if channel.readable() else 0) | (WRITE if channel.writable() else 0)
            if wanted == READ:
                self._changing.discard(number)
        if wanted != self._watched[number]:
            self._watch(number, wanted)

    def watches(self, number: int) -> bool:
        """True where the loop hears what a connection sends."""
        return bool(self._watched.get(number, 0) & READ)

    def _watch(self, number: int, events: int) -> None:
        before = self._watched.get(number, 0)
        if before == events:
            return
        if not before:
            self._selector.register(number, events)
        elif events:
            self._selector.modify(number, events)
        else:
            self._selector.unregister(number)
        self._watched[number] = events

    def _channels(self) -> list[Channel]:
        return [opened for opened in self.values() if isinstance(opened, Channel)]

    def _make_room(self, newest: int) -> None:
        """A twentieth goes at once: idle ones first, then whose request takes longest. So however many
        somebody opens, they push out their own slow ones, and a new one is always let in."""
        others = [channel for channel in self._channels() if channel is not self[newest]]
        spare = [channel for channel in others if not channel.is_served]
        many = max(1, self._most // 20)
        for channel in heapq.nsmallest(many, spare, key=Channel.turn_to_go):
            channel.cut_off()
        log.warning("All %d connections are taken: %d that waited longest are closed.", self._most, many)


def room_for_connections() -> int:
    """The most connections of this process; a body on disk, or a file that is sent, takes one more file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST + FILES_BESIDE
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    files = wanted if soft == resource.RLIM_INFINITY else soft
    return max(64, min(MOST, (files - FILES_BESIDE) // 2))
