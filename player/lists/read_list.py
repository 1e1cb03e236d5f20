"""A list that was read: where it stood in its file, and what is to mend."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from .grid import ListProblem
from .headings import Headed


@dataclass(frozen=True, slots=True)
class ReadList:
    """Each kind adds its rows; `columns` are the letters of the fields, `headings` the texts by letter."""

    problems: tuple[ListProblem, ...] = ()
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    source: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading_row: int = 0
    headings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @classmethod
    def below(cls, headed: Headed, **found: Any) -> Self:
        """The list below these headings, with what was found in it."""
        return cls(
            ignored=headed.ignored,
            source=headed.table.source,
            sheet=headed.table.sheet,
            sheets=headed.sheets,
            heading_row=headed.heading.number,
            headings=headed.headings,
            columns=headed.letters,
            **found,
        )
