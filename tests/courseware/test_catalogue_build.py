"""Many courses at once: one that fails leaves the others, and its own old packages, alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courseware.catalogue_build import FEWEST
from courseware.cli import main
from courseware.stamps import SomeFailedError, build_changed
from tests.courseware.authoring import Author

NUMBER = FEWEST + 1  # enough for other processes


@pytest.fixture
def courses(author: Author) -> list[Path]:
    """Copies of Gate Duty, each with an id of its own."""
    made = []
    for n in range(NUMBER):
        folder = shutil.copytree(author.course, author.project / f"course-{n}")
        author.change(f"course-{n}/course.yaml", "id: gate-duty", f"id: gate-{n}")
        made.append(folder)
    return made


def names(author: Author) -> list[str]:
    return sorted(path.name for path in author.options().out.iterdir() if path.is_file())


def test_a_course_with_an_error_leaves_the_others_alone(author: Author, courses: list[Path]) -> None:
    options = author.options(formats=("scorm12",))
    first = build_changed(courses, options)
    assert names(author) == [f"gate-{n}.scorm12.zip" for n in range(NUMBER)]
    (old,) = first[1].packages
    before = old.read_bytes()
    for n in range(NUMBER):
        author.change(f"course-{n}/lessons/visitors.yaml", "They wait", "They stay")
    author.change("course-1/course.yaml", "pass: 80%", "pass: 0%")
    with pytest.raises(SomeFailedError, match="nobody can be judged") as raised:
        build_changed(courses, options)
    assert len(raised.value.built) == NUMBER - 1
    assert old.read_bytes() == before
    assert names(author) == [f"gate-{n}.scorm12.zip" for n in range(NUMBER)]
    author.change("course-1/course.yaml", "pass: 0%", "pass: 80%")
    times = {path: path.stat().st_mtime_ns for one in raised.value.built for path in one.packages}
    build_changed(courses, options)
    assert old.read_bytes() != before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_of_two_courses_of_one_id_none_is_written(author: Author, courses: list[Path]) -> None:
    author.change("course-1/course.yaml", "id: gate-1", "id: gate-0")
    with pytest.raises(SomeFailedError) as raised:
        build_changed(courses, author.options(formats=("scorm12",)))
    assert [problem.place.file.split("/")[-2] for problem in raised.value.problems] == [
        "course-0",
        "course-1",
    ]
    assert {problem.message for problem in raised.value.problems} == {
        "the id “gate-0” is also that of another course"
    }
    assert names(author) == [f"gate-{n}.scorm12.zip" for n in range(2, NUMBER)]


def test_other_processes_write_the_same_bytes(author: Author, courses: list[Path], tmp_path: Path) -> None:
    together = build_changed(courses, author.options(formats=("scorm2004",)))
    for folder, one in zip(courses, together, strict=True):
        (alone,) = build_changed([folder], author.options(formats=("scorm2004",), out=tmp_path / "alone"))
        assert alone.packages[0].read_bytes() == one.packages[0].read_bytes()
        assert alone.warnings == one.warnings


def test_the_command_prints_what_was_built_and_says_that_something_failed(
    author: Author, courses: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    author.change("course-2/course.yaml", "pass: 80%", "pass: 0%")
    out = author.options().out
    with pytest.raises(SystemExit) as ended:
        main(["build", *map(str, courses), "--format", "scorm12", "--out", str(out)])
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [f"{out}/gate-{n}.scorm12.zip" for n in range(NUMBER) if n != 2]
    assert "nobody can be judged by a pass mark of 0%" in told.err


def test_laws_that_nobody_has_compared_are_one_warning_of_all_courses(
    author: Author, courses: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = author.options().out
    author.change("law/school.yaml", "    checked: 2026-11-01\n", "")
    author.change("course-0/course.yaml", "course: Gate Duty", "course: Gate Duty for Visitors")
    cited = "cited in “Gate Duty” and “Gate Duty for Visitors”"
    for command in (["build", "--out", str(out)], ["build", "--out", str(out)], ["check"]):
        with pytest.raises(SystemExit):
            main([command[0], *map(str, courses), *command[1:]])
        told = [line for line in capsys.readouterr().err.splitlines() if "compared" in line]
        assert [line.partition("warning: ")[2] for line in told] == [
            f"nobody has compared “ea-2002” with the source yet, {cited}"
        ]
