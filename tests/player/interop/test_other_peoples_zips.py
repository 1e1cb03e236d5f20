"""Packages as other people's tools make them, through one call of `player import`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from courseware.formats.packaging import path_of
from courseware.reading import read_package
from tests import zips
from tests.courseware.packing import PAGE, manifest

ROOT = Path(__file__).resolve().parents[3]
FOURTH = "2004 4th Edition"
NS_12 = 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"'
ADL_12 = 'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
ESCAPED = Path("/interop-escaped.txt")
CYRILLIC = "курс.html".encode("cp866")


def plain(text: str | bytes = "", page: str = "index.html", **more: bytes | str) -> dict[str, bytes | str]:
    return {"imsmanifest.xml": text or manifest(), page: PAGE, **more}


def said(encoding: str, text: str, written: str = "") -> bytes:
    """The text with its encoding in the first line, written in another where one is named."""
    return text.replace("?>", f' encoding="{encoding}"?>', 1).encode(written or encoding)


def one_resource(attributes: str, more: str = "") -> str:
    return (
        f'<resources{more}><resource identifier="R" type="webcontent" adlcp:scormtype="sco" {attributes}/>'
        "</resources>"
    )


TWICE = (
    '<organizations default="O"><organization identifier="O"><title>Whole</title>'
    '<item identifier="I" identifierref="R"><title>One</title></item></organization>'
    '<organization identifier="P"><title>Short</title>'
    '<item identifier="I" identifierref="R"><title>One</title></item></organization></organizations>'
)
PREFIXED = (
    manifest()
    .replace("xmlns=", "xmlns:ims=")
    .replace("</", "\0")
    .replace("<", "<ims:")
    .replace("<ims:?", "<?")
    .replace("\0", "</ims:")
    .replace("adlcp:", "rustic:")
)


@dataclass(frozen=True)
class Habit:
    """What a tool does, and what the import makes of it: the page that is launched, or the sentence said."""

    name: str
    zipped: bytes
    page: str = ""
    says: str = ""
    edition: str = ""
    xfail: str = ""


HABITS = (
    # How it is zipped
    Habit("a Mac's Finder", zips.of_a_mac(plain()), "index.html"),
    Habit("a Mac's Finder, the folder itself", zips.of_a_mac(plain(), "C/"), says="inside the folder “C”"),
    Habit("the folder itself", zips.ordinary(plain(), "C/"), says="inside the folder “C”, not at the top"),
    Habit("data descriptors", zips.streamed(plain()), "index.html"),
    Habit("zip64 needed or not", zips.large(plain()), "index.html"),
    Habit("a program before the zip", zips.after(b"MZ" + b"\x90" * 5000, plain()), "index.html"),
    Habit("stored only", zips.ordinary(plain(), mode=0), "index.html"),
    Habit(
        "backslashes and an entry a folder",
        zips.with_folders(plain(manifest(href="a/b.html"), "a/b.html")),
        "a/b.html",
        "has backslashes",
    ),
    Habit("names that begin with ./", zips.with_dots(plain()), "index.html"),
    Habit("names that begin with /", zips.rooted(plain()), says="the name is absolute"),
    Habit(
        "./ beside a name leads nowhere else",
        zips.raw({b"imsmanifest.xml": manifest(), b"index.html": PAGE, b"." + bytes(ESCAPED): b"x"}),
        "index.html",
    ),
    Habit(
        "names in code page 437",
        zips.raw({b"imsmanifest.xml": manifest(href="f%C3%BCr.html"), "für.html".encode("cp437"): PAGE}),
        "für.html",
    ),
    Habit(
        "the Unicode name in a field of its own",
        zips.raw(
            {b"imsmanifest.xml": manifest(href="курс.html"), CYRILLIC: PAGE},
            unicode_names={CYRILLIC: "курс.html"},
        ),
        "курс.html",
    ),
    Habit(
        "the Unicode name of an entry that was renamed since",
        zips.raw(
            {b"imsmanifest.xml": manifest(href="a.html"), b"a.html": PAGE, "ä.txt".encode("cp437"): b""},
            unicode_names={b"a.html": "b.html"},
        ),
        "a.html",
    ),
    *(
        Habit(
            f"names in code page {page[2:]}",
            zips.raw(
                {b"imsmanifest.xml": manifest(href=name), name.encode(page): PAGE, b"more.txt": b"\0"},
            ),
            name,
            f"code page {page[2:]}",
        )
        for page, name in (("cp850", "às-õ.html"), ("cp1252", "für.html"), ("cp866", "курс.html"))
    ),
    # How the manifest is written
    Habit("a byte order mark", zips.ordinary(plain(b"\xef\xbb\xbf" + manifest().encode())), "index.html"),
    Habit("UTF-16", zips.ordinary(plain(said("utf-16", manifest()))), "index.html"),
    Habit(
        "UTF-16 without a mark", zips.ordinary(plain(said("utf-16", manifest(), "utf-16-le"))), "index.html"
    ),
    Habit("UTF-8 that says UTF-16", zips.ordinary(plain(said("utf-16", manifest(), "utf-8"))), "index.html"),
    Habit(
        "Windows-1252",
        zips.ordinary(plain(said("windows-1252", manifest(item="<title>“É”</title>")))),
        "index.html",
    ),
    Habit(
        "Windows-1252 that says nothing",
        zips.ordinary(plain(manifest(item="<title>É</title>").encode("cp1252"))),
        says="byte 0xc9 is not UTF-8, which the file says it is",
    ),
    Habit(
        "prefixes of its own",
        zips.ordinary(plain(PREFIXED.replace("xmlns:adlcp", "xmlns:rustic"))),
        "index.html",
    ),
    Habit(
        "no namespace at all",
        zips.ordinary(plain(manifest().replace(NS_12, "").replace(ADL_12, "").replace("adlcp:", ""))),
        "index.html",
        "lacks the namespace",
        "1.2",
    ),
    Habit(
        "a prefix that nothing declares",
        zips.ordinary(plain(manifest().replace(ADL_12, ""))),
        "index.html",
    ),
    Habit(
        "an IMS namespace of long ago",
        zips.ordinary(
            plain(manifest().replace("imsproject.org/xsd/imscp_rootv1p1p2", "imsproject.org/content"))
        ),
        "index.html",
    ),
    Habit(
        "white space before the declaration",
        zips.ordinary(plain("\n" + manifest())),
        "index.html",
        "stands before the XML declaration",
    ),
    Habit(
        "&nbsp;",
        zips.ordinary(plain(manifest(item="<title>A&nbsp;B</title>"))),
        says="no entity of this name",
    ),
    # Which SCORM it says it is
    Habit(
        "1.2 spelt as 2004",
        zips.ordinary(plain(manifest().replace("scormtype", "scormType"))),
        "index.html",
        "should be",
        "1.2",
    ),
    Habit(
        "2004 spelt as 1.2",
        zips.ordinary(plain(manifest(version=FOURTH).replace("scormType", "scormtype"))),
        "index.html",
        "should be",
        FOURTH,
    ),
    Habit(
        "2nd Edition",
        zips.ordinary(plain(manifest(version=FOURTH, stated="CAM 1.3"))),
        "index.html",
        "",
        "2004 2nd Edition",
    ),
    Habit(
        "3rd Edition",
        zips.ordinary(plain(manifest(version=FOURTH, stated="2004 3rd Edition"))),
        "index.html",
        "",
        "2004 3rd Edition",
    ),
    Habit(
        "SCO in capitals",
        zips.ordinary(plain(manifest().replace('"sco"', '"SCO"'))),
        "index.html",
        "should be asset, sco",
    ),
    # What it lists
    Habit(
        "no default organization", zips.ordinary(plain(manifest().replace(' default="O"', ""))), "index.html"
    ),
    Habit(
        "no organization",
        zips.ordinary(plain(manifest(organizations="<organizations/>"))),
        says="has no organization",
    ),
    Habit(
        "two organizations of the same items",
        zips.ordinary(plain(manifest(organizations=TWICE))),
        "index.html",
    ),
    Habit(
        "no file is listed",
        zips.ordinary(plain(manifest(resources=one_resource('href="index.html"')))),
        "index.html",
    ),
    Habit(
        "metadata that are none",
        zips.ordinary(
            plain(manifest().replace("<schemaversion>", "<lom><general/></lom><x>?</x><schemaversion>"))
        ),
        "index.html",
    ),
    Habit(
        "a pass mark in per cent",
        zips.ordinary(plain(manifest(item="<title>One</title><adlcp:masteryscore>80%</adlcp:masteryscore>"))),
        "index.html",
        "should be a number",
    ),
    # Where it says the page is
    Habit(
        "xml:base upon xml:base",
        zips.ordinary(
            plain(
                manifest(resources=one_resource('href="b.html" xml:base="a/"', ' xml:base="c"')), "c/a/b.html"
            )
        ),
        "c/a/b.html",
    ),
    Habit(
        "spaces, ~ and accents",
        zips.ordinary(plain(manifest(href="~é%20b/é.html"), "~é b/é.html")),
        "~é b/é.html",
    ),
    Habit("+ is no space", zips.ordinary(plain(manifest(href="a+b.html"), "a+b.html")), "a+b.html"),
    Habit("a file's ? encoded", zips.ordinary(plain(manifest(href="a%3F.html"), "a?.html")), "a?.html"),
    Habit(
        "a file called %20",
        zips.ordinary(plain(manifest(href="a%20b.html"), "a%20b.html")),
        "a%20b.html",
    ),
    Habit(
        "a file's # not encoded",
        zips.ordinary(plain(manifest(href="a#1.html"), "a#1.html")),
        "a#1.html",
    ),
    Habit(
        "query and fragment", zips.ordinary(plain(manifest(href="index.html?a=1&amp;b=2#c"))), "index.html"
    ),
    Habit(
        "another case",
        zips.ordinary(plain(manifest(href="INDEX.htm"), "index.HTM")),
        "index.HTM",
        "is called",
    ),
    Habit(
        "backslashes",
        zips.ordinary(plain(manifest(href="a\\b.html"), "a/b.html")),
        "a/b.html",
        "has a backslash",
    ),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """What the import says of each, and where it put its files."""
    folder = tmp_path_factory.mktemp("zips")
    for at, habit in enumerate(HABITS):
        (folder / f"{at}.zip").write_bytes(habit.zipped)
    paths = [str(folder / f"{at}.zip") for at in range(len(HABITS))]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PLAYER_")}
    done = subprocess.run(
        [sys.executable, "-m", "player", "import", "--json", *paths],
        cwd=ROOT,
        env={**ours, "PLAYER_DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    yield json.loads(done.stdout)
    ESCAPED.unlink(missing_ok=True)


@pytest.mark.parametrize(
    "habit",
    [
        pytest.param(
            each,
            id=each.name,
            marks=[pytest.mark.xfail(strict=True, reason=each.xfail)] if each.xfail else [],
        )
        for each in HABITS
    ],
)
def test_it_is_played_or_a_sentence_says_why_not(habit: Habit, told: list[dict[str, Any]]) -> None:
    one = told[HABITS.index(habit)]
    sentences = [problem["message"] for problem in one["problems"]]
    assert (one["course"] is not None) == bool(habit.page), sentences
    if habit.says:
        assert any(habit.says in sentence for sentence in sentences), sentences
    if habit.page:
        package = read_package(Path(one["zip"])).package
        assert package is not None
        assert path_of(package.resources[0].href or "") == habit.page
        assert package.edition == (habit.edition or "1.2")


def test_nothing_is_written_outside_of_the_package(told: list[dict[str, Any]]) -> None:
    assert not ESCAPED.exists()
