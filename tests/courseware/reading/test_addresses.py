"""Paths and addresses: found, made good, or a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from courseware.package import Metadata
from courseware.reading import extract_package, read_package
from tests.courseware.packing import PAGE, manifest, pack
from tests.courseware.reading.telling import SCORM_12, SCORM_2004, only, package, read, said
from tests.zips import raw


def test_bases_add_up(path: Path) -> None:
    resources = (
        '<resources xml:base="content/"><resource identifier="R" type="webcontent" adlcp:scormtype="sco" '
        'xml:base="one" href="start.html?a=1#b"><file href="start.html"/><file href="../lib.js"/></resource>'
        "</resources>"
    )
    reading = read(
        path,
        manifest(resources=resources),
        **{"content/one/start.html": PAGE, "content/lib.js": b""},
    )
    (resource,) = package(reading).resources
    assert not reading.problems
    assert resource.href == "content/one/start.html?a=1#b"
    assert resource.files == ("content/one/start.html", "content/lib.js")


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("my%20page.html", "my page.html"),
        ("my page.html", "my page.html"),
        ("%7Eme/caf%C3%A9.html", "~me/café.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),  # a Mac takes accents apart
        ("a%23b.html", "a#b.html"),
        ("50%25.html", "50%.html"),
        ("./a/../index.html", "index.html"),
    ],
)
def test_addresses_are_found(path: Path, href: str, name: str) -> None:
    reading = read(path, manifest(href=href), **{name: PAGE})
    (resource,) = package(reading).resources
    assert resource.files == (name,)


@pytest.mark.parametrize(
    ("href", "name", "sentence"),
    [
        ("a\\b.html", "a/b.html", "“a\\b.html” has a backslash"),
        ("/index.html", "index.html", "“/index.html” starts at the server's root"),
        ("Index.HTML", "index.html", "“Index.HTML” is called “index.html” in the package"),
    ],
)
def test_addresses_are_made_good(path: Path, href: str, name: str, sentence: str) -> None:
    reading = read(path, manifest(href=href), **{name: PAGE})
    (resource,) = package(reading).resources
    assert (resource.href, resource.files) == (name, (name,))
    assert sentence in said(reading, path)[0]


def test_files_below_a_base_that_nothing_launches_have_no_page(path: Path) -> None:
    resources = (
        '<resources xml:base="all/"><resource identifier="R" type="t" adlcp:scormtype="sco" href="a.html"/>'
        '<resource identifier="S" type="t" adlcp:scormtype="asset"><file href="b.js"/></resource></resources>'
    )
    reading = read(path, manifest(resources=resources), **{"all/a.html": PAGE, "all/b.js": b""})
    assert [(one.href, one.files) for one in package(reading).resources] == [
        ("all/a.html", ()),
        (None, ("all/b.js",)),
    ]


def test_a_base_without_its_closing_slash_is_a_folder_though_one_above_it_has_a_dot(path: Path) -> None:
    resources = (
        '<resources><resource identifier="R" type="t" adlcp:scormtype="sco" xml:base="v1.2/pages" '
        'href="b.html"/></resources>'
    )
    reading = read(path, manifest(resources=resources), **{"v1.2/pages/b.html": PAGE})
    assert package(reading).resources[0].href == "v1.2/pages/b.html"


def test_a_base_at_the_server_s_root_is_read_from_the_package_s(path: Path) -> None:
    resources = (
        '<resources>\n<resource identifier="R" type="t" adlcp:scormtype="sco" xml:base="/a/" href="b.html"/>'
        "</resources>"
    )
    reading = read(path, manifest(resources=resources), **{"a/b.html": PAGE})
    assert package(reading).resources[0].href == "a/b.html"
    assert "warning: xml:base=“/a/” starts at the server's root" in only(reading, path)


@pytest.mark.parametrize("href", [".", "./", "a/.."])
def test_a_folder_is_no_page(path: Path, href: str) -> None:
    assert "error: the item's resource “R” has no href" in only(read(path, manifest(href=href)), path)


def test_backslashes_in_the_zip_are_made_good(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("imsmanifest.xml", manifest(href="a/b.html"))
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = "a\\b.html"
        zipped.writestr(info, PAGE)
    reading = read_package(path)
    package(reading)
    assert only(reading, path) == "a\\b.html:1:1: warning: the name has backslashes"


def test_names_in_utf_8_without_the_flag(path: Path) -> None:
    """Many tools write UTF-8 and say nothing; the standard would read code page 437."""
    pack(path, {"imsmanifest.xml": manifest(href="caf%C3%A9.html"), "café.html": PAGE})
    data = path.read_bytes()
    name = "café.html".encode()
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        length = 30 if header == b"PK\x03\x04" else 46
        at = data.index(name, data.rindex(header) if flags == 8 else 0) - length
        data = data[: at + flags] + b"\0\0" + data[at + flags + 2 :]
    path.write_bytes(data)
    assert not read_package(path).problems


@pytest.mark.parametrize(
    ("href", "name", "kept"),
    [
        ("a%20b.html", "a%20b.html", "a%20b.html"),
        ("a%20b.html?c=1", "a%20b.html", "a%20b.html?c=1"),
        ("a#1.html", "a#1.html", "a%231.html"),
        ("100%25?.html", "100%25?.html", "100%25%3F.html"),
    ],
)
def test_a_name_that_nobody_has_encoded(path: Path, href: str, name: str, kept: str) -> None:
    reading = read(path, manifest(href=href), **{name: PAGE})
    (resource,) = package(reading).resources
    assert (resource.href, resource.files) == (kept, (name,))
    assert f"“{href}” is a file's name and not encoded as an address" in said(reading, path)[0]


def test_an_address_is_decoded_first(path: Path) -> None:
    reading = read(path, manifest(href="a%20b.html"), **{"a%20b.html": PAGE, "a b.html": PAGE})
    assert package(reading).resources[0].href == "a b.html"
    assert not reading.problems


def test_a_name_that_is_not_the_utf_8_it_says_it_is(path: Path, tmp_path: Path) -> None:
    """The directory is sound and the file's own header is not, which only shows when it is opened."""
    data = pack(path, {"imsmanifest.xml": manifest(href="é.html"), "é.html": PAGE}).read_bytes()
    path.write_bytes(data.replace("é".encode(), b"\xc3\xc3", 1))
    reading = extract_package(path, tmp_path / "out")
    (problem,) = reading.errors
    assert "the file cannot be unpacked" in problem.message


