"""Journeys as files: their mistakes are told with place and remedy before anything is played."""

from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from courseware.cli import main
from tests.courseware.authoring import Author

FILE = "course/journeys/returns.yaml"
WRONG = [
    ("opne", ["3:5: error: “opne” is not a step of a journey | did you mean “open”?"]),
    ("open: yes", ["3:5: error: the step “open” has nothing behind it | write “- open” alone"]),
    (
        "answer the rest",
        [
            (
                "3:5: error: “answer the rest” is not a step of a journey | "
                "write more behind it: “- answer the rest: …”"
            )
        ],
    ),
    ("awnser: ball", ["3:5: error: “awnser:” cannot stand under “steps:” | did you mean “answer:”?"]),
    (
        "answer: ball",
        ["3:5: error: “answer:” has no “with:” | say what is answered, such as “with: right answer”"],
    ),
    (
        "expect: {}",
        ["3:13: error: “expect:” is empty | say what is to be seen, such as “expect: {page: Then report}”"],
    ),
    (
        "open\n  - answer: bal\n    with: Stop",
        ["4:13: error: the course has no question “bal” | did you mean “ball”?"],
    ),
    (
        "open\n  - answer: ball\n    with: Stap",
        ["5:11: error: no option is “Stap” | did you mean “Stop.”?"],
    ),
    (
        "open\n  - answer: ball\n    with: {Stop: now}",
        [
            "5:11: error: this question is answered by a text, or by a list of texts | write “with: […]”",
        ],
    ),
    (
        "open\n  - answer: ball\n    with: [Stop, Would]",
        ["5:11: error: one option is chosen in this question | write one of them"],
    ),
    (
        "open\n  - leave on: Where to stnad",
        ["4:15: error: the course has no page “Where to stnad” | did you mean “Where to stand”?"],
    ),
    (
        "open\n  - expect: {answered: balls, lessons done: visitor}",
        [
            "4:24: error: the course has no question “balls” | did you mean “ball”?",
            "4:45: error: the course has no lesson “visitor” | did you mean “visitors”?",
        ],
    ),
    ("next", ["3:5: error: the course is not open here | write “- open” before it"]),
    (
        "open\n  - close\n  - expect: {page: start, status: incomplete}",
        [
            (
                "5:20: error: “page:” is seen while the course is open, and here it is closed | "
                "write “- open” before it"
            )
        ],
    ),
]


def test_each_mistake_in_a_journey_is_told_with_its_place_and_its_remedy(author: Author) -> None:
    for steps, said in WRONG:
        author.write(FILE, f"journey: Returns\nsteps:\n  - {steps}\n")
        assert author.problems() == [f"{FILE}:{one}" for one in said], steps


def test_a_journey_may_name_what_its_variant_has_only(author: Author) -> None:
    variants = "variants:\n  staff: {for: staff}\n  governors: {for: governors, called: Gates}\n"
    author.change("course/course.yaml", "minutes: 12\n", f"minutes: 12\n{variants}")
    author.change(
        "course/lessons/at-the-gate.yaml", "  - check: ball\n", "  - check: ball\n    only for: staff\n"
    )
    author.write(FILE, "journey: Returns\nsteps:\n  - open\n  - answer: ball\n    with: right answer\n")
    assert author.problems() == [
        (
            f"{FILE}:4:13: error: in the variant “governors”, the course has no question “ball” | "
            "name the variants that it is for: “variant: […]”"
        )
    ]
    author.change(FILE, "steps:", "variant: staff\nsteps:")
    assert author.problems() == []
    author.change(FILE, "variant: staff", "variant: stuff")
    assert author.problems() == [
        f"{FILE}:2:10: error: the course has no variant “stuff” | did you mean “staff”?"
    ]


def test_a_question_that_a_mistake_has_taken_away_is_not_missed_in_a_journey_too(author: Author) -> None:
    author.write(FILE, "journey: Returns\nsteps:\n  - open\n  - answer: ball\n    with: Stop\n")
    author.change("course/lessons/at-the-gate.yaml", "      - right: Stop.", "      - rigth: Stop.")
    (said,) = author.problems()
    assert "did you mean “right:”?" in said


@pytest.mark.parametrize("text", ["lesson: Returns\nsteps: [open]\n", "steps: [open]\n"])
def test_a_journey_begins_with_its_title(author: Author, text: str) -> None:
    author.write(FILE, text)
    (said,) = author.problems()
    assert said.startswith(f"{FILE}:1:1: error: the file")
    assert "journey:" in said


def test_a_journey_changes_nothing_that_a_learner_gets(author: Author) -> None:
    assert author.write_packages() == []
    author.write(FILE, "journey: Returns\nsteps: [open]\n")
    assert author.write_packages() == []  # a reviewed edition keeps its words
    assert author.source().journeys.keys() == {"returns"}


def test_the_command_says_what_is_missing_before_it_plays(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tried(*more: str) -> str:
        result = CliRunner().invoke(main, ["try", str(author.course), *more])
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr

    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    assert "the course has no journeys" in tried()
    author.write(FILE, "journey: Returns\nsteps: [open]\n")
    assert "there is no journey “retuns”\n  hint: did you mean “returns”?" in tried("--journey", "retuns")
    assert tried("--journey", "returns").endswith("-m pip install playwright\n")
    author.write(FILE, "journey: Returns\nsteps: [next]\n")
    assert "the course is not open here" in tried()
