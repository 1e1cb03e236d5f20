"""The secret that signs cookies and links: given in the environment, or kept in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from player.domains import is_loopback
from player.private import private_folder
from player.settings.errors import SettingsError
from player.settings.origins import host_of


def read_secret(given: SecretStr | None, data: Path, site: str) -> str:
    """The secret that was given, else that of the data folder."""
    return given.get_secret_value() if given else _kept_secret(data, site)


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
