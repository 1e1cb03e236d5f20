"""YAML 1.2 on libyaml's events. Every node keeps its place, and no input can harm the reader.

Anchors, aliases, tags and merge keys are refused: a trainer who writes `*Always*` or `!important` means text,
a value has one place, and no few lines can unfold into gigabytes.
"""

from __future__ import annotations

import re
from typing import Any, cast

from msgspec import Struct
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

from courseware.errors import Place, Problem
from courseware.yaml12.comments import lost_comment
from courseware.yaml12.error_position import IN_QUOTES
from courseware.yaml12.nodes import SourceFile, SourceList, SourceMap, SourceText

SIZE_LIMIT = 4_000_000  # bytes; the longest course that was measured has 300,000
DEPTH_LIMIT = 32
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
TAKEN_BY_YAML = "\x85\u2028\u2029\ufeff"  # YAML accepts these; libyaml stops at the other forbidden ones

CONFLICT = re.compile(r"^<{7}(?: .*)?$(?=[\s\S]*^={7}$[\s\S]*^>{7}(?: |$))", re.MULTILINE)
NOT_TEXT = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a picture or a sound",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed archive",
    b"Rar!": "a packed archive",
    b"7z\xbc\xaf": "a packed archive",
}

Node = SourceText | SourceMap | SourceList


class YamlDocument(Struct, frozen=True):
    """The content of a file; `root` is None where it could not be read to its end."""

    file: str
    root: Node | None
    problems: tuple[Problem, ...]


def read_document(file: str, data: bytes) -> YamlDocument:
    """The file's nodes with their places, and every problem that does not hide the others."""
    lines = with_unix_lines(data)
    text, problem = decoded(file, lines)
    if problem is not None:
        return YamlDocument(file, None, (problem,))
    composer = Composer(SourceFile(file, text))
    try:
        composer.compose(lines)
    except YAMLError as error:
        if problem_of_sign := invisible_character(file, text):
            composer.problems = [problem_of_sign]
        elif not composer.lost_text:
            from courseware.yaml12.syntax_errors import explain

            composer.problems.append(explain(file, text, error))
        composer.documents.clear()
    except TooDeepError as error:
        composer.problems.append(error.problem)
        composer.documents.clear()
    else:
        if not composer.documents:
            composer.problems.append(Problem(Place(file), "the file is empty", "write it, or remove it"))
    composer.report_duplicates()
    root = cast("Node | None", composer.documents[0] if composer.documents else None)
    return YamlDocument(file, root, tuple(composer.problems))


