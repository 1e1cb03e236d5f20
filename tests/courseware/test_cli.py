"""The commands' contract: results on stdout, problems on stderr; 0 done, 1 wrong input, 2 wrong usage."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.cli import main
from tests.courseware.authoring import Author


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def searching() -> Iterator[None]:
    """Searches for garbage at nearly every step."""
    before = gc.get_threshold()
    gc.set_threshold(10)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("searching")
def test_a_build_ends_without_a_search_for_garbage_and_allows_the_next(author: Author, out: Path) -> None:
    before = gc.get_stats()[0]["collections"]
    run("build", author.course, "--out", out)
    searches = gc.get_stats()[0]["collections"] - before
    assert gc.isenabled()
    assert searches < 300  # those of the command around it; a build has a thousand of its own


def test_build_prints_the_path_of_each_package(author: Author, out: Path) -> None:
    result = run("build", author.course, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [f"{out}/gate-duty.{form}.zip" for form in ("scorm12", "scorm2004")]


def test_build_prints_problems_with_their_hints_and_fails(author: Author, out: Path) -> None:
    author.change("course/course.yaml", "minutes: 12", "minuts: 12")
    result = run("build", author.course, "--out", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{author.course}/course.yaml:7:1: error: “minuts:” is not a key of “course:”\n"
        "  hint: did you mean “minutes:”?\n"
    )


def test_a_warning_does_not_stop_a_build(author: Author, out: Path) -> None:
    author.change("course/course.yaml", "minutes: 12", "minutes: 8")
    result = run("build", author.course, "--out", out, "--format", "scorm12")
    assert result.exit_code == 0
    assert ": warning: the lessons take 10 minutes together" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_build_speaks_json(author: Author, out: Path) -> None:
    author.change("course/course.yaml", "minutes: 12", "minutes: 8")
    value = json.loads(run("build", author.course, "--out", out, "--format", "scorm12", "--json").stdout)
    assert value["packages"] == [f"{out}/gate-duty.scorm12.zip"]
    assert value["problems"] == [
        {
            "file": f"{author.course}/course.yaml",
            "line": 7,
            "column": 10,
            "severity": "warning",
            "message": "the lessons take 10 minutes together, and the course says 8",
            "hint": "change one of them",
        }
    ]


def test_build_speaks_json_of_a_failure_too(author: Author, out: Path) -> None:
    author.change("course/course.yaml", "pass: 80%", "pass: 0%")
    result = run("build", author.course, "--out", out, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["packages"] == []


def test_check_names_every_problem_and_counts_them(author: Author) -> None:
    author.change("course/course.yaml", "minutes: 12", "minutes: 8")
    author.change("course/course.yaml", "pass: 80%", "pass: 0%")
    result = run("check", author.course)
    assert (result.exit_code, result.stdout) == (1, "1 error, 1 warning\n")
    assert result.stderr.count("course.yaml:") == 2


def test_check_finds_nothing_wrong_and_writes_nothing(author: Author) -> None:
    result = run("check", author.course)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no errors, no warnings\n", "")
    assert not (author.project / "packages").exists()


def test_check_judges_packages_by_anyone(author: Author, out: Path) -> None:
    run("build", author.course, "--out", out, "--format", "scorm12")
    bad = out / "notes.zip"
    bad.write_text("not a zip", encoding="utf-8")
    assert run("check", out / "gate-duty.scorm12.zip").exit_code == 0
    result = run("check", bad, author.course, "--json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)
    assert problem["file"].endswith("notes.zip")


def test_check_of_one_file_names_the_folder(author: Author) -> None:
    result = run("check", author.course / "course.yaml")
    assert result.exit_code == 1
    assert "hint: name the folder that holds the course's course.yaml" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "no-such-folder"),
        ("build", ".", "--format", "scorm13"),
        ("build", ".", "--variant", "audience="),
        ("build", ".", "--variant", "governors", "--variant", "audience=staff"),
        ("build", ".", "--variant", "colour=red"),
        ("build", ".", "--variant", "audience=staff", "--variant", "audience=governors"),
        ("check",),
        ("knit",),
    ],
)
def test_wrong_usage_is_told_apart_from_wrong_input(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_without_a_course_is_wrong_input(tmp_path: Path) -> None:
    result = run("build", tmp_path)
    assert result.exit_code == 1
    assert "there is no course here" in result.stderr


def test_what_cannot_be_written_is_a_sentence(author: Author, out: Path) -> None:
    out.write_text("a file where the folder should be", encoding="utf-8")
    result = run("build", author.course, "--out", out / "in")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take UTF-8 names only")
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_any_terminal_and_any_folder_will_do(author: Author, out: Path, encoding: str) -> None:
    """JSON is ASCII, and a path is printed as the bytes that it is, whatever they mean."""
    folder = os.fsencode(out) + b"\xff"
    author.change("course/course.yaml", "minutes: 12", "minutes: 8")
    command = [sys.executable, "-m", "courseware", "build", str(author.course), "--out", os.fsdecode(folder)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    built = subprocess.run(command, env=environment, check=True, capture_output=True)
    assert built.stdout.splitlines()[0] == folder + b"/gate-duty.scorm12.zip"
    told = subprocess.run([*command, "--json"], env=environment, check=True, capture_output=True)
    value = json.loads(told.stdout)
    assert value["packages"][0] == os.fsdecode(folder) + "/gate-duty.scorm12.zip"
    assert value["problems"][0]["message"].startswith("the lessons take 10 minutes")


def test_a_build_imports_only_what_a_sound_course_needs(author: Author, out: Path) -> None:
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); import courseware.__main__"
    command = [sys.executable, "-c", code, "build", str(author.course), "--out", str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    modules = {*told.splitlines()[-1].split()}
    assert "courseware.render" in modules
    unneeded = {"authored.key_messages", "refreshing.deriving", "yaml12.syntax_errors", "schema"}
    assert {"difflib", "pydantic", *(f"courseware.{name}" for name in unneeded)}.isdisjoint(modules)


def test_the_command_starts_without_what_it_does_not_need() -> None:
    """An unchanged catalogue is answered before PyYAML, Jinja or lxml could be imported."""
    code = "import sys, courseware.cli, courseware.stamps; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert {"jinja2", "lxml", "yaml", "pyromark"}.isdisjoint(modules)
    assert not [name for name in modules if name.startswith("courseware.schema")]
