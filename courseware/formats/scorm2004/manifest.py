"""The manifest of SCORM 2004 in its 2nd, 3rd and 4th Edition, written and read (CAM 3.4 and 5.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from courseware.formats.attributes import attributes, decimal
from courseware.formats.lom import LOM, write_metadata
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import Element, serialise
from courseware.formats.packaging import (
    Additions,
    package_of,
    write_organizations,
    write_resources,
)
from courseware.formats.sequencing import merged, read_sequencing, write_sequencing
from courseware.package import (
    CompletionThreshold,
    Item,
    Organization,
    Package,
    Sequencing,
    SharedData,
    Standard,
    normalised,
)

NAMESPACES = {
    "cp": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
    "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
    "imsss": "http://www.imsglobal.org/xsd/imsss",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}
LOCATIONS = {
    "cp": "imscp_v1p1.xsd",
    "adlcp": "adlcp_v1p3.xsd",
    "adlseq": "adlseq_v1p3.xsd",
    "adlnav": "adlnav_v1p3.xsd",
    "imsss": "imsss_v1p0.xsd",
    "lom": "lom.xsd",
}
CONTROLS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
THRESHOLD = {
    "completed_by_measure": "completedByMeasure",
    "min_progress_measure": "minProgressMeasure",
    "progress_weight": "progressWeight",
}


WriteThreshold = Callable[[Element, CompletionThreshold], None]


def threshold_as_attributes(element: Element, threshold: CompletionThreshold) -> None:
    """The 4th Edition (CAM 5.1.2.1)."""
    if pairs := attributes(threshold, CompletionThreshold(), THRESHOLD):
        element.add("adlcp:completionThreshold", **pairs)


def threshold_as_text(element: Element, threshold: CompletionThreshold) -> None:
    """The editions before: the least progress measure, and no weights."""
    if threshold.completed_by_measure:
        element.add("adlcp:completionThreshold", decimal(threshold.min_progress_measure))


def write(
    package: Package,
    version: str = "2004 4th Edition",
    write_threshold: WriteThreshold = threshold_as_attributes,
) -> bytes:
    """The bytes of imsmanifest.xml; `version` is the edition as `schemaversion` says it."""
    additions = _additions({}, write_threshold)
    root = Element("cp:manifest", {"identifier": package.identifier})
    if package.version:
        root.attributes["version"] = package.version
    metadata = root.add("cp:metadata")
    metadata.add("cp:schema", "ADL SCORM")
    metadata.add("cp:schemaversion", version)
    write_metadata(metadata, package.metadata, package.provenance, LOM)
    write_organizations(root, package, additions)
    write_resources(root, package, additions)
    return serialise(root, NAMESPACES, LOCATIONS)


def read(reader: ManifestReader, root: Element, edition: str) -> Package:
    """The package that a SCORM 2004 manifest describes."""
    return package_of(Standard.SCORM_2004, edition, reader, root, _additions(_collection(root)), LOM)


def _collection(root: Element) -> dict[str, Element]:
    """The named definitions that items refer to (CAM 5.1.2)."""
    definitions = [
        one for holder in root.all("imsss:sequencingCollection") for one in holder.all("imsss:sequencing")
    ]
    for one in definitions:
        one.read_names.update(child.name for child in one.children)
        for child in one.children:
            child.ignore()
    return {normalised(one.get("ID") or ""): one for one in definitions}


def _additions(
    collection: dict[str, Element], write_threshold: WriteThreshold = threshold_as_attributes
) -> Additions:
    def sequencing(reader: ManifestReader, element: Element) -> Sequencing:
        definition = element.child("imsss:sequencing")
        if definition is None:
            return Sequencing()
        reference = reader.identifier(definition, "IDRef")
        if reference is not None and reference not in collection:
            hint = f"the sequencingCollection has {', '.join(sorted(collection)) or 'nothing'}"
            reader.error(definition, f"IDRef “{reference}” names no sequencing definition", hint)
        whole = merged(definition, collection)
        value = read_sequencing(reader, whole)
        definition.read_names |= whole.read_names
        return value

    def read_item(reader: ManifestReader, element: Element, item: Item) -> Item:
        launch_data = reader.child(element, "adlcp:dataFromLMS")
        action = reader.child(element, "adlcp:timeLimitAction")
        return replace(
            item,
            sequencing=sequencing(reader, element),
            completion_threshold=_threshold(reader, element),
            launch_data=launch_data.text if launch_data is not None else "",
            time_limit_action=action.words() if action is not None else "",
            shared_data=_shared_data(reader, element),
            hide_lms_ui=_hidden(reader, element),
        )

    def read_organization(
        reader: ManifestReader, element: Element, organization: Organization
    ) -> Organization:
        return replace(
            organization,
            sequencing=sequencing(reader, element),
            completion_threshold=_threshold(reader, element),
            objectives_global_to_system=reader.truth(element, "adlseq:objectivesGlobalToSystem", True),
            shared_data_global_to_system=reader.truth(element, "adlcp:sharedDataGlobalToSystem", True),
        )

    return Additions(
        "scormType",
        read_item,
        partial(_write_item, write_threshold),
        read_organization,
        partial(_write_organization, write_threshold),
    )


def _threshold(reader: ManifestReader, element: Element) -> CompletionThreshold:
    """The attributes of the 4th Edition, or the number that earlier editions had as the element's text."""
    threshold = reader.child(element, "adlcp:completionThreshold")
    if threshold is None:
        return CompletionThreshold()
    if threshold.words() and not threshold.attributes:
        return CompletionThreshold(True, reader.content_number(threshold, 1.0, 0, 1))
    return CompletionThreshold(
        completed_by_measure=reader.truth(threshold, "completedByMeasure", False),
        min_progress_measure=reader.number(threshold, "minProgressMeasure", 1.0, 0, 1),
        progress_weight=reader.number(threshold, "progressWeight", 1.0, 0, 1),
    )


