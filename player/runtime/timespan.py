"""Time spans of both standards, added exactly: neither months nor hundredths are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from player.runtime.table import table


@dataclass(frozen=True, slots=True)
class Timespan:
    months: int = 0
    hundredths: int = 0

    def __add__(self, other: Timespan) -> Timespan:
        return Timespan(self.months + other.months, self.hundredths + other.hundredths)

    @property
    def seconds(self) -> float:
        """The span in seconds, for people and statistics; a month is a twelfth of a Julian year."""
        return self.months * table().seconds["M"] + self.hundredths / 100


@lru_cache(maxsize=4_096)
def parse(standard: str, text: str | None) -> Timespan:
    """Read a valid value; a value that was not set is a span of zero."""
    if not text:
        return Timespan()
    return _parse_12(text) if standard == "1.2" else _parse_2004(text)


def write(standard: str, span: Timespan) -> str:
    return _write_12(span) if standard == "1.2" else _write_2004(span)


def _hundredths(days: int, hours: int, minutes: int, seconds: int, fraction: str | None) -> int:
    size = table().seconds
    total = days * size["D"] + hours * size["H"] + minutes * size["m"] + seconds
    return total * 100 + int((fraction or "0").ljust(2, "0"))


def _match(type_name: str, text: str) -> list[str | None]:
    pattern = table().types[type_name].pattern
    match = pattern.fullmatch(text) if pattern else None
    if match is None:
        raise ValueError(f"{text!r} is not a time span of type {type_name}")
    return [None, *match.groups()]


def _parse_2004(text: str) -> Timespan:
    match = _match("duration", text)
    years, months, days, hours, minutes, seconds = (int(match[at] or 0) for at in (2, 4, 6, 9, 11, 13))
    return Timespan(12 * years + months, _hundredths(days, hours, minutes, seconds, match[15]))


def _parse_12(text: str) -> Timespan:
    match = _match("12_timespan", text)
    hours, minutes, seconds = (int(match[at] or 0) for at in (1, 2, 3))
    return Timespan(0, _hundredths(0, hours, minutes, seconds, match[5]))


def _clock(hundredths: int) -> tuple[int, int, int, int]:
    seconds, rest = divmod(hundredths, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, seconds, rest


def _write_2004(span: Timespan) -> str:
    years, months = divmod(span.months, 12)
    hours, minutes, seconds, rest = _clock(span.hundredths)
    fraction = f".{rest:02d}" if rest else ""
    date = "".join(f"{number}{letter}" for number, letter in ((years, "Y"), (months, "M")) if number)
    time = "".join(f"{number}{letter}" for number, letter in ((hours, "H"), (minutes, "M")) if number)
    if seconds or rest or not (date or time):
        time += f"{seconds}{fraction}S"
    return f"P{date}T{time}" if time else f"P{date}"


def _write_12(span: Timespan) -> str:
    hours, minutes, seconds, rest = _clock(span.hundredths)
    if hours > 9999:
        return "9999:59:59.99"
    return f"{hours:04d}:{minutes:02d}:{seconds:02d}.{rest:02d}"
