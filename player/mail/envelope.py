"""An e-mail as RFC 5322 wants it, from a row and the settings."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from player.records.work_tables import MailRow
from player.settings import Mail


def envelope(row: MailRow, text: str, html: str, settings: Mail, now: datetime) -> bytes:
    """The message as it travels. Its id is that of the row, so that a copy is known as one. Auto-Submitted
    keeps answering machines silent (RFC 3834, 5)."""
    message = EmailMessage(SMTP)
    message["From"] = _address(row.from_name, settings.sender)
    message["To"] = _address(row.name, row.address)
    if row.reply_to:
        message["Reply-To"] = _address("", row.reply_to)
    message["Subject"] = _one_line(row.subject)
    message["Date"] = now
    message["Message-ID"] = f"<{row.id}@{settings.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    """A name from a form may hold anything: line ends and what only controls a terminal go."""
    user, _, domain = ascii_address(_one_line(address)).rpartition("@")
    return Address(_one_line(name), user, domain)


def ascii_address(address: str) -> str:
    """The address as every mail server takes it; ValueError where it has other letters before the @."""
    user, _, domain = address.rpartition("@")
    if not user.isascii():
        raise ValueError(f"Mail servers take no other letters than a to z before the @ of {address}.")
    return f"{user}@{domain.encode('idna').decode('ascii')}"


def _one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
