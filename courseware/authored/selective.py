"""Lines and other parts for some readers only, or for the editions of some days (decisions 23 and 26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from courseware.authored.model import Day, Model, Text, slug
from courseware.authored.reading import OneOrMore
from courseware.yaml12.nodes import SourceText

Words = Annotated[tuple[SourceText, ...], OneOrMore(slug)]
ONLY = ("only for", "only in", "only with")
DAYS = ("from", "until")
CONDITIONS = (*ONLY, *DAYS, "changed in")


class Selective(Model):
    """The base of what a variant or the edition of a day may have or lack; a list is “any of these”, and all
    keys have to fit."""

    only_for: Words | None = None  # audiences
    only_in: Words | None = None  # nations
    only_with: Words | None = None  # phases
    from_: Day | None = None  # the first day
    until: Day | None = None  # the last day
    changed_in: Text | None = None  # an edition; for a refresher, and chooses nothing by itself

    @property
    def is_for_all(self) -> bool:
        """True for what every variant has on every day, as most things are."""
        written = (self.only_for, self.only_in, self.only_with, self.from_, self.until)
        return written == (None, None, None, None, None)

    @property
    def conditions(self) -> Iterator[tuple[str, tuple[SourceText, ...]]]:
        """The keys `only …` that the author wrote, each with its words."""
        for key, words in zip(ONLY, (self.only_for, self.only_in, self.only_with), strict=True):
            if words is not None:
                yield key, words

    @property
    def days(self) -> Iterator[tuple[str, date]]:
        """The keys `from` and `until` that the author wrote, each with its day."""
        for key, limit in zip(DAYS, (self.from_, self.until), strict=True):
            if limit is not None:
                yield key, limit

    def is_shown_on(self, day: date) -> bool:
        """True where an edition of that day has it, as far as its days go."""
        return all(reaches(key, limit, day) for key, limit in self.days)


def reaches(key: str, limit: date, day: date) -> bool:
    """True where `from: limit` or `until: limit` includes the day."""
    return limit <= day if key == "from" else day <= limit
