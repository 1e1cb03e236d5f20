"""What a drawing's styles become; where they reach is asked of a browser, in tests/browser."""

from __future__ import annotations

import pytest

from courseware.planning.drawing_style import UnscopableStyleError, scoped

HERE = ':where([data-drawing~="gate"],[data-drawing~="gate"] *)'


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (".cls-1{fill:red}", "@.cls-1{fill:red}"),
        ("path , *{fill:red}", "path@,*@{fill:red}"),
        ("path.a > .b:hover { fill: red; }", "path@.a > .b:hover{ fill: red; }"),
        ("#a::before,[class]{fill:red}", "@#a::before,@[class]{fill:red}"),
        (":is(a, b) c,d{fill:red}", "@:is(a, b) c,d@{fill:red}"),
        ("a:not(:is([b='c,(d']), e){fill:red}", "a@:not(:is([b='c,(d']), e){fill:red}"),
        (":root{fill:red}", '@[data-drawing="gate"]{fill:red}'),
        ("svg:ROOT .a,b[c=':root']{}", "svg@[data-drawing=\"gate\"] .a,b@[c=':root']{}"),
        ("/* a { */ b{fill:/* red */lime}/* c", "b@{fill: lime}"),
        ("a{}\n@media (max-width: 9em) {b{} c{}}d{}", "a@{}\n$media (max-width: 9em) {b@{} c@{}}d@{}"),
        ("@SUPPORTS (a:b){@media all{c{}}}", "$SUPPORTS (a:b){$media all{c@{}}}"),
        ("@media(max-width:9em){a{}}", "$media(max-width:9em){a@{}}"),
        (" \n", ""),
    ],
)
def test_each_selector_asks_for_the_drawing(text: str, becomes: str) -> None:
    assert scoped(text, "gate") == becomes.replace("@", HERE).replace("$", "@")


@pytest.mark.parametrize(
    "text",
    [
        "@keyframes a{from{fill:red}}",
        "@layer a;b{}",
        "@layer a{b{}}",
        "@namespace a 'b';c{}",
        "@font-face{font-family:a}",
        "@media all;body{}",
        "@media all{a{}",
        "a{}}body{}",
        "a{}}@media all{b{}",
        "a{b{}}",
        "a{&:hover{}}",
        "a{fill:red",
        "a",
        "{fill:red}",
        "a,{fill:red}",
        "> a{fill:red}",
        "+ p{fill:red}",
        "a;body{}",
        "<!-- body{}",
        "a{b:'}body{}",
        "a{b:'\n'}",
        "a{b:'{'}",
        "a{b:'/* c'}",
        "a\\{b{}",
        "a){}",
        "a[b{}",
        "a{b:(}body{c:)}",
        "a{b:([)]}",
        "a{fill:url(#b'c)'}",
        "a{b:url(#c(d)e)}",
        "((((((((a)))))))){}",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(UnscopableStyleError):
        scoped(text, "gate")
