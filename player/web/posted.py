"""The e-mails that a page has caused, in words: whether they go out or are only kept."""

from __future__ import annotations

from player.web.context import settings
from player.web.wording import count


def posted(number: int, noun: str, to: str = "") -> str:
    """“2 reminders are on the way.”; without a mail server, that nothing is sent."""
    told = f"{count(number, noun)}{' to ' if to else ''}{to} {'is' if number == 1 else 'are'}"
    if settings().mail.host:
        return f"{told} on the way."
    return f"{told} under E-mails, and not sent: no mail server is set up."
