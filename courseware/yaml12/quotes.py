"""Errors of signs that YAML reserves: quotes, brackets, bars, and signs that cannot begin a text."""

from __future__ import annotations

import re

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import ScalarEvent

from courseware.errors import Problem
from courseware.yaml12 import list_in_text
from courseware.yaml12.error_position import IN_QUOTES, ErrorPosition

OPENING = ("[", "{")
AFTER_A_SENTENCE = re.compile(r"[.!?…”’\"'] ([a-z]+)$")
CURLY = re.compile("[“”„«‘]")


def first_character(position: ErrorPosition) -> Problem:
    character = position.character(position.context)
    if character == "*" and (problem := list_in_text.begun_by_a_mark(position.moved_to(position.context))):
        return problem
    if character and character in "*&!":
        return position.at(position.context, f"text cannot begin with “{character}”", IN_QUOTES)
    if position.character(position.index) in ("", "\n"):
        start = max(position.text.rfind(bracket, 0, position.index) for bracket in OPENING)
        if start >= 0:
            return open_bracket(ErrorPosition(position.source_file, position.index, start))
        return position.at(position.index, "the file ends where a value is wanted", IN_QUOTES)
    return position.at(
        position.index, f"text cannot begin with “{position.character(position.index)}”", IN_QUOTES
    )


def open_quote(position: ErrorPosition) -> Problem:
    quote = position.character(position.context)
    message = f"the text begins with a quote ({quote}) that is never closed"
    return position.at(position.context, message, "close it, or put the whole text under “|”")


def unknown_escape(position: ErrorPosition) -> Problem:
    message = "a backslash in double quotes begins a code, and this is none"
    return position.at(position.index, message, "put the text under “|”, or in single quotes")


def after_brackets(position: ErrorPosition) -> Problem:
    opening = max(position.before().rfind("["), position.before().rfind("{"))
    start = position.line_start(position.index) + max(opening, 0)
    character = position.character(start)
    return position.at(
        start, f"the text begins with “{character}”, which begins a list or keys in YAML", IN_QUOTES
    )


def after_quote(position: ErrorPosition) -> Problem:
    """Text follows a closing quote. The quoted text began after a key or a dash of this line, or on a line
    above."""
    start = opened(position)
    if 0 <= start < position.line_start(position.index):
        quote, line = position.character(start), position.source_file.place(position.index).line
        message = (
            f"the text begins with a quote ({quote}) that is closed on line {line} only, with more behind it"
        )
        return position.at(start, message, "close it where the text ends, or put the whole text under “|”")
    before = position.before().rstrip()
    match = re.search(rf"(?:^|[:\-,\[{{] +){before[-1]}", before)
    start = position.line_start(position.index) + (match.end() - 1 if match else before.index(before[-1]))
    message = "the text goes on after its closing quote"
    return position.at(start, message, "put the whole text in other quotes, or under “|”")


def opened(position: ErrorPosition) -> int:
    """The index at which the last quoted text before the error begins, or -1."""
    start = -1
    try:
        for event in iter(CParser(position.text).get_event, None):
            if isinstance(event, ScalarEvent) and event.style in ("'", '"') and event.start_mark:
                start = event.start_mark.index
    except YAMLError:
        pass
    return start


def colon_in_text(position: ErrorPosition) -> Problem:
    if problem := list_in_text.below_a_colon(position):
        return problem
    text = position.before().partition(": ")[2].lstrip()
    if CURLY.match(text):
        message = f"a colon stands inside plain text: a curly quote ({text[0]}) is none to YAML"
        return position.at(position.index, message, 'put the text in straight quotes ("), or under “|”')
    hint = IN_QUOTES
    if key := AFTER_A_SENTENCE.search(position.before()):
        hint = f"begin a line of its own with “{key[1]}:”; where it is part of the text, {IN_QUOTES}"
    return position.at(position.index, "a colon stands inside plain text", hint)


def open_bracket(position: ErrorPosition) -> Problem:
    character = position.character(position.context)
    message = f"“{character}” begins a list or keys here, and they do not end as they should"
    return position.at(position.context, message, f"close it; where it is part of a text, {IN_QUOTES}")


def after_bar(position: ErrorPosition) -> Problem:
    character = position.character(position.context)
    message = f"“{character}” says that the text comes below, and there is text beside it"
    return position.at(
        position.context, message, "move the text to the next line, indented; or put all of it in quotes"
    )
