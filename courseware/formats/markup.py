"""XML elements that know their line and column, and which of their parts have been read.

Names are short, `cp:item` for `{http://www.imsglobal.org/xsd/imscp_v1p1}item`, whichever of its namespaces a
package uses. So a reader accepts all of them, and can report the parts that nothing has read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct, field

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
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SPACE = " \t\r\n"
SPACES = re.compile(f"[{SPACE}]+")


class DocumentFacts(Struct, frozen=True):
    """Facts of a whole document: its namespaces, and the prefixes that it does not declare."""

    namespaces: frozenset[str] = frozenset()
    undeclared: frozenset[str] = frozenset()
    begins_late: bool = False  # there is white space before its declaration


NO_FACTS = DocumentFacts()


class Element(Struct, eq=False):
    """An element, to be read or written; `read_names` holds the attributes and children that were asked
    for."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    line: int = 0
    column: int = 0
    read_names: set[str] = field(default_factory=set)
    document: DocumentFacts = NO_FACTS  # set on the root

    def get(self, name: str) -> str | None:
        """The attribute's value as written, whatever the case of its name; or None."""
        self.read_names.add("@" + name)
        if name in self.attributes:
            return self.attributes[name]
        return next((value for key, value in self.attributes.items() if key.lower() == name.lower()), None)

    def all(self, *names: str) -> list[Element]:
        """The children of those names, in order."""
        self.read_names.update(names)
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
        """This element and all below it, without ignored elements."""
        if "*" not in self.read_names:
            yield self
            for child in self.children:
                yield from child.meant()

    def words(self) -> str:
        """Its text on one line."""
        return one_line(self.text)

    def ignore(self) -> None:
        """Mark it as somebody else's: nothing in it is reported as unread."""
        self.read_names.add("*")

    def add(self, name: str, text: str = "", **attributes: str) -> Element:
        """Append a new child and return it; `adlcp_scormtype` names the attribute `adlcp:scormtype`."""
        named = {key.replace("_", ":", 1): value for key, value in attributes.items()}
        child = Element(name, named, text=text)
        self.children.append(child)
        return child

    def unread(self) -> Iterator[tuple[Element, str]]:
        """Each unread element with "", or an element with the name of its unread attribute."""
        if "*" in self.read_names:
            return
        for name in self.attributes:
            if "@" + name not in self.read_names:
                yield self, name
        for child in self.children:
            if child.name in self.read_names:
                yield from child.unread()
            else:
                yield child, ""


def one_line(text: str) -> str:
    """The text with XML's white space folded; a no-break space stays."""
    return " ".join(SPACES.split(text.strip(SPACE)))


@lru_cache(4096)  # bounded, because a server reads packages by anybody
def short(name: str) -> str:
    """`cp:name` for expat's namespace and name; `{namespace}name` where the namespace is not one of ours."""
    namespace, _, local = name.rpartition("\n")
    if not namespace:
        return local
    family = next((family for pattern, family in FAMILIES if pattern.search(namespace)), None)
    return f"{family}:{local}" if family else f"{{{namespace}}}{local}"


def serialise(root: Element, prefixes: Mapping[str, str], locations: Mapping[str, str]) -> bytes:
    """The document as bytes; `cp` is the default namespace, `prefixes` are the others that it declares."""
    from lxml import etree  # imported here, because readers do not need it

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
    top.set(
        f"{{{XSI}}}schemaLocation", " ".join(f"{uris[prefix]} {path}" for prefix, path in locations.items())
    )
    tree = etree.ElementTree(top)
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, pretty_print=True)


# xml.sax.saxutils has these too, but imports half of the network library.
IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_QUOTES = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
SPECIAL = re.compile(r"""[&<>"\r\n\t]""")


def quoted(value: str) -> str:
    """The value as an attribute writes it, with its quotes."""
    return f'"{value.translate(IN_QUOTES) if SPECIAL.search(value) else value}"'
