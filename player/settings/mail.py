"""The mail server of an installation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from player.domains import is_loopback
from player.settings.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; without a host nothing is sent, and every e-mail is kept to be looked at."""

    host: str = ""
    port: int = 25
    tls: str = "none"  # or starttls, or tls from the first byte on
    user: str = ""
    password: str = ""
    sender: str = ""


NO_MAIL = Mail()


def read_mail(environment: Mapping[str, str]) -> Mail:
    """The mail server that the environment names; a password that would travel unhidden is refused."""
    host = environment.get("PLAYER_SMTP_HOST", "")
    port = environment.get("PLAYER_SMTP_PORT") or "25"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(f"PLAYER_SMTP_PORT is {port!r}: write a number such as 587.")
    mail = Mail(
        host=host,
        port=int(port),
        tls=_mail_tls(environment, int(port)),
        user=environment.get("PLAYER_SMTP_USER", ""),
        password=_mail_password(environment),
        sender=environment.get("PLAYER_MAIL_FROM", ""),
    )
    if host and not re.fullmatch(r"[\x21-\x3f\x41-\x7e]+@[A-Za-z0-9.\-]+", mail.sender):
        raise SettingsError(
            f"PLAYER_MAIL_FROM is {mail.sender!r} and PLAYER_SMTP_HOST is set: write the address that "
            "e-mails come from, such as training@example.org."
        )
    if host and mail.password and mail.tls == "none" and not is_loopback(host):
        raise SettingsError(
            "PLAYER_SMTP_TLS is none: the password of PLAYER_SMTP_USER would travel where others can read "
            "it. Set PLAYER_SMTP_TLS to starttls (mostly with port 587) or tls (465)."
        )
    return mail


def _mail_tls(environment: Mapping[str, str], port: int) -> str:
    usual = {465: "tls", 587: "starttls"}.get(port, "none")
    given = environment.get("PLAYER_SMTP_TLS") or usual
    if given not in ("none", "starttls", "tls"):
        raise SettingsError(f"PLAYER_SMTP_TLS is {given!r}: write starttls, tls or none.")
    return given


def _mail_password(environment: Mapping[str, str]) -> str:
    """The password, or the first line of the file that is named instead."""
    file = environment.get("PLAYER_SMTP_PASSWORD_FILE", "")
    if not file:
        return environment.get("PLAYER_SMTP_PASSWORD", "")
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"PLAYER_SMTP_PASSWORD_FILE is {file!r}: it cannot be read ({error}).") from error
    return lines[0] if lines else ""
