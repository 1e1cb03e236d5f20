"""Pictures on their way into a package."""

from __future__ import annotations

import struct

import pytest

from courseware.blocks import Figure
from courseware.errors import CoursewareError
from courseware.pages import Pages
from courseware.plan import plan
from tests.courseware.authoring import Author

IMAGE = "  - image: gate.svg\n    alt: A gate, a wall, and somebody who sees both ways\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 640, 480)


def pages(author: Author) -> Pages:
    return plan(author.source(), "scorm12", {}).pages


def figures(author: Author) -> list[Figure]:
    blocks = (block for lesson in pages(author).lessons for page in lesson.pages for block in page.blocks)
    return [block for block in blocks if isinstance(block, Figure)]


def shown(author: Author, *names: str) -> None:
    """These pictures instead of the gate."""
    author.change(
        "course/lessons/at-the-gate.yaml",
        IMAGE,
        "".join(f"  - image: {name}\n    alt: Picture {number}\n" for number, name in enumerate(names, 1)),
    )


def test_a_drawing_stands_in_the_page(author: Author) -> None:
    (gate,) = figures(author)
    assert gate.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert (gate.src, gate.alt) == ("", "A gate, a wall, and somebody who sees both ways")
    assert gate.caption == "Where to stand"
    assert pages(author).media == ()


def test_a_drawing_shown_twice_has_other_ids(author: Author) -> None:
    author.write(
        "course/media/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path id="a" d="M0 0h1"/></svg>'
    )
    shown(author, "dot.svg", "dot.svg")
    first, second = figures(author)
    assert 'id="dot_a"' in first.svg
    assert 'id="dot-2_a"' in second.svg


def test_drawings_whose_names_differ_in_signs_alone_are_kept_apart(author: Author) -> None:
    names = ("the gate.svg", "The-Gate.svg", "門.svg", "庭.svg")
    for name in names:
        svg = '<svg xmlns="http://www.w3.org/2000/svg"><style>path{}</style><path id="a" d="M0 0h1"/></svg>'
        author.write(f"course/media/{name}", svg)
    shown(author, *names)
    drawn = [figure.svg for figure in figures(author)]
    for svg, name in zip(drawn, ("the-gate", "the-gate-2", "drawing", "drawing-2"), strict=True):
        assert f'data-drawing="{name}"' in svg
        assert f'id="{name}_a"' in svg


def test_a_photograph_is_packed_once_under_a_safe_name(author: Author) -> None:
    author.write("course/media/École 1.PNG", PNG)
    author.write("course/media/more/ecole-1.png", PNG)
    shown(author, "École 1.PNG", "École 1.PNG", "more/ecole-1.png")
    first, second, third = figures(author)
    assert (first.src, first.width, first.height) == ("media/ecole-1.png", 640, 480)
    assert second.src == first.src
    assert third.src == "media/ecole-1-2.png"
    assert [file.path for file in pages(author).media] == ["media/ecole-1-2.png", "media/ecole-1.png"]
    package = plan(author.source(), "scorm12", {}).package
    assert package.resources[0].files[-2:] == ("media/ecole-1-2.png", "media/ecole-1.png")


def test_a_name_of_signs_alone_keeps_its_ending(author: Author) -> None:
    author.write("course/media/🚸.png", PNG)
    shown(author, "🚸.png")
    assert [figure.src for figure in figures(author)] == ["media/picture.png"]


def test_what_a_drawing_loses_is_said_at_its_line(author: Author) -> None:
    author.write("course/media/gate.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    (warning,) = plan(author.source(), "scorm12", {}).warnings
    assert "“gate.svg” has <script>, which a course leaves out" in warning.message
    assert str(warning.place).endswith("lessons/at-the-gate.yaml:13:12")


def test_a_broken_drawing_is_an_error_at_its_line(author: Author) -> None:
    author.write("course/media/gate.svg", "<svg")
    with pytest.raises(CoursewareError) as caught:
        plan(author.source(), "scorm12", {})
    (problem,) = caught.value.problems
    assert "cannot be read as a drawing: line 1: unclosed token" in problem.message
    assert str(problem.place).endswith("lessons/at-the-gate.yaml:13:12")
