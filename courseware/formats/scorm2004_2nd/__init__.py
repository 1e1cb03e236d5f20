"""SCORM 2004, 2nd Edition, of 2004; its manifest names the Content Aggregation Model, “CAM 1.3”."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from courseware.formats import scorm2004
from courseware.formats.format import Limits
from courseware.formats.scorm2004.manifest import threshold_as_text, write
from courseware.formats.scorm2004.organization import arrange

FORMAT = replace(
    scorm2004.FORMAT,
    name="scorm2004-2nd",
    title="SCORM 2004 2nd Edition",
    limits=Limits(suspend_data=4000, response=4000),  # RTE 1.3.1, 4.2.21: the least that an LMS keeps
    manifest=replace(
        scorm2004.MANIFEST,
        edition="2004 2nd Edition",
        versions=("cam 1.3", "1.3", "2004 1st edition", "2004 2nd edition"),
        write=partial(write, version="CAM 1.3", write_threshold=threshold_as_text),
        arrange=partial(arrange, weights=False),
    ),
)
