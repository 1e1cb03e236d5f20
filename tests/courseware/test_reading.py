"""Packages by anyone: what is read of them, and the sentence that each fault gets."""

from __future__ import annotations

import stat
import warnings
import zipfile
from pathlib import Path

import pytest

from courseware import contents
from courseware.package import Metadata, Package, ResourceType
from courseware.reading import Reading, extract_package, read_package
from tests.courseware.packing import PAGE, manifest, pack
from tests.zips import raw

SCORM_12, SCORM_2004 = "1.2", "2004 4th Edition"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "course.zip"


def read(path: Path, text: str | bytes, **files: bytes) -> Reading:
    pages = files or {"index.html": PAGE}
    return read_package(pack(path, {"imsmanifest.xml": text, **pages}))


def package(reading: Reading) -> Package:
    assert reading.package is not None, reading.problems
    assert not reading.errors
    return reading.package


def said(reading: Reading, path: Path) -> list[str]:
    """`imsmanifest.xml:4:1: error: …`, without the zip's own name."""
    return [str(problem).split("\n")[0].replace(f"{path}!", "") for problem in reading.problems]


def only(reading: Reading, path: Path) -> str:
    (sentence,) = said(reading, path)
    assert all(problem.hint for problem in reading.problems), "every problem names its remedy"
    return sentence


def is_refused(path: Path, sentence: str) -> None:
    reading = read_package(path)
    assert reading.package is None
    (problem,) = reading.errors
    assert sentence in problem.message
    assert problem.hint
    assert str(path) in problem.place.file


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
        ({"index.html": PAGE}, "there is no imsmanifest.xml, so this is no SCORM package"),
        ({"cmi5.xml": b""}, "this seems to be a cmi5 course"),
        ({"tincan.xml": b""}, "this seems to be a Tin Can (xAPI) package"),
        ({"Course/imsmanifest.xml": b""}, "inside the folder “Course”, not at the top"),
        ({"a/imsmanifest.xml": b"", "b/imsmanifest.xml": b""}, "2 packages are inside, in a, b"),
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


# The text of the manifest


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"<manifest", "1:1: error: not well-formed XML: unclosed token"),
        (b"<manifest>\n<a></b></manifest>", "2:6: error: not well-formed XML: mismatched tag"),
        (b"", "1:1: error: not well-formed XML: no element found"),
        (
            b'<?xml version="1.0" encoding="klingon"?><manifest/>',
            "1:1: error: the encoding “klingon” is not known",
        ),
        (b'<?xml version="1.0"?>\n<manifest>caf\xe9</manifest>', "2:14: error: byte 0xe9 is not UTF-8"),
        (
            b'<?xml version="1.0"?>\n<!DOCTYPE m [<!ENTITY a "aaaa">]><manifest>&a;</manifest>',
            "2:25: error: the document type declares the entity “a”",
        ),
        (
            b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>',
            "1:52: error: the document type declares the entity “x”",
        ),
        (b"<a>" * 300, "1:601: error: elements are nested more than 200 deep"),
        (b"<html/>", "1:1: error: the file begins with <html>, not with <manifest>"),
        (b'{"course": 1}', "1:1: error: the file does not begin with “<”, so it is no XML"),
        (
            b"<manifest><title>A & B</title></manifest>",
            "1:21: error: not well-formed XML: a sign stands here",
        ),
        (
            b"<manifest>A&nbsp;B</manifest>",
            "1:12: error: not well-formed XML: XML knows no entity of this name",
        ),
    ],
)
def test_unreadable_text(path: Path, text: bytes, sentence: str) -> None:
    assert only(read(path, text), path).startswith(f"imsmanifest.xml:{sentence}")


