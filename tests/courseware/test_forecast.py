"""`check --on DAY` on the law behind courses, and `check` on the days on which they change."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.cli import main
from tests.courseware.authoring import Author, Mistake, mistakes

LAW, VISITORS, GATE = "law/school.yaml", "course/lessons/visitors.yaml", "course/lessons/at-the-gate.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def told(author: Author, day: str = "2027-09-01") -> list[str]:
    """The sentences of the report, without headings, places and the count of problems."""
    result = run("check", author.course, "--on", day)
    assert result.exit_code == 0, result.stderr
    return [line.strip() for line in result.stdout.splitlines() if re.match(r"  \S", line)]


MUST = """\
  - must: The governing body makes arrangements to keep pupils safe.
    by: ea-2002 s175
    for: governors
"""


@pytest.mark.parametrize("case", mistakes("forecast"), ids=str)
def test_the_law_of_a_day_to_come(author: Author, case: Mistake) -> None:
    author.change(GATE, MUST, "")
    assert told(author) == []
    author.change(case.file, case.before, case.after)
    assert told(author) == case.said


def test_a_yearly_edition_is_expected_by_its_day(author: Author) -> None:
    author.change(LAW, "  visitors:", "  kcsie-2026:")
    author.change(
        LAW, "title: Visitors to our school", 'title: Keeping children safe in education\n    edition: "2026"'
    )
    for file in (GATE, GATE, VISITORS):
        author.change(file, "visitors p", "kcsie-2026 p")
    assert told(author, "2027-08-31") == []
    (said,) = told(author)
    assert said.endswith("safe in education 2026, of which a new edition usually begins on 2027-09-01")
    result = run("check", author.course, "--on", "2027-09-01").stdout
    assert "gate-duty: 3 places\n" in result
    assert re.search(r"course/lessons/at-the-gate\.yaml:9:40, 20:9\n", result)


def test_what_the_edition_of_the_day_does_not_cite_is_not_told(author: Author) -> None:
    author.change(LAW, "    checked: 2026-11-01\n    provisions:\n      p1", "    provisions:\n      p1")
    assert len(told(author)) == 1
    author.change(GATE, "by: visitors p1", "by: visitors p1\n    until: 2027-03-31")
    author.change(GATE, "[[visitors p1]]", "[[visitors p1, until 2027-03-31]]")
    author.change(VISITORS, "[[visitors p2]]", "[[visitors p2, until 2027-03-31]]")
    assert told(author) == ["gate-duty changes on 2027-04-01: 3 parts end"]


def test_check_says_on_which_days_a_course_changes(author: Author) -> None:
    assert run("check", author.course).stdout == "no errors, no warnings\n"
    author.change(VISITORS, "  - contact: office", "  - contact: office\n    until: 2027-03-31")
    author.change(
        GATE,
        "  - callout:",
        "  - text: Badges.\n    from: 2027-04-01\n  - text: Old.\n    from: 2026-01-01\n  - callout:",
    )
    author.change(GATE, "[[visitors p1]]", "[[visitors p1, from 2027-01-15]]")
    assert run("check", author.course).stdout.splitlines() == [
        "gate-duty changes on 2027-01-15: 1 part begins",
        "gate-duty changes on 2027-04-01: 1 part begins, 1 part ends",
        "no errors, no warnings",
    ]


def test_a_catalogue_is_all_its_courses(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in sorted(author.course.rglob("*.*")):
        author.write(f"more/other/{file.relative_to(author.course)}", file.read_bytes())
    author.change("more/other/course.yaml", "id: gate-duty", "id: other")
    author.change(LAW, "in force from: 2004-06-01", "in force from: 2004-06-01, in force until: 2027-01-31")
    asked = run("check", author.project, "--on", "2027-09-01", "--json")
    monkeypatch.chdir(author.project)
    here = run("check", "--on", "2027-09-01", "--json")
    assert (asked.exit_code, here.exit_code) == (0, 0)
    value = json.loads(here.stdout)
    assert value["on"] == "2027-09-01"
    (ends,) = [one for one in value["findings"] if one["kind"] == "ends"]
    assert [one["course"] for one in ends["courses"]] == ["gate-duty", "other"]
    assert ends["courses"][0]["places"][0] == {
        "file": "course/lessons/at-the-gate.yaml",
        "line": 12,
        "column": 22,
    }
    assert [(one["course"], one["day"]) for one in value["changes"]] == [
        ("gate-duty", "2027-02-01"), ("other", "2027-02-01"),
    ]  # fmt: skip
    assert json.loads(asked.stdout)["findings"][0]["kind"] == "ends"


def test_what_is_wrong_is_told_and_the_report_is_made_all_the_same(author: Author) -> None:
    author.change(VISITORS, "teaches: greet", "teaches: great")
    author.change(LAW, "in force from: 2004-06-01", "in force from: 2004-06-01, in force until: 2027-01-31")
    result = run("check", author.course, "--on", "2027-09-01")
    assert result.exit_code == 1
    assert "the course has no objective “great”" in result.stderr
    assert "which was in force until 2027-01-31" in result.stdout


def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    nothing = run("check", "--on", "2027-09-01")
    assert (nothing.exit_code, "there is no catalogue.yaml here" in nothing.stderr) == (2, True)
    no_day = run("check", tmp_path, "--on", "next September")
    assert (no_day.exit_code, "is no day" in no_day.stderr) == (2, True)
