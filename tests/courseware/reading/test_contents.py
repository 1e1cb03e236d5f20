"""What is no package, what must not be unpacked, and what is."""

from __future__ import annotations

import errno
import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from courseware.reading import contents, extract_package, read_package
from tests.courseware.packing import PAGE, manifest, pack
from tests.courseware.reading.telling import is_refused, package
from tests.zips import raw

# What is no package at all


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"hello", "the file is not a zip"),
        (b"Rar!\x1a\x07", "a RAR archive, not a zip"),
        (b"%PDF-1.7", "a PDF, not a zip"),
        (b"<!DOCTYPE html>", "a web page, not a zip"),
        (b"PK\x03\x04" + bytes(50), "cut off or damaged"),
    ],
)
def test_not_a_zip(path: Path, data: bytes, sentence: str) -> None:
    path.write_bytes(data)
    is_refused(path, sentence)


def test_no_such_file(path: Path) -> None:
    is_refused(path, "no such file")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    here = tmp_path / "file"
    here.write_text("")
    is_refused(here / "course.zip", "the file cannot be read")


def test_cut_off(path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest(), "index.html": PAGE})
    path.write_bytes(path.read_bytes()[:-30])
    is_refused(path, "cut off or damaged")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "the zip is empty"),
        ({"index.html": PAGE}, "there is no imsmanifest.xml, so this is no SCORM package"),
        ({"cmi5.xml": b""}, "this seems to be a cmi5 course"),
        ({"tincan.xml": b""}, "this seems to be a Tin Can (xAPI) package"),
        ({"Course/imsmanifest.xml": b""}, "inside the folder “Course”, not at the top"),
        ({"a/imsmanifest.xml": b"", "b/imsmanifest.xml": b""}, "2 packages are inside, in a, b"),
        ({"Course 1.zip": b"", "how to.pdf": b""}, "another zip is inside: “Course 1.zip”"),
    ],
)
def test_no_manifest(path: Path, files: dict[str, bytes | str], sentence: str) -> None:
    is_refused(pack(path, files), sentence)


# What must not be unpacked


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../evil.html", "leaves the package's folder"),
        ("a/../../evil.html", "leaves the package's folder"),
        ("..\\evil.html", "leaves the package's folder"),
        ("/etc/passwd", "absolute"),
        ("\\\\server\\share", "absolute"),
        ("C:\\evil.html", "absolute"),
        ("a\x01b", "control characters"),
        ("a/" * 600 + "b", "too long"),
        ("é" * 128 + ".js", "too long"),
    ],
)
def test_names_stay_inside(path: Path, name: str, sentence: str) -> None:
    is_refused(pack(path, {"imsmanifest.xml": manifest(), "index.html": PAGE, name: b"x"}), sentence)


def test_links_are_refused(path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest(), "index.html": PAGE})
    link = zipfile.ZipInfo("passwords")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr(link, "/etc/passwd")
    is_refused(path, "a link instead of a file")


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "imsmanifest.xml").write_text(manifest())
    (folder / "index.html").symlink_to("/etc/hostname")
    is_refused(folder, "the link leads out of the package")


def test_a_password_is_refused(path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest()})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    is_refused(path, "protected by a password")


