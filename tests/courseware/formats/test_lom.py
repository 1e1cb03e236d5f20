"""Metadata as other people's packages have it."""

from __future__ import annotations

import pytest

from courseware.formats.lom import IMS_MD, LOM, read_metadata, seconds
from courseware.formats.parsing import parse

HEAD = (
    'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:lom="http://ltsc.ieee.org/xsd/LOM" '
    'xmlns:md="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"'
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("00:50:00", 3000),
        ("0001:00:30.5", 3630),
        ("PT50M", 3000),
        ("P1DT1H", 90_000),
        ("PT0S", 0),
        ("PT1.9S", 1),
        ("P1Y", 365 * 86400),
        ("P1YT1S", None),
        (f"P{'9' * 400}Y", None),
        ("fifty minutes", None),
        ("P", None),
        ("", None),
    ],
)
def test_durations_in_either_spelling(written: str, expected: int | None) -> None:
    assert seconds(written) == expected


def test_a_foreign_catalogue_entry_is_no_provenance() -> None:
    text = (
        f"<metadata {HEAD}><lom:lom><lom:general>"
        "<lom:identifier><lom:catalog>URI</lom:catalog><lom:entry>course=a</lom:entry></lom:identifier>"
        "<lom:identifier><lom:catalog>courseware</lom:catalog><lom:entry>course=a</lom:entry></lom:identifier>"
        "<lom:title><lom:string language='cy'>  Diogelu\n plant </lom:string></lom:title>"
        "<lom:language>none</lom:language></lom:general></lom:lom></metadata>"
    )
    metadata, provenance = read_metadata(parse(text.encode(), "m"), LOM)
    assert provenance is None
    assert (metadata.title, metadata.language, metadata.typical_learning_time) == ("Diogelu plant", "", None)


def test_nothing_is_nothing() -> None:
    metadata, provenance = read_metadata(parse(f"<metadata {HEAD}/>".encode(), "m"), IMS_MD)
    assert (metadata.title, provenance) == ("", None)
    assert read_metadata(None, IMS_MD) == (metadata, None)
