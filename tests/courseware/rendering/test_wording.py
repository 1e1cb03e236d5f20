"""Words with their blanks, dates, and the first sentence of an author's reason."""

from __future__ import annotations

import pytest

from courseware.rendering import wording
from courseware.rendering.templating import FOLDER, Kept
from tests.courseware.sample_pages import FGMA, KCSIE, LISTEN, SIGNS_LESSON, sample, words

WORDS = wording.Words(words())


@pytest.mark.parametrize(
    ("html", "head", "rest"),
    [
        ("<p>It is kind. But it is a promise.</p>", "It is kind.", "<p>But it is a promise.</p>"),
        ("It is kind.", "It is kind.", ""),
        ("“Tell me.” That is open.", "“Tell me.”", "<p>That is open.</p>"),
        ("<p>One. Two.</p><p>Three.</p>", "One.", "<p>Two.</p><p>Three.</p>"),
        ("<p>A <strong>bold</strong> one. Two.</p>", "", "<p>A <strong>bold</strong> one. Two.</p>"),
        ("<p>One.</p>\n<p>Two.</p>", "One.", "<p>Two.</p>"),
        ("<ul>\n<li>One. Two.</li>\n</ul>", "", "<ul>\n<li>One. Two.</li>\n</ul>"),
        (f"<p>{'long ' * 40}. Two.</p>", "", f"<p>{'long ' * 40}. Two.</p>"),
    ],
)
def test_first_sentence(html: str, head: str, rest: str) -> None:
    assert wording.first_sentence(html) == (head, rest)


def test_a_sign_whose_looks_change_is_compiled_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Kept(FOLDER)
    before = cache.get_source_checksum("{{ 'ring'|glyph }}")
    monkeypatch.setattr(wording, "GLYPH", wording.GLYPH.replace("glyph", "sign"))
    assert cache.get_source_checksum("{{ 'ring'|glyph }}") != before


def test_numbers_choose_their_form_and_stay_on_the_line() -> None:
    assert WORDS.counted("about minutes", 1) == "about 1 minute"
    assert WORDS.counted("about minutes", 9) == "about 9\u00a0minutes"


def test_a_date_is_written_out() -> None:
    assert WORDS.date("2026-11-24") == "24\u00a0November\u00a02026"


def test_a_missing_word_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such word"):
        WORDS.word("no such word")


def test_a_source_is_cited_where_the_lesson_lists_it() -> None:
    assert 'href="#listen.r2"' in wording.cite(FGMA, LISTEN)
    assert wording.cite(KCSIE, SIGNS_LESSON) == ""
    assert wording.source_line(KCSIE) == "Keeping children safe in education 2025, part one"


def test_contacts_are_asked_for_once_each() -> None:
    assert [slot.slot for slot in wording.slots(sample())] == ["dsl", "lado"]
