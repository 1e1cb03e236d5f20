"""The formats of packages, a folder each: to add one, add its folder and its name in `ALL`."""

from __future__ import annotations

from collections.abc import Mapping

from courseware.formats import scorm12, scorm2004, scorm2004_2nd, scorm2004_3rd, web
from courseware.formats.format import Format, ManifestFormat

ALL = (scorm12, scorm2004, scorm2004_3rd, scorm2004_2nd, web)
FORMATS: Mapping[str, Format] = {one.FORMAT.name: one.FORMAT for one in ALL}
MANIFESTS: Mapping[str, ManifestFormat] = {
    name: form.manifest for name, form in FORMATS.items() if form.manifest
}
