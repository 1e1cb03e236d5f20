"""The slips that people make in YAML who do not think in YAML, each with its sentence and its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable

from yaml.error import Mark, MarkedYAMLError, YAMLError

from courseware.errors import Place, Problem
from courseware.yaml12 import alignment, quoting
from courseware.yaml12.slip import IN_QUOTES, LOST, Slip
from courseware.yaml12.written import Sheet, Written


def lost_comment(written: Written, end: int) -> Problem | None:
    """` #` ends plain text in silence; one space and no space after it is hardly ever meant as a note."""
    text = written.sheet.text
    if not text.startswith(" #", end):
        return None
    place, after = written.sheet.place(end + 1), text[end + 2 : end + 3]
    hint = f"{IN_QUOTES}; where it is a note to yourself, put two spaces before “#”"
    if after not in ("", " ", "\n"):
        return Problem(place, LOST, hint)
    return Problem(place, LOST, hint, "warning") if " " in written else None


def explain(file: str, text: str, error: YAMLError) -> Problem:
    """libyaml's complaint in a trainer's words."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(Place(file), "the file cannot be read as YAML", "save it anew as plain UTF-8 text")
    index = at_most(error.problem_mark, text)
    context = at_most(error.context_mark, text) if error.context_mark else index
    slip = Slip(Sheet(file, text), index, context)
    for suspected in (alignment.tab_problem, alignment.odd_space, cut_off):
        if found := suspected(slip):
            return found
    complaint = f"{error.context or ''}: {error.problem or ''}"
    for pattern, sentence in SENTENCES:
        if re.search(pattern, complaint):
            return sentence(slip)
    return slip.at(index, f"this cannot be read as YAML ({error.problem})", IN_QUOTES)


def at_most(mark: Mark | None, text: str) -> int:
    """A mark at the end of the file would point at a line that no editor shows."""
    return min(mark.index if mark else 0, max(len(text.rstrip("\n")), 0))


def cut_off(slip: Slip) -> Problem | None:
    """A bracket is open, or a value wanted, because what followed ` #` is lost."""
    if slip.character(slip.context) not in quoting.OPENING and slip.character(slip.index) not in ("", "\n"):
        return None
    for index in (slip.context, slip.index):
        if found := re.search(r"(?<=\s)#(?=\S)", slip.line(index)):
            return slip.at(slip.line_start(index) + found.start(), LOST, IN_QUOTES)
    return None


def colon(slip: Slip) -> Problem:
    before = slip.before()
    key = re.match(r"\s*(?:- +)*[^\s:][^:]*?:(?:\s|$)|\s*(?:- +)*[\"'][^\"']*[\"']?:\s", before)
    if before.rstrip().endswith(("]", "}")):
        return quoting.after_brackets(slip)
    if key and before.endswith(('"', "'")):
        return quoting.after_quote(slip)
    if key:
        return quoting.colon_in_text(slip)
    above = slip.line_start(max(slip.line_start(slip.index) - 1, 0))
    return alignment.glued(slip, above) or alignment.does_not_line_up(slip)


def percent(slip: Slip) -> Problem:
    return slip.at(slip.line_start(slip.index), "text cannot begin with “%”", IN_QUOTES)


def question_mark(slip: Slip) -> Problem:
    return slip.at(slip.index, "text cannot begin with “? ”", IN_QUOTES)


def expected_key(slip: Slip) -> Problem:
    before = slip.before().rstrip()
    if before.endswith(("]", "}")) and before.strip():
        return quoting.after_brackets(slip)
    if before.endswith(('"', "'")):
        return quoting.after_quote(slip)
    return alignment.not_a_key(slip)


SENTENCES: tuple[tuple[str, Callable[[Slip], Problem]], ...] = (
    (
        "cannot start any token|scanning an? (?:alias|anchor|tag)|parsing a tag|tag handle",
        quoting.first_character,
    ),
    ("scanning a directive", percent),
    ("plain scalar: found unexpected ':'", quoting.colon_in_text),
    ("quoted scalar: found unexpected|quoted scalar: .*document indicator", quoting.open_quote),
    ("quoted scalar: .*escape|quoted scalar: did not find expected hex", quoting.unknown_escape),
    ("mapping values are not allowed", colon),
    ("scanning a simple key", alignment.no_colon),
    ("flow (?:mapping|sequence)", quoting.open_bracket),
    ("expected comment or line break|scanning a block scalar", quoting.after_bar),
    ("block sequence entries are not allowed", alignment.dash),
    ("mapping keys are not allowed", question_mark),
    ("expected node content", quoting.first_character),
    ("expected '-' indicator", alignment.not_in_list),
    ("expected key|expected <document start>", expected_key),
)
