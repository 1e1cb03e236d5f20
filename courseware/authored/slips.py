"""The slips that people make in YAML who do not think in YAML, each with its sentence and its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml.error import Mark, MarkedYAMLError, YAMLError

from courseware.authored.written import Sheet, Written, shown
from courseware.errors import Place, Problem

IN_QUOTES = "put the text in quotes, or under “|”"
ODD_SPACE = re.compile(r"^(?:[ \t]|- )*([^\S \t\n])\s*(?:- )?[\w ]+:(?=\s|$)", re.MULTILINE)
GLUED = re.compile(r"[- ]*([^\W\d][\w ]{0,18}[^\W\d]):(?=[^\s/])(.*)")
OPENING = ("[", "{")
DASHES = "‐‑‒–—−•·"
LINE_UP = "give all keys of one thing the same indentation, in spaces"


def lost_comment(written: Written, end: int) -> Problem | None:
    """` #` ends plain text in silence; one space and no space after it is hardly ever meant as a note."""
    text = written.sheet.text
    if not text.startswith(" #", end):
        return None
    place, after = written.sheet.place(end + 1), text[end + 2 : end + 3]
    message = "the text ends before “#”: what follows it is lost"
    if after not in ("", " ", "\n"):
        return Problem(place, message, IN_QUOTES)
    if " " in written:
        hint = f"{IN_QUOTES}; where it is a note to yourself, put two spaces before “#”"
        return Problem(place, message, hint, "warning")
    return None


@dataclass(frozen=True, slots=True)
class Slip:
    """Where libyaml gave up, and what it was reading then."""

    sheet: Sheet
    index: int  # of the problem
    context: int  # where what it was reading began

    @property
    def text(self) -> str:
        return self.sheet.text

    def at(self, index: int, message: str, hint: str) -> Problem:
        return Problem(self.sheet.place(index), message, hint)

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def before(self) -> str:
        """The problem's line up to it."""
        return self.text[self.line_start(self.index) : self.index]

    def character(self, index: int) -> str:
        return self.text[index : index + 1]


