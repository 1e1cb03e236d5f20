"""What others on the machine may read: nothing of it; and a disk that is full is still read."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.private import close_to_others
from player.records.database import Database
from tests.browser.serving import Player
from tests.player.served import Asked
from tests.player.web.sample import PASSWORD
from tests.player.web.test_bodies import sign_in

ROOM = 24 * 1024**2


def modes(folder: Path) -> dict[str, str]:
    """Of the folder and the files in it."""
    found = (folder, *folder.iterdir())
    return {
        each.name: oct(each.stat().st_mode & 0o777) for each in found if not each.is_dir() or each == folder
    }


def test_the_database_and_its_folder_are_the_players_own(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = Database(f"sqlite:///{tmp_path / 'data' / 'player.db'}")
        database.migrate()
    finally:
        os.umask(before)
    told = modes(tmp_path / "data")
    assert told.pop("data") == "0o700"
    assert {"player.db", "player.db-wal", "player.db-shm"} <= set(told)
    assert set(told.values()) == {"0o600"}
    database.close()


def test_what_was_open_to_others_is_closed_at_start_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, file = tmp_path / "data", tmp_path / "data" / "player.db"
    folder.mkdir()
    file.touch()
    folder.chmod(0o755)
    file.chmod(0o664)
    close_to_others(folder, file)
    assert modes(folder) == {"data": "0o700", "player.db": "0o600"}
    told = [each.getMessage() for each in caplog.records if each.levelno == logging.WARNING]
    assert [line.split(" could be read")[0] for line in told] == [str(folder), str(file)]
    close_to_others(folder, file)
    assert len(caplog.records) == 2


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here: that needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Until there is no room for another byte."""
    path = disk / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass
    return path


def test_a_server_starts_on_a_full_disk_and_shows_what_is_recorded(disk: Path) -> None:
    player = Player(disk)
    player.run("administrator", "root@example.org", "--password", PASSWORD)
    player.start()
    site = Asked(player.port)
    try:
        cookie = sign_in(site)
        player.stop()
        filler = fill(disk)
        player.log = disk.parent / "player.log"
        player.start()
        page = site.ask("GET", "/provider/schools", host=site.site, Cookie=cookie)
        assert (page.status, b"Schools" in page.body) == (200, True)
        cookie = page.headers["Set-Cookie"].split(";")[0]
        assert _add_school(site, page.body.decode(), cookie) == 507
        assert "is full" in player.log.read_text()
        filler.unlink()
        assert _add_school(site, page.body.decode(), cookie) == 303
    finally:
        player.stop()


def _add_school(site: Asked, page: str, cookie: str) -> int:
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = f"csrf_token={token}&name=Northfield".encode()
    kind = "application/x-www-form-urlencoded"
    told = site.ask("POST", "/provider/schools", form, host=site.site, Cookie=cookie, Content_Type=kind)
    return told.status
