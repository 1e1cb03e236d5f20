"""Each colour of a page stands in tokens.css, once."""

from __future__ import annotations

import re

import pytest

from courseware import tokens
from tests.conftest import ROOT

SHEETS = (
    "courseware/static/course.css",
    "player/web/static/site/site.css",
    "player/web/static/play/play.css",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "courseware/questions").glob("*.css"))),
)
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
# Behind a picture, a logo or a page by somebody else, which take white for granted.
WHITE = re.compile(
    r"(?:\.drawing\.on-white, \.figure img|\.searched\.on-white, \.searched > img|\.plate|#sco) \{[^}]*\}"
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_style_sheet_takes_its_colours_from_the_table(sheet: str) -> None:
    text = (ROOT / sheet).read_text(encoding="utf-8")
    on_screen = WHITE.sub("", text.partition("@media print")[0])
    assert COLOUR.findall(on_screen) == []
    known = {*tokens.light(), *re.findall(r"--([\w-]+):", tokens.css() + text)}
    assert set(re.findall(r"var\(--([\w-]+)", text)) <= known
