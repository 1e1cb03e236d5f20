"""Markdown becomes HTML that nothing harmful can hide in, and its problems have their own line and column."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyromark
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from courseware import markdown
from courseware.yaml12.composer import read_document
from courseware.yaml12.nodes import SourceText
from tests.chance import examples

ALLOWED = re.compile(
    r"</?(?:p|em|strong|code|pre|ul|ol|li|blockquote)>|<(?:br|hr) />|<ol start=\"\d+\">|</a>|"
    r"<code class=\"language-[^\"]*\">|<sup>\d</sup>|"
    r"<a (?:target=\"_blank\" rel=\"noopener\" )?href=\"(?:https?:|mailto:|tel:)[^\"<>]*\""
    r"(?: title=\"[^\"<>]*\")?>",
    re.IGNORECASE,
)


def words(text: str) -> SourceText:
    lines = "\n".join(f"  {line}" for line in text.split("\n"))
    root = read_document("f.yaml", f"text: |\n{lines}\n".encode()).root
    assert isinstance(root, dict)
    value = root["text"]
    assert isinstance(value, SourceText)
    return value


def test_paragraphs_and_lists_become_html() -> None:
    assert markdown.html("**One** *two*\n\n- a\n- b\n") == (
        "<p><strong>One</strong> <em>two</em></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    )


def test_a_line_ends_within_no_date_but_before_its_year() -> None:
    assert (
        markdown.html("On 3 May 2026 and *1 June*.") == "<p>On 3\u00a0May 2026 and <em>1\u00a0June</em>.</p>"
    )
    assert markdown.inline("Since 30 April 2026") == "Since 30\u00a0April 2026"
    assert markdown.plain("Since 30 April 2026") == "Since 30 April 2026"


def test_one_paragraph_stands_without_its_tags_where_a_line_is_wanted() -> None:
    assert markdown.inline("**One**") == "<strong>One</strong>"
    assert markdown.inline("a\n\nb") == "<p>a</p>\n<p>b</p>"


def cite(references: Sequence[str]) -> str:
    return f"({'; '.join(references)})"


def test_a_citation_stands_in_the_sentence() -> None:
    assert markdown.inline("hear [[kcsie  p1]]; [[ca-1989 s47]].", cite) == "hear (kcsie p1); (ca-1989 s47)."
    assert markdown.html("[[a]] says: **so**[[b]]", cite) == "<p>(a) says: <strong>so</strong> (b)</p>"
    assert markdown.inline("say `[[a]]`", cite) == "say <code>[[a]]</code>"
    assert markdown.inline('a [[kcsie "B" & "C"]]', cite) == 'a (kcsie "B" & "C")'
    assert list(markdown.citations("a [[kcsie\np1]] b")) == [("kcsie p1", 2)]


def test_citations_side_by_side_are_in_one_bracket() -> None:
    assert markdown.inline("alert [[kcsie p1]] [[kcsie p4]], so [[a]]", cite) == (
        "alert (kcsie p1; kcsie p4), so (a)"
    )
    assert markdown.inline("alert [[kcsie p1]] [[kcsie p4]]", cite) == "alert (kcsie p1; kcsie p4)"


def test_what_leads_out_of_the_course_opens_beside_it() -> None:
    assert markdown.inline("[a](https://b.c) [d](tel:999)") == (
        '<a target="_blank" rel="noopener" href="https://b.c">a</a> <a href="tel:999">d</a>'
    )


def test_plain_text_has_neither_markup_nor_citations() -> None:
    assert markdown.plain("Tell *them*\n[[kcsie p1]], then:\n\n- `one`\n- two") == "Tell them, then: one two"


@example("a\u00a0 ")  # which is no space to Markdown
@given(
    st.lists(st.sampled_from([*"aéB1 .,:!?'\"“()-+=#|~$/\t\u00a0–", "www.a.b", "a@b.c", "---"])).map("".join)
)
def test_a_text_that_looks_plain_is_plain_to_the_parser_too(text: str) -> None:
    parsed = " ".join("".join(markdown.text_events(text)).split())
    assert not markdown.is_words(text) or markdown.plain(text) == parsed
    made = pyromark.html(text).rstrip("\n").replace("&quot;", '"')
    assert not markdown.is_words(text) or markdown.html(text) == made == f"<p>{markdown.inline(text)}</p>"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("é😀 <b>x</b>", "2:6", "HTML (“<b>”) is not taken in text"),
        ("a\n\n<div>\nb\n</div>", "4:3", "HTML (“<div>”) is not taken in text"),
        ("a </main>", "2:5", "HTML (“</main>”) is not taken in text"),
        ("a <!-- b -->", "2:5", "HTML (“<!-- b -->”) is not taken in text"),
        ("# A", "2:3", "a heading stands inside text"),
        ("a\nb\n---", "2:3", "a heading stands inside text"),
        ("- a\n  ===", "2:5", "a heading stands inside text"),
        ("> - a\n>   ===", "2:7", "a heading stands inside text"),
        ("a ![b](c.png)", "2:5", "a picture stands inside text"),
        ("a [b](c)", "2:5", "the link to “c” leads nowhere"),
        ("a <javascript:alert(1)>", "2:5", "the link to “javascript:alert(1)” leads nowhere"),
        ("a\n\n[b]: https://c.d", "4:3", "“[b]:” at the start of a line makes a hidden link"),
        ("a [[kcsie p1] b", "2:5", "a citation is not finished here"),
        ("a [[]] b", "2:5", "a citation is not finished here"),
        ("a [[ ]] b", "2:5", "a citation is not finished here"),
        ("a [[kcsie", "2:5", "a citation is not finished here"),
        ("a [[kcsie\n\np1]] b", "2:5", "a citation is not finished here"),
        ("a [[kcsie <b>]] b", "2:13", "HTML (“<b>”) is not taken in text"),
        ("a [b [[kcsie p1]]](https://c.d)", "2:5", "a citation stands inside a link"),
        ("a [[kcsie p1]](https://c.d)", "2:5", "a citation stands inside a link"),
        ('a [b](https://c.d "[[kcsie p1]]")', "2:5", "a citation stands inside a link"),
    ],
)
def test_what_a_course_does_not_take_is_refused_at_its_place(text: str, place: str, message: str) -> None:
    (problem,) = markdown.problems(words(text))
    assert (str(problem.place), problem.message) == (f"f.yaml:{place}", message)
    assert problem.hint


@pytest.mark.parametrize(
    "text", ["a <someone@example.org>", "3 < 4 & 5 > 2", r"\# a \<b>", "a -- b", "[x] done"]
)
def test_what_only_looks_like_it_is_taken(text: str) -> None:
    assert list(markdown.problems(words(text))) == []


SIGNS = [*"a #=-_*`>+.:!()[]<&\\\n", "[[a 1]]", "[[", "]]", "](", "\n\n", "---", "===", "1. ", "    "]


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=10).map("".join))
def test_nothing_is_refused_of_what_is_taken_for_plain(text: str) -> None:
    if markdown.is_plain(text):
        for event, span in pyromark.events_with_range(text):
            source = text[span["start"] : span["end"]]  # bytes and characters are the same here
            assert ("Start" not in event and "InlineHtml" not in event) or not markdown.refusal(event, source)
        assert not pyromark.reference_definitions(text)
        assert not markdown.UNFINISHED.search(text)


@settings(deadline=None, max_examples=examples(300))
@given(st.text("ab <>/=\"'()[]!#*_`~-\\:;&.\n\thttps://javascript:", min_size=1, max_size=80))
def test_what_was_not_refused_is_harmless(text: str) -> None:
    document = read_document("f.yaml", ("text: " + repr_of(text)).encode())
    if document.root is None or document.problems:
        return
    assert isinstance(document.root, dict)
    value = document.root["text"]
    assert isinstance(value, SourceText)
    if not list(markdown.problems(value)):
        left = ALLOWED.sub("", markdown.html(value, lambda _: "<sup>1</sup>"))
        assert "<" not in left


def repr_of(text: str) -> str:
    """As a double-quoted YAML text."""
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )


def test_what_is_seen_keeps_its_offsets() -> None:
    text = "é **a *b* `*c*` \\*d [l](https://e.f)\n\n- &amp; g"
    seen = markdown.visible_text(text)
    assert len(seen) == len(text)
    assert re.sub("\0+", "_", seen) == "é **a _b_ _ _d _\n\n_ &amp; g"


def test_a_citation_in_code_is_none() -> None:
    text = words("One [[kcsie p1]] and `[[kcsie p2]]`.\n\n~~~\n[[kcsie p3]] [[\n~~~")
    assert [reference for reference, _ in markdown.citations(text)] == ["kcsie p1"]
    assert list(markdown.problems(text)) == []
