"""SVG drawings made safe to stand in the course's document. An allow-list decides what stays, and the author
is told what does not.

Most drawings have nothing to remove, and stay as they are written.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from xml.parsers import expat

from msgspec import Struct

from courseware.formats.markup import IN_TEXT, quoted
from courseware.formats.parsing import UnreadableError, decoded
from courseware.planning import drawing_style

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink href"
ELEMENTS = frozenset(
    {"svg", "g", "defs", "symbol", "use", "title", "desc", "style", "switch"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"}
    | {"text", "tspan", "textPath"}
    | {"linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"}
    | {"filter", "feBlend", "feColorMatrix", "feComposite", "feDropShadow", "feFlood", "feGaussianBlur"}
    | {"feMerge", "feMergeNode", "feOffset"}
)
NAMED = frozenset(f"{SVG} {name}" for name in ELEMENTS)
ATTRIBUTES = frozenset(
    {"id", "class", "style", "lang", "dir", "role", "tabindex", "href", "transform", "viewBox", "version"}
    | {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "points"}
    | {"width", "height", "dx", "dy", "rotate", "textLength", "lengthAdjust", "pathLength", "offset"}
    | {"startOffset", "method", "spacing", "side", "preserveAspectRatio"}
    | {"gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits"}
    | {"patternUnits", "patternContentUnits", "patternTransform"}
    | {"markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient"}
    | {"in", "in2", "result", "type", "values", "mode", "operator", "stdDeviation", "k1", "k2", "k3", "k4"}
    | {"filterUnits", "primitiveUnits", "systemLanguage", "media"}
)
# The presentation attributes, which are CSS properties too.
PRESENTATION = re.compile(
    r"(?:aria-[a-z]+|fill|stroke|stop|flood|clip|font|text|marker|letter|word|color|dominant|alignment|baseline"
    r"|opacity|display|visibility|overflow|mask|filter|direction|writing|unicode|vector|shape|paint|image"
    r"|cursor|pointer)(?:-[a-z-]+)?"
)
# Inside these, a browser would read an element as HTML's own, perhaps up to the page's end.
TEXT_ONLY = frozenset({"style", "title", "desc"})
NOT_TEXT = re.compile(r"<(style|title|desc)\b[^<]*<(?!/\1)|<style[^>]*[\"'/]")
OUTSIDE = re.compile(
    r"url\((?!\s*['\"]?#)|(?:image-set|src)\(|@import|expression\s*\(|javascript:|\\", re.IGNORECASE
)
# A drawing with one of these is looked at piece by piece: XML and HTML differ there, or it may load a file.
UNCLEAR = frozenset(
    {"<!", "<?", "&", "xmlns:", "xml:", "\\"}
    | {"url(", "src(", "image-set(", "@import", "expression", "javascript:"}
)
STYLE = re.compile(r"(<style\s*>)([^<]+)")
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
LARGEST = 2 << 20


class NoDrawingError(Exception):
    """The file is no SVG drawing; the message says why."""


class Drawing(Struct, frozen=True):
    """The safe drawing, and the names of what was left out."""

    svg: str
    left_out: tuple[str, ...]


@lru_cache(maxsize=32)
def cleaned(data: bytes, name: str) -> Drawing:
    """The drawing for the document. `name`, of a-z, 0-9 and -, keeps its ids and styles apart from all others
    there. Cached: variants share their drawings."""
    if len(data) > LARGEST:
        raise NoDrawingError(f"it is larger than {LARGEST >> 20} MiB")
    try:
        text = decoded(data, name)
        if _stays_as_written(text):
            with suppress(drawing_style.UnscopableStyleError):
                return Drawing(_with_scoped_styles(text.strip(), name), ())
        cleaner = _Cleaner(name)
        cleaner.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise NoDrawingError(f"line {error.lineno}: {expat.ErrorString(error.code)}") from None
    except UnreadableError as error:
        raise NoDrawingError(error.problems[0].message) from None
    return Drawing(_written(cleaner.pieces, name), tuple(cleaner.left_out))


def _stays_as_written(text: str) -> bool:
    """True where the text shows plainly that nothing has to be removed; else each piece is looked at."""
    lowered = text.lower()
    if any(sign in lowered for sign in UNCLEAR) or NOT_TEXT.search(text):
        return False
    elements: dict[str, None] = {}
    attributes: set[str] = set()

    def look(name: str, names: dict[str, str]) -> None:
        elements[name] = None
        attributes.update(names)

    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = look
    parser.Parse(text.encode(), True)
    return (
        next(iter(elements)) == f"{SVG} svg"
        and elements.keys() <= NAMED
        and attributes.isdisjoint(("id", "href"))  # these are renamed
        and all(_is_known(name) for name in attributes)
    )


def _with_scoped_styles(text: str, name: str) -> str:
    if "<style" not in text:
        return text
    kept = STYLE.sub(lambda match: match[1] + drawing_style.scoped(match[2], name), text)
    return kept.replace("<svg", f'<svg {drawing_style.MARK}="{name}"', 1)


class _Tag(Struct):
    """The start of an element that stays; with `attributes` None, its end."""

    name: str
    attributes: dict[str, str] | None = None


class _Cleaner:
    """Collects the pieces that stay, and the names of those that do not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.pieces: list[_Tag | str] = []
        self.left_out: dict[str, None] = {}
        self.depth = self.outside = 0  # the number of open elements, and of those inside a removed one
        self.only_text = False  # only text stays inside this element
        self.style: list[str] | None = None  # the text so far of the open <style>

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self.depth and (namespace, local) != (SVG, "svg"):
            raise NoDrawingError("its first element is not <svg>")
        self.depth += 1
        stays = namespace == SVG and local in ELEMENTS and not self.only_text
        if self.outside or not stays:
            if not self.outside and namespace == SVG:  # elements of editors are removed without a warning
                self.left_out[f"<{local}>"] = None
            self.outside += 1
            return
        self.only_text = local in TEXT_ONLY
        self.style = [] if local == "style" else None
        self.pieces.append(_Tag(local, self._harmless(local, attributes)))

    def _harmless(self, element: str, attributes: dict[str, str]) -> dict[str, str]:
        kept: dict[str, str] = {}
        for name, value in attributes.items():
            plain = "href" if name == XLINK else name
            if _is_harmless(element, plain, value):
                kept[plain] = value
            elif " " not in plain:
                self.left_out[plain] = None
        return kept

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.outside:
            self.outside -= 1
            return
        self.only_text = False
        if self.style is not None:
            self._keep_style("".join(self.style))
        self.pieces.append(_Tag(name.rpartition(" ")[2]))

    def _text(self, text: str) -> None:
        if not self.outside:
            (self.pieces if self.style is None else self.style).append(text)

    def _keep_style(self, text: str) -> None:
        self.style = None
        if OUTSIDE.search(text):
            self.left_out["a style that loads something"] = None
            return
        try:
            self.pieces.append(drawing_style.scoped(text, self.name))
        except drawing_style.UnscopableStyleError:
            self.left_out["a style with more than rules, @media and @supports"] = None

    def _entity(self, name: str, *_rest: object) -> None:
        raise NoDrawingError(f"its document type declares the entity “{name}”")


