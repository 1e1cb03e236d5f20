"""Lines that do not line up: indentation, dashes, and keys without their colon's space."""

from __future__ import annotations

import re

from courseware.errors import Problem
from courseware.yaml12.slip import IN_QUOTES, LOST, Slip
from courseware.yaml12.written import shown

ODD_SPACE = re.compile(r"^(?:[ \t]|- )*([^\S \t\n])\s*(?:- )?[\w ]+:(?=\s|$)", re.MULTILINE)
GLUED = re.compile(r"[- ]*([^\W\d][\w ]{0,18}[^\W\d]):(?=[^\s/])(.*)")
KEY = re.compile(r"[^\W\d][\w-]*(?: [\w-]+){0,2}:(?=\s|$)")
GLUED_DASH = re.compile(r" *(?=-[^\W\d])")
DASHES = "‐‑‒–—−•·"
LINE_UP = "give all keys of one thing the same indentation, in spaces"
FURTHER_IN = "line it up with them, or put back the line that is missing above it"
OR_MISSING = f"{LINE_UP}; or put back the line that is missing above it"


def tab_problem(slip: Slip) -> Problem | None:
    line = slip.line(slip.index)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" not in indentation:
        return None
    index = slip.line_start(slip.index) + indentation.index("\t")
    return slip.at(index, "a tab indents this line", "use spaces: YAML takes no tabs there")


def odd_space(slip: Slip) -> Problem | None:
    """A copied page indents by spaces that are none to YAML; it complains only further down."""
    line_end = slip.text.find("\n", slip.index)
    found = ODD_SPACE.search(slip.text, 0, line_end if line_end >= 0 else len(slip.text))
    if found is None:
        return None
    message = f"a space that is not an ordinary one (U+{ord(found[1]):04X}) indents this line"
    return slip.at(found.start(1), message, "delete the spaces before the text, and type them anew")


def does_not_line_up(slip: Slip) -> Problem:
    """A key further in than those above it, whose last one has its text already."""
    before = slip.before()
    start = slip.line_start(slip.index) + len(before) - len(before.lstrip(" -"))
    if before.lstrip().startswith("- "):
        message = "a list begins here, and the key above it has its text already"
        hint = "put back the line that is missing above it, such as “script:”, or line it up with its list"
        return slip.at(slip.line_start(slip.index) + before.index("-"), message, hint)
    word = shown(before.strip(" -"))
    message = f"“{word}:” does not line up with the keys above it, so it is read as part of the text before"
    return slip.at(start, message, f"{FURTHER_IN}; where it is part of a text, {IN_QUOTES}")


def glued(slip: Slip, index: int) -> Problem | None:
    """A line that would be a key with its text, were there a space between them; a time of day is none."""
    found = GLUED.match(slip.text, index)
    if found is None:
        return None
    hint = f"write “{found[1]}: {shown(found[2])}”"
    return slip.at(found.start(1), f"“{found[1]}:” has no space after its colon", hint)


def no_colon(slip: Slip) -> Problem:
    line = slip.line(slip.context).strip()
    start = slip.line_start(slip.context)
    previous = slip.text[slip.line_start(max(start - 1, 0)) : start]
    if re.search(r"\S +#", previous) and not previous.lstrip().startswith("#"):
        index = slip.line_start(max(start - 1, 0)) + previous.index(" #") + 1
        return slip.at(index, LOST, IN_QUOTES)
    if found := glued(slip, slip.context):
        return found
    above = slip.line_above(slip.context)
    if above.startswith(f"{' ' * slip.column(slip.context)}- "):
        return no_dash(slip, slip.context)
    message = f"“{shown(line)}” is neither a key with a colon nor part of the text above"
    return slip.at(slip.context, message, "indent it below its key, or put the text under “|”")


def no_dash(slip: Slip, index: int) -> Problem:
    """A line as far in as the dashes above it; of a text it may be the beginning that slipped out."""
    line = slip.line(index).strip()
    key = KEY.match(line)
    said = key[0] if key else shown(line)
    hint = "begin it with “- ”, or indent it below the key that it belongs to"
    return slip.at(index, f"“{said}” stands among the lines of a list and has no “- ” before it", hint)


def dash_out_of_line(slip: Slip) -> Problem:
    message = "this “- ” does not line up with the one above it"
    return slip.at(slip.index, message, "give all lines of one list the same indentation, in spaces")


def not_in_list(slip: Slip) -> Problem:
    """`context` is where the list began."""
    character = slip.character(slip.index)
    if character and character in DASHES:
        message = f"“{character}” begins no list item: it is not the hyphen of the keyboard"
        return slip.at(slip.index, message, "write “- ”; some editors make long dashes of it")
    if character == "-" and slip.character(slip.index + 1).isspace():
        return dash_out_of_line(slip)
    if character == "-":
        return slip.at(slip.index, "“-” has no space after it", "write “- ” before each list item")
    if slip.column(slip.index) == slip.column(slip.context):
        return no_dash(slip, slip.index)
    return slip.at(slip.index, "this line does not line up with those above it", LINE_UP)


def not_a_key(slip: Slip) -> Problem:
    """A line where a key is wanted, and that is none."""
    above = slip.line_above(slip.index)
    if slip.character(slip.index) != "-":
        if found := GLUED_DASH.match(above):
            return not_in_list(slip.moved_to(slip.text.rindex(above, 0, slip.index) + found.end()))
        hint = (
            OR_MISSING
            if KEY.match(slip.line(slip.index).strip())
            else "indent it as far as the text it is part of"
        )
        return slip.at(slip.index, "this line does not line up with those above it", hint)
    if slip.context < slip.index and slip.character(slip.context) in f"-{DASHES}":
        return not_in_list(slip.moved_to(slip.context))
    if above.lstrip().startswith("- "):
        return dash_out_of_line(slip)
    return slip.at(slip.index, "a list item stands where a key is wanted", OR_MISSING)


def dash(slip: Slip) -> Problem:
    return slip.at(
        slip.index,
        "“- ” begins a list item, and here text is wanted",
        f"{IN_QUOTES}; a list starts on a new line",
    )
