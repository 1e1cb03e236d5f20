"""A real mail server on a port of this machine, that takes, refuses, delays or drops what it is offered; in
the clear, after STARTTLS or with TLS from the first byte on."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from player.settings import Mail, Settings

SENDER = "training@provider.example"


@dataclass
class PostOffice:
    """The server's rules, and what it has taken."""

    refused: dict[str, str] = field(default_factory=dict)  # the answer to an address
    refused_after_data: str = ""
    drops_after_data: bool = False  # it takes the e-mail and says nothing
    seconds: float = 0.0  # before it answers that it has taken an e-mail
    tls: str = "none"  # as the player's settings say it
    certificate: ssl.SSLContext | None = None
    password: str = ""  # of the account “office”, without which nothing is taken
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    tried: list[bytes] = field(default_factory=list)  # passwords
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.taken]

    def only(self) -> EmailMessage:
        [(_, message)] = self.taken
        return message

    def protocol(self, loop: asyncio.AbstractEventLoop) -> SMTP:
        """One connection. TLS from the first byte on is below the protocol, which does not know of it."""
        more: dict[str, Any] = {}
        if self.tls == "starttls":
            more = {"tls_context": self.certificate, "require_starttls": True}
        if self.password:
            secured = {"auth_require_tls": self.tls != "tls"}
            more |= {"authenticator": self._sign_in, "auth_required": True, **secured}
        return SMTP(self, hostname="post.example", loop=loop, **more)

    def _sign_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        account = cast(LoginPassword, data)
        self.tried.append(account.password)
        is_right = account == LoginPassword(b"office", self.password.encode())
        return AuthResult(success=is_right, handled=False)

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
        user = "office" if self.password else ""
        mail = Mail("127.0.0.1", self.port, self.tls, user, self.password, SENDER)
        return replace(settings, mail=mail)


@contextmanager
def post_office(**rules: Any) -> Iterator[PostOffice]:
    """A server that runs, in a thread, on a port that the system chose."""
    office, loop = PostOffice(**rules), asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    office.port = listening.getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)  # the tests' own may run a browser's loop
    thread.start()
    below = office.certificate if office.tls == "tls" else None
    serving = loop.create_server(lambda: office.protocol(loop), sock=listening, ssl=below)
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
