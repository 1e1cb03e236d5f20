"""A format is known by its folder alone: the rest of the compiler asks it."""

from __future__ import annotations

import re

from courseware.formats import FORMATS, MANIFESTS
from courseware.rendering.scripts import ANSWERS
from tests.conftest import ROOT

BY_DEFAULT = {"options.py"}  # the formats that `build` makes where none is named
NAMED = re.compile(r"""["'](?:scorm12|scorm2004|web)\b|Standard\.SCORM""")


def test_no_module_outside_its_folder_names_a_format() -> None:
    folder = ROOT / "courseware"
    outside = (path for path in folder.rglob("*.py") if path.relative_to(folder).parts[0] != "formats")
    naming = {path.name for path in outside if NAMED.search(path.read_text(encoding="utf-8"))}
    assert naming == BY_DEFAULT


def test_the_script_and_the_limits_agree_on_the_longest_response() -> None:
    for form in (FORMATS[name] for name in MANIFESTS):
        script = form.script.with_name(ANSWERS).read_text(encoding="utf-8")
        (longest,) = re.findall(r"\blongest: ([0-9]+)", script)
        assert form.limits.response == int(longest), form.name
