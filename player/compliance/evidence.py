"""Evidence that somebody was trained: it is added and voided, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple


class Evidence(NamedTuple):
    """One completion here, or one external record, on the day that was fixed for it."""

    id: str
    kind: Literal["registration", "external"]
    day: date
    voided: bool = False


def counted_days(evidence: Iterable[Evidence]) -> list[date]:
    """The days of the evidence that counts, in order: two completions on one day are one."""
    return sorted({one.day for one in evidence if not one.voided})
