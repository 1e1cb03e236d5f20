"""What compiling costs: Child Protection from source to zip, against zipping the same output."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.bench.process import in_turn, python
from tests.conftest import ROOT

COURSE = ROOT / "course_src" / "courses" / "child-protection"
BUILD = [sys.executable, "-m", "courseware", "build", str(COURSE), "--format", "scorm12", "--out"]
# What a build imports, all of it; from the command on without the search for garbage, as a build is.
IMPORTS = """
import gc, courseware.cli; gc.disable()
import runpy, courseware.stamps, courseware.build, courseware.rendering.templating, lxml.etree
gc.freeze()
"""
ZIP = """
import sys, zipfile, pathlib
source, target = sys.argv[1:]
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
    for path in sorted(p for p in pathlib.Path(source).rglob("*") if p.is_file()):
        made.write(path, path.relative_to(source).as_posix())
"""


def measure() -> dict[str, float]:
    """Wall seconds of a build; its work (CPU less that of starting and importing) as a ratio to zipping."""
    with tempfile.TemporaryDirectory() as folder:
        out, unpacked = Path(folder, "out"), Path(folder, "unpacked")
        subprocess.run([*BUILD, str(out)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        [package] = out.glob("*.zip")
        zipfile.ZipFile(package).extractall(unpacked)
        cost = in_turn(
            {
                "build": [*BUILD, str(out), "--force"],
                "imports": python(IMPORTS),
                "zip": python(ZIP, str(unpacked), str(Path(folder, "same.zip"))),
                "zip's start": python("import sys, zipfile, pathlib"),
            }
        )
    compiling = cost["build"].cpu - cost["imports"].cpu
    zipping = cost["zip"].cpu - cost["zip's start"].cpu
    return {
        "compile: wall s, source to zip": cost["build"].wall,
        "compile: CPU s less Python's and the imports' start": compiling,
        "compile: zipping the same output, CPU s less its start": zipping,
        "compile: ratio (bar 2)": compiling / zipping,
    }
