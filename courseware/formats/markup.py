"""XML as manifests use it: elements that know their line and column, and what has been read of them.

Names are short, `cp:item` for `{http://www.imsglobal.org/xsd/imscp_v1p1}item`, whichever of its namespaces a
package uses; so a reader is tolerant where it can be, and says what nothing in it has understood.
A document type is refused where it declares entities; nothing outside the text is ever fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from xml.parsers import expat

from courseware.errors import CoursewareError, Place, Problem

FAMILIES = (
    (re.compile(r"/imscp_"), "cp"),
    (re.compile(r"/adlcp_"), "adlcp"),
    (re.compile(r"/imsss"), "imsss"),
    (re.compile(r"/adlseq_"), "adlseq"),
    (re.compile(r"/adlnav_"), "adlnav"),
    (re.compile(r"/imsmd_"), "md"),
    (re.compile(r"ltsc\.ieee\.org/xsd/LOM"), "lom"),
    (re.compile(r"^http://www\.w3\.org/XML/1998/namespace$"), "xml"),
    (re.compile(r"^http://www\.w3\.org/2001/XMLSchema-instance$"), "xsi"),
)
# What a prefix means that a manifest uses and does not declare.
USUAL = {
    **{family: family for _, family in FAMILIES},
    "imscp": "cp",
    "ims": "cp",
    "imsmd": "md",
    "seq": "imsss",
}
UNDECLARED = {27, 28}  # expat: XML_ERROR_UNBOUND_PREFIX, XML_ERROR_UNDECLARING_PREFIX
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SPACE = " \t\r\n"
SPACES = re.compile(f"[{SPACE}]+")
DEEPEST = 200
# Of the declaration only white space is left then, since its encoding is known and its place is wrong.
LATE = re.compile(rf"\ufeff?[{SPACE}]+<\?xml\b[^?>]*\?>")
# Where expat's own words would say less.
PLAINLY = {
    4: "a sign stands here that XML does not take: in text, “&” is written “&amp;” and “<” is “&lt;”",
    11: "XML knows no entity of this name: the character itself may stand in its place",
}
DECLARATION = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a text as a whole: its namespaces, and the prefixes that it does not declare."""

    namespaces: frozenset[str] = frozenset()
    undeclared: frozenset[str] = frozenset()
    begins_late: bool = False  # white space stands before its declaration


NOTHING_KNOWN = Document()


@dataclass(slots=True, eq=False)
class Element:
    """An element, to be read or written; `heard` names the attributes and children asked for."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    line: int = 0
    column: int = 0
    heard: set[str] = field(default_factory=set)
    document: Document = NOTHING_KNOWN  # on the root

    def get(self, name: str) -> str | None:
        """An attribute as written, whatever the case of its name, or None."""
        self.heard.add("@" + name)
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.lower() == name.lower()), None)

    def all(self, *names: str) -> list[Element]:
        """The children of those names, in order."""
        self.heard.update(names)
        return [child for child in self.children if child.name in names]

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next(iter(self.all(name)), None)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def meant(self) -> Iterator[Element]:
        """The same without what is not for us."""
        if "*" not in self.heard:
            yield self
            for child in self.children:
                yield from child.meant()

    def words(self) -> str:
        """Its text on one line."""
        return one_line(self.text)

    def ignore(self) -> None:
        """Say that nothing in here is meant for us."""
        self.heard.add("*")

    def add(self, name: str, text: str = "", **attributes: str) -> Element:
        """Append a new child and return it; `adlcp_scormtype` names the attribute `adlcp:scormtype`."""
        named = {key.replace("_", ":", 1): value for key, value in attributes.items()}
        child = Element(name, named, text=text)
        self.children.append(child)
        return child

    def unheard(self) -> Iterator[tuple[Element, str]]:
        """What nothing has asked for: the element, and "" or the name of its attribute."""
        if "*" in self.heard:
            return
        for name in self.attributes:
            if "@" + name not in self.heard:
                yield self, name
        for child in self.children:
            if child.name in self.heard:
                yield from child.unheard()
            else:
                yield child, ""


class UnreadableError(CoursewareError):
    """The text is no XML that we read."""


def parse(data: bytes, file: str) -> Element:
    """The root element; `file` is what problems call the text."""
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
    """The text, by its byte order mark or by what its first line says of itself."""
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "")
    declared = DECLARATION.match(data)
    if not encoding:
        encoding = declared.group(1).decode().lower() if declared else "utf-8"
    if encoding in ("utf-16", "unicode") and declared and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-8"  # the declaration could be read as bytes, so it is wrong
    try:
        return data.decode(encoding)
    except LookupError:
        message = f"the encoding “{encoding}” is not known"
        raise UnreadableError([Problem(Place(file, 1, 1), message, "save the file as UTF-8")]) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte 0x{data[error.start]:02x} is not {encoding.upper()}, which the file says it is"
        hint = "save the file as UTF-8, or name its real encoding in the first line"
        raise UnreadableError([Problem(Place(file, line, column), message, hint)]) from None


class _UndeclaredError(Exception):
    """A prefix has no namespace."""


class _Builder:
    """Expat's events into elements."""

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
        root.document = Document(namespaces, frozenset(self.guessed))
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
    """Resolves prefixes itself, those that nothing declares as they are usually meant."""

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


def one_line(text: str) -> str:
    """XML's white space folded; a no-break space is the author's."""
    return " ".join(SPACES.split(text.strip(SPACE)))


@lru_cache(4096)  # a server reads packages by anybody
def short(name: str) -> str:
    """`cp:name` for expat's namespace and name, or `{namespace}name` where it is not one of ours."""
    namespace, _, local = name.rpartition("\n")
    if not namespace:
        return local
    family = next((family for pattern, family in FAMILIES if pattern.search(namespace)), None)
    return f"{family}:{local}" if family else f"{{{namespace}}}{local}"


def serialise(root: Element, prefixes: Mapping[str, str], locations: Mapping[str, str]) -> bytes:
    """The document, `cp` being the default namespace; `prefixes` names those that it declares."""
    from lxml import etree  # only who writes waits for it

    uris = {**prefixes, "xsi": XSI, "xml": XML}
    nsmap = {None if prefix == "cp" else prefix: uri for prefix, uri in uris.items() if prefix != "xml"}

    @cache
    def qualified(name: str) -> str:
        prefix, colon, local = name.rpartition(":")
        return f"{{{uris[prefix]}}}{local}" if colon else local

    def write(element: Element, made: etree._Element) -> None:
        for key, value in element.attributes.items():
            made.set(qualified(key), value)
        if element.text:
            made.text = element.text
        for child in element.children:
            write(child, etree.SubElement(made, qualified(child.name)))

    top = etree.Element(qualified(root.name), nsmap=nsmap)
    write(root, top)
    top.set(f"{{{XSI}}}schemaLocation", " ".join(f"{uris[each]} {path}" for each, path in locations.items()))
    tree = etree.ElementTree(top)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, pretty_print=True)


# xml.sax.saxutils has these, and imports half of the network library with them.
IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_QUOTES = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


SPECIAL = re.compile(r"""[&<>"\r\n\t]""")


def quoted(value: str) -> str:
    """As an attribute's value is written, quotes included."""
    return f'"{value.translate(IN_QUOTES) if SPECIAL.search(value) else value}"'