def _shared_data(reader: ManifestReader, element: Element) -> tuple[SharedData, ...]:
    data = element.child("adlcp:data")
    maps = data.all("adlcp:map") if data is not None else []
    return tuple(
        SharedData(
            target=reader.identifier(one, "targetID") or "",
            read=reader.truth(one, "readSharedData", True),
            write=reader.truth(one, "writeSharedData", True),
        )
        for one in maps
    )


def _hidden(reader: ManifestReader, element: Element) -> frozenset[str]:
    presentation = element.child("adlnav:presentation")
    interface = presentation.child("adlnav:navigationInterface") if presentation is not None else None
    hidden = interface.all("adlnav:hideLMSUI") if interface is not None else []
    for one in hidden:
        if one.words() not in CONTROLS:
            hint = f"the controls are {', '.join(CONTROLS)}; we hide nothing for it"
            reader.warn(one, f"hideLMSUI “{one.words()}” is no control", hint)
    return frozenset(one.words() for one in hidden) & frozenset(CONTROLS)


def _write_item(write_threshold: WriteThreshold, element: Element, item: Item) -> None:
    if item.time_limit_action:
        element.add("adlcp:timeLimitAction", item.time_limit_action)
    if item.launch_data:
        element.add("adlcp:dataFromLMS", item.launch_data)
    write_threshold(element, item.completion_threshold)
    if item.shared_data:
        data = element.add("adlcp:data")
        for one in item.shared_data:
            permissions = {"readSharedData": str(one.read).lower(), "writeSharedData": str(one.write).lower()}
            data.add("adlcp:map", targetID=one.target, **permissions)
    write_sequencing(element, item.sequencing)
    if item.hide_lms_ui:
        interface = element.add("adlnav:presentation").add("adlnav:navigationInterface")
        for control in sorted(item.hide_lms_ui):
            interface.add("adlnav:hideLMSUI", control)


def _write_organization(
    write_threshold: WriteThreshold, element: Element, organization: Organization
) -> None:
    if not organization.objectives_global_to_system:
        element.attributes["adlseq:objectivesGlobalToSystem"] = "false"
    if not organization.shared_data_global_to_system:
        element.attributes["adlcp:sharedDataGlobalToSystem"] = "false"
    write_threshold(element, organization.completion_threshold)
    write_sequencing(element, organization.sequencing)