@pytest.mark.parametrize("before", [" ", "\r\n", "\ufeff\n\n\t"])
def test_white_space_before_the_declaration_is_passed_over(path: Path, before: str) -> None:
    """Scripts that write manifests often begin with an empty line."""
    text = manifest(item="<title>Café</title>").replace("?>", ' encoding="utf-8"?>', 1)
    reading = read(path, before + text)
    assert package(reading).organization.items[0].title == "Café"
    assert only(reading, path) == (
        "imsmanifest.xml:1:1: warning: white space stands before the XML declaration"
    )
    faulty = said(read(path, before + text.replace("</title>", "", 1)), path)
    line = 7 + before.count("\n")
    assert faulty == [f"imsmanifest.xml:{line}:3: error: not well-formed XML: mismatched tag"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(path: Path, encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = manifest(item="<title>Fußgänger café</title>").replace("?>", f' encoding="{name}"?>', 1)
    (item,) = package(read(path, text.encode(encoding))).organization.items
    assert item.title == "Fußgänger café"


def test_a_harmless_document_type_is_passed_over(path: Path) -> None:
    package(read(path, manifest(head='<!DOCTYPE manifest SYSTEM "http://example.invalid/x.dtd">')))


# Which SCORM it is


@pytest.mark.parametrize(
    ("version", "stated", "edition", "complaint"),
    [
        (SCORM_12, "1.2", "1.2", ""),
        (SCORM_2004, "2004 4th Edition", "2004 4th Edition", ""),
        (SCORM_2004, "2004 3rd Edition", "2004 3rd Edition", ""),
        (SCORM_2004, "CAM 1.3", "2004 2nd Edition", ""),
        (SCORM_12, "", "1.2", "the manifest names no schemaversion"),
        (SCORM_2004, "", "2004 4th Edition", "the manifest names no schemaversion"),
        (SCORM_2004, "2005", "2004 4th Edition", "schemaversion “2005” is no edition of SCORM"),
        (
            SCORM_2004,
            "1.2",
            "2004 4th Edition",
            "schemaversion says “1.2”, but the manifest is written as 2004",
        ),
        (SCORM_12, "2004 4th Edition", "1.2", "schemaversion says “2004 4th Edition”, but the manifest is"),
    ],
)
def test_editions(path: Path, version: str, stated: str, edition: str, complaint: str) -> None:
    reading = read(path, manifest(version=version, stated=stated))
    found = package(reading)
    assert found.edition == edition
    assert found.standard == ("1.2" if edition == "1.2" else "2004")
    assert found.resources[0].scorm_type is ResourceType.SCO
    assert [complaint in sentence for sentence in said(reading, path)] == ([True] if complaint else [])


def test_a_slip_in_capitals_does_not_change_the_standard(path: Path) -> None:
    """SCORM 1.2 spells it `scormtype`; many a manifest written by hand does not."""
    reading = read(path, manifest().replace("scormtype", "scormType"))
    found = package(reading)
    assert (found.standard, found.resources[0].scorm_type) == ("1.2", "sco")
    assert "“adlcp:scormType” should be “adlcp:scormtype”" in only(reading, path)


def test_earlier_editions_write_the_threshold_as_text(path: Path) -> None:
    item = "<title>One</title><adlcp:completionThreshold>0.75</adlcp:completionThreshold>"
    found = package(read(path, manifest(version=SCORM_2004, stated="2004 3rd Edition", item=item)))
    threshold = found.organization.items[0].completion_threshold
    assert (threshold.completed_by_measure, threshold.min_progress_measure) == (True, 0.75)


def test_scorm12_values(path: Path) -> None:
    item = (
        "<title>One</title><adlcp:prerequisites type='aicc_script'>A&amp;B</adlcp:prerequisites>"
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:datafromlms>a=1</adlcp:datafromlms>"
        "<adlcp:timelimitaction>exit,message</adlcp:timelimitaction><adlcp:masteryscore>80</adlcp:masteryscore>"
    )
    (one,) = package(read(path, manifest(item=item))).organization.items
    assert (one.prerequisites, one.max_time_allowed, one.launch_data) == ("A&B", "00:30:00", "a=1")
    assert (one.time_limit_action, one.mastery_score) == ("exit,message", 80)


# Addresses


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


def test_an_address_elsewhere_is_kept(path: Path) -> None:
    href = "https://example.org/lesson?a=1"
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


def test_an_address_that_leaves_the_package(path: Path) -> None:
    assert "leaves the package's folder" in said(read(path, manifest(href="../other/index.html")), path)[0]


def test_a_manifest_in_capitals(path: Path) -> None:
    reading = read_package(pack(path, {"IMSManifest.XML": manifest(), "index.html": PAGE}))
    package(reading)
    assert "the manifest's name has capitals" in only(reading, path)


# What refers to what

ITEM = '<item identifier="{0}" identifierref="{1}"><title>T</title></item>'

DEPENDING = (
    '<resources><resource identifier="R" type="t" adlcp:scormtype="sco" href="index.html">'
    '<dependency identifierref="{}"/></resource></resources>'
)
RULE = (
    "<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule>{}</imsss:preConditionRule>"
    "</imsss:sequencingRules></imsss:sequencing>"
)
HIDDEN = (
    "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>{}</adlnav:hideLMSUI>"
    "</adlnav:navigationInterface></adlnav:presentation>"
)


def organizations(*items: str, default: str = "O") -> str:
    whole = f'<organization identifier="O"><title>W</title>\n{"".join(items)}</organization>'
    return f'<organizations default="{default}">{whole}</organizations>'


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"organizations": "<organizations/>"}, "error: the manifest has no organization"),
        ({"organizations": organizations()}, "error: the organization has no item"),
        (
            {"organizations": organizations(ITEM.format("I", "R"), default="P")},
            "warning: the default organization “P” does not exist",
        ),
        (
            {"organizations": organizations(ITEM.format("I", "Q"))},
            "error: the item's identifierref “Q” is no resource of this package",
        ),
        (
            {"organizations": organizations(ITEM.format("I", "R"), ITEM.format("I", "R"))},
            "error: the identifier “I” is used more than once",
        ),
        (
            {"organizations": organizations(ITEM.format("I", ""))},
            "warning: an item without items has no resource",
        ),
        (
            {"organizations": organizations(ITEM.format("", "R"))},
            "error: a <item> has no identifier",
        ),
        (
            {"resources": '<resources><resource identifier="R" type="t" adlcp:scormtype="sco"/></resources>'},
            "error: the item's resource “R” has no href",
        ),
        (
            {"resources": DEPENDING.format("R")},
            "warning: resources depend on each other in a circle: R → R",
        ),
        (
            {"resources": DEPENDING.format("Q")},
            "warning: the dependency “Q” is no resource of this package",
        ),
        (
            {"resources": '<resources><resource identifier="R" type="t" href="index.html"/></resources>'},
            "warning: the resource does not say whether it is a SCO or an asset",
        ),
        (
            {"more": '<manifest identifier="N"><organizations/><resources/></manifest>'},
            "warning: a manifest “N” is nested in the manifest",
        ),
        (
            {"item": "<title>One</title><adlcp:masteryScore>80</adlcp:masteryScore>"},
            "warning: <adlcp:masteryScore> means nothing here, so nothing reads it",
        ),
        (
            {"item": "<title>One</title><adlcp:masteryscore>high</adlcp:masteryscore>"},
            "warning: adlcp:masteryscore=“high” in <adlcp:masteryscore> should be a number from 0 to 100",
        ),
    ],
)
def test_faults_of_a_manifest(path: Path, parts: dict[str, str], sentence: str) -> None:
    assert sentence in only(read(path, manifest(**parts)), path)


