"""Signs that YAML takes for its own: quotes, brackets, bars, and what may not begin a text."""

from __future__ import annotations

import re

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import ScalarEvent

from courseware.errors import Problem
from courseware.yaml12.slip import IN_QUOTES, Slip

OPENING = ("[", "{")
CURLY = re.compile("[“”„«‘]")


def first_character(slip: Slip) -> Problem:
    character = slip.character(slip.context)
    if character and character in "*&!":
        return slip.at(slip.context, f"text cannot begin with “{character}”", IN_QUOTES)
    if slip.character(slip.index) in ("", "\n"):
        start = max(slip.text.rfind(bracket, 0, slip.index) for bracket in OPENING)
        if start >= 0:
            return open_bracket(Slip(slip.sheet, slip.index, start))
        return slip.at(slip.index, "the file ends where a value is wanted", IN_QUOTES)
    return slip.at(slip.index, f"text cannot begin with “{slip.character(slip.index)}”", IN_QUOTES)


def open_quote(slip: Slip) -> Problem:
    quote = slip.character(slip.context)
    message = f"the text begins with a quote ({quote}) that is never closed"
    return slip.at(slip.context, message, "close it, or put the whole text under “|”")


def unknown_escape(slip: Slip) -> Problem:
    message = "a backslash in double quotes begins a code, and this is none"
    return slip.at(slip.index, message, "put the text under “|”, or in single quotes")


def after_brackets(slip: Slip) -> Problem:
    opening = max(slip.before().rfind("["), slip.before().rfind("{"))
    start = slip.line_start(slip.index) + max(opening, 0)
    character = slip.character(start)
    return slip.at(
        start, f"the text begins with “{character}”, which begins a list or keys in YAML", IN_QUOTES
    )


def after_quote(slip: Slip) -> Problem:
    """The quoted text of a line begins after its key, or its dash; or it began on a line further up."""
    start = opened(slip)
    if 0 <= start < slip.line_start(slip.index):
        quote, line = slip.character(start), slip.sheet.place(slip.index).line
        message = (
            f"the text begins with a quote ({quote}) that is closed on line {line} only, with more behind it"
        )
        return slip.at(start, message, "close it where the text ends, or put the whole text under “|”")
    before = slip.before().rstrip()
    found = re.search(rf"(?:^|[:\-,\[{{] +){before[-1]}", before)
    start = slip.line_start(slip.index) + (found.end() - 1 if found else before.index(before[-1]))
    message = "the text goes on after its closing quote"
    return slip.at(start, message, "put the whole text in other quotes, or under “|”")


def opened(slip: Slip) -> int:
    """Where the last quoted text before the problem begins, or -1."""
    start = -1
    try:
        for event in iter(CParser(slip.text).get_event, None):
            if isinstance(event, ScalarEvent) and event.style in ("'", '"') and event.start_mark:
                start = event.start_mark.index
    except YAMLError:
        pass
    return start


def colon_in_text(slip: Slip) -> Problem:
    text = slip.before().partition(": ")[2].lstrip()
    if CURLY.match(text):
        message = f"a colon stands inside plain text: a curly quote ({text[0]}) is none to YAML"
        return slip.at(slip.index, message, 'put the text in straight quotes ("), or under “|”')
    return slip.at(slip.index, "a colon stands inside plain text", IN_QUOTES)


def open_bracket(slip: Slip) -> Problem:
    character = slip.character(slip.context)
    message = f"“{character}” begins a list or keys here, and they do not end as they should"
    return slip.at(slip.context, message, f"close it; where it is part of a text, {IN_QUOTES}")


def after_bar(slip: Slip) -> Problem:
    character = slip.character(slip.context)
    message = f"“{character}” says that the text comes below, and there is text beside it"
    return slip.at(
        slip.context, message, "move the text to the next line, indented; or put all of it in quotes"
    )
