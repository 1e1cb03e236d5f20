"""The manifest of SCORM 1.2, written and read (ADL SCORM CAM 1.2, 2.3)."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.formats.attributes import decimal
from courseware.formats.lom import IMS_MD, write_metadata
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import Element, serialise
from courseware.formats.packaging import (
    Additions,
    package_of,
    write_organizations,
    write_resources,
)
from courseware.package import Item, Organization, Package, Standard

NAMESPACES = {
    "cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "md": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}
LOCATIONS = {
    "cp": "imscp_rootv1p1p2.xsd",
    "md": "imsmd_rootv1p2p1.xsd",
    "adlcp": "adlcp_rootv1p2.xsd",
}


def write(package: Package) -> bytes:
    """The bytes of imsmanifest.xml."""
    root = Element("cp:manifest", {"identifier": package.identifier})
    if package.version:
        root.attributes["version"] = package.version
    metadata = root.add("cp:metadata")
    metadata.add("cp:schema", "ADL SCORM")
    metadata.add("cp:schemaversion", "1.2")
    write_metadata(metadata, package.metadata, package.provenance, IMS_MD)
    write_organizations(root, package, ADDITIONS)
    write_resources(root, package, ADDITIONS)
    return serialise(root, NAMESPACES, LOCATIONS)


def read(reader: ManifestReader, root: Element, edition: str) -> Package:
    """The package that a SCORM 1.2 manifest describes."""
    return package_of(Standard.SCORM_12, edition, reader, root, ADDITIONS, IMS_MD)


def _read_item(reader: ManifestReader, element: Element, item: Item) -> Item:
    mastery = reader.child(element, "adlcp:masteryscore")
    prerequisites = reader.child(element, "adlcp:prerequisites")
    if prerequisites is not None:
        prerequisites.get("type")
    launch_data = reader.child(element, "adlcp:datafromlms")
    return replace(
        item,
        mastery_score=None if mastery is None else reader.content_number(mastery, None, 0, 100),
        max_time_allowed=_words(reader, element, "adlcp:maxtimeallowed"),
        time_limit_action=_words(reader, element, "adlcp:timelimitaction"),
        prerequisites=_words(reader, element, "adlcp:prerequisites"),
        launch_data=launch_data.text if launch_data is not None else "",
    )


def _words(reader: ManifestReader, element: Element, name: str) -> str:
    child = reader.child(element, name)
    return child.words() if child is not None else ""


def _write_item(element: Element, item: Item) -> None:
    if item.prerequisites:
        element.add("adlcp:prerequisites", item.prerequisites, type="aicc_script")
    if item.max_time_allowed:
        element.add("adlcp:maxtimeallowed", item.max_time_allowed)
    if item.time_limit_action:
        element.add("adlcp:timelimitaction", item.time_limit_action)
    if item.launch_data:
        element.add("adlcp:datafromlms", item.launch_data)
    if item.mastery_score is not None:
        score = item.mastery_score
        element.add("adlcp:masteryscore", str(int(score)) if score.is_integer() else decimal(score))


def _read_organization(
    _reader: ManifestReader, _element: Element, organization: Organization
) -> Organization:
    return organization


def _write_organization(_element: Element, _organization: Organization) -> None:
    """SCORM 1.2 adds nothing to an organization."""


ADDITIONS = Additions("scormtype", _read_item, _write_item, _read_organization, _write_organization)
