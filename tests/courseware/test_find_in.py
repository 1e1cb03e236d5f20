"""Places in a picture: where they come to stand, and what is wrong with the picture's file."""

from __future__ import annotations

import struct

import pytest

from courseware.plan import plan
from courseware.questions.find_in import PlannedPicture
from courseware.render import render
from tests.courseware.authoring import Author

HERE = "  - callout: Nobody is late at your gate.\n    title: Remember\n"
QUESTION = """  - check: wall
    ask: Where do you see neither side?
    find in: {name}
    alt: Two gates with a wall between them
    places:
      - {{right: Behind the wall, at: {right}}}
      - {{wrong: In the gate, at: 20% across and 50% down}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg"{size}>{inside}</svg>'
BOX = ' viewBox="0 0 120 60"'


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", width, height)


def ask(author: Author, name: str, right: str = "50% across and 50% down") -> None:
    author.change("course/lessons/at-the-gate.yaml", HERE, QUESTION.format(name=name, right=right))


def test_pixels_and_percentages_lead_to_the_same_place(author: Author) -> None:
    author.write("course/media/corridor.png", png(800, 400))
    ask(author, "corridor.png", "240 to 480 across and 100 to 300 down")
    pages = plan(author.source(), "scorm12", {}).pages
    question = next(one for one in pages.checks() if one.id == "wall")
    shown: PlannedPicture = question.detail
    assert (shown.figure.src, shown.ratio) == ("media/corridor.png", 2)
    assert [file.path for file in pages.media] == ["media/corridor.png"]
    style = render(pages, ["scorm12"])["scorm12"]["course.css"].decode()
    assert "[data-question='wall'] [data-pin='a'] { --x: 30%; --y: 25%; --w: 30%; --h: 50%; }" in style
    assert "[data-question='wall'] [data-pin='b'] { --x: 20%; --y: 50%; }" in style


def test_a_place_that_moves_keeps_its_answers_and_one_that_is_reworded_does_not(author: Author) -> None:
    def fingerprint() -> str:
        pages = plan(author.source(), "scorm12", {}).pages
        return next(one.fingerprint for one in pages.checks() if one.id == "wall")

    ask(author, "gate.svg")
    first = fingerprint()
    author.change("course/lessons/at-the-gate.yaml", "50% across and 50% down", "52% across and 48% down")
    assert fingerprint() == first
    author.change("course/lessons/at-the-gate.yaml", "Behind the wall", "Beside the wall")
    assert fingerprint() != first


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.avif", b"\x00\x00\x00\x20ftypavif", ["error: the size of “a.avif” cannot be read"]),
        ("a.svg", SVG.format(size=' width="120" height="60"', inside=""), ["error: the size of “a.svg”"]),
        (
            "a.svg",
            SVG.format(size=BOX, inside='<g class="wide"/><style>.narrow{display:none}</style>'),
            ["error: “a.svg” has two layouts"],
        ),
        (
            "a.svg",
            SVG.format(size=' viewBox="0 0 600 300"', inside="<text>A gate</text>"),
            ["warning: “a.svg” is 600 wide and has words, which are too small on a phone"],
        ),
        ("a.svg", SVG.format(size=BOX, inside=""), []),
        ("a.webp", b"no picture", ["error: “a.webp” does not hold what its ending says"]),
    ],
)
def test_a_picture_has_a_size_and_one_layout(
    author: Author, name: str, content: str | bytes, said: list[str]
) -> None:
    author.write(f"course/media/{name}", content)
    ask(author, name)
    found = author.problems()
    assert len(found) == len(said)
    assert all(words in problem for words, problem in zip(said, found, strict=True)), found


def test_a_question_about_a_picture_is_read_as_data_with_the_words_of_its_places(author: Author) -> None:
    ask(author, "gate.svg")
    described = render(plan(author.source(), "scorm12", {}).pages, ["scorm12"])["scorm12"]["course.json"]
    assert b'"options":{"a":"Behind the wall","b":"In the gate"},"right":["a"]' in described
