"""Errors of lines that do not line up: indentation, dashes, and keys without the space after their colon."""

from __future__ import annotations

import re

from courseware.errors import Problem
from courseware.yaml12 import list_in_text
from courseware.yaml12.error_position import IN_QUOTES, LOST, ErrorPosition
from courseware.yaml12.nodes import excerpt

ODD_SPACE = re.compile(r"^(?:[ \t]|- )*([^\S \t\n])\s*(?:- )?[\w ]+:(?=\s|$)", re.MULTILINE)
GLUED = re.compile(r"[- ]*([^\W\d][\w ]{0,18}[^\W\d]):(?=[^\s/])(.*)")
KEY = re.compile(r"[^\W\d][\w-]*(?: [\w-]+){0,2}:(?=\s|$)")
GLUED_DASH = re.compile(r" *(?=-[^\W\d])")
BAR = re.compile(r"(?:^|- +| )([^\s:-][^:]*): ?([|>])[-+0-9]*\s*$")
DASHES = "‐‑‒–—−•·"
LINE_UP = "give all keys of one thing the same indentation, in spaces"
NO_SPACE = "“-” has no space after it"
SPACE = "write “- ” before each list item"
FURTHER_IN = "line it up with them, or put back the line that is missing above it"
OR_MISSING = f"{LINE_UP}; or put back the line that is missing above it"


def tab_problem(position: ErrorPosition) -> Problem | None:
    line = position.line(position.index)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" not in indentation:
        return None
    index = position.line_start(position.index) + indentation.index("\t")
    return position.at(index, "a tab indents this line", "use spaces: YAML takes no tabs there")


def odd_space(position: ErrorPosition) -> Problem | None:
    """A copied page is indented by spaces that YAML does not accept; libyaml reports a line further down."""
    line_end = position.text.find("\n", position.index)
    match = ODD_SPACE.search(position.text, 0, line_end if line_end >= 0 else len(position.text))
    if match is None:
        return None
    message = f"a space that is not an ordinary one (U+{ord(match[1]):04X}) indents this line"
    return position.at(match.start(1), message, "delete the spaces before the text, and type them anew")


def does_not_line_up(position: ErrorPosition) -> Problem:
    """A key further in than those above it, the last of which has its text already."""
    before = position.before()
    start = position.line_start(position.index) + len(before) - len(before.lstrip(" -"))
    if before.lstrip().startswith("- "):
        message = "a list begins here, and the key above it has its text already"
        hint = "put back the line that is missing above it, such as “script:”, or line it up with its list"
        return position.at(position.line_start(position.index) + before.index("-"), message, hint)
    word = excerpt(before.strip(" -"))
    message = f"“{word}:” does not line up with the keys above it, so it is read as part of the text before"
    return position.at(start, message, f"{FURTHER_IN}; where it is part of a text, {IN_QUOTES}")


def glued(position: ErrorPosition, index: int) -> Problem | None:
    """A line that lacks only the space after its colon to be a key with a text; a time of day is not such a
    line."""
    match = GLUED.match(position.text, index)
    if match is None:
        return None
    hint = f"write “{match[1]}: {excerpt(match[2])}”"
    return position.at(match.start(1), f"“{match[1]}:” has no space after its colon", hint)


def no_colon(position: ErrorPosition) -> Problem:
    line = position.line(position.context).strip()
    start = position.line_start(position.context)
    previous = position.text[position.line_start(max(start - 1, 0)) : start]
    if re.search(r"\S +#", previous) and not previous.lstrip().startswith("#"):
        index = position.line_start(max(start - 1, 0)) + previous.index(" #") + 1
        return position.at(index, LOST, IN_QUOTES)
    if problem := glued(position, position.context):
        return problem
    if re.match(r"-[^\s-]", line):
        return position.at(position.context, NO_SPACE, SPACE)
    above = position.line_above(position.context)
    if above.startswith(f"{' ' * position.column(position.context)}- "):
        return no_dash(position, position.context)
    if bar := BAR.search(above):
        message = f"the text below “{bar[1]}: {bar[2]}” is not further in than “{bar[1]}:”"
        return position.at(position.context, message, "indent each of its lines by two more spaces")
    message = f"“{excerpt(line)}” is neither a key with a colon nor part of the text above"
    hint = "begin it with a key and a colon; where it goes on with the text above, indent it further"
    return position.at(position.context, message, hint)


def no_dash(position: ErrorPosition, index: int) -> Problem:
    """A line as far in as the dashes above it; or the beginning of a text that lost its indentation."""
    line = position.line(index).strip()
    key = KEY.match(line)
    said = key[0] if key else excerpt(line)
    hint = "begin it with “- ”, or indent it below the key that it belongs to"
    return position.at(index, f"“{said}” stands among the lines of a list and has no “- ” before it", hint)


def dash_out_of_line(position: ErrorPosition) -> Problem:
    if problem := list_in_text.beside_its_key(position):
        return problem
    message = "this “- ” does not line up with the one above it"
    hint = (
        "give all lines of one list the same indentation, in spaces; a detail of the line above has no “- ”"
    )
    return position.at(position.index, message, hint)


def not_in_list(position: ErrorPosition) -> Problem:
    """The problem of a line inside a list; `context` is the list's beginning."""
    character = position.character(position.index)
    if character and character in DASHES:
        message = f"“{character}” begins no list item: it is not the hyphen of the keyboard"
        return position.at(position.index, message, "write “- ”; some editors make long dashes of it")
    if character == "-" and position.character(position.index + 1).isspace():
        return dash_out_of_line(position)
    if character == "-":
        return position.at(position.index, NO_SPACE, SPACE)
    if position.column(position.index) == position.column(position.context):
        return no_dash(position, position.index)
    return position.at(position.index, "this line does not line up with those above it", LINE_UP)


def not_a_key(position: ErrorPosition) -> Problem:
    """The problem of a line that should be a key and is not."""
    above = position.line_above(position.index)
    if position.character(position.index) != "-":
        if match := GLUED_DASH.match(above):
            return not_in_list(
                position.moved_to(position.text.rindex(above, 0, position.index) + match.end())
            )
        hint = (
            OR_MISSING
            if KEY.match(position.line(position.index).strip())
            else "indent it as far as the text it is part of"
        )
        return position.at(position.index, "this line does not line up with those above it", hint)
    if position.context < position.index and position.character(position.context) in f"-{DASHES}":
        return not_in_list(position.moved_to(position.context))
    if above.lstrip().startswith("- "):
        return dash_out_of_line(position)
    return position.at(position.index, "a list item stands where a key is wanted", OR_MISSING)


def dash(position: ErrorPosition) -> Problem:
    return position.at(
        position.index,
        "“- ” begins a list item, and here text is wanted",
        f"{IN_QUOTES}; a list starts on a new line",
    )
