"""Words with their blanks, dates, and the first sentence of an author's reason."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError
from msgspec.structs import replace

from courseware.questions import KINDS, scripts_of
from courseware.rendering import wording
from courseware.rendering.environment import COMPILER_OPTIONS, FOLDER, TemplateCache
from courseware.rendering.scripts import EXTRAS, PLURAL, QUESTIONS, STATIC, words_of_scripts
from tests.courseware.sample_pages import rendered, sample, words

WORDS = words()


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
    cache = TemplateCache(FOLDER)
    before = cache.get_source_checksum("{{ 'ring'|glyph }}")
    monkeypatch.setattr(wording, "GLYPH", wording.GLYPH.replace("glyph", "sign"))
    assert cache.get_source_checksum("{{ 'ring'|glyph }}") != before


def test_templates_that_are_compiled_in_another_way_are_compiled_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = TemplateCache(FOLDER).get_source_checksum("x\n")
    monkeypatch.setitem(COMPILER_OPTIONS, "keep_trailing_newline", False)
    assert TemplateCache(FOLDER).get_source_checksum("x\n") != before


def test_numbers_choose_their_form_and_stay_on_the_line() -> None:
    assert wording.lasting(WORDS, "about minutes", 1) == "about 1 minute"
    assert wording.lasting(WORDS, "about minutes", 9) == "about 9\u00a0minutes"


def test_a_date_is_written_out() -> None:
    assert wording.date("2026-11-24", WORDS) == "24\u00a0November 2026"


@pytest.mark.parametrize("key", ["start", "comes back", "about minutes", "law"])
def test_a_missing_word_is_an_error(key: str) -> None:
    without = {name: word for name, word in WORDS.items() if name != key}
    with pytest.raises((KeyError, UndefinedError), match=f"'{key}'"):
        rendered(replace(sample(), words=without))


def test_contacts_are_asked_for_once_each() -> None:
    assert [slot.slot for slot in wording.slots(sample())] == ["dsl", "lado"]


def test_every_text_that_a_script_asks_for_is_on_its_page() -> None:
    asked = re.compile(r'\bword\("([^"]+)"')
    for kinds in (frozenset({"choose one"}), frozenset(KINDS)):
        modules = {
            path
            for name in scripts_of(kinds)
            for path in (STATIC / f"{name}.js", QUESTIONS / f"{name}.js")
            if path.exists()
        }
        modules |= {path for path in STATIC.glob("*.js") if path.name != "contacts.js"}
        keys = {key for path in modules for key in asked.findall(path.read_text(encoding="utf-8"))}
        assert len(keys) > 40
        given = words_of_scripts(WORDS, kinds, frozenset(EXTRAS))
        assert keys - {*given, *(PLURAL.sub("", key) for key in given)} == set()
