"""The mail server of an installation."""

from __future__ import annotations

from dataclasses import dataclass

from player.domains import is_loopback
from player.settings.errors import SettingsError
from player.settings.written import Written


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
USUAL_TLS = {465: "tls", 587: "starttls"}  # by port


def mail_of(written: Written) -> Mail:
    """The mail server of these settings; a password that would travel unhidden is refused."""
    mail = Mail(
        host=written.smtp_host,
        port=written.smtp_port,
        tls=written.smtp_tls or USUAL_TLS.get(written.smtp_port, "none"),
        user=written.smtp_user,
        password=_password(written),
        sender=written.mail_from,
    )
    if mail.host and not mail.sender:
        raise SettingsError(
            "PLAYER_SMTP_HOST is set and PLAYER_MAIL_FROM is not: write the address that e-mails come from, "
            "such as training@example.org."
        )
    if mail.host and mail.password and mail.tls == "none" and not is_loopback(mail.host):
        raise SettingsError(
            "PLAYER_SMTP_TLS is none: the password of PLAYER_SMTP_USER would travel where others can read "
            "it. Set PLAYER_SMTP_TLS to starttls (mostly with port 587) or tls (465)."
        )
    return mail


def _password(written: Written) -> str:
    """The password, or the first line of the file that is named instead."""
    file = written.smtp_password_file
    if file is None:
        return written.smtp_password.get_secret_value()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"PLAYER_SMTP_PASSWORD_FILE is {str(file)!r}: it cannot be read ({error})."
        ) from error
    return lines[0] if lines else ""
