"""Small packages, made in the test that needs them: by somebody else, where they are not called ours."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from courseware.formats import MANIFESTS
from courseware.package import (
    DeliveryControls,
    Item,
    Metadata,
    Organization,
    Package,
    Part,
    Provenance,
    Resource,
    ResourceType,
    SchoolContact,
    Sequencing,
)

HEAD_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1.2" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"""
HEAD_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>"""
FLOW = '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>'
PAGE = "<!doctype html><title>A page</title>"


def scorm_12(items: int = 1, title: str = "Fire Safety", mastery: str = "") -> str:
    """A manifest of SCORM 1.2 with that many SCOs, `i1`, `i2` and so on."""
    return _manifest(HEAD_12, "scormtype", items, title, mastery, "")


def scorm_2004(items: int = 1, title: str = "Fire Safety", sequencing: str = FLOW) -> str:
    """A manifest of SCORM 2004 with that many SCOs."""
    return _manifest(HEAD_2004, "scormType", items, title, "", sequencing)


def ours_12() -> str:
    """A manifest of SCORM 1.2 that says that we have compiled it: the course `gate-duty`."""
    return ours("scorm12")


def ours(
    form: str,
    tries: int = 0,
    status: str = "",
    contacts: tuple[SchoolContact, ...] = (),
    variant: str = "",
    parts: tuple[Part, ...] = (),
    course: str = "gate-duty",
    refresher_of: str = "",
) -> str:
    """The same in any format, with final questions that may be handed in so often; a draft or reviewed; the
    contacts that it asks a school for; the variant that it is; and the course that it refreshes."""
    says_itself = DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)
    sequencing = Sequencing() if form == "scorm12" else Sequencing(delivery_controls=says_itself)
    made = Package(
        MANIFESTS[form].standard,
        MANIFESTS[form].edition,
        "gate",
        metadata=Metadata("Gate Duty"),
        organizations=(
            Organization("o", "Gate Duty", (Item("i", "Gate Duty", "r", sequencing=sequencing),)),
        ),
        default_organization="o",
        resources=(Resource("r", ResourceType.SCO, "p1.html", ("p1.html",)),),
        provenance=Provenance(
            course,
            "1",
            variant,
            refresher_of=refresher_of,
            parts=((Part("final_questions", "Final", 5, tries),) if tries else ()) + parts,
            status=status,
            contacts=contacts,
        ),
    )
    return MANIFESTS[form].write(made).decode()


def limited_2004(attempts: int) -> str:
    """A manifest of SCORM 2004 whose second SCO may be attempted so often only."""
    limit = f'<imsss:sequencing><imsss:limitConditions attemptLimit="{attempts}"/></imsss:sequencing>'
    return scorm_2004(2, "First Aid").replace("<title>Part 2</title>", f"<title>Part 2</title>{limit}")


def _manifest(head: str, attribute: str, items: int, title: str, mastery: str, sequencing: str) -> str:
    score = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if mastery else ""
    listed = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Part {n}</title>{score}</item>'
        for n in range(1, items + 1)
    )
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:{attribute}="sco" href="p{n}.html">'
        f'<file href="p{n}.html"/></resource>'
        for n in range(1, items + 1)
    )
    return (
        f'{head}<organizations default="O"><organization identifier="O"><title>{title}</title>{listed}'
        f"{sequencing}</organization></organizations><resources>{resources}</resources></manifest>"
    )


def package(path: Path, manifest: str, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The zip of a manifest, a page for each SCO and other files: the same bytes at any time of day."""
    pages = {f"p{n}.html": PAGE for n in range(1, 10) if f'href="p{n}.html"' in manifest}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"imsmanifest.xml": manifest, **pages, **(files or {})}.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return path
