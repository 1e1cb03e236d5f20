"""Bytes -> elements, by expat: in any encoding, and mended where the meaning is plain.

A document type that declares entities is refused, and nothing outside the text is ever fetched.
"""

from __future__ import annotations

import codecs
import re
from xml.parsers import expat

from msgspec.structs import replace

from courseware.errors import CoursewareError, Place, Problem
from courseware.formats.markup import FAMILIES, SPACE, XML, DocumentFacts, Element, short

# The usual meaning of prefixes that a manifest uses and does not declare.
USUAL = {
    **{family: family for _, family in FAMILIES},
    "imscp": "cp",
    "ims": "cp",
    "imsmd": "md",
    "seq": "imsss",
}
UNDECLARED = {27, 28}  # expat: XML_ERROR_UNBOUND_PREFIX, XML_ERROR_UNDECLARING_PREFIX
DEEPEST = 90  # a package is stored as JSON, which nests twice as deep and may reach 200
# Replaces the declaration by white space: the encoding is known by then, and the place is wrong.
LATE = re.compile(rf"\ufeff?[{SPACE}]+<\?xml\b[^?>]*\?>")
# Plainer than expat's own words: XML_ERROR_INVALID_TOKEN, XML_ERROR_UNDEFINED_ENTITY.
PLAINLY = {
    4: "a sign stands here that XML does not take: in text, “&” is written “&amp;” and “<” is “&lt;”",
    11: "XML knows no entity of this name: the character itself may stand in its place",
}
DECLARATION = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
PYTHONS_OWN = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape"})  # no text is in these
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class UnreadableError(CoursewareError):
    """The text is not XML that we read."""


def parse(data: bytes, file: str) -> Element:
    """The root element; problems name `file`."""
    words = decoded(data, file)
    if words.strip(f"\ufeff{SPACE}")[:1] not in ("<", ""):
        message = "the file does not begin with “<”, so it is no XML"
        raise UnreadableError([Problem(Place(file, 1, 1), message, "export the package again")])
    begins_late = LATE.match(words)
    if begins_late:
        words = re.sub(r"\S", " ", begins_late[0]) + words[begins_late.end() :]
    text = words.encode("utf-8", "replace")
    try:
        root = _Builder(file).build(text)
    except _UndeclaredError:
        root = _Guesser(file).build(text)
    root.document = replace(root.document, begins_late=begins_late is not None)
    return root


def decoded(data: bytes, file: str) -> str:
    """The text, decoded by its byte order mark or by the encoding that its first line names."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    declared = DECLARATION.match(data)
    if not encoding:
        encoding = declared.group(1).decode().lower() if declared else "utf-8"
    if encoding in ("utf-16", "unicode") and declared:
        encoding = "utf-8"  # its declaration was readable as single bytes, so it is wrong
    message = f"the encoding “{encoding}” is not known"
    unknown = UnreadableError([Problem(Place(file, 1, 1), message, "save the file as UTF-8")])
    if encoding.replace("_", "-") in PYTHONS_OWN:
        raise unknown
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte 0x{data[error.start]:02x} is not {encoding.upper()}, which the file says it is"
        hint = "save the file as UTF-8, or name its real encoding in the first line"
        raise UnreadableError([Problem(Place(file, line, column), message, hint)]) from None
    except (LookupError, UnicodeError):
        raise unknown from None


class _UndeclaredError(Exception):
    """A prefix has no namespace."""


class _Builder:
    """Builds elements from expat's events."""

    separator: str | None = "\n"

    def __init__(self, file: str) -> None:
        self.file = file
        self.parser = expat.ParserCreate("utf-8", self.separator)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.document = Element("")
        self.open = [self.document]
        self.names: set[str] = set()
        self.guessed: set[str] = set()

    def build(self, text: bytes) -> Element:
        try:
            self.parser.Parse(text, True)
        except expat.ExpatError as error:
            if error.code in UNDECLARED:
                raise _UndeclaredError from None
            place = Place(self.file, error.lineno, error.offset + 1)
            message = f"not well-formed XML: {PLAINLY.get(error.code) or expat.ErrorString(error.code)}"
            raise UnreadableError(
                [Problem(place, message, "mend the file, or export the package again")]
            ) from None
        (root,) = self.document.children
        namespaces = frozenset(name.rpartition("\n")[0] for name in self.names)
        root.document = DocumentFacts(namespaces, frozenset(self.guessed))
        return root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > DEEPEST:
            self._refuse(f"elements are nested more than {DEEPEST} deep", "export the package again")
        self.names.add(name)
        self.names.update(attributes)
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        named = {short(key): value for key, value in attributes.items()}
        element = Element(short(name), named, line=place[0], column=place[1])
        self.open[-1].children.append(element)
        self.open.append(element)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].text += text

    def _entity(self, name: str, *_rest: object) -> None:
        hint = "take the document type out, and write the text itself where the entity stands"
        self._refuse(f"the document type declares the entity “{name}”, which is not safe to read", hint)

    def _refuse(self, message: str, hint: str) -> None:
        place = Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        raise UnreadableError([Problem(place, message, hint)])


class _Guesser(_Builder):
    """Resolves prefixes without expat: those that nothing declares get their usual meaning."""

    separator = None

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.scopes: list[dict[str, str]] = [{"xml": XML}]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        declared = {
            key[6:]: uri for key, uri in attributes.items() if key == "xmlns" or key.startswith("xmlns:")
        }
        self.scopes.append({**self.scopes[-1], **declared} if declared else self.scopes[-1])
        named = {
            self._resolved(key, ""): value
            for key, value in attributes.items()
            if key.partition(":")[0] != "xmlns"
        }
        super()._start(self._resolved(name, self.scopes[-1].get("", "")), named)

    def _end(self, name: str) -> None:
        self.scopes.pop()
        super()._end(name)

    def _resolved(self, name: str, default: str) -> str:
        prefix, _, local = name.rpartition(":")
        namespace = self.scopes[-1].get(prefix) if prefix else default
        if namespace or not prefix:
            return f"{namespace}\n{local}" if namespace else local
        self.guessed.add(prefix)
        return f"{USUAL[prefix]}:{local}" if prefix in USUAL else f"{prefix}\n{local}"
