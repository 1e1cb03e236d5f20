"""Mistakes that trainers made while they wrote a course, and what they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.courseware.authoring import Author, mistakes


@pytest.mark.parametrize("name", ["silent", "remedies", "questions", "places", "days"])
def test_each_mistake_is_told_with_its_place_and_its_remedy(name: str, tmp_path: Path) -> None:
    listed = mistakes(name)
    assert len(listed) > 10
    for number, mistake in enumerate(listed):
        author = Author.at_work_on("gate-duty", tmp_path / str(number))
        author.change(mistake.file, mistake.before, mistake.after)
        assert author.problems() == mistake.said, f"{mistake.file}: {mistake.after}"


CONFLICT = """lesson: Visitors
<<<<<<< HEAD
teaches: greet
=======
teaches: watch
>>>>>>> reworded
script:
  - text: One
"""


def test_a_conflict_of_versions_is_called_one(author: Author) -> None:
    author.write("course/lessons/visitors.yaml", CONFLICT)
    (problem,) = [one for one in author.found() if one.place.file.endswith("visitors.yaml")]
    assert problem.place.line == 2
    assert problem.message == "two versions of these lines stand here, because Git could not merge them"
    assert "“<<<<<<<”, “=======” and “>>>>>>>”" in problem.hint


def test_a_line_of_arrows_in_a_text_is_no_conflict(author: Author) -> None:
    author.change(
        "course/lessons/visitors.yaml", "script:\n", "script:\n  - text: |\n      Here:\n\n      <<<<<<< so\n"
    )
    assert author.problems() == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "a JPEG picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"MZ\x90\x00\x03", "of another kind"),
    ],
)
def test_a_file_that_is_no_text_is_called_that(author: Author, data: bytes, kind: str) -> None:
    author.write("course/lessons/visitors.yaml", data)
    (problem,) = [one for one in author.found() if one.place.file.endswith("visitors.yaml")]
    assert problem.message == f"the file is {kind}, not plain text"
    assert problem.hint.startswith("write the text in a plain text editor")


def test_what_a_learner_reads_keeps_its_edition(author: Author) -> None:
    """Once an edition is reviewed and built, other words are another edition."""
    reworded = ("course/lessons/visitors.yaml", "They wait outside", "They wait in the hall")
    assert author.write_packages() == []
    author.change("course/lessons/visitors.yaml", "script:\n", "# a note\nscript:\n")
    assert author.write_packages() == []
    author.change(*reworded)
    for _ in range(2):
        (said,) = author.write_packages()
        assert said == (
            "course/course.yaml:3:10: warning: the words have changed since edition 2026.1 was reviewed and "
            "built | give the course another “edition:”, and have it reviewed"
        )
    author.change("course/course.yaml", "edition: 2026.1\n", "edition: 2026.2\n")
    author.change("course/course.yaml", "edition: 2026.1}", "edition: 2026.2}")
    assert author.write_packages() == []


def test_a_draft_may_change_under_its_edition(author: Author) -> None:
    author.change(
        "course/course.yaml",
        "reviewed: {by: A. Reader, role: Head of safety, on: 2026-11-24, edition: 2026.1}\n",
        "",
    )
    (draft,) = author.write_packages()
    assert "nobody has reviewed edition 2026.1" in draft
    author.change("course/lessons/visitors.yaml", "They wait outside", "They wait in the hall")
    assert author.write_packages() == [draft]
