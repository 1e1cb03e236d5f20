"""SCORM 2004, 3rd Edition, of 2006."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from courseware.formats import scorm2004
from courseware.formats.scorm2004.manifest import threshold_as_text, write
from courseware.formats.scorm2004.organization import arrange

EDITION = "2004 3rd Edition"
FORMAT = replace(
    scorm2004.FORMAT,
    name="scorm2004-3rd",
    title=f"SCORM {EDITION}",
    manifest=replace(
        scorm2004.MANIFEST,
        edition=EDITION,
        versions=("2004 3rd edition",),
        write=partial(write, version=EDITION, write_threshold=threshold_as_text),
        arrange=partial(arrange, weights=False),
    ),
)
