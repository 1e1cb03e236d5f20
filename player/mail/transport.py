"""The mail server: connected to, offered an e-mail, and handed it over (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from player.settings import Mail

SECONDS = 30.0  # that the server may take for one answer
READY, GO_ON = (250, 251), 354
_DOT = re.compile(rb"^\.", re.MULTILINE)


class NotSentError(Exception):
    """The e-mail was not taken, in the server's words. `is_away`: no other one would be taken now either."""

    def __init__(self, words: str, *, is_away: bool = False) -> None:
        super().__init__(words)
        self.is_away = is_away


class UnconfirmedError(Exception):
    """The e-mail was handed over and no answer came: nobody knows whether it was taken."""


@contextmanager
def connected(settings: Mail) -> Iterator[smtplib.SMTP]:
    """A session with the server, signed in and encrypted as the settings say."""
    try:
        session = _session(settings)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_words(error), is_away=True) from error
    try:
        yield session
    finally:
        with suppress(OSError, smtplib.SMTPException):
            session.quit()
        session.close()


def _session(settings: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if settings.tls == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, settings.port, timeout=SECONDS, context=context
        )
    else:
        session = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
    try:
        session.ehlo_or_helo_if_needed()
        if settings.tls == "starttls":
            session.starttls(context=context)
            session.ehlo()
        if settings.user:
            session.login(settings.user, settings.password)
    except BaseException:
        session.close()
        raise
    return session


def offer(session: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Name sender and recipient; nothing has been sent after this."""
    try:
        for code, words in (session.mail(sender), session.rcpt(recipient)):
            if code not in READY:
                raise NotSentError(_said(code, words))
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_words(error), is_away=True) from error


def hand_over(session: smtplib.SMTP, data: bytes) -> None:
    """Send the e-mail. From the first byte on it may have been taken, unless the server says it was not."""
    try:
        code, words = session.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(_words(error), is_away=True) from error
    if code != GO_ON:
        raise NotSentError(_said(code, words))
    try:
        session.send(_DOT.sub(b"..", data).rstrip(b"\r\n") + b"\r\n.\r\n")
        code, words = session.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise UnconfirmedError(f"The mail server was lost before it answered ({_reason(error)})") from error
    if code not in READY:
        raise NotSentError(_said(code, words))


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}"


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _said(error.smtp_code, said if isinstance(said, bytes) else said.encode())
    return f"The mail server could not be used: {_reason(error)}"


def _reason(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return reason or type(error).__name__
