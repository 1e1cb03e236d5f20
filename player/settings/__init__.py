"""The settings, read once from the environment; an unsafe one is refused with a sentence that says what to
set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from player.domains import is_loopback, registrable
from player.settings.errors import SettingsError as SettingsError
from player.settings.mail import NO_MAIL, mail_of
from player.settings.mail import Mail as Mail
from player.settings.origins import COURSE, host_of, recorded_origins, twin, write_down
from player.settings.secret import read_secret
from player.settings.written import read_written, unknown

DEFAULT_PORT = 8000
THREADS, FEWEST_THREADS = 16, 4
MOST_PROCESSES = 8  # where no number is given


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to another."""

    data: Path
    database_url: str
    site_origin: str
    content_origin: str  # may hold {course}
    secret_key: str
    frame_ancestors: str
    mail: Mail = NO_MAIL
    proxy: str = ""  # the address of the proxy whose X-Forwarded-For is believed
    works_elsewhere: bool = False  # `player work` does the jobs, and not the server
    demo: bool = False
    processes: int = 1  # that serve together
    counts: Path | None = None  # the file in which several count the tries of passwords
    unknown: tuple[str, ...] = ()  # what looks like a setting and is none, a sentence each

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
        warnings = [*self.unknown]
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
    written = read_written(environment)
    data = written.data.absolute()
    recorded = {} if port is not None else recorded_origins(data)
    fallback = f"http://localhost:{DEFAULT_PORT if port is None else port}"
    site = written.site_origin or recorded.get("site", fallback)
    content = written.content_origin or recorded.get("content") or twin(site)
    if host_of(content) == host_of(site):
        raise SettingsError(
            f"PLAYER_CONTENT_ORIGIN and PLAYER_SITE_ORIGIN are both on {host_of(site)}: a course's scripts "
            "would run beside people's logins. Set PLAYER_CONTENT_ORIGIN to another domain."
        )
    return Settings(
        data=data,
        database_url=written.database_url or f"sqlite:///{data / 'player.db'}",
        site_origin=site,
        content_origin=content,
        secret_key=read_secret(written.secret_key, data, site),
        frame_ancestors=written.frame_ancestors or site,
        mail=mail_of(written),
        proxy=str(written.proxy or ""),
        works_elsewhere=written.work == "elsewhere",
        unknown=tuple(unknown(environment)),
    )


def usual_processes(settings: Settings) -> int:
    """One on SQLite, whose file has one writer; on PostgreSQL as many as there are cores for this process."""
    if settings.database_url.startswith("sqlite"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
    return min(MOST_PROCESSES, os.cpu_count() or 1)


def record_origins(settings: Settings) -> None:
    """Keep this server's origins for the commands beside it."""
    write_down(settings.data, settings.site_origin, settings.content_origin)


def on_port(settings: Settings, port: int) -> Settings:
    """The same origins on the port that the system chose for `--port 0`."""
    return replace(
        settings,
        site_origin=settings.site_origin.replace(":0", f":{port}"),
        content_origin=settings.content_origin.replace(":0", f":{port}"),
        frame_ancestors=settings.frame_ancestors.replace(":0", f":{port}"),
    )
