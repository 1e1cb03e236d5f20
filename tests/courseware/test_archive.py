"""The same bytes everywhere, readable by everybody."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from courseware import archive
from courseware.archive import Content, write_archives
from courseware.errors import CoursewareError
from tests.courseware.authoring import Author

FILES: dict[str, Content] = {
    "index.html": b"<!DOCTYPE html>\n" + b"<p>Keeping children safe is everybody's work.</p>\n" * 200,
    "media/caf\u00e9 \U0001f600.txt": "Ünïcödé".encode() * 50,
    "media/picture.png": bytes(range(256)) * 4,
    "imsmanifest.xml": b"<manifest/>" * 20,
    "words.txt": " ".join(f"{number * 7919 % 10_007:x}" for number in range(8000)).encode(),
    "empty.txt": b"",
    "short.txt": b"a",
}
# Of the zip over FILES: the pinned libdeflate makes it on any machine; see docs/decisions/0001.
GOLDEN = "96a86c343acd88471297b4f64402ac43583bfa5d7a5f283c3f287fdf93c2d171"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "packages" / "course.scorm12.zip"


def test_the_bytes_are_these(target: Path) -> None:
    write_archives({target: FILES})
    assert hashlib.sha256(target.read_bytes()).hexdigest() == GOLDEN


def test_order_clock_and_zone_change_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archives({target: FILES})
    first = target.read_bytes()
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    write_archives({target: dict(reversed(FILES.items()))})
    monkeypatch.undo()
    time.tzset()
    assert target.read_bytes() == first


def test_python_reads_it_and_finds_the_manifest_first(target: Path) -> None:
    write_archives({target: FILES})
    with zipfile.ZipFile(target) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == FILES
        assert read.namelist()[0] == "imsmanifest.xml"
        assert read.namelist()[1:] == sorted(read.namelist()[1:])
        for info in read.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
            assert bool(info.flag_bits & 0x800) is not info.filename.isascii()
        assert read.getinfo("media/picture.png").compress_type == zipfile.ZIP_STORED
        assert read.getinfo("index.html").compress_type == zipfile.ZIP_DEFLATED


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip is not installed")
def test_unzip_reads_it(target: Path) -> None:
    write_archives({target: FILES})
    subprocess.run(["unzip", "-tq", target], check=True, capture_output=True)


def test_media_stream_from_disk(target: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(os.urandom(3 * archive.CHUNK + 17))
    write_archives({target: {"imsmanifest.xml": b"<manifest/>", "film.mp4": film, "notes.txt": film}})
    with zipfile.ZipFile(target) as read:
        assert read.read("film.mp4") == read.read("notes.txt") == film.read_bytes()


def test_a_failure_leaves_the_old_package(target: Path, tmp_path: Path) -> None:
    write_archives({target: FILES})
    before = target.read_bytes()
    with pytest.raises(FileNotFoundError):
        write_archives({target: {"imsmanifest.xml": b"", "gone.mp4": tmp_path / "gone.mp4"}})
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_too_large_is_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1000)
    with pytest.raises(CoursewareError, match="4 GiB"):
        write_archives({target: {"film.mp4": bytes(2000)}})
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MOST", 3)
    with pytest.raises(CoursewareError, match="3 files"):
        write_archives({target: {"a": b"", "b": b"", "c": b""}})
    assert not target.exists()


def test_a_course_is_the_same_in_every_process(author: Author) -> None:
    """Hash seeds, time zones, languages and folders differ between machines; the packages do not."""
    made = set()
    for seed, zone, language in (("1", "Asia/Kathmandu", "C"), ("2", "America/St_Johns", "tr_TR.UTF-8")):
        out = author.project / f"out-{seed}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        command = [sys.executable, "-m", "courseware", "build", str(author.course), "--out", str(out)]
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=author.project)
        made.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.zip"))))
    (packages,) = made
    assert len(packages) == 2