def test_names_in_another_code_page_are_unpacked_under_it(path: Path, tmp_path: Path) -> None:
    """Links among the pages hold too, which the manifest does not list."""
    pages = {name.encode("cp866"): PAGE for name in ("курс.html", "урок.html")}
    path.write_bytes(raw({b"imsmanifest.xml": manifest(href="курс.html").encode(), **pages}))
    reading = extract_package(path, tmp_path / "out")
    assert package(reading).resources[0].href == "курс.html"
    assert {one.name for one in (tmp_path / "out").iterdir()} == {"imsmanifest.xml", "курс.html", "урок.html"}
    (problem,) = reading.problems
    assert problem.severity == "warning"
    assert "the manifest's paths fit code page 866" in problem.message


RECORDS = {
    SCORM_12: ("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "langstring"),
    SCORM_2004: ("http://ltsc.ieee.org/xsd/LOM", "string"),
}


@pytest.mark.parametrize("version", [SCORM_12, SCORM_2004])
def test_metadata_in_a_file_of_their_own(path: Path, version: str) -> None:
    namespace, string = RECORDS[version]
    text = manifest(version=version).replace(
        "</schemaversion>", "</schemaversion><adlcp:location>my%20meta.xml</adlcp:location>"
    )
    title = f"<title><{string}>Whole course</{string}></title>"
    described = f"<description><{string}>For staff</{string}></description>"
    record = f'<lom xmlns="{namespace}"><general>{title}{described}</general></lom>'.encode()
    reading = read(path, text, **{"index.html": PAGE, "my meta.xml": record})
    assert not reading.problems
    assert package(reading).metadata == Metadata(title="Whole course", description="For staff")
    for broken in (b"", b"<lom", b"<lom/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"):
        reading = read(path, text, **{"index.html": PAGE, "my meta.xml": broken})
        assert (package(reading).metadata, reading.problems) == (Metadata(), ())
    for address in ("https://example.org/m.xml", "../../etc/passwd", "/etc/passwd", "none.xml"):
        reading = read(path, text.replace("my%20meta.xml", address))
        assert (package(reading).metadata, reading.problems) == (Metadata(), ())


@pytest.mark.parametrize("href", ["https://example.org/lesson?a=1", "//example.org/lesson?a=1"])
def test_an_address_elsewhere_is_kept(path: Path, href: str) -> None:
    reading = read(path, manifest(href=href))
    assert package(reading).resources[0].href == href
    assert only(reading, path) == f"imsmanifest.xml:10:1: warning: “{href}” is on another server"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,a", "file:///etc/passwd"])
def test_what_is_no_page_is_not_launched(path: Path, href: str) -> None:
    reading = read(path, manifest(href=href))
    assert reading.errors
    assert only(reading, path) == f"imsmanifest.xml:10:1: error: “{href}” is no address of a page"


def test_a_missing_page_is_an_error_and_a_missing_picture_a_warning(path: Path) -> None:
    resources = (
        '<resources>\n<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="gone.html">\n'
        '<file href="gone.html"/>\n  <file href="gone.png"/></resource></resources>'
    )
    sentences = said(read(path, manifest(resources=resources)), path)
    assert sentences == [
        "imsmanifest.xml:10:1: error: “gone.html”, of the resource “R”, is not in the package",
        "imsmanifest.xml:12:3: warning: “gone.png”, of the resource “R”, is not in the package",
    ]


def test_what_one_remedy_mends_is_told_twenty_times_at_most(path: Path) -> None:
    files = "".join(f'<file href="{n}.png"/>\n' for n in range(500))
    resources = (
        '<resources>\n<resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="gone.html">\n'
        f'<file href="gone.html"/>\n{files}</resource></resources>'
    )
    sentences = said(read(path, manifest(resources=resources)), path)
    assert "“gone.html”, of the resource “R”, is not in the package" in sentences[0]
    assert "“19.png”, of the resource “R”, is not in the package" in sentences[20]
    assert sentences[21:] == [
        "imsmanifest.xml:32:1: warning: from here on 480 more problems like the 20 before"
    ]


def test_an_address_that_leaves_the_package(path: Path) -> None:
    assert "leaves the package's folder" in said(read(path, manifest(href="../other/index.html")), path)[0]


def test_a_manifest_in_capitals(path: Path) -> None:
    reading = read_package(pack(path, {"IMSManifest.XML": manifest(), "index.html": PAGE}))
    package(reading)
    assert "the manifest's name has capitals" in only(reading, path)
