"""The values that attributes hold, and the problems found while reading them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from courseware.errors import Place, Problem
from courseware.formats.markup import Element
from courseware.package import normalised

TRUTHS = {"true": True, "1": True, "false": False, "0": False}
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


@dataclass(slots=True)
class Reader:
    """Collects problems; a value that is none is reported and the standard's default taken in its place."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)  # where each path of the package is first named

    def place(self, element: Element) -> Place:
        return Place(self.file, element.line, element.column)

    def error(self, element: Element, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place(element), message, hint))

    def warn(self, element: Element, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place(element), message, hint, "warning"))

    def identifier(self, element: Element, name: str) -> str | None:
        value = element.get(name)
        return None if value is None else normalised(value)

    def truth(self, element: Element, name: str, default: bool) -> bool:
        value = element.get(name)
        if value is None:
            return default
        word = value.strip()
        if word.lower() not in TRUTHS:
            self._refuse(element, name, value, "true or false", default)
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

    def content_number(self, element: Element, default: float, low: float, high: float) -> float:
        """The number that is the element's text."""
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
        self, element: Element, name: str, value: str, default: float, low: float, high: float
    ) -> float:
        word = value.strip()
        if not NUMBER.fullmatch(word) or not low <= float(word) <= high:
            self._refuse(element, name, value, f"a number from {low:g} to {high:g}", default)
            return default
        return float(word)

    def _refuse(self, element: Element, name: str, value: str, wanted: str, taken: object) -> None:
        message = f"{name}=“{value}” in <{element.name}> should be {wanted}"
        self.warn(element, message, f"we go on as if it said “{str(taken).lower()}”")
