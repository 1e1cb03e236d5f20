"""Drawings from anywhere, harmless and apart from each other in the course's document."""

from __future__ import annotations

from xml.etree.ElementTree import canonicalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.planning.drawing import Drawing, NoDrawingError, cleaned

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">{}</svg>'
)


def clean(inside: str, name: str = "plan") -> Drawing:
    return cleaned(SVG.format(inside).encode(), name)


@pytest.mark.parametrize(
    ("inside", "gone", "said"),
    [
        ("<script>alert(1)</script>", "alert", "<script>"),
        ('<rect onload="alert(1)"/>', "alert", "onload"),
        ("<foreignObject><p/></foreignObject>", "foreignObject", "<foreignObject>"),
        ('<a href="https://example.org"><rect/></a>', "example.org", "<a>"),
        ('<use href="https://example.org/x.svg#a"/>', "example.org", "href"),
        ('<use xlink:href="//example.org/x.svg#a"/>', "example.org", "href"),
        ('<image href="photo.png"/>', "photo.png", "href"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "data:", "href"),
        ('<rect style="fill: url(https://example.org/a)"/>', "example.org", "style"),
        ("<rect fill=\"url( '//example.org/a')\"/>", "example.org", "fill"),
        ('<rect style="fill: u\\72l(//example.org)"/>', "example.org", "style"),
        ("<style>@import '//example.org/a.css';</style>", "example.org", "a style that loads something"),
        ("<style>a{fill:url(//example.org)}</style>", "example.org", "a style that loads something"),
        ("<style>a{fill:u<g/>rl(//example.org)}</style>", "example.org", "a style that loads something"),
        ("<style>a{fill:u<!-- -->rl(//example.org)}</style>", "example.org", "a style that loads something"),
        (
            "<style>a{fill:<![CDATA[url(//example.org)]]>}</style>",
            "example.org",
            "a style that loads something",
        ),
        ("<rect style=\"mask-image: image-set('//example.org/a' 1x)\"/>", "example.org", "style"),
        ("<rect cursor=\"Image-Set('//example.org/a' 1x), auto\"/>", "example.org", "cursor"),
        (
            "<style>a{content:-webkit-image-set('//example.org' 1x)}</style>",
            "example.org",
            "a style that loads something",
        ),
        ("<desc>a<title/>b</desc>", "title", "<title>"),
        ("<title><g><style/></g></title><rect/>", "style", "<g>"),
        ("<desc ><rect/></desc>", "rect", "<rect>"),
        ('<animate attributeName="x" to="9"/>', "animate", "<animate>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "javascript", "<set>"),
    ],
)
def test_what_could_harm_is_left_out_aloud(inside: str, gone: str, said: str) -> None:
    drawing = clean(inside)
    assert gone not in drawing.svg
    assert said in drawing.left_out


@pytest.mark.parametrize(
    "inside",
    [
        '<rect x="1" y="1" width="3" height="3" fill="var(--ink, #17242B)" stroke-dasharray="2 1"/>',
        '<text x="1" font-family="system-ui" text-anchor="middle">A <tspan dy="1">B</tspan> C</text>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<rect style="fill: url( \'#a\')" stroke="url( #a )"/>',
        '<g aria-label="The image(s) of a gate"/>',
        '<linearGradient><stop offset="0" stop-color="#fff"/></linearGradient>',
        "<text>1 &lt; 2 &amp; 3</text>",
        "<g><title/></g>",
        '<g class="wide" transform="translate(1 2)" aria-hidden="true"><path d="M1 1h2"/></g>',
    ],
)
def test_what_draws_stays(inside: str) -> None:
    drawing = clean(inside)
    assert drawing.left_out == ()
    assert inside in drawing.svg


PLAIN = "<svg xmlns=\"http://www.w3.org/2000/svg\"\n viewBox='0 0 9 9'>{}</svg>\n"


@pytest.mark.parametrize(
    "inside",
    [
        "<g  class='wide'>\n<rect x='1' fill='var(--ink, #17242B)'></rect ></g>",
        "<text>a > b</text>",
        '<title>“A” — 1 \t 2</title><g aria-hidden="true" font-size="2"/>',
    ],
)
def test_what_is_plain_stays_as_it_is_written(inside: str) -> None:
    assert cleaned(PLAIN.format(inside).encode(), "plan") == Drawing(PLAIN.format(inside).strip(), ())


@pytest.mark.parametrize(
    ("inside", "gone"),
    [
        ("<rect fill = 'URL(//example.org)'/>", "example.org"),
        ("<style>a{fill:u<g/>rl(//example.org)}</style>", "rl("),
        ("<style ><tspan/></style>", "tspan"),
        ("<rect fill='&#117;rl(//example.org)'/>", "example.org"),
        ("<rect style='fill: \\75rl(//example.org)'/>", "example.org"),
        ("<use href = 'x.svg#a'/>", "x.svg"),
        ("<Script>alert(1)</Script>", "alert"),
        ("<rect onload = 'alert(1)'/>", "alert"),
        ("<g xmlns='http://www.w3.org/1999/xhtml'><style/></g>", "style"),
        ("<rect id = 'a'/>", "'a'"),
        ("<rect fill = 'image-set(\"//example.org\" 1x)'/>", "example.org"),
        ("<desc ><rect/></desc >", "rect"),
        ("<title/><title >a<desc/></title>", "desc"),
        ("<!-- me --><rect/>", "me"),
        ("<style class='>'>@import</style>", "@import"),
    ],
)
def test_what_is_not_plain_is_looked_at_piece_by_piece(inside: str, gone: str) -> None:
    assert gone not in cleaned(PLAIN.format(inside).encode(), "plan").svg


def test_a_style_asks_for_its_drawing_and_all_else_stays_as_it_is_written() -> None:
    svg = PLAIN.format("<style >.a > b { fill: red }</style\n><text>a > b</text >")
    here = ':where([data-drawing~="plan"],[data-drawing~="plan"] *)'
    marked = svg.replace("<svg", '<svg data-drawing="plan"').replace(".a > b {", f"{here}.a > b{{").strip()
    assert cleaned(svg.encode(), "plan") == Drawing(marked, ())


@pytest.mark.parametrize("note", ["", "<!-- -->"])
def test_a_style_that_cannot_be_kept_to_its_drawing_goes_aloud(note: str) -> None:
    drawing = clean(f"{note}<style>@keyframes spin {{ to {{ opacity: 0 }} }}</style><rect/>")
    assert "spin" not in drawing.svg
    assert drawing.left_out == ("a style with more than rules, @media and @supports",)


WORDS = st.sampled_from(
    [
        "a",
        "A > B",
        ".a,b{}",
        "@media a{b{}}",
        " \t\n",
        "\r\n",
        "“é”",
        "&lt;",
        "url(#a)",
        "\\75 rl(//b)",
        "image-set('b')",
        "//b",
    ]
)
NAMES = st.sampled_from(
    ["g", "rect", "text", "title", "desc", "style", "svg", "image", "a", "script", "Title"]
)
ATTRIBUTES = st.sampled_from(
    ["class", "fill", "style", "aria-label", "id", "href", "onload", "viewBox", "CLASS", "xml:lang"]
)


def written(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    given = "".join(f" {key} = '{value.replace(chr(39), chr(34))}'" for key, value in attributes.items())
    return f"<{name}{given}>{''.join(inside)}</{name} >" if inside else f"<{name}{given} />"


ELEMENTS = st.recursive(
    WORDS,
    lambda inside: st.builds(
        written, NAMES, st.dictionaries(ATTRIBUTES, WORDS, max_size=2), st.lists(inside, max_size=3)
    ),
    max_leaves=9,
)


@given(ELEMENTS)
def test_what_stays_as_it_is_written_is_what_each_piece_comes_to(inside: str) -> None:
    whole, in_pieces = (cleaned(PLAIN.format(inside + note).encode(), "plan") for note in ("", "<!-- -->"))
    assert whole.left_out == in_pieces.left_out
    assert canonicalize(whole.svg) == canonicalize(in_pieces.svg)


def test_what_an_editor_notes_for_itself_goes_in_silence() -> None:
    note = '<x:note xmlns:x="urn:inkscape" x:a="1">me</x:note><!-- c --><?p i?>'
    drawing = clean(f'<rect xmlns:i="urn:i" i:label="Layer"/>{note}')
    assert drawing.left_out == ()
    assert "Layer" not in drawing.svg
    assert "inkscape" not in drawing.svg
    assert "<!--" not in drawing.svg


def test_text_behind_what_goes_stays() -> None:
    assert "before after" in clean("<text>before <a>link</a>after</text>").svg


def test_two_drawings_keep_their_names_apart() -> None:
    inside = (
        '<linearGradient id="a"/><linearGradient id="ab"/><rect id="r" aria-labelledby="a other"'
        ' fill="url(#a)" stroke="url(#ab)"/><use href="#r"/><style>#r { fill: url(#ab) }</style>'
    )
    svg = clean(inside, "who-to-tell").svg
    assert 'id="who-to-tell_a"' in svg
    assert 'fill="url(#who-to-tell_a)" stroke="url(#who-to-tell_ab)"' in svg
    assert 'aria-labelledby="who-to-tell_a other"' in svg
    assert 'href="#who-to-tell_r"' in svg
    assert "#who-to-tell_r{ fill: url(#who-to-tell_ab) }" in svg


def test_entities_are_refused() -> None:
    entity = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(NoDrawingError, match="declares the entity “x”"):
        cleaned(entity + SVG.format("<text>a&x;b</text>").encode(), "plan")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg", "line 1: unclosed token"),
        (b"<svg/>", "not <svg>"),
        (b"<p/>", "not <svg>"),
        (b'<?xml version="1.0" encoding="utf-7"?><g>+2AA-</g>', "not <svg>"),
        (bytes(3 << 20), "larger"),
    ],
)
def test_no_drawing(data: bytes, why: str) -> None:
    with pytest.raises(NoDrawingError, match=why):
        cleaned(data, "plan")
