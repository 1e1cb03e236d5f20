"""What compiling costs: Child Protection from source to zip, against zipping the same output."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.process import in_turn, python
from tests.conftest import ROOT

COURSE = ROOT / "course_src" / "courses" / "child-protection"
# As the installed command runs it: looking for a module to run, with -m, belongs to Python's start.
BUILD = python(
    "import sys; from courseware.cli import main; sys.exit(main())",
    "build",
    str(COURSE),
)
STAFF = ["--variant", "staff"]
# The command as it is, with all variants and formats; one variant in both formats; and one package alone.
ORDERS: dict[str, list[str]] = {
    "three variants": [],
    "one variant": STAFF,
    "one variant in SCORM 1.2": [*STAFF, "--format", "scorm12"],
}
BARS = {"three variants": " (bar 2.5)"}
# The start of a build, the same for every course: Python and all modules that a build imports; from the
# command on without the search for garbage, as a build is.
START = """
import gc, courseware.cli; gc.disable()
import courseware.stamps, courseware.catalogue_build, courseware.rendering.environment, lxml.etree
import courseware.journeys.soundness
gc.freeze()
"""
# Every folder of this one, each into a zip.
ZIP = """
import sys, zipfile, pathlib
folder = pathlib.Path(sys.argv[1])
for source in sorted(folder.iterdir()):
    with zipfile.ZipFile(f"{folder}.{source.name}.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            made.write(path, path.relative_to(source).as_posix())
"""
# The same by the compiler's own writer.
OURS = """
import sys, pathlib
from courseware.archive import write_archives
folder = pathlib.Path(sys.argv[1])
write_archives({
    pathlib.Path(f"{folder}.{source.name}.ours.zip"):
        {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    for source in folder.iterdir()
})
"""


# Prints the names of all modules at the end, whatever a command does.
WITH_MODULES = "import atexit, sys; atexit.register(lambda: print('modules', *sys.modules));"


def measure() -> dict[str, float]:
    """Wall seconds of a build; its work (CPU less that of its start) as a ratio to zipping."""
    with tempfile.TemporaryDirectory() as folder:
        check_start(Path(folder, "modules"))
        commands: dict[str, Sequence[str]] = {
            "start": python(START),
            "zip's start": python("import sys, zipfile, pathlib"),
            "our zip's start": python("import sys, pathlib, courseware.archive"),
        }
        for order, options in ORDERS.items():
            out = Path(folder, order)
            build = [*BUILD, *options, "--force", "--out", str(out)]
            files = str(unpacked(build, out))
            commands |= {
                f"build, {order}": build,
                f"zip, {order}": python(ZIP, files),
                f"our zip, {order}": python(OURS, files),
            }
        cost = in_turn(commands, runs=40)
    figures: dict[str, float] = {"compile: CPU s of the start (Python, imports)": cost["start"].cpu}
    for order in ORDERS:
        compiling = cost[f"build, {order}"].cpu - cost["start"].cpu
        zipping = cost[f"zip, {order}"].cpu - cost["zip's start"].cpu
        ours = cost[f"our zip, {order}"].cpu - cost["our zip's start"].cpu
        figures |= {
            f"compile, {order}: wall s, source to zip": cost[f"build, {order}"].wall,
            f"compile, {order}: CPU s less its start": compiling,
            f"compile, {order}: zipping the same output, CPU s less its start": zipping,
            f"compile, {order}: ratio{BARS.get(order, '')}": compiling / zipping,
            f"compile, {order}: our zip alone, ratio": ours / zipping,
        }
    return figures


def check_start(out: Path) -> None:
    """Raises where a build imports what its start does not: that would count as its work."""
    start, build = python(WITH_MODULES + START), [*BUILD, "--force", "--out", str(out)]
    build[2] = WITH_MODULES + build[2]
    missing = modules(build) - modules(start)
    if missing:
        raise AssertionError(f"START lacks what a build imports: {', '.join(sorted(missing))}")


def modules(command: list[str]) -> set[str]:
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return set(told.rpartition("modules ")[2].split())


def unpacked(build: list[str], out: Path) -> Path:
    """What a build makes, a folder a package."""
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    files = out / "files"
    for package in out.glob("*.zip"):
        zipfile.ZipFile(package).extractall(files / package.stem)
    return files
