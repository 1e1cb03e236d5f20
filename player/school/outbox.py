"""E-mails as pages show them: their states in words, and the message as it went or would have gone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from player.mail.sending import MARK, filled, post_again, recipient
from player.password_links import address
from player.records.database import Transaction
from player.records.work_tables import MailRow
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.settings import Settings

HIDDEN = "[the link is in the e-mail only]"


class MailState(NamedTuple):
    """A state of an e-mail, in the words and colours of the pages."""

    key: str
    word: str
    tone: str
    glyph: str
    sentence: str


STATES = (
    MailState("waiting", "Waiting", "acc", "half", "It goes out within a minute, or is tried again later."),
    MailState("sending", "Being sent", "acc", "half", "It is being handed to the mail server."),
    MailState("sent", "Sent", "good", "disc", "The mail server has taken it."),
    MailState(
        "unconfirmed",
        "Not confirmed",
        "heed",
        "dashed",
        "Nobody knows whether it arrived. It is not sent again by itself.",
    ),
    MailState("failed", "Failed", "stop", "triangle", "It was not delivered, and is not tried any more."),
    MailState(
        "kept",
        "Not sent",
        "none",
        "ring",
        "It is kept here and is not sent later.",
    ),
)
STATE_OF = {state.key: state for state in STATES}
AGAIN = ("failed", "unconfirmed")  # the states of what a manager may send again
NO_SERVER = "No mail server is set up."


class ShownMail(NamedTuple):
    """An e-mail with its words as a reader may see them."""

    row: MailRow
    state: MailState
    reason: str
    text: str
    html: str


def shown(tx: Transaction, settings: Settings, row: MailRow, *, with_link: bool) -> ShownMail:
    """The message. A password link signs in as its owner: it is shown to an administrator alone, and only
    where it was not sent."""
    is_open = with_link and row.state in ("kept", "waiting", "failed")
    signed = recipient(tx, row) if is_open else None
    text, html = (filled(part, row, settings, signed) for part in (row.text, row.html))
    link = address(settings, MARK)
    words = _unfolded(text).replace(link, HIDDEN)
    return ShownMail(row, STATE_OF[row.state], told(row), words, html.replace(link, "#"))


def told(row: MailRow) -> str:
    """The reason for the state of an e-mail, as a sentence."""
    if row.error[:3].isdecimal():
        return f"The mail server said “{row.error.strip()}”."
    if not row.error:
        return NO_SERVER if row.state == "kept" else ""
    return f"{row.error.rstrip('.')}."


def send_again(tx: Transaction, actor: Actor, now: datetime, row: MailRow) -> bool:
    """Send an e-mail again that failed or was not confirmed; False where it is neither any more."""
    was = row.state
    if not post_again(tx, row, now):
        return False
    about = f"{row.name}: {row.subject}"
    sent = Change("sent again", "e-mail", row.id, about, row.person_id, {"state": was}, {"state": "waiting"})
    auditing.write(tx, actor, now, row.school_id, sent)
    return True


def _unfolded(text: str) -> str:
    """The text with each paragraph in one line: a page has its own width."""
    return re.sub(r"(?<!\n)\n(?=[^\s-])", " ", text)
