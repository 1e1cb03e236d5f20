"""YAML 1.2 on libyaml's events: every value keeps its place, and nothing that is typed can hurt.

Anchors, aliases, tags and merge keys are refused: a trainer who writes `*Always*` or `!important` means text,
a value has one place, and no few lines can unfold into gigabytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from courseware.authored.slips import IN_QUOTES, explain, lost_comment
from courseware.authored.written import Entries, Items, Sheet, Style, Written
from courseware.errors import Place, Problem

SIZE_LIMIT = 4_000_000  # bytes; the longest course measured has 300,000
DEPTH_LIMIT = 32
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
STYLES: dict[str | None, Style] = {"'": "quoted", '"': "double quoted", "|": "block", ">": "block"}

Node = Written | Entries | Items


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds; no root where it could not be read to its end."""

    file: str
    root: Node | None
    problems: tuple[Problem, ...]


def read_document(file: str, data: bytes) -> Document:
    """The file's values with their places, and every problem that does not hide the rest."""
    text, problem = decoded(file, data)
    if problem is not None:
        return Document(file, None, (problem,))
    composer = Composer(Sheet(file, text))
    try:
        # One at a time, so that what is refused stops the parser before it goes deeper.
        for event in iter(CParser(text).get_event, None):
            composer.take(event)
    except YAMLError as error:
        if not composer.lost_text:
            composer.problems.append(explain(file, text, error))
        composer.root = None
    except TooDeepError as error:
        composer.problems.append(error.problem)
        composer.root = None
    else:
        if composer.root is None:
            composer.problems.append(Problem(Place(file), "the file is empty"))
    return Document(file, composer.root, tuple(composer.problems))


def decoded(file: str, data: bytes) -> tuple[str, Problem | None]:
    """The text of a UTF-8 file, with or without a mark at its start, on lines of any system."""
    if len(data) > SIZE_LIMIT:
        message = f"the file has {len(data):,} bytes, more than the {SIZE_LIMIT:,} that a file may have"
        return "", Problem(Place(file), message, "split it into several files")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problem(Place(file), "the file is saved as UTF-16", SAVE_AS)
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        return "", wrong_encoding(file, data, error.start)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = FORBIDDEN.search(text)
    if found:
        message = f"an invisible character (U+{ord(found[0]):04X}) stands here"
        return "", Problem(
            Sheet(file, text).place(found.start()), message, "delete it, and type the text around it anew"
        )
    return text, None


SAVE_AS = "save it as UTF-8: in most editors under “Save as”, “Encoding”"


def wrong_encoding(file: str, data: bytes, start: int) -> Problem:
    """Most such files were saved by an old Windows program, so its reading of the byte is shown."""
    before = data[:start].decode().replace("\r\n", "\n").replace("\r", "\n")
    meant = data[start : start + 1].decode("cp1252", "replace")
    message = f"the file is not saved as UTF-8; this character may be meant as “{meant}”"
    return Problem(Sheet(file, before).place(len(before)), message, SAVE_AS)


class TooDeepError(Exception):
    """Nested beyond the limit; a thousand brackets are no course."""

    def __init__(self, where: Place) -> None:
        self.problem = Problem(
            where,
            f"this is nested more than {DEPTH_LIMIT} levels deep",
            f"check the brackets; {IN_QUOTES} where they are part of a text",
        )
        super().__init__(str(self.problem))


class Composer:
    """Builds values from events, without recursion; events are Any, because a cast for each costs a tenth."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.has_notes = " #" in sheet.text
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.lost_text = False  # in the last plain text; what YAML says of the next line only repeats it
        self.open: list[Entries | Items] = []
        self.within: Entries | Items | None = None  # the last of them
        self.flow: list[bool] = [False]
        self.key: Written | None = None  # waits for its value
        self.keys: list[Written | None] = []  # those of the containers around

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is ScalarEvent:
            self.add(self.scalar(event))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self.begin(event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.open.pop()
            self.within = self.open[-1] if self.open else None
            self.flow.pop()
            self.key = self.keys.pop()
        elif kind is AliasEvent:
            self.problem(event, "text cannot begin with “*”", IN_QUOTES)
            self.add(self.written(self.source(event), event, "plain"))
        elif kind is DocumentStartEvent and self.root is not None:
            self.problem(event, "“---” begins a second document here", "make it a file of its own")

    def begin(self, event: Any) -> None:
        self.refuse(event)
        container = Entries() if isinstance(event, MappingStartEvent) else Items()
        container.sheet, container.start = self.sheet, event.start_mark.index
        if isinstance(container, Entries):
            container.model = None
        self.add(container)
        self.open.append(container)
        self.within = container
        self.flow.append(bool(event.flow_style))
        self.keys.append(self.key)
        self.key = None
        if len(self.open) > DEPTH_LIMIT:
            raise TooDeepError(container.place)

    def refuse(self, event: Any | MappingStartEvent | SequenceStartEvent) -> None:
        """What YAML offers beyond text, keys and lists is mostly an accident of the first character."""
        if event.anchor is not None:
            self.problem(event, "text cannot begin with “&”", IN_QUOTES)
        elif event.tag is not None:
            self.problem(event, "text cannot begin with “!”", IN_QUOTES)

    def add(self, node: Node) -> None:
        within = self.within
        if type(within) is Entries:
            if self.key is None:
                self.key = self.checked_key(within, node)
            else:
                within.setdefault(self.key, node)
                self.key = None
        elif type(within) is Items:
            within.append(node)
        else:
            self.root = self.root or node

    def checked_key(self, entries: Entries, node: Node) -> Written:
        """A key is plain words, once."""
        if not isinstance(node, Written):
            self.problems.append(Problem(node.place, "a key is plain words, not a list or keys of its own"))
            return self.nameless(node.start)
        if node == "<<":
            message = "“<<” merges keys in YAML; a course writes each where it belongs"
            self.problems.append(Problem(node.place, message, "write the keys out"))
        elif node in entries:
            first = next(key for key in entries if key == node)
            line = cast(Written, first).place.line
            message = f"“{node.shown}:” is here twice, first on line {line}"
            self.problems.append(Problem(node.place, message, "keep one of them"))
        return node

    def scalar(self, event: Any) -> Written:
        style = STYLES.get(event.style, "plain")
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
            return self.written(self.source(event), event, style)
        written = self.written(event.value, event, style)
        self.lost_text = False
        if self.has_notes and style == "plain" and (problem := lost_comment(written)):
            self.problems.append(problem)
            self.lost_text = problem.severity == "error"
        if style == "double quoted" and FORBIDDEN.search(written):
            self.problem(event, "the text holds an escape for an invisible character", "leave the escape out")
        return written

    def written(self, value: str, event: Any, style: Style) -> Written:
        written = Written(value)
        written.sheet, written.style, written.flow = self.sheet, style, self.flow[-1]
        written.start, written.end = event.start_mark.index, event.end_mark.index
        return written

    def nameless(self, index: int) -> Written:
        """Stands for a key that is none."""
        written = Written()
        written.sheet, written.style, written.flow = self.sheet, "plain", self.flow[-1]
        written.start = written.end = index
        return written

    def source(self, event: Any) -> str:
        return self.sheet.text[event.start_mark.index : event.end_mark.index]

    def problem(self, event: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(self.sheet.place(event.start_mark.index), message, hint))
