"""Citations, and the list of references: each law once, its parts in order."""

from __future__ import annotations

from msgspec.structs import replace

from courseware.rendering import references
from tests.courseware.sample_pages import FGMA, KCSIE, LISTEN, SIGNS_LESSON, words

WORDS = words()


def test_a_source_is_cited_where_the_lesson_lists_it() -> None:
    assert 'href="#listen.r2">Female Genital Mutilation Act 2003, section 5B</a>' in references.cite(
        FGMA, LISTEN
    )
    assert references.cite(KCSIE, SIGNS_LESSON) == "Keeping children safe in education 2025, part one"
    assert references.source_line(KCSIE) == "Keeping children safe in education 2025, part one"


def test_references_of_one_kind_need_no_title() -> None:
    assert [(title, [one.parts for one in laws]) for title, laws in references.by_kind((FGMA,), WORDS)] == [
        ("", [(FGMA,)])
    ]
    grouped = references.by_kind((KCSIE, FGMA), WORDS)
    assert [(title, [one.name for one in laws]) for title, laws in grouped] == [
        (WORDS["law references"], [FGMA.title]),
        (WORDS["statutory guidance references"], ["Keeping children safe in education 2025 [KCSIE 2025]"]),
    ]


def test_a_law_is_listed_once_with_its_parts_in_their_order() -> None:
    """As the law has them, whatever the order in which the lesson cites them."""
    keys = ["sch-1-para-7", "s66B", "s9", "registers", "s66AB", "p5-ch-2", "s66A", "s16"]
    cited = [replace(FGMA, number=at, provision=key, part=key, law="a") for at, key in enumerate(keys)]
    whole = replace(FGMA, number=8, provision="", law="a", status="In parts.")
    other = replace(FGMA, number=9, title="Data Act", law="b", part="s1")
    first, second = references.by_law((*cited, whole, other))
    assert (first.law, first.whole, first.status) == (other, None, "")
    assert [one.part for one in second.parts] == [
        "p5-ch-2", "s9", "s16", "s66A", "s66AB", "s66B", "sch-1-para-7", "registers",
    ]  # fmt: skip
    assert (second.whole, second.status) == (whole, "In parts.")


def test_a_source_that_nobody_has_compared_is_told() -> None:
    assert references.unchecked((KCSIE,), WORDS) == ""
    assert references.unchecked((FGMA,), WORDS) == WORDS["all unchecked"]
    assert references.unchecked((KCSIE, FGMA), WORDS) == WORDS["some unchecked"]
    assert references.checked_in_words(KCSIE, WORDS) == "Checked on 1\u00a0November 2026."
