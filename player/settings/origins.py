"""Origins: read from the environment, compared, and those that the last server recorded."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from player.domains import is_loopback
from player.private import private_folder
from player.settings.errors import SettingsError

COURSE = "{course}"


def read_site(value: str) -> str:
    """The origin that people sign in to, as it is compared; raises ValueError where it is none."""
    return _origin(value, "")


def read_content(value: str) -> str:
    """The same of the courses' origin, which may begin with {course}."""
    return _origin(value, r"(\{course\}\.)?")


def _origin(value: str, begins: str) -> str:
    value = value.rstrip("/")
    match = re.fullmatch(rf"https?://{begins}([A-Za-z0-9.\-]+|\[::1\])(:(?P<port>[0-9]{{1,5}}))?", value)
    if match is None or int(match["port"] or 0) > 65535:
        raise ValueError
    return value.lower()


def twin(site: str) -> str:
    """The same machine under another loopback host, which has other cookies and other storage."""
    parts = urlsplit(site)
    if not is_loopback(parts.hostname or ""):
        raise SettingsError(
            f"PLAYER_SITE_ORIGIN is {site} and PLAYER_CONTENT_ORIGIN is not set. Courses are other people's "
            "scripts: set PLAYER_CONTENT_ORIGIN to an origin on another domain that reaches this server."
        )
    host = "127.0.0.1" if parts.hostname == "localhost" else "localhost"
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port is not None else "")


def host_of(origin: str) -> str:
    """The host of an origin, without port, in lower case."""
    return (urlsplit(origin.replace(COURSE, "course")).hostname or "").lower()


def authority_of(origin: str) -> str:
    """The Host header for an origin: the port only where it is not the scheme's own."""
    scheme, _, rest = origin.partition("://")
    return rest.removesuffix(":443" if scheme == "https" else ":80").lower()


def write_down(data: Path, site: str, content: str) -> None:
    """Keep the server's origins in the data folder, so that `launch-link` prints links that work."""
    private_folder(data)
    origins = {"site": site, "content": content}
    if recorded_origins(data) == origins:
        return
    path = data / "origins.json"
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
