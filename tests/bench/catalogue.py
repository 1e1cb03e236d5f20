"""What a catalogue of 40 packages costs: cold, by one processor and by all, and unchanged."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tests.bench.process import in_turn, python
from tests.conftest import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "gate-duty"
COURSES = 20  # of two formats each
# The installed command, on as many processors as the first argument says.
COMMAND = """
import os, sys
number = int(sys.argv.pop(1))
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:number])
from courseware.cli import main
sys.exit(main())
"""


def measure() -> dict[str, float]:
    """Wall seconds, and ratios of the same run."""
    processors = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        courses = copies(Path(folder))
        order = ["build", *map(str, courses), "--out"]
        cost = in_turn(
            {
                "start": python(COMMAND, "1", "--version"),
                "unchanged": python(COMMAND, str(processors), *order, f"{folder}/kept"),
                "one": python(COMMAND, "1", *order, f"{folder}/one", "--force"),
                "all": python(COMMAND, str(processors), *order, f"{folder}/all", "--force"),
            },
            runs=5,
        )
    return {
        "catalogue of 40: wall s, unchanged (bar 0.3)": cost["unchanged"].wall,
        "catalogue of 40: unchanged, ratio to the command's start": cost["unchanged"].wall
        / cost["start"].wall,
        "catalogue of 40: wall s, cold": cost["all"].wall,
        f"catalogue of 40: cold, one processor to {processors}, ratio": cost["one"].wall / cost["all"].wall,
        "catalogue of 40: cold to unchanged, ratio": cost["all"].wall / cost["unchanged"].wall,
    }


def copies(folder: Path) -> list[Path]:
    """Gate Duty again and again, each with an id of its own."""
    shutil.copytree(FIXTURE, folder, dirs_exist_ok=True)
    made = []
    for number in range(COURSES):
        course = shutil.copytree(folder / "course", folder / f"course-{number}")
        file = course / "course.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("id: gate-duty", f"id: gate-{number}"), encoding="utf-8")
        made.append(course)
    return made
