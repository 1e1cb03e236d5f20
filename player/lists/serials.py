"""Days as spreadsheets number them: from 1 January 1900, or from 1 January 1904 (ECMA-376, 18.17.4.1)."""

from __future__ import annotations

from datetime import date, timedelta

_FROM_1900 = date(1899, 12, 30)
_FROM_1904 = date(1904, 1, 1)
NO_DAY = 60  # 29 February 1900, which Excel counts and no calendar has
LAST = 2_958_465  # 31 December 9999


def serial_day(serial: float, is_1904: bool) -> date | None:
    """The day of a number; its fraction is the time of day. None where it is no day."""
    if not 0 <= serial <= LAST:
        return None
    number = int(serial)
    if is_1904:
        return _FROM_1904 + timedelta(number) if number <= LAST - 1_462 else None
    if number in (0, NO_DAY):
        return None
    return _FROM_1900 + timedelta(number + (number < NO_DAY))
