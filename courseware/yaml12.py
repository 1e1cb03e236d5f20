"""YAML 1.2 on libyaml's events: every value keeps its place, and nothing that is typed can hurt.

Anchors, aliases, tags and merge keys are refused: a trainer who writes `*Always*` or `!important` means text,
a value has one place, and no few lines can unfold into gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from yaml._yaml import CParser
from yaml.error import Mark, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from courseware.errors import Place, Problem
from courseware.slips import IN_QUOTES, explain, lost_comment
from courseware.written import Entries, Items, Span, Style, Written

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
    composer = Composer(file, text)
    try:
        for event in events(text):
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
            place(file, text, found.start()), message, "delete it, and type the text around it anew"
        )
    return text, None


SAVE_AS = "save it as UTF-8: in most editors under “Save as”, “Encoding”"


def wrong_encoding(file: str, data: bytes, start: int) -> Problem:
    """Most such files were saved by an old Windows program, so its reading of the byte is shown."""
    before = data[:start].decode()
    meant = data[start : start + 1].decode("cp1252", "replace")
    message = f"the file is not saved as UTF-8; this character may be meant as “{meant}”"
    return Problem(place(file, before.replace("\r\n", "\n"), len(before)), message, SAVE_AS)


def place(file: str, text: str, index: int) -> Place:
    """The line and column of a character of the text."""
    return Place(file, text.count("\n", 0, index) + 1, min(index, len(text)) - text.rfind("\n", 0, index))


def events(text: str) -> Iterator[Event]:
    """One at a time, so that what is refused stops the parser before it goes deeper."""
    parser = CParser(text)
    while parser.check_event():
        yield cast(Event, parser.get_event())


def start(event: Event) -> Mark:
    return cast(Mark, event.start_mark)


def end(event: Event) -> Mark:
    return cast(Mark, event.end_mark)


class TooDeepError(Exception):
    """Nested beyond the limit; a thousand brackets are no course."""

    def __init__(self, where: Place) -> None:
        self.problem = Problem(
            where,
            f"this is nested more than {DEPTH_LIMIT} levels deep",
            f"check the brackets; {IN_QUOTES} where they are part of a text",
        )
        super().__init__(str(self.problem))


@dataclass(slots=True)
class Composer:
    """Builds values from events, without recursion."""

    file: str
    text: str
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    lost_text: bool = False  # in the last plain text; what YAML says of the next line only repeats it
    open: list[Entries | Items] = field(default_factory=list)
    flow: list[bool] = field(default_factory=list)
    keys: list[Written | None] = field(
        default_factory=list
    )  # the key that waits for its value, a container each

    def take(self, event: Event) -> None:
        self.refuse(event)
        match event:
            case ScalarEvent():
                self.add(self.scalar(event))
            case MappingStartEvent() | SequenceStartEvent():
                self.begin(event)
            case MappingEndEvent() | SequenceEndEvent():
                self.open.pop()
                self.flow.pop()
                self.keys.pop()
            case AliasEvent():
                self.add(self.written(self.source(event), event, "plain"))

    def refuse(self, event: Event) -> None:
        """What YAML offers beyond text, keys and lists is mostly an accident of the first character."""
        if isinstance(event, DocumentStartEvent):
            if self.root is not None:
                self.problem(event, "“---” begins a second document here", "make it a file of its own")
        elif isinstance(event, AliasEvent):
            self.problem(event, "text cannot begin with “*”", IN_QUOTES)
        elif getattr(event, "anchor", None) is not None:
            self.problem(event, "text cannot begin with “&”", IN_QUOTES)
        elif getattr(event, "tag", None) is not None:
            self.problem(event, "text cannot begin with “!”", IN_QUOTES)

    def begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        container: Entries | Items = Entries() if isinstance(event, MappingStartEvent) else Items()
        container.place = self.place(event)
        if isinstance(container, Entries):
            container.model = None
        self.add(container)
        self.open.append(container)
        self.flow.append(bool(event.flow_style))
        self.keys.append(None)
        if len(self.open) > DEPTH_LIMIT:
            raise TooDeepError(container.place)

    def add(self, node: Node) -> None:
        if not self.open:
            self.root = self.root or node
        elif isinstance(container := self.open[-1], Items):
            container.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self.key(container, node)
        else:
            self.keys[-1] = None
            container.setdefault(key, node)

    def key(self, entries: Entries, node: Node) -> Written:
        """A key is plain words, once."""
        if not isinstance(node, Written):
            self.problems.append(Problem(node.place, "a key is plain words, not a list or keys of its own"))
            return Written.at("", node.place, Span(self.text, 0, 0, "plain"))
        if node == "<<":
            message = "“<<” merges keys in YAML; a course writes each where it belongs"
            self.problems.append(Problem(node.place, message, "write the keys out"))
        elif node in entries:
            first = next(key for key in entries if key == node)
            line = cast(Written, first).place.line
            self.problems.append(
                Problem(node.place, f"“{node}:” is here twice, first on line {line}", "keep one of them")
            )
        return node

    def scalar(self, event: ScalarEvent) -> Written:
        style = STYLES.get(event.style, "plain")
        if event.tag is not None:
            return self.written(self.source(event), event, style)
        written = self.written(event.value, event, style)
        self.lost_text = False
        if style == "plain" and (problem := lost_comment(written)):
            self.problems.append(problem)
            self.lost_text = problem.severity == "error"
        if style == "double quoted" and FORBIDDEN.search(written):
            self.problem(event, "the text holds an escape for an invisible character", "leave the escape out")
        return written

    def written(self, value: str, event: Event, style: Style) -> Written:
        span = Span(self.text, start(event).index, end(event).index, style)
        return Written.at(value, self.place(event), span, flow=bool(self.flow and self.flow[-1]))

    def source(self, event: Event) -> str:
        return self.text[start(event).index : end(event).index]

    def place(self, event: Event) -> Place:
        return Place(self.file, start(event).line + 1, start(event).column + 1)

    def problem(self, event: Event, message: str, hint: str) -> None:
        self.problems.append(Problem(self.place(event), message, hint))