def test_other_compression_is_refused(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as zipped:
        zipped.writestr("imsmanifest.xml", manifest())
    is_refused(path, "packed by method 14")


def test_two_files_of_one_name(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr("imsmanifest.xml", manifest())
            zipped.writestr("index.html", "one")
            zipped.writestr("index.html", "two")
    is_refused(path, "two different files of this name")


def test_bombs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, bytes | str] = {"imsmanifest.xml": manifest(), "index.html": PAGE}
    pack(path, {**files, "zeros.bin": bytes(4 << 20)})
    monkeypatch.setattr(contents, "HARMLESS", 1 << 20)
    is_refused(path, "as zip bombs do")
    monkeypatch.setattr(contents, "MOST_BYTES", 1 << 20)
    is_refused(path, "GiB, more than")
    monkeypatch.setattr(contents, "MOST_FILES", 2)
    is_refused(path, "the zip holds 3 files, more than 2")


def test_overlapping_files_are_a_bomb(path: Path) -> None:
    """Fifield's: many entries of the list point to one file's bytes."""
    kernel = bytes(range(256)) * 64
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("imsmanifest.xml", manifest())
        zipped.writestr("a", kernel)
        info = zipped.getinfo("a")
        for number in range(5):
            twin = zipfile.ZipInfo(f"a{number}")
            twin.CRC, twin.file_size, twin.compress_size = info.CRC, info.file_size, info.compress_size
            twin.header_offset = info.header_offset
            zipped.filelist.append(twin)
    is_refused(path, "overlap")


def test_a_damaged_file_is_refused_when_unpacked(path: Path, tmp_path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest(), "index.html": bytes(range(256)) * 8})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as zipped:
        start = zipped.getinfo("index.html").header_offset + 30 + len("index.html")
    data[start + 20] ^= 0xFF
    path.write_bytes(data)
    reading = extract_package(path, tmp_path / "out")
    assert reading.package is None
    assert "cannot be unpacked" in reading.errors[0].message
    assert reading.errors[0].place.file.endswith("!index.html")


def test_a_full_disk_is_no_fault_of_the_package(path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest(), "index.html": PAGE})
    with contents.open_contents(path) as opened:
        told = opened.damaged("index.html", OSError(errno.ENOSPC, "No space left on device"))
    assert told.problems[0].hint == "make room on the disk"


def test_what_cannot_be_written_is_told_without_saying_where(path: Path, tmp_path: Path) -> None:
    """Whoever uploads reads it, and the folders of the server are no business of theirs."""
    pack(path, {"imsmanifest.xml": manifest(), "index.html": PAGE, "a": b"", "a/b": b""})
    (problem,) = extract_package(path, tmp_path / "out").errors
    assert problem.message.startswith("the file cannot be unpacked: ")
    assert str(tmp_path / "out") not in problem.message


# What is unpacked


def test_everything_is_unpacked(path: Path, tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "index.html": PAGE,
        "media/a b é.bin": bytes(3 << 20),
        "__MACOSX/._x": b"",
    }
    pack(path, {"imsmanifest.xml": manifest(), **files})
    out = tmp_path / "out"
    package(extract_package(path, out))
    found = {one.relative_to(out).as_posix() for one in out.rglob("*") if one.is_file()}
    assert found == {"imsmanifest.xml", "index.html", "media/a b é.bin"}
    assert (out / "media/a b é.bin").stat().st_size == 3 << 20


def test_nothing_is_unpacked_where_there_is_an_error(path: Path, tmp_path: Path) -> None:
    pack(path, {"imsmanifest.xml": manifest(href="gone.html"), "index.html": PAGE})
    assert extract_package(path, tmp_path / "out").errors
    assert not (tmp_path / "out").exists()


def test_a_folder_is_read_like_a_zip(tmp_path: Path) -> None:
    (tmp_path / "imsmanifest.xml").write_text(manifest())
    (tmp_path / "index.html").write_bytes(PAGE)
    assert package(read_package(tmp_path)).organization.title == "Whole"


@pytest.mark.parametrize("name", [b"\0evil.html", b"evil.html\0.txt"])
def test_a_name_that_hides_behind_a_zero_byte_is_refused(path: Path, name: bytes) -> None:
    """Python's zipfile cuts a name there, and has had trouble with what is left of the first."""
    path.write_bytes(raw({b"imsmanifest.xml": manifest().encode(), b"index.html": PAGE, name: b""}))
    is_refused(path, "control characters")


def test_an_entry_without_a_name_is_no_file(path: Path) -> None:
    path.write_bytes(raw({b"imsmanifest.xml": manifest().encode(), b"index.html": PAGE, b"": b""}))
    assert not read_package(path).errors
