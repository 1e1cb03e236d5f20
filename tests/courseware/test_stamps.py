"""What has not changed is not built again, and everything that matters is a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from courseware.options import BuildOptions
from courseware.stamps import Stamp, build_changed
from tests.courseware.authoring import TODAY, Author


def built(author: Author, options: BuildOptions) -> Stamp:
    (stamp,) = build_changed([author.course], options)
    return stamp


def test_the_second_build_writes_nothing_and_says_the_same(author: Author) -> None:
    author.change("course/course.yaml", "minutes: 12", "minutes: 8")
    options = author.options()
    first = built(author, options)
    times = [path.stat().st_mtime_ns for path in first.packages]
    second = built(author, options)
    assert second == first
    assert [path.stat().st_mtime_ns for path in second.packages] == times
    assert [warning.message for warning in second.warnings] == [
        "the lessons take 10 minutes together, and the course says 8"
    ]


def test_a_warning_that_keeps_a_draft_is_the_same_the_second_time(author: Author) -> None:
    author.change("law/school.yaml", "    checked: 2026-11-01\n", "")
    first = built(author, author.options())
    assert {(warning.keeps_draft, warning.laws) for warning in first.warnings} == {(True, ("ea-2002",))}
    assert built(author, author.options()) == first


def remove_package(author: Author) -> None:
    next((author.project / "packages").glob("*.zip")).unlink()


def touch_package(author: Author) -> None:
    with next((author.project / "packages").glob("*.zip")).open("ab") as package:
        package.write(b"x")


def spoil_stamp(author: Author) -> None:
    for path in (author.project / "packages" / ".built").iterdir():
        path.write_text("{", encoding="utf-8")


CHANGES: dict[str, Callable[[Author], None]] = {
    "a lesson": lambda author: author.change("course/lessons/visitors.yaml", "They wait", "They stay"),
    "a picture": lambda author: author.change("course/media/gate.svg", "60", "61"),
    "a law": lambda author: author.change("law/school.yaml", "What to do", "What is done"),
    "the catalogue": lambda author: author.change("catalogue.yaml", "Lower", "Upper"),
    "a package gone": remove_package,
    "a package spoilt": touch_package,
    "a stamp spoilt": spoil_stamp,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_built(author: Author, change: Callable[[Author], None]) -> None:
    options = author.options(formats=("scorm12",))
    (package,) = built(author, options).packages
    change(author)
    before = package.stat().st_mtime_ns if package.exists() else 0
    built(author, options)
    assert package.stat().st_mtime_ns > before


def test_another_day_or_format_or_variant_is_another_build(author: Author) -> None:
    options = author.options(formats=("scorm12",))
    (package,) = built(author, options).packages
    before = package.stat().st_mtime_ns
    built(author, author.options(formats=("scorm12",), today=TODAY + timedelta(days=1)))
    assert package.stat().st_mtime_ns > before
    assert [path.name for path in built(author, author.options(formats=("scorm2004",))).packages] == [
        "gate-duty.scorm2004.zip"
    ]
    assert [path.name for path in built(author, author.options(variant={"audience": "staff"})).packages] == [
        "gate-duty-staff.scorm12.zip",
        "gate-duty-staff.scorm2004.zip",
    ]


def test_force_builds_what_has_not_changed(author: Author) -> None:
    options = author.options(formats=("scorm12",))
    (package,) = built(author, options).packages
    before = package.stat().st_mtime_ns
    build_changed([author.course], options, force=True)
    assert package.stat().st_mtime_ns > before


def test_a_failed_build_leaves_no_stamp(author: Author, tmp_path: Path) -> None:
    author.change("course/course.yaml", "pass: 80%", "pass: 0%")
    for _ in range(2):
        with pytest.raises(Exception, match="nobody can be judged"):
            built(author, author.options(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()
