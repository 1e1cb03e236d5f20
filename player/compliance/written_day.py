"""A day as somebody writes it in a form or after a command."""

from __future__ import annotations

import re
from datetime import date

SHAPE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# A year outside is a slip of the hand, such as 0026 for 2026, and due days must stay within the calendar.
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)


def written_day(text: str) -> date:
    """The day of a text such as 2026-09-01; a ValueError where it is none from 1970 to 2199."""
    if SHAPE.fullmatch(text):
        day = date.fromisoformat(text)
        if EARLIEST <= day <= LATEST:
            return day
    raise ValueError(text)
