"""Packages as other people's tools make them, right and wrong, for the tests of whoever reads packages."""

from __future__ import annotations

import zipfile
from pathlib import Path

PAGE = b"<!DOCTYPE html><title>Page</title>"
NAMESPACES = {
    "1.2": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ),
    "2004 4th Edition": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss" '
        'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"'
    ),
}


def manifest(
    *,
    version: str = "1.2",
    stated: str | None = None,
    head: str = "",
    organizations: str | None = None,
    item: str = "<title>One</title>",
    resources: str | None = None,
    href: str = "index.html",
    more: str = "",
) -> str:
    """A manifest of one item, any part of which a test may replace; it is written on known lines."""
    scorm_type = "scormtype" if version == "1.2" else "scormType"
    stated = version if stated is None else stated
    organizations = organizations or (
        f'<organizations default="O">\n<organization identifier="O"><title>Whole</title>\n'
        f'<item identifier="I" identifierref="R">{item}</item>\n</organization>\n</organizations>'
    )
    resources = resources or (
        f'<resources>\n<resource identifier="R" type="webcontent" adlcp:{scorm_type}="sco" href="{href}">'
        f'<file href="{href}"/></resource>\n</resources>'
    )
    schemaversion = f"<schemaversion>{stated}</schemaversion>" if stated else ""
    return (
        f'<?xml version="1.0"?>{head}\n<manifest identifier="M" {NAMESPACES[version]}>\n'
        f"<metadata><schema>ADL SCORM</schema>{schemaversion}</metadata>\n"
        f"{organizations}\n{resources}\n{more}</manifest>\n"
    )


def pack(path: Path, files: dict[str, bytes | str]) -> Path:
    """A zip as Python's zipfile makes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return path
