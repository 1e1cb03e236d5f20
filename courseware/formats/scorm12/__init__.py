"""SCORM 1.2, of 2001: most LMSs import it."""

from __future__ import annotations

from pathlib import Path

from courseware.formats.format import Format, Limits, ManifestFormat
from courseware.formats.scorm12.manifest import read, write
from courseware.formats.scorm12.organization import arrange
from courseware.package import Standard

FORMAT = Format(
    name="scorm12",
    title="SCORM 1.2",
    script=Path(__file__).with_name("standard.js"),
    # RTE 1.2, 3.4.4: CMIString4096, CMIString255; CAM 1.2, 2.3.2: the least lengths of titles and versions
    limits=Limits(
        suspend_data=4096, response=255, title=200, version=20, prerequisites=200, whole_pass_mark=True
    ),
    manifest=ManifestFormat(
        standard=Standard.SCORM_12,
        edition="1.2",
        versions=("1.2",),
        vocabulary="adlcp_rootv1p2",
        scorm_type="scormtype",
        write=write,
        read=read,
        arrange=arrange,
        has_sequencing=False,
    ),
)
