"""A real mail server on a port of this machine, that takes, refuses, delays or drops what it is offered."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from player.settings import Mail, Settings

SENDER = "training@provider.example"


@dataclass
class PostOffice:
    """The server's rules, and what it has taken."""

    refused: dict[str, str] = field(default_factory=dict)  # the answer to an address
    refused_after_data: str = ""
    drops_after_data: bool = False  # it takes the e-mail and says nothing
    seconds: float = 0.0  # before it answers that it has taken an e-mail
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.taken]

    def only(self) -> EmailMessage:
        [(_, message)] = self.taken
        return message

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.offered.append(address)
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refused_after_data:
            return self.refused_after_data
        message = message_from_bytes(cast(bytes, envelope.content), policy=default)
        self.taken.append((envelope.rcpt_tos[0], message))
        await asyncio.sleep(self.seconds)
        if self.drops_after_data:
            cast(Any, server.transport).abort()
        return "250 taken"

    def settings(self, settings: Settings) -> Settings:
        """The settings of an installation that sends by this server."""
        return replace(settings, mail=Mail("127.0.0.1", self.port, sender=SENDER))


@contextmanager
def post_office(**rules: Any) -> Iterator[PostOffice]:
    """A server that runs, in a thread, on a port that the system chose."""
    office, loop = PostOffice(**rules), asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    office.port = listening.getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)  # the tests' own may run a browser's loop
    thread.start()
    serving = loop.create_server(lambda: SMTP(office, hostname="post.example", loop=loop), sock=listening)
    server = asyncio.run_coroutine_threadsafe(serving, loop).result(10)
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    """Close the port, and break off what killed clients have left."""
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
