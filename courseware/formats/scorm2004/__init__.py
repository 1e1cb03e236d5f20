"""SCORM 2004, 4th Edition, of 2009. Earlier editions share its reader, its organization and its script."""

from __future__ import annotations

from pathlib import Path

from courseware.formats.format import Format, Limits, ManifestFormat
from courseware.formats.scorm2004.manifest import read, write
from courseware.formats.scorm2004.organization import arrange
from courseware.package import Standard

MANIFEST = ManifestFormat(
    standard=Standard.SCORM_2004,
    edition="2004 4th Edition",
    versions=("2004 4th edition",),
    vocabulary="adlcp_v1p3",
    scorm_type="scormType",
    write=write,
    read=read,
    arrange=arrange,
)
FORMAT = Format(
    name="scorm2004",
    title="SCORM 2004 4th Edition",
    script=Path(__file__).with_name("standard.js"),
    limits=Limits(suspend_data=64000, response=4000),  # RTE 4.2.21 and 4.2.9.1
    manifest=MANIFEST,
)
