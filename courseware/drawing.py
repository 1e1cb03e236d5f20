"""SVG pictures made safe to stand in the course's document: an allow-list, and all else left out aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
ELEMENTS = frozenset(
    {"svg", "g", "defs", "symbol", "use", "title", "desc", "style", "switch"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"}
    | {"text", "tspan", "textPath"}
    | {"linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker"}
    | {"filter", "feBlend", "feColorMatrix", "feComposite", "feDropShadow", "feFlood", "feGaussianBlur"}
    | {"feMerge", "feMergeNode", "feOffset"}
)
ATTRIBUTES = frozenset(
    {"id", "class", "style", "lang", "dir", "role", "tabindex", "href", "transform", "viewBox", "version"}
    | {
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "d",
        "points",
        "pathLength",
    }
    | {
        "width",
        "height",
        "dx",
        "dy",
        "rotate",
        "textLength",
        "lengthAdjust",
        "startOffset",
        "method",
        "spacing",
    }
    | {"preserveAspectRatio", "gradientUnits", "gradientTransform", "spreadMethod", "offset"}
    | {
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
    }
    | {"markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient", "side"}
    | {
        "in",
        "in2",
        "result",
        "type",
        "values",
        "mode",
        "operator",
        "stdDeviation",
        "filterUnits",
        "primitiveUnits",
    }
    | {"k1", "k2", "k3", "k4", "systemLanguage", "media"}
)
# The presentation attributes, which CSS knows as properties too.
PRESENTATION = re.compile(
    r"(?:aria-[a-z]+|fill|stroke|stop|flood|clip|font|text|marker|letter|word|color|dominant|alignment|baseline"
    r"|opacity|display|visibility|overflow|mask|filter|direction|writing|unicode|vector|shape|paint|image"
    r"|cursor|pointer)(?:-[a-z-]+)?"
)
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\s*\(|javascript:|\\", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
LARGEST = 2 << 20


class NoDrawingError(Exception):
    """The file is no SVG; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The cleaned drawing, and the names of what had to go."""

    svg: str
    left_out: tuple[str, ...]


def cleaned(data: bytes, name: str) -> Drawing:
    """`name` keeps the ids of one drawing apart from those of all others in the document."""
    from lxml import etree

    if len(data) > LARGEST:
        raise NoDrawingError(f"it is larger than {LARGEST >> 20} MiB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NoDrawingError(str(error.msg)) from None
    if root.tag != SVG + "svg":
        raise NoDrawingError("its first element is not <svg>")
    left_out = list(dict.fromkeys(_clean(root)))
    _name_apart(root, re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"))
    etree.cleanup_namespaces(root)
    root.tail = None
    return Drawing(etree.tostring(root, encoding="unicode"), tuple(left_out))


def _clean(element: _Element) -> Iterator[str]:
    """Take out what is not on the list, and say what it was."""
    for name in list(element.attrib):
        if not _is_harmless(element, str(name)):
            del element.attrib[name]
            local = str(name).rpartition("}")[2]
            if not str(name).startswith("{") or local == "href":
                yield local
    if element.tag == SVG + "style" and OUTSIDE.search(str(element.xpath("string()"))):
        element.text = ""
        yield "a style that loads something"
    for child in list(element):
        name = str(child.tag)  # an entity's is a function
        if name.startswith(SVG) and name.removeprefix(SVG) in ELEMENTS:
            yield from _clean(child)
        else:
            _remove(element, child)
            if name.startswith(SVG):  # an editor's own notes go in silence
                yield f"<{name.removeprefix(SVG)}>"


def _remove(parent: _Element, child: _Element) -> None:
    """lxml would take the text behind the element away with it."""
    if child.tail:
        before = child.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _is_harmless(element: _Element, name: str) -> bool:
    value = str(element.get(name, ""))
    if name in (XLINK, "href"):
        is_picture = element.tag == SVG + "image" and PICTURE.fullmatch(value) is not None
        return value.startswith("#") or is_picture
    if name not in ATTRIBUTES and not PRESENTATION.fullmatch(name):
        return False
    return OUTSIDE.search(value) is None


def _name_apart(root: _Element, prefix: str) -> None:
    """Two drawings that both have a gradient “a” would else take each other's."""
    names = {str(one.get("id")) for one in root.iter() if one.get("id")}
    if not names:
        return
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pointing = re.compile(rf"#({listed})(?![\w-])")
    for element in root.iter():
        for key, value in element.attrib.items():
            element.set(key, _renamed(str(key), str(value), names, pointing, prefix))
        if element.tag == SVG + "style" and element.text:
            element.text = pointing.sub(rf"#{prefix}-\1", element.text)


def _renamed(key: str, value: str, names: set[str], pointing: re.Pattern[str], prefix: str) -> str:
    if key == "id":
        return f"{prefix}-{value}"
    if key.startswith("aria-"):
        return " ".join(f"{prefix}-{word}" if word in names else word for word in value.split(" "))
    return pointing.sub(rf"#{prefix}-\1", value)
