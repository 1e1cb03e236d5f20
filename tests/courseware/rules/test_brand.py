"""The provider's logo: it can be shown, it is sharp and small, and a package carries it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from lxml import html

from courseware.pages import Logo, Pages
from courseware.plan import plan
from courseware.render import DOCUMENT, render
from tests.courseware.authoring import Author

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30z"/></svg>'


def png(width: int, height: int, size: int = 64) -> bytes:
    return (b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", width, height)).ljust(size, b"\0")


def with_logo(author: Author, logo: str, **files: bytes | str) -> Author:
    for name, content in files.items():
        author.write(name.replace("__", "."), content)
    author.change("catalogue.yaml", "theme:", f"logo: {logo}\ntheme:")
    return author


def planned(author: Author) -> Pages:
    return plan(author.source(), "scorm12", {}).pages


def test_a_drawing_stands_in_the_first_page_with_its_words(author: Author) -> None:
    with_logo(
        author, "{image: logo.svg, on dark: white.svg, alt: Lower Field}", logo__svg=SVG, white__svg=SVG
    )
    assert author.problems() == []
    pages = planned(author)
    assert pages.media == ()
    (opener,) = html.fromstring(render(pages, ["scorm12"])["scorm12"][DOCUMENT]).xpath(
        "//section[@id='start.']/header"
    )
    assert [one.get("class") for one in opener.xpath("p[1]//*[@role='img'][@aria-label='Lower Field']")] == [
        "on-paper",
        "on-dark",
    ]


def test_a_picture_is_packed_once_for_all_pages(author: Author) -> None:
    with_logo(author, "{image: logo.png, alt: Lower Field Training}", logo__png=png(400, 100))
    assert author.problems() == []
    pages = planned(author)
    assert isinstance(pages.logo, Logo)
    assert (pages.logo.image.src, pages.logo.image.ratio) == ("media/logo.png", 4)
    assert [file.path for file in pages.media] == ["media/logo.png"]
    start = html.fromstring(render(pages, ["scorm12"])["scorm12"][DOCUMENT]).xpath("//section[@id='start.']")[
        0
    ]
    assert "plate" in start.xpath("header/p[1]/@class")[0]
    said = start.xpath("string(header/p[2])")
    assert "Lower Field Training" not in said  # the logo says it


@pytest.mark.parametrize(
    ("picture", "message", "hint"),
    [
        (
            png(120, 40),
            "the logo “logo.png” is 120 by 40 pixels, and blurred on most screens",
            "304 wide",
        ),
        (
            png(600, 200, 90_000),
            "the logo “logo.png” has 90 kB, and every learner waits for it",
            "50 kB",
        ),
        (b"GIF89a", "“logo.png” does not hold what its ending says", "save it anew"),
    ],
)
def test_a_logo_that_cannot_be_shown_well_is_told(
    author: Author, picture: bytes, message: str, hint: str
) -> None:
    with_logo(author, "{image: logo.png, alt: Lower Field}", logo__png=picture)
    (problem,) = author.found()
    assert problem.message == message
    assert hint in problem.hint


def test_another_logo_makes_other_packages(author: Author, tmp_path: Path) -> None:
    from courseware.stamps import build_changed

    with_logo(author, "{image: logo.svg, alt: Lower Field}", logo__svg=SVG)
    (first,) = build_changed([author.course], author.options())
    author.write("logo.svg", SVG.replace("90", "99"))
    (second,) = build_changed([author.course], author.options())
    assert first.inputs != second.inputs
