"""`courseware new`: what it writes is a course that checks and builds, whatever its title."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware.cli import main


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Gate Duty", "gate-duty"),
        (' Say "no": what #4 & {others} mean \\ do', "say-no-what-4-others-mean-do"),
        ("Économie", "economie"),
    ],
)
def test_a_new_course_builds_as_it_is(
    title: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    made = run(main, ["new", title])
    assert made.stdout.splitlines() == [
        f"{name}/{file}" for file in ("course.yaml", "lessons/first-lesson.yaml", "quizzes/final.yaml")
    ]
    built = run(main, ["build", name, "--format", "scorm12"])
    assert (built.exit_code, built.stdout) == (0, f"packages/{name}.scorm12.zip\n")
    assert built.stderr.count("warning") == 1, "that nobody has reviewed it"
    again = run(main, ["new", title])
    assert again.exit_code == 1
    assert f"{name}:1:1: error: the folder is there already" in again.stderr


def test_a_title_without_letters_for_an_id_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = CliRunner().invoke(main, ["new", "日本"])
    assert refused.exit_code == 1
    assert "“日本” has no letters for the course's id" in refused.stderr
    assert not list(tmp_path.iterdir())
