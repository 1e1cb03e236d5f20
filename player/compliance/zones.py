"""The day of an instant is the day in the school's time zone: 23:30 UTC on 30 June is 1 July in London."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONDON = "Europe/London"
_LONDON = ZoneInfo(LONDON)


class UnknownZoneError(ValueError):
    """A time zone that the IANA database does not have."""


def zone_named(name: str) -> ZoneInfo:
    """A school's time zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(f"“{name}” is no time zone: write one such as {LONDON}.") from error


def civil_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day that a wall calendar at the school shows at this instant."""
    if instant.tzinfo is None:
        raise ValueError("An instant needs its offset from UTC: a time without one has no certain day.")
    return instant.astimezone(zone).date()


def london_today(instant: datetime) -> date:
    """The day of an instant at a school; all schools are in one time zone until one says otherwise."""
    return civil_day(instant, _LONDON)