def with_unix_lines(data: bytes) -> bytes:
    """The bytes with Unix line ends, and without a byte order mark."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def decoded(file: str, data: bytes) -> tuple[str, Problem | None]:
    """The text of a UTF-8 file."""
    if len(data) > SIZE_LIMIT:
        message = f"the file has {len(data):,} bytes, more than the {SIZE_LIMIT:,} that a file may have"
        return "", Problem(Place(file), message, "split it into several files")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return "", Problem(Place(file), "the file is a word processor's document, not plain text", SAVE_AS)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Problem(Place(file), "the file is saved as UTF-16", SAVE_AS)
    kind = next((kind for start, kind in NOT_TEXT.items() if data.startswith(start)), "")
    if kind or b"\0" in data:
        hint = "write the text in a plain text editor; a picture belongs in the folder “media”"
        return "", Problem(Place(file), f"the file is {kind or 'of another kind'}, not plain text", hint)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return "", wrong_encoding(file, data, error.start)
    if "<<<<<<<" in text and (problem := conflict(file, text)):
        return text, problem
    return text, invisible_character(file, text) if any(sign in text for sign in TAKEN_BY_YAML) else None


def conflict(file: str, text: str) -> Problem | None:
    """Git writes both versions into the file where it cannot merge them."""
    match = CONFLICT.search(text)
    if match is None:
        return None
    place = SourceFile(file, text).place(match.start())
    message = "two versions of these lines stand here, because Git could not merge them"
    hint = "keep one of them, and delete the lines that begin with “<<<<<<<”, “=======” and “>>>>>>>”"
    return Problem(place, message, hint)


def invisible_character(file: str, text: str) -> Problem | None:
    if match := FORBIDDEN.search(text):
        message = f"an invisible character (U+{ord(match[0]):04X}) stands here"
        hint = "delete it, and type the text around it anew"
        return Problem(SourceFile(file, text).place(match.start()), message, hint)
    return None


ONE_OF_TWO = "keep one of them, or put back a line that is missing above this one"
LOST_LINE = "put back the line that is missing above it, a name with its colon; or keep one of each"
SAVE_AS = "save it as UTF-8: in most editors under “Save as”, “Encoding”"


def wrong_encoding(file: str, data: bytes, start: int) -> Problem:
    """Most such files come from an old Windows program, so the message shows the byte as Windows reads it."""
    before = data[:start].decode()
    meant = data[start : start + 1].decode("cp1252", "replace")
    message = f"the file is not saved as UTF-8; this character may be meant as “{meant}”"
    return Problem(SourceFile(file, before).place(len(before)), message, SAVE_AS)


class TooDeepError(Exception):
    """Nested beyond the limit: no course needs a thousand brackets."""

    def __init__(self, where: Place) -> None:
        self.problem = Problem(
            where,
            f"this is nested more than {DEPTH_LIMIT} levels deep",
            f"check the brackets; {IN_QUOTES} where they are part of a text",
        )
        super().__init__(str(self.problem))


class Composer:
    """Builds nodes from events. Events have the type Any, because a cast for each costs a tenth of the
    time."""

    def __init__(self, source_file: SourceFile) -> None:
        self.source_file = source_file
        self.documents = SourceList()
        self.problems: list[Problem] = []
        self.around: list[
            tuple[SourceMap | SourceList, SourceText | None]
        ] = []  # each with the key that still has no value
        self.repeated: dict[int, tuple[SourceMap, list[SourceText]]] = {}
        self.lost_text = False  # in the last plain text; libyaml's error in the next line would repeat it

    def compose(self, data: bytes) -> None:
        """Reads the text as UTF-8, the encoding of libyaml.

        One loop, because every value of every file passes here; unusual events go elsewhere. Events are
        fetched one by one, so that a refused one stops the parser before it goes deeper.
        """
        source_file, has_signs = (
            self.source_file,
            " #" in self.source_file.text or "\\" in self.source_file.text,
        )
        within: SourceMap | SourceList = self.documents
        key: SourceText | None = None  # the key that has no value yet
        around = self.around
        event: Any
        for event in iter(CParser(data).get_event, None):
            kind = type(event)
            node: Node | None
            if kind is ScalarEvent:
                written = SourceText(event.value)
                written.source_file, written.start = source_file, event.start_mark.index
                is_odd = has_signs or event.anchor is not None or event.tag is not None
                node = self.checked_text(event, written) if is_odd else written
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                within, key = around.pop()
                continue
            else:
                node = self.other(event, kind)
            if node is None:
                continue
            if isinstance(within, SourceList):
                within.append(node)
            elif key is None:
                key = self.checked_key(within, node)
            else:
                within.setdefault(key, node)
                key = None
            if not isinstance(node, SourceText):
                around.append((within, key))
                within, key = node, None

    def checked_text(self, event: Any, written: SourceText) -> SourceText:
        """A text that may lack a comment, or begin with an anchor or a tag."""
        if event.anchor is not None or event.tag is not None:
            self.refuse(event)
            return self.source(event)
        self.lost_text = False
        if not event.style:
            if problem := lost_comment(written, event.end_mark.index):
                self.problems.append(problem)
                self.lost_text = problem.severity == "error"
        elif event.style == '"' and FORBIDDEN.search(written):
            self.problem(event, "the text holds an escape for an invisible character", "leave the escape out")
        return written

    def other(self, event: Any, kind: type) -> Node | None:
        """A new container; or one of YAML's constructs beyond text, keys and lists, which is refused."""
        if kind is MappingStartEvent:
            entries = SourceMap()
            entries.model = None
            return self.begun(entries, event)
        if kind is SequenceStartEvent:
            return self.begun(SourceList(), event)
        if kind is AliasEvent:
            self.problem(event, "text cannot begin with “*”", IN_QUOTES)
            return self.source(event)
        if kind is DocumentStartEvent and self.documents:
            self.problem(
                event,
                "“---” begins a second document here",
                "remove it, or make what follows it a file of its own",
            )
        return None

    def begun(self, container: SourceMap | SourceList, event: Any) -> Node:
        container.source_file, container.start = self.source_file, event.start_mark.index
        if len(self.around) == DEPTH_LIMIT:
            raise TooDeepError(container.place)
        self.refuse(event)
        return container

    def refuse(self, event: Any) -> None:
        """Anchors and tags are mostly an accident of a text's first character."""
        if event.anchor is not None:
            self.problem(event, "text cannot begin with “&”", IN_QUOTES)
        elif event.tag is not None:
            self.problem(event, "text cannot begin with “!”", IN_QUOTES)

    def checked_key(self, entries: SourceMap, node: Node) -> SourceText:
        """A key is plain words, and unique."""
        if not isinstance(node, SourceText):
            self.problems.append(
                Problem(node.place, "a key is plain words, not a list or keys of its own", IN_QUOTES)
            )
            return self.written("", node.start)
        if node == "<<":
            message = "“<<” merges keys in YAML; a course writes each where it belongs"
            self.problems.append(Problem(node.place, message, "write the keys out"))
        elif node in entries:
            self.repeated.setdefault(id(entries), (entries, []))[1].append(node)
        return node

    def report_duplicates(self) -> None:
        """One problem for each map. Where several keys come again, the line that names a second thing is
        missing."""
        for entries, again in self.repeated.values():
            first = {key: cast(SourceText, key) for key in entries}
            name, others = again[0], len({*again}) - 1
            message, hint = (
                f"“{name.excerpt}:” is here twice, first on line {first[name].place.line}",
                ONE_OF_TWO,
            )
            if others:
                self.documents.clear()  # the two things read as one would only cause more problems
                message += f", and {others} more key{'' if others == 1 else 's'} after it"
                hint = LOST_LINE
            self.problems.append(Problem(name.place, message, hint))

    def source(self, event: Any) -> SourceText:
        """The event's text as it is typed."""
        start = event.start_mark.index
        return self.written(self.source_file.text[start : event.end_mark.index], start)

    def written(self, value: str, start: int) -> SourceText:
        written = SourceText(value)
        written.source_file, written.start = self.source_file, start
        return written

    def problem(self, event: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(self.source_file.place(event.start_mark.index), message, hint))