def test_attributes_in_another_case_are_made_good(path: Path) -> None:
    """An item whose `identifierRef` went unread would show nothing at all."""
    item = (
        ITEM.format("I", "R").replace("identifierref", "identifierRef").replace(" id", ' isVisible="0" id', 1)
    )
    reading = read(path, manifest(organizations=organizations(item)))
    (found,) = package(reading).organization.items
    assert (found.resource, found.visible) == ("R", False)
    assert [sentence.split("warning: ")[1] for sentence in said(reading, path)] == [
        "“identifierRef” should be “identifierref”",
        "“isVisible” should be “isvisible”",
    ]


NESTED = (
    '<manifest identifier="N"><metadata/><organizations><organization identifier="O"><item identifier="I" '
    'identifierref="S"/></organization></organizations><resources><resource identifier="R" href="gone.html">'
    '<dependency identifierref="T"/></resource></resources></manifest>'
)


def test_what_stands_in_a_nested_manifest_is_none_of_the_package_s(path: Path) -> None:
    """Neither its identifiers, which it may share, nor what it refers to."""
    assert "warning: a manifest “N” is nested" in only(read(path, manifest(more=NESTED)), path)


def test_a_nested_manifest_that_is_to_be_played_is_an_error(path: Path) -> None:
    whole = manifest(organizations=organizations(ITEM.format("J", "N")), more=NESTED)
    error, _ = said(read(path, whole), path)
    assert error.endswith("error: the manifest “N” is nested in this one, and not played")


