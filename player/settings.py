"""The settings, read once from the environment; an unsafe one is refused with a sentence that says what to
set."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from player.domains import is_loopback, registrable
from player.private import private_folder

COURSE = "{course}"
SHORTEST_SECRET = 32
DEFAULT_PORT = 8000
THREADS, FEWEST_THREADS = 16, 4
MOST_PROCESSES = 8  # where no number is given


class SettingsError(Exception):
    """A setting that is missing or wrong; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; without a host nothing is sent, and every e-mail is kept to be looked at."""

    host: str = ""
    port: int = 25
    tls: str = "none"  # or starttls, or tls from the first byte on
    user: str = ""
    password: str = ""
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to another."""

    data: Path
    database_url: str
    site_origin: str
    content_origin: str  # may hold {course}
    secret_key: str
    frame_ancestors: str
    mail: Mail = Mail()
    proxy: str = ""  # the address of the proxy whose X-Forwarded-For is believed
    works_elsewhere: bool = False  # `player work` does the jobs, and not the server
    demo: bool = False
    processes: int = 1  # that serve together
    counts: Path | None = None  # the file in which several count the tries of passwords

    @property
    def packages(self) -> Path:
        """The folder of imported packages, a folder for each version."""
        return self.data / "content"

    @property
    def threads(self) -> int:
        """The threads of each process. Several have fewer, so that together they need no more than 80
        connections to the database."""
        return min(THREADS, max(FEWEST_THREADS, 2 * THREADS // self.processes))

    @property
    def secure(self) -> bool:
        """True where the site is served over TLS, so that its cookies can insist on it."""
        return self.site_origin.startswith("https:")

    def content_origin_of(self, course: str) -> str:
        """The origin that a course's play pages and files are served from."""
        return self.content_origin.replace(COURSE, course)

    def warnings(self) -> list[str]:
        """Settings that are allowed and unwise, a sentence each."""
        site, content = host_of(self.site_origin), host_of(self.content_origin)
        warnings = []
        if not is_loopback(site) and registrable(site) == registrable(content):
            warnings.append(
                f"PLAYER_CONTENT_ORIGIN ({self.content_origin}) shares the domain {registrable(site)} with "
                "the site: a course's scripts could set cookies for it. Serve content from one of its own."
            )
        warnings.extend(
            f"{origin} is not https: passwords and answers travel where others can read them."
            for origin in (self.site_origin, self.content_origin)
            if origin.startswith("http:") and not is_loopback(host_of(origin))
        )
        if self.secure and not self.proxy:
            warnings.append(
                "PLAYER_PROXY is not set, and https is a proxy's: all sign-ins seem to come from one "
                "address, and whoever fails often enough shuts everybody out. Set it to the proxy's."
            )
        return warnings


def read_settings(environment: Mapping[str, str] = os.environ, *, port: int | None = None) -> Settings:
    """Read the settings. `port` is that of a server about to start; without it the origins that the last
    server recorded count."""
    data = Path(environment.get("PLAYER_DATA") or "data").absolute()
    recorded = {} if port is not None else recorded_origins(data)
    fallback = f"http://localhost:{DEFAULT_PORT if port is None else port}"
    site = environment.get("PLAYER_SITE_ORIGIN") or recorded.get("site", fallback)
    site = _origin("PLAYER_SITE_ORIGIN", site)
    content = environment.get("PLAYER_CONTENT_ORIGIN") or recorded.get("content") or _twin(site)
    content = _origin("PLAYER_CONTENT_ORIGIN", content)
    if host_of(content) == host_of(site):
        raise SettingsError(
            f"PLAYER_CONTENT_ORIGIN and PLAYER_SITE_ORIGIN are both on {host_of(site)}: a course's scripts "
            "would run beside people's logins. Set PLAYER_CONTENT_ORIGIN to another domain."
        )
    return Settings(
        data=data,
        database_url=environment.get("PLAYER_DATABASE_URL") or f"sqlite:///{data / 'player.db'}",
        site_origin=site,
        content_origin=content,
        secret_key=_given_secret(environment) or _kept_secret(data, site),
        frame_ancestors=environment.get("PLAYER_FRAME_ANCESTORS") or site,
        mail=_mail(environment),
        proxy=_proxy(environment),
        works_elsewhere=_works_elsewhere(environment),
    )


def usual_processes(settings: Settings) -> int:
    """One on SQLite, whose file has one writer; on PostgreSQL as many as there are cores for this process."""
    if settings.database_url.startswith("sqlite"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
    return min(MOST_PROCESSES, os.cpu_count() or 1)


def record_origins(settings: Settings) -> None:
    """Write down the server's origins, so that `launch-link` prints links that work."""
    private_folder(settings.data)
    origins = {"site": settings.site_origin, "content": settings.content_origin}
    if recorded_origins(settings.data) == origins:
        return
    path = settings.data / "origins.json"
    unfinished = path.with_suffix(f".{os.getpid()}")
    try:
        unfinished.write_text(json.dumps(origins), encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def recorded_origins(data: Path) -> dict[str, str]:
    """The origins that the last server recorded; none where none has run here."""
    try:
        origins = json.loads((data / "origins.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return origins if isinstance(origins, dict) else {}


def on_port(settings: Settings, port: int) -> Settings:
    """The same origins on the port that the system chose for `--port 0`."""
    return replace(
        settings,
        site_origin=settings.site_origin.replace(":0", f":{port}"),
        content_origin=settings.content_origin.replace(":0", f":{port}"),
        frame_ancestors=settings.frame_ancestors.replace(":0", f":{port}"),
    )


def host_of(origin: str) -> str:
    """The host of an origin, without port, in lower case."""
    return (urlsplit(origin.replace(COURSE, "course")).hostname or "").lower()


def authority_of(origin: str) -> str:
    """The Host header for an origin: the port only where it is not the scheme's own."""
    scheme, _, rest = origin.partition("://")
    return rest.removesuffix(":443" if scheme == "https" else ":80").lower()


def _origin(name: str, value: str) -> str:
    value = value.rstrip("/")
    pattern = r"(\{course\}\.)?" if name == "PLAYER_CONTENT_ORIGIN" else ""
    match = re.fullmatch(rf"https?://{pattern}([A-Za-z0-9.\-]+|\[::1\])(:(?P<port>[0-9]{{1,5}}))?", value)
    if match is None or int(match["port"] or 0) > 65535:
        raise SettingsError(
            f"{name} is {value!r}: write an origin such as https://content.example.org, without a path."
        )
    return value.lower()


def _twin(site: str) -> str:
    """The same machine under another loopback host, which has other cookies and other storage."""
    parts = urlsplit(site)
    if not is_loopback(parts.hostname or ""):
        raise SettingsError(
            f"PLAYER_SITE_ORIGIN is {site} and PLAYER_CONTENT_ORIGIN is not set. Courses are other people's "
            "scripts: set PLAYER_CONTENT_ORIGIN to an origin on another domain that reaches this server."
        )
    host = "127.0.0.1" if parts.hostname == "localhost" else "localhost"
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port is not None else "")


def _given_secret(environment: Mapping[str, str]) -> str:
    """The secret from the environment. A short one is refused: it can be guessed offline."""
    given = environment.get("PLAYER_SECRET_KEY", "")
    if 0 < len(given) < SHORTEST_SECRET:
        raise SettingsError(
            f"PLAYER_SECRET_KEY has {len(given)} characters: whoever guesses it can sign in as anybody. "
            f"Set it to at least {SHORTEST_SECRET}, for example the output of `openssl rand -base64 32`."
        )
    return given


def _kept_secret(data: Path, site: str) -> str:
    """The secret of the data folder, made once, on loopback only; for a real site it must be set, to outlive
    the disk."""
    if not is_loopback(host_of(site)):
        raise SettingsError(
            f"PLAYER_SITE_ORIGIN is {site} and PLAYER_SECRET_KEY is not set. Set it to a long random text, "
            "the same at every start, for example the output of `openssl rand -base64 32`."
        )
    path = data / "secret"
    if not path.exists():
        private_folder(data)
        _write_once(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")


def _write_once(path: Path, text: str) -> None:
    """Write a file unless it exists: of two servers that start together the first to link its file wins."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, encoding="ascii")
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def _proxy(environment: Mapping[str, str]) -> str:
    given = environment.get("PLAYER_PROXY", "")
    try:
        return given and str(ip_address(given))
    except ValueError as error:
        raise SettingsError(
            f"PLAYER_PROXY is {given!r}: write the address that the proxy comes from, such as 127.0.0.1."
        ) from error


def _works_elsewhere(environment: Mapping[str, str]) -> bool:
    given = environment.get("PLAYER_WORK") or "here"
    if given not in ("here", "elsewhere"):
        raise SettingsError(
            f"PLAYER_WORK is {given!r}: write elsewhere where `player work` does the jobs, or nothing."
        )
    return given == "elsewhere"


def _mail(environment: Mapping[str, str]) -> Mail:
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
