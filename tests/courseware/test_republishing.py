"""`check COURSE --against OLD.zip`: what somebody half-way in the old package would lose, as sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.build import build
from courseware.cli import main
from courseware.errors import CoursewareError
from courseware.republishing import losses
from tests.courseware.authoring import Author

CASES = [
    ("course/course.yaml", "edition: 2026.1", "edition: 2026.2", []),
    (
        "course/course.yaml",
        "course: Gate Duty",
        "course: Gate Duties",
        ["course.yaml:1: the edition is “2026.1”, as in gate-duty.scorm2004.zip, and the course is another"],
    ),
    (
        "course/lessons/at-the-gate.yaml",
        "ask: A ball rolls",
        "ask: A big ball rolls",
        ["at-the-gate.yaml:28: the words of “ball” have changed: answers to it are dropped"],
    ),
    (
        "course/lessons/at-the-gate.yaml",
        "- check: ball",
        "- check: the-ball",
        ["at-the-gate.yaml:28: the question “ball” is called “the-ball” now: answers to it are dropped"],
    ),
    (
        "course/lessons/at-the-gate.yaml",
        "page: If somebody runs",
        "page: If a child runs",
        [
            "at-the-gate.yaml:0: the page “If a child runs” of “At the gate” is new",
            "at-the-gate.yaml:0: the page “If somebody runs” of “At the gate” is gone",
        ],
    ),
    (
        "course/course.yaml",
        "pass: 80%, tries: 3",
        "pass: 70%, tries: 2",
        [
            "course.yaml:1: only 2 tries are left of 3",
            "course.yaml:1: the pass mark is 70%, and was 80%: results count anew",
        ],
    ),
    (
        "course/course.yaml",
        "minutes: 12",
        "structure: multi\nminutes: 12",
        [
            (
                "course.yaml:1: what an LMS keeps for “Gate Duty” has no SCO any more: "
                "who is half-way begins again there"
            )
        ],
    ),
    (
        "course/quizzes/final.yaml",
        "ask: Where do you stand?",
        "ask: Where do you stand now?",
        [
            "course.yaml:1: the final questions are others: results count anew",
            "final.yaml:4: the words of “where” have changed: answers to it are dropped",
        ],
    ),
]


@pytest.fixture
def old(author: Author) -> Path:
    (built,) = build([author.course], author.options(formats=("scorm2004",)))
    (path,) = built.packages
    return path


def told(author: Author, old: Path) -> list[str]:
    found = losses(author.course, old, author.options())
    return sorted(f"{Path(one.place.file).name}:{one.place.line}: {one.message}" for one in found)


@pytest.mark.parametrize(("file", "before", "after", "said"), CASES, ids=lambda each: str(each)[:40])
def test_each_loss_is_a_sentence_with_its_place(
    author: Author, old: Path, file: str, before: str, after: str, said: list[str]
) -> None:
    author.change(file, before, after)
    edition = "the edition is “2026.1”"
    assert [one for one in told(author, old) if edition not in one or edition in "".join(said)] == said


def test_what_has_not_changed_loses_nothing(author: Author, old: Path) -> None:
    assert told(author, old) == []


def test_a_lesson_that_is_gone_and_one_that_is_new_are_named(author: Author, old: Path) -> None:
    (author.course / "lessons/visitors.yaml").rename(author.course / "lessons/guests.yaml")
    author.change("course/course.yaml", "visitors]", "guests]")
    author.change("course/quizzes/final.yaml", "reread: visitors", "reread: guests")
    said = told(author, old)
    assert "course.yaml:1: the lesson “Visitors” (visitors) is gone, and what was read of it" in said
    assert "guests.yaml:0: the lesson “Visitors” is new: the final questions wait for it too" in said


def test_somebody_else_s_package_says_why_it_cannot_be_compared(author: Author, old: Path) -> None:
    author.change("course/course.yaml", "id: gate-duty", "id: gate-watch")
    (other,) = told(author, old)
    assert "no package that is made now is that of gate-duty.scorm2004.zip" in other
    with pytest.raises(CoursewareError, match="there is no such file"):
        next(iter(losses(author.course, old.with_name("none.zip"), author.options())))


def test_the_command_prints_them_and_takes_one_course(
    author: Author, old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    author.change("course/course.yaml", "pass: 80%", "pass: 70%")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(author.course), "--against", str(old)])
    assert ended.value.code == 0
    assert "the pass mark is 70%, and was 80%: results count anew" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["check", str(old), "--against", str(old)])
    assert ended.value.code == 2
