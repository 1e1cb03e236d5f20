"""A drawing's styles change that drawing as they did in its own file, and nothing else of the page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from courseware.planning.drawing import cleaned
from tests.chance import examples

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="all" viewBox="0 0 9 9">{}<g class="a b">'
    '<path class="cls-1" d="M0 0h9"/><path class="b,c" d="M0 0,1"/><g><path class="a"/></g></g>'
    '<text class="b">A</text><svg class="a"><path id="deep"/></svg></svg>'
)
PAGE = """<!doctype html><p class="a cls-1">Before</p><div id="here"></div><p class="a b">After</p>
<svg class="all a" id="other"><g class="a b"><path class="cls-1"/></g></svg><iframe></iframe>"""
REACHED = """(drawings) => drawings.map((drawing) => {
    document.querySelector("#here").innerHTML = drawing;
    const inside = document.querySelector("#here > svg");
    const outside = [...document.querySelectorAll("*")].filter((one) => !inside.contains(one));
    const reached = [];
    const follow = (rules) => [...rules].forEach((rule) => {
        const selector = rule.selectorText?.replace(/::[a-z-]+/g, "");
        if (selector && outside.some((one) => one.matches(selector))) reached.push(rule.cssText);
        if (!selector && !(rule instanceof CSSConditionRule)) reached.push(rule.cssText);
        follow(rule.cssRules ?? []);
    });
    [...document.styleSheets].forEach((sheet) => follow(sheet.cssRules));
    return reached;
})"""
LOOKS = """([alone, inPage]) => new Promise((done) => {
    const frame = document.querySelector("iframe");
    const looks = (root) => [root, ...root.querySelectorAll("g, path, text, svg")].map((one) => {
        const style = one.ownerDocument.defaultView.getComputedStyle(one);
        const names = ["fill", "stroke", "stroke-width", "opacity", "font-family", "--own"];
        return names.map((name) => style.getPropertyValue(name)).join(" | ");
    });
    document.querySelector("#here").innerHTML = inPage;
    frame.onload = () => {
        done([looks(frame.contentDocument.documentElement), looks(document.querySelector("#here > svg"))]);
    };
    frame.src = URL.createObjectURL(new Blob([alone], {type: "image/svg+xml"}));
})"""
RULES = st.sampled_from(
    [
        *(".a{fill:red}", ".cls-1 , path{fill:red}", ":root{fill:red}", "@media all{.a{fill:red}}"),
        *("p:is(.a, .b){x:y}", "[class='b,c']{fill:url(\"#a\")}", "/* a */p{fill:red}", "*{--x:'y'}"),
        *("body{display:none}", "p,html{opacity:0}", "@supports (x:y){@media all{p{fill:red}}}"),
    ]
)
PIECES = st.sampled_from(
    [
        *("{", "}", "(", ")", "[", "]", '"', "'", ";", ",", ":", "@", "/*", "*/", "<!--", "-->", "\n", " "),
        *("> ", "+ ", "~ ", "|", "&", ":is(", ":has(", ":root", "::before", "url(#a", "url(#'", "}p{x:y}"),
        *("body", "p", ".a", "@media all{", "@MEDIA all;", "@layer a{", "@layer a;", "@scope (body){"),
        *("@keyframes a{", "@namespace a 'b';", "body &", "p{&:is(*){", "{--x:{}}", "'}body{x:y}'", "'/*"),
        *('"] *),p', "\u00a0", "é", "\r"),
    ]
)


@st.composite
def odd_styles(draw: st.DrawFn) -> str:
    """Rules with pieces of others in them, anywhere."""
    text = " ".join(draw(st.lists(RULES, min_size=1, max_size=3)))
    for piece in draw(st.lists(PIECES, max_size=4)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at + draw(st.sampled_from([0, 0, 1, 3])) :]
    return text


SOUND = [
    ".cls-1,.b{fill:red} path{stroke:blue}",
    "svg{fill:red} svg svg{fill:lime} *{stroke:blue}",
    ":root{--own:red;stroke:blue} :root > g{fill:var(--own)} svg:ROOT.all text{opacity:.5}",
    ".all{fill:red} .all > .b{fill:lime} text.b{fill:blue}",
    "@media (min-width: 1px) and (max-width:9999px){.a{fill:red}} @media print{.a{fill:lime}}",
    "@supports (fill: red){@media all{.a > path{fill:red}}} @SUPPORTS not (fill: red){.b{fill:lime}}",
    ":is(.cls-1, text),g:not(.b, [d='M0 0,1']){fill:red} [class='b,c']{stroke:blue}",
    "/* .a{ */ .b{fill:red/* ; */;stroke:blue} /* } */ path + path{opacity:.5}",
    "path:nth-child(2n of .a, path){fill:red} g:has(> path){stroke-width:calc((1 + 2) * 1px)}",
    ".a{fill:red} path{fill:lime} g path{fill:blue} #deep{fill:red}",
    ".a{fill:red !important;font-family:'A, b'} .a.b{fill:lime}",
]


def styled(*styles: str) -> str:
    return SVG.format("".join(f"<style>{escape(style, quote=False)}</style>" for style in styles))


def drawn(*styles: str) -> str:
    return cleaned(styled(*styles).encode(), "plan").svg


@settings(
    max_examples=examples(20),
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.lists(odd_styles(), min_size=1, max_size=2), min_size=10, max_size=40))
def test_no_style_reaches_what_is_not_the_drawings(page: Page, sheets: list[list[str]]) -> None:
    page.set_content(PAGE)
    assert [found for found in page.evaluate(REACHED, [drawn(*sheet) for sheet in sheets]) if found] == []


@pytest.mark.parametrize("style", SOUND)
def test_a_sound_style_does_what_it_does_in_the_drawings_own_file(page: Page, style: str) -> None:
    page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://course.test/")
    page.add_style_tag(content="svg { fill: black; font-family: initial }")
    alone, in_page = page.evaluate(
        LOOKS, [styled("svg{font-family:initial;fill:black}", style), drawn(style)]
    )
    plain, _ = page.evaluate(LOOKS, [styled("svg{font-family:initial;fill:black}"), drawn()])
    assert in_page == alone != plain


def test_two_drawings_of_one_program_keep_their_own_colours(page: Page) -> None:
    svg = SVG.format("<style>.cls-1{{fill:{}}}</style>")
    both = [cleaned(svg.format(colour).encode(), colour).svg for colour in ("red", "lime")]
    page.set_content("".join(both))
    fills = "(found) => found.map((one) => getComputedStyle(one).fill)"
    assert page.locator(".cls-1").evaluate_all(fills) == ["rgb(255, 0, 0)", "rgb(0, 255, 0)"]


def test_what_a_use_shows_again_has_its_styles(page: Page) -> None:
    shapes = (
        '<symbol id="a"><g><path {0} d="M0 0h3v3H0z"/></g></symbol><use href="#a"/>'
        '<defs><path id="b" {0} d="M0 5h3v3H0z"/></defs><use href="#b" x="4"/>'
    )
    by_class = "<style>.cls-1{fill:red}</style>" + shapes.format('class="cls-1"')
    seen = []
    for inside in (by_class, shapes.format('fill="red"'), shapes.format("")):
        page.set_content(cleaned(SVG.format(inside).encode(), "plan").svg)
        seen.append(page.screenshot())
    assert seen[0] == seen[1] != seen[2]
