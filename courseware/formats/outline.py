"""A course as its author orders it: each format arranges it as an organization of its own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Outline:
    """One course in one SCO."""

    course: str  # the id
    title: str
    pass_percent: Decimal | None = None  # None without final questions

    @property
    def resource(self) -> str:
        return f"resource-{self.course}"
