"""YAML 1.2 as authors write it: what they wrote stays, and every character of it can be found again."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from courseware.yaml12.composer import FORBIDDEN, Node, read_document
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText
from tests.chance import examples

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=40).filter(
    lambda words: not FORBIDDEN.search(words) and words != "<<"
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
VALUES = st.recursive(
    LINES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def read(text: str) -> Any:
    document = read_document("f.yaml", text.encode())
    assert document.problems == ()
    return document.root


@pytest.mark.parametrize(
    "word",
    ["no", "on", "yes", "16:30", "2024-02-05", "0o17", "1_000", "1e3", "~", "null", "true", ".inf", "0x1F"],
)
def test_a_plain_word_stays_what_the_author_wrote(word: str) -> None:
    assert read(f"a: {word}\n") == {"a": word}


def test_any_system_s_lines_and_marks_are_read() -> None:
    expected = {"a": "b\nc\n", "d": "é"}
    for text in ("a: |\n  b\n  c\nd: é\n", "a: |\r\n  b\r\n  c\r\nd: é\r\n", "\ufeffa: |\r  b\r  c\rd: é\r"):
        assert read(text) == expected


def test_keys_values_and_containers_know_their_places() -> None:
    root = read("# a note\nlesson: 😀 Gate\nscript:\n  - text: one\n  - [two, {three: four}]\n")
    assert [str(key.place) for key in root] == ["f.yaml:2:1", "f.yaml:3:1"]
    first, second = root["script"]
    assert str(root["lesson"].place) == "f.yaml:2:9"
    assert str(root["script"].place) == "f.yaml:4:3"
    assert str(first["text"].place) == "f.yaml:4:11"
    assert str(second[1]["three"].place) == "f.yaml:5:19"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: |\n  one\n\n    two X\n", "f.yaml:4:9"),
        ("a: >-\n  one\n  two X\n", "f.yaml:3:7"),
        ("a: |2\n    one X\n", "f.yaml:2:9"),
        ("a: 'it''s\n  an X'\n", "f.yaml:2:6"),
        ('a: "\\u00e9 \\"so\\" \\\n   then X"\n', "f.yaml:2:9"),
        ('a: "one\\tX"\n', "f.yaml:1:10"),
        ('a: "\\n\\n  X\\u2003\\_"\n', "f.yaml:1:11"),
        ('a: "\\x20\\\\X"\n', "f.yaml:1:11"),
        ("a: one\n  two X\n", "f.yaml:2:7"),
        ("a: {b: one X}\n", "f.yaml:1:12"),
        ("a: 😀é X\n", "f.yaml:1:7"),
    ],
)
def test_a_character_of_a_text_is_found_again(text: str, found: str) -> None:
    value: Any = read(text)["a"]
    words: Any = value["b"] if isinstance(value, SourceMap) else value
    assert str(words.place_of(words.index("X"))) == found


def scalars(node: object) -> list[SourceText]:
    if isinstance(node, SourceText):
        return [node]
    inner = (
        [*node, *node.values()]
        if isinstance(node, SourceMap)
        else node
        if isinstance(node, SourceList)
        else []
    )
    return [found for one in inner for found in scalars(one)]


@settings(deadline=None, max_examples=examples(150))
@given(VALUES, st.sampled_from([None, "'", '"', "|", ">"]), st.booleans(), st.sampled_from([20, 80, 10_000]))
def test_what_another_writer_wrote_is_read_and_each_character_found(
    value: Any, style: str | None, flow: bool, width: int
) -> None:
    text = (
        yaml.safe_dump(value, default_style=style, default_flow_style=flow, width=width, allow_unicode=True)
        .replace("!!str ", "")
        .replace("!!null ", "")
    )
    root = read(text)
    assert root == value
    lines = text.split("\n")
    for words in scalars(root):
        for offset, character in enumerate(words):
            if not character.isspace():
                place = words.place_of(offset)
                assert lines[place.line - 1][place.column - 1] in (character, "\\")
        onwards = [words.place_of(offset) for offset in range(len(words))]
        assert [words.place_of(offset) for offset in reversed(range(len(words)))] == onwards[::-1]


@settings(deadline=None, max_examples=examples(200))
@given(st.binary(max_size=200) | st.text("ab:- \n\t#'\"[]{}|>&*!%@`?,\\0", max_size=60).map(str.encode))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    document = read_document("f.yaml", data)
    assert document.root is not None or document.problems
    for problem in document.problems:
        assert problem.message
        assert 0 <= problem.place.line <= data.count(b"\n") + data.count(b"\r") + 1


def test_the_type_of_a_root_is_what_stands_in_the_file() -> None:
    root: Node = read("- a\n")
    assert isinstance(root, SourceList)