def sequenced(definition: str, more: str = "") -> str:
    item = f"<title>One</title>{definition}"
    return manifest(version=SCORM_2004, item=item, more=more)


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ('<imsss:sequencing IDRef="S"/>', "error: IDRef “S” names no sequencing definition"),
        (
            '<imsss:sequencing><imsss:controlMode flow="yes"/></imsss:sequencing>',
            "warning: flow=“yes” in <imsss:controlMode> should be true or false",
        ),
        (
            '<imsss:sequencing><imsss:limitConditions attemptLimit="-1"/></imsss:sequencing>',
            "warning: attemptLimit=“-1” in <imsss:limitConditions> should be a whole number",
        ),
        (
            RULE.format('<imsss:ruleAction action="retry"/>'),
            "warning: action=“retry” in <imsss:ruleAction> should be disabled, hiddenFromChoice",
        ),
        (
            HIDDEN.format("next"),
            "warning: hideLMSUI “next” is no control",
        ),
    ],
)
def test_faults_of_sequencing(path: Path, definition: str, sentence: str) -> None:
    assert sentence in only(read(path, sequenced(definition)), path)


def test_a_definition_from_the_collection(path: Path) -> None:
    """CAM 5.1.1: what stands in the item goes before what it refers to; identifiers are normalised."""
    collection = (
        '<imsss:sequencingCollection><imsss:sequencing ID="all of it"><imsss:controlMode flow="true"/>'
        '<imsss:deliveryControls tracked="false"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    definition = (
        '<imsss:sequencing IDRef=" all%20of  it "><imsss:controlMode choice="false"/></imsss:sequencing>'
    )
    reading = read(path, sequenced(definition, collection))
    assert not reading.problems
    sequencing = package(reading).organization.items[0].sequencing
    assert (sequencing.control_mode.choice, sequencing.control_mode.flow) == (False, False)
    assert sequencing.delivery_controls.tracked is False


def test_foreign_words_are_their_own_affair(path: Path) -> None:
    item = '<title>One</title><x:more xmlns:x="urn:x" a="1"><x:deep/></x:more>'
    assert not read(path, manifest(item=item)).problems


def test_a_manifest_without_namespaces_is_read_all_the_same(path: Path) -> None:
    text = manifest().replace('xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"', "")
    reading = read(path, text)
    assert package(reading).organization.items[0].title == "One"
    assert "lacks the namespace" in only(reading, path)


