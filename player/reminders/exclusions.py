"""Exclusions from reminders: of a course, a person, or a person for a course. Standings do not change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Exclusion(NamedTuple):
    """One exclusion at a school; None stands for every course, or everybody. `until` is its last day."""

    course: str | None
    person: str | None
    since: date
    until: date | None
    by: str
    why: str

    def applies(self, on: date) -> bool:
        """True from its first day to its last, both included."""
        return self.since <= on and (self.until is None or on <= self.until)


class Exclusions:
    """The exclusions of one school that apply on one day, found by person and course."""

    def __init__(self, exclusions: Iterable[Exclusion], on: date) -> None:
        self._of: dict[tuple[str | None, str | None], Exclusion] = {}
        for exclusion in exclusions:
            if exclusion.course is None and exclusion.person is None:
                raise ValueError(
                    "An exclusion names a course, a person or both: this one would silence a school."
                )
            if exclusion.applies(on):
                self._of.setdefault((exclusion.person, exclusion.course), exclusion)

    def find(self, person: str, course: str) -> Exclusion | None:
        """The exclusion that keeps reminders of a course from a person, the narrowest first."""
        if not self._of:
            return None
        keys = ((person, course), (person, None), (None, course))
        return next((self._of[key] for key in keys if key in self._of), None)
