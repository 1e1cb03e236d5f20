"""The text of a manifest, and which SCORM it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.package import ResourceType
from tests.courseware.packing import manifest
from tests.courseware.reading.telling import SCORM_12, SCORM_2004, only, package, read, said


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
        (
            b'<?xml version="1.0" encoding="punycode"?><manifest/>',
            "1:1: error: the encoding “punycode” is not known",
        ),
        (
            b'<?xml version="1.0" encoding="unicode_escape"?><manifest/>',
            "1:1: error: the encoding “unicode_escape” is not known",
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
        (b"<a>" * 300, "1:271: error: elements are nested more than 90 deep"),
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


@pytest.mark.parametrize("name", ["utf-16", "UTF-16", "unicode"])
def test_a_declaration_that_can_be_read_byte_by_byte_is_in_no_utf_16(path: Path, name: str) -> None:
    """Programs that put a text together in UTF-16 say so, and then save it in UTF-8."""
    text = manifest(item="<title>Café</title>").replace("?>", f' encoding="{name}"?>', 1)
    (item,) = package(read(path, text.encode())).organization.items
    assert item.title == "Café"


def test_half_a_character_is_one_that_cannot_be_shown(path: Path) -> None:
    """Some encodings can write a surrogate without its other half; XML has no such character."""
    text = manifest(item="<title>Half \ud83d</title>").replace("?>", ' encoding="utf-7"?>', 1)
    (item,) = package(read(path, text.encode("utf-7"))).organization.items
    assert item.title == "Half ?"


def test_prefixes_that_are_declared_mean_what_they_say_beside_one_that_is_not(path: Path) -> None:
    inside = (
        '<title>One</title><x:sequencing xmlns:x="http://www.imsglobal.org/xsd/imsss">'
        '<x:deliveryControls xmlns:y="urn:elsewhere" tracked="false"/></x:sequencing>'
        "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>exit</adlnav:hideLMSUI>"
        "</adlnav:navigationInterface></adlnav:presentation>"
    )
    undeclared = ' xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    text = manifest(version=SCORM_2004, item=inside).replace(undeclared, "")
    (item,) = package(read(path, text)).organization.items
    assert not item.sequencing.delivery_controls.tracked
    assert item.hide_lms_ui == {"exit"}


def test_a_harmless_document_type_is_passed_over(path: Path) -> None:
    package(read(path, manifest(head='<!DOCTYPE manifest SYSTEM "http://example.invalid/x.dtd">')))


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
