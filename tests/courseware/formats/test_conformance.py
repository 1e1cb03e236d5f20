"""The 96 manifests of ADL's public suite: read whole, nothing in them passed over, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from courseware.formats.manifest import read_manifest
from courseware.formats.parsing import parse
from courseware.formats.scorm2004 import manifest as scorm2004
from courseware.package import Package, normalised

SHARED = Path(__file__).parents[4] / "shared"
MANIFESTS = sorted((SHARED / "conformance" / "manifests").glob("*.xml"))

pytestmark = pytest.mark.skipif(
    not MANIFESTS, reason="the suite's manifests (../shared/conformance) are not here"
)


def read(path: Path) -> Package:
    package, reader = read_manifest(path.read_bytes(), path.name)
    assert [str(problem) for problem in reader.problems] == []
    return package


def test_all_are_here() -> None:
    assert len(MANIFESTS) == 96


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_nothing_is_lost(path: Path) -> None:
    """No problem also means that no element and no attribute was left unread."""
    package = read(path)
    again, reader = read_manifest(scorm2004.write(package), path.name)
    assert again == package
    assert reader.problems == []


def test_what_is_written_again_is_valid() -> None:
    valid = etree.XMLSchema(etree.parse(SHARED / "xsd" / "scorm2004_4th.xsd"))
    for path in MANIFESTS:
        valid.assertValid(etree.fromstring(scorm2004.write(read(path))))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_counts(path: Path) -> None:
    """Counted in the text itself: an independent witness that every item and rule has arrived."""
    package = read(path)
    items = list(package.organization.walk())
    text = path.read_text(encoding="utf-8")
    assert len(items) == text.count("<item ")
    assert sum(len(item.hide_lms_ui) for item in items) == len(hidden(path))
    assert sum(len(item.shared_data) for item in items) == text.count("<adlcp:map ")
    names = {normalised(item.identifier) for item in items}
    assert names == {item.identifier for item in items}


def hidden(path: Path) -> set[tuple[str, str]]:
    """Each control once an item."""
    document = etree.parse(path)
    words = document.iter("{http://www.adlnet.org/xsd/adlnav_v1p3}hideLMSUI")
    return {(document.getpath(one).rpartition("/")[0], (one.text or "").strip()) for one in words}


def test_a_definition_by_reference_keeps_what_stands_beside_it() -> None:
    """CAM 5.1.1: RU-08a takes its rules from itself and all else from the collection."""
    text = (SHARED / "conformance/manifests/LMSTestPackage_RU-08a.xml").read_bytes()
    before = parse(text, "a").child("imsss:sequencingCollection")
    assert before is not None
    package, _ = read_manifest(text, "a")
    referred = [item for item in package.organization.walk() if item.sequencing.rollup_rules]
    assert referred
