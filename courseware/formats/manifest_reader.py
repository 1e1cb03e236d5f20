"""The reader of attribute values, which collects the problems that it meets."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal, TypeVar

from msgspec import Struct, field

from courseware.errors import Place, Problem
from courseware.formats.markup import Element
from courseware.package import normalised

TRUTHS = {"true": True, "1": True, "false": False, "0": False}
Other = TypeVar("Other")
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def short_name(element: Element) -> str:
    """The element's name without the prefix of Content Packaging, as most manifests write it."""
    return element.name.removeprefix("cp:")


class ManifestReader(Struct):
    """Reads values and collects problems; an invalid value is reported, and the standard's default is
    used."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(
        default_factory=dict
    )  # the place that first names each path of the package
    names: Collection[str] = ()  # the files of the package
    spare: set[Element] = field(
        default_factory=set
    )  # elements that are never played: their errors are warnings
    metadata_at: str = ""  # the address of the metadata that the manifest keeps in another file

    def place(self, element: Element) -> Place:
        return Place(self.file, element.line, element.column)

    def error(self, element: Element, message: str, hint: str = "") -> None:
        severity: Literal["error", "warning"] = "warning" if element in self.spare else "error"
        self.problems.append(Problem(self.place(element), message, hint, severity))

    def warn(self, element: Element, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place(element), message, hint, "warning"))

    def child(self, element: Element, name: str) -> Element | None:
        """The first child of that name; a name in the other standard's capitals is read too, with a
        warning."""
        child = element.child(name)
        if child is not None:
            return child
        child = next((one for one in element.children if one.name.lower() == name.lower()), None)
        if child is not None:
            element.read_names.add(child.name)
            hint = "correct the spelling; we read it as it is meant"
            self.warn(child, f"<{child.name}> should be <{name}>", hint)
        return child

    def identifier(self, element: Element, name: str) -> str | None:
        value = element.get(name)
        return None if value is None else normalised(value)

    def truth(self, element: Element, name: str, default: bool) -> bool:
        value = element.get(name)
        if value is None:
            return default
        word = value.strip()
        if word.lower() not in TRUTHS:
            self._refuse(element, name, value, "true or false", str(default).lower())
        return TRUTHS.get(word.lower(), default)

    def word(self, element: Element, name: str, default: str, known: Collection[str]) -> str:
        value = element.get(name)
        if value is None:
            return default
        word = value.strip()
        if word in known:
            return word
        meant = next((one for one in known if one.lower() == word.lower()), None)
        self._refuse(element, name, value, ", ".join(sorted(known)), meant or default)
        return meant or default

    def number(self, element: Element, name: str, default: float, low: float, high: float) -> float:
        value = element.get(name)
        return default if value is None else self._figure(element, name, value, default, low, high)

    def content_number(self, element: Element, default: Other, low: float, high: float) -> float | Other:
        """The number in the element's text."""
        if not element.words():
            return default
        return self._figure(element, element.name, element.words(), default, low, high)

    def count(self, element: Element, name: str) -> int | None:
        """A whole number from 0 up, or None."""
        value = element.get(name)
        if value is None:
            return None
        if not re.fullmatch("[0-9]{1,9}", value.strip()):
            self._refuse(element, name, value, "a whole number", None)
            return None
        return int(value)

    def _figure(
        self, element: Element, name: str, value: str, default: Other, low: float, high: float
    ) -> float | Other:
        """A number with a per cent sign is read as that share of the highest value."""
        word = value.strip()
        figure = word.removesuffix("%").rstrip()
        taken = float(figure) if NUMBER.fullmatch(figure) else None
        if taken is not None and figure != word:
            taken = taken * high / 100
        is_one = taken is not None and low <= taken <= high
        if not is_one or figure != word:
            wanted = f"a number from {low:g} to {high:g}"
            self._refuse(element, name, value, wanted, taken if is_one else default)
        return taken if taken is not None and is_one else default

    def _refuse(self, element: Element, name: str, value: str, wanted: str, taken: object) -> None:
        message = f"{name}=“{value}” in <{short_name(element)}> should be {wanted}"
        said = f"{taken:g}" if isinstance(taken, float) else taken
        hint = "we leave it out" if taken in (None, "") else f"we go on as if it said “{said}”"
        self.warn(element, message, hint)