def _is_harmless(element: str, name: str, value: str) -> bool:
    if name == "href":
        return value.startswith("#") or (element == "image" and PICTURE.fullmatch(value) is not None)
    return _is_known(name) and not _loads(value)


@lru_cache(1024)  # cached: the same few colours come again and again
def _loads(value: str) -> bool:
    return OUTSIDE.search(value) is not None


@lru_cache
def _is_known(attribute: str) -> bool:
    return attribute in ATTRIBUTES or PRESENTATION.fullmatch(attribute) is not None


def _written(pieces: list[_Tag | str], prefix: str) -> str:
    rename = _Rename(pieces, prefix)
    has_style = any(isinstance(piece, _Tag) and piece.name == "style" for piece in pieces)
    out: list[str] = []
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if isinstance(piece, str):
            before = pieces[at - 1]
            in_style = isinstance(before, _Tag) and before.name == "style"
            out.append((rename.pointers(piece) if in_style else piece).translate(IN_TEXT))
        elif piece.attributes is not None:
            is_root = {"xmlns": SVG} if at == 0 else {}
            pairs = is_root | piece.attributes
            is_empty = isinstance(after, _Tag) and after.attributes is None
            if rename.names:
                pairs = {key: rename(key, value) for key, value in pairs.items()}
            if has_style and (at == 0 or "id" in pairs):
                pairs[drawing_style.MARK] = f"{prefix} part" if at else prefix
            written = "".join([f" {key}={quoted(value)}" for key, value in pairs.items()])
            out.append(f"<{piece.name}{written}{'/' if is_empty else ''}>")
        elif not _opens(pieces[at - 1]):
            out.append(f"</{piece.name}>")
    return "".join(out)


def _opens(piece: _Tag | str) -> bool:
    return isinstance(piece, _Tag) and piece.attributes is not None


class _Rename:
    """Puts the drawing's name before its ids: two drawings may both have a gradient “a”. No screen's id has a
    “_”."""

    def __init__(self, pieces: list[_Tag | str], prefix: str) -> None:
        tags = (piece.attributes for piece in pieces if isinstance(piece, _Tag) and piece.attributes)
        self.names = {attributes["id"] for attributes in tags if "id" in attributes}
        self.prefix = prefix
        listed = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        self.pointing = re.compile(rf"#({listed})(?![\w-])") if listed else None

    def __call__(self, key: str, value: str) -> str:
        if key == "id":
            return f"{self.prefix}_{value}"
        if key.startswith("aria-"):
            words = value.split(" ")
            return " ".join(f"{self.prefix}_{word}" if word in self.names else word for word in words)
        return self.pointers(value)

    def pointers(self, text: str) -> str:
        return self.pointing.sub(rf"#{self.prefix}_\1", text) if self.pointing and "#" in text else text