def test_a_manifest_in_a_namespace_of_its_own_is_read_all_the_same(path: Path) -> None:
    text = manifest().replace("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "urn:ims")
    reading = read(path, text.replace("<title>One", '<x:own xmlns:x="urn:x"/><title>One'))
    assert package(reading).organization.items[0].title == "One"
    assert "lacks the namespace of IMS Content Packaging, and has “urn:ims”" in only(reading, path)


@pytest.mark.parametrize("version", [SCORM_12, SCORM_2004])
def test_prefixes_that_nothing_declares(path: Path, version: str) -> None:
    item = '<title>One</title><foo:bar a="1"/>'
    text = manifest(version=version, item=item).replace("<manifest", '<manifest xsi:schemaLocation="a b"')
    reading = read(path, text.replace("xmlns:adlcp=", "xmlns:other="))
    found = package(reading)
    assert (found.edition, found.resources[0].scorm_type) == (version, ResourceType.SCO)
    complaint = "imsmanifest.xml:2:1: warning: the prefix “{}:” is declared nowhere"
    assert said(reading, path) == [complaint.format(prefix) for prefix in ("adlcp", "foo", "xsi")]


def test_a_fault_behind_a_prefix_that_nothing_declares(path: Path) -> None:
    text = manifest().replace("xmlns:adlcp", "xmlns:other").replace("</resources>", "")
    assert "not well-formed XML: mismatched tag" in only(read(path, text), path)


SECOND = (
    '<organizations default="{default}"><organization identifier="O"><title>Whole</title>'
    '<item identifier="I" identifierref="R"><title>One</title></item></organization>'
    '<organization identifier="P"><title>Spare</title>{spare}</organization></organizations>'
)
SPARES = [
    ("", "the organization has no item"),
    (ITEM.format("J", "R") * 2, "the identifier “J” is used more than once"),
    (ITEM.format("J", "Q"), "the item's identifierref “Q” is no resource of this package"),
    (ITEM.format("", "R"), "a <item> has no identifier"),
    (ITEM.format("J", "S"), "“gone.html”, of the resource “S”, is not in the package"),
]


@pytest.mark.parametrize(("spare", "sentence"), SPARES)
def test_an_organization_that_is_not_played_is_only_warned_of(path: Path, spare: str, sentence: str) -> None:
    more = '<resource identifier="S" type="t" adlcp:scormtype="sco" href="gone.html"/></resources>'
    whole = manifest(organizations=SECOND.format(default="O", spare=spare))
    reading = read(path, whole.replace("</resources>", more))
    assert package(reading).organization.identifier == "O"
    assert any(f"warning: {sentence}" in one for one in said(reading, path))
    played = read(path, whole.replace("</resources>", more).replace('default="O"', 'default="P"'))
    assert any(f"error: {sentence}" in one for one in said(played, path)), said(played, path)


@pytest.mark.parametrize(
    ("score", "read_as", "hint"),
    [
        ("80%", 80, "we go on as if it said “80”"),
        ("66.5 %", 66.5, "we go on as if it said “66.5”"),
        ("120%", None, "we leave it out"),
        ("high", None, "we leave it out"),
    ],
)
def test_a_mastery_score_that_is_no_number(path: Path, score: str, read_as: float, hint: str) -> None:
    item = f"<title>One</title><adlcp:masteryscore>{score}</adlcp:masteryscore>"
    reading = read(path, manifest(item=item))
    assert package(reading).organization.items[0].mastery_score == read_as
    assert reading.problems[0].hint == hint
    assert f"“{score}” in <adlcp:masteryscore> should be a number from 0 to 100" in only(reading, path)


@pytest.mark.parametrize("name", [b"\0evil.html", b"evil.html\0.txt"])
def test_a_name_that_hides_behind_a_zero_byte_is_refused(path: Path, name: bytes) -> None:
    """Python's zipfile cuts a name there, and has had trouble with what is left of the first."""
    path.write_bytes(raw({b"imsmanifest.xml": manifest().encode(), b"index.html": PAGE, name: b""}))
    is_refused(path, "control characters")


def test_an_entry_without_a_name_is_no_file(path: Path) -> None:
    path.write_bytes(raw({b"imsmanifest.xml": manifest().encode(), b"index.html": PAGE, b"": b""}))
    assert not read_package(path).errors