def explain(file: str, text: str, error: YAMLError) -> Problem:
    """libyaml's complaint in a trainer's words."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(Place(file), "the file cannot be read as YAML", "save it anew as plain UTF-8 text")
    index = at_most(error.problem_mark, text)
    context = at_most(error.context_mark, text) if error.context_mark else index
    slip = Slip(Sheet(file, text), index, context)
    for suspected in (tab_problem, odd_space, cut_off):
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


def tab_problem(slip: Slip) -> Problem | None:
    line = slip.text[slip.line_start(slip.index) :].split("\n", 1)[0]
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


def cut_off(slip: Slip) -> Problem | None:
    """A bracket is open, or a value wanted, because what followed ` #` is lost."""
    if slip.character(slip.context) not in OPENING and slip.character(slip.index) not in ("", "\n"):
        return None
    for index in (slip.context, slip.index):
        start = slip.line_start(index)
        line = slip.text[start:].split("\n", 1)[0]
        if found := re.search(r"(?<=\s)#(?=\S)", line):
            message = "the text ends before “#”: what follows it is lost"
            return slip.at(start + found.start(), message, IN_QUOTES)
    return None


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


def colon(slip: Slip) -> Problem:
    before = slip.before()
    key = re.match(r"\s*(?:- +)*[^\s:][^:]*?:(?:\s|$)|\s*(?:- +)*[\"'][^\"']*[\"']?:\s", before)
    if before.rstrip().endswith(("]", "}")):
        return after_brackets(slip)
    if key and before.endswith(('"', "'")):
        return after_quote(slip)
    if key:
        return slip.at(slip.index, "a colon stands inside plain text", IN_QUOTES)
    if found := glued(slip, slip.line_start(max(slip.line_start(slip.index) - 1, 0))):
        return found
    start = slip.line_start(slip.index) + len(before) - len(before.lstrip(" -"))
    word = shown(before.strip(" -"))
    message = f"“{word}:” does not line up with the keys above it, so it is read as part of the text before"
    return slip.at(start, message, f"{LINE_UP}; where it is part of a text, {IN_QUOTES}")


def glued(slip: Slip, index: int) -> Problem | None:
    """A line that would be a key with its text, were there a space between them; a time of day is none."""
    found = GLUED.match(slip.text, index)
    if found is None:
        return None
    hint = f"write “{found[1]}: {shown(found[2])}”"
    return slip.at(found.start(1), f"“{found[1]}:” has no space after its colon", hint)


def colon_in_brackets(slip: Slip) -> Problem:
    return slip.at(slip.index, "a colon stands inside plain text", IN_QUOTES)


def percent(slip: Slip) -> Problem:
    return slip.at(slip.line_start(slip.index), "text cannot begin with “%”", IN_QUOTES)


def after_brackets(slip: Slip) -> Problem:
    opening = max(slip.before().rfind("["), slip.before().rfind("{"))
    start = slip.line_start(slip.index) + max(opening, 0)
    character = slip.character(start)
    return slip.at(
        start, f"the text begins with “{character}”, which begins a list or keys in YAML", IN_QUOTES
    )


def expected_key(slip: Slip) -> Problem:
    before = slip.before().rstrip()
    if before.endswith(("]", "}")) and before.strip():
        return after_brackets(slip)
    if before.endswith(('"', "'")):
        return after_quote(slip)
    if slip.character(slip.index) == "-":
        if slip.context < slip.index and slip.character(slip.context) in f"-{DASHES}":
            return not_in_list(Slip(slip.sheet, slip.context, slip.context))
        return slip.at(slip.index, "a list item stands where a key is wanted", LINE_UP)
    return slip.at(slip.index, "this line does not line up with those above it", LINE_UP)


def after_quote(slip: Slip) -> Problem:
    """The quoted text of a line begins after its key, or its dash."""
    before = slip.before().rstrip()
    found = re.search(rf"(?:^|[:\-,\[{{] +){before[-1]}", before)
    start = slip.line_start(slip.index) + (found.end() - 1 if found else before.index(before[-1]))
    message = "the text goes on after its closing quote"
    return slip.at(start, message, "put the whole text in other quotes, or under “|”")


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


def dash(slip: Slip) -> Problem:
    return slip.at(
        slip.index,
        "“- ” begins a list item, and here text is wanted",
        f"{IN_QUOTES}; a list starts on a new line",
    )


def question_mark(slip: Slip) -> Problem:
    return slip.at(slip.index, "text cannot begin with “? ”", IN_QUOTES)


def no_colon(slip: Slip) -> Problem:
    line = slip.text[slip.context :].split("\n", 1)[0].strip()
    start = slip.line_start(slip.context)
    previous = slip.text[slip.line_start(max(start - 1, 0)) : start]
    if re.search(r"\S +#", previous) and not previous.lstrip().startswith("#"):
        index = slip.line_start(max(start - 1, 0)) + previous.index(" #") + 1
        return slip.at(index, "the text ends before “#”: what follows it is lost", IN_QUOTES)
    if found := glued(slip, slip.context):
        return found
    message = f"“{shown(line)}” is neither a key with a colon nor part of the text above"
    return slip.at(slip.context, message, "indent it below its key, or put the text under “|”")


def not_in_list(slip: Slip) -> Problem:
    character = slip.character(slip.index)
    if character and character in DASHES:
        message = f"“{character}” begins no list item: it is not the hyphen of the keyboard"
        return slip.at(slip.index, message, "write “- ”; some editors make long dashes of it")
    if character == "-":
        return slip.at(slip.index, "“-” has no space after it", "write “- ” before each list item")
    return slip.at(slip.index, "a list item, beginning with “- ”, is wanted here", LINE_UP)


SENTENCES: tuple[tuple[str, Callable[[Slip], Problem]], ...] = (
    ("cannot start any token|scanning an? (?:alias|anchor|tag)|parsing a tag|tag handle", first_character),
    ("scanning a directive", percent),
    ("plain scalar: found unexpected ':'", colon_in_brackets),
    ("quoted scalar: found unexpected|quoted scalar: .*document indicator", open_quote),
    ("quoted scalar: .*escape|quoted scalar: did not find expected hex", unknown_escape),
    ("mapping values are not allowed", colon),
    ("scanning a simple key", no_colon),
    ("flow (?:mapping|sequence)", open_bracket),
    ("expected comment or line break|scanning a block scalar", after_bar),
    ("block sequence entries are not allowed", dash),
    ("mapping keys are not allowed", question_mark),
    ("expected node content", first_character),
    ("expected '-' indicator", not_in_list),
    ("expected key|expected <document start>", expected_key),
)
