"""The errors that people make in YAML who do not think in YAML: each has its message and its hint."""

from __future__ import annotations

import re
from collections.abc import Callable

from yaml.error import Mark, MarkedYAMLError, YAMLError

from courseware.errors import Place, Problem
from courseware.yaml12 import alignment, quotes
from courseware.yaml12.error_position import IN_QUOTES, LOST, ErrorPosition
from courseware.yaml12.nodes import SourceFile


def explain(file: str, text: str, error: YAMLError) -> Problem:
    """libyaml's error in a trainer's words."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(Place(file), "the file cannot be read as YAML", "save it anew as plain UTF-8 text")
    index = at_most(error.problem_mark, text)
    context = at_most(error.context_mark, text) if error.context_mark else index
    position = ErrorPosition(SourceFile(file, text), index, context)
    for suspected in (alignment.tab_problem, alignment.odd_space, cut_off):
        if problem := suspected(position):
            return problem
    reported = f"{error.context or ''}: {error.problem or ''}"
    for pattern, sentence in MESSAGES:
        if re.search(pattern, reported):
            return sentence(position)
    return position.at(index, f"this cannot be read as YAML ({error.problem})", IN_QUOTES)


def at_most(mark: Mark | None, text: str) -> int:
    """The mark's index. At the end of a file it is moved up to a line that editors show."""
    return min(mark.index if mark else 0, max(len(text.rstrip("\n")), 0))


def cut_off(position: ErrorPosition) -> Problem | None:
    """A bracket is open, or a value is missing, because ` #` ended the line too early."""
    if position.character(position.context) not in quotes.OPENING and position.character(
        position.index
    ) not in ("", "\n"):
        return None
    for index in (position.context, position.index):
        if match := re.search(r"(?<=\s)#(?=\S)", position.line(index)):
            return position.at(position.line_start(index) + match.start(), LOST, IN_QUOTES)
    return None


def colon(position: ErrorPosition) -> Problem:
    before = position.before()
    key = re.match(r"\s*(?:- +)*[^\s:][^:]*?:(?:\s|$)|\s*(?:- +)*[\"'][^\"']*[\"']?:\s", before)
    if before.rstrip().endswith(("]", "}")):
        return quotes.after_brackets(position)
    if key and before.endswith(('"', "'")):
        return quotes.after_quote(position)
    if key:
        return quotes.colon_in_text(position)
    above = position.line_start(max(position.line_start(position.index) - 1, 0))
    return alignment.glued(position, above) or alignment.does_not_line_up(position)


def percent(position: ErrorPosition) -> Problem:
    return position.at(position.line_start(position.index), "text cannot begin with “%”", IN_QUOTES)


def question_mark(position: ErrorPosition) -> Problem:
    return position.at(position.index, "text cannot begin with “? ”", IN_QUOTES)


def expected_key(position: ErrorPosition) -> Problem:
    before = position.before().rstrip()
    if before.endswith(("]", "}")) and before.strip():
        return quotes.after_brackets(position)
    if before.endswith(('"', "'")):
        return quotes.after_quote(position)
    return alignment.not_a_key(position)


MESSAGES: tuple[tuple[str, Callable[[ErrorPosition], Problem]], ...] = (
    (
        "cannot start any token|scanning an? (?:alias|anchor|tag)|parsing a tag|tag handle",
        quotes.first_character,
    ),
    ("scanning a directive", percent),
    ("plain scalar: found unexpected ':'", quotes.colon_in_text),
    ("quoted scalar: found unexpected|quoted scalar: .*document indicator", quotes.open_quote),
    ("quoted scalar: .*escape|quoted scalar: did not find expected hex", quotes.unknown_escape),
    ("mapping values are not allowed", colon),
    ("scanning a simple key", alignment.no_colon),
    ("flow (?:mapping|sequence)", quotes.open_bracket),
    ("expected comment or line break|scanning a block scalar", quotes.after_bar),
    ("block sequence entries are not allowed", alignment.dash),
    ("mapping keys are not allowed", question_mark),
    ("expected node content", quotes.first_character),
    ("expected '-' indicator", alignment.not_in_list),
    ("expected key|expected <document start>", expected_key),
)
