"""Dates, durations and counts in words; no-break spaces keep a number with its noun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from player.compliance import MonthDay
from player.records.play_tables import AttemptRow
from player.records.result_columns import ResultColumns
from player.school import statuses
from player.school.lengths import length
from player.school.training_list import Column, TrainingLine
from player.web.context import now

NBSP = "\u00a0"
ZONE = ZoneInfo("Europe/London")
LATELY = timedelta(300)


def day(moment: datetime | date) -> str:
    """“3 March 2027”: its line may end before the year."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZONE)
    return f"{moment.day}{NBSP}{moment:%B} {moment.year}"


def lately(moment: datetime) -> str:
    """“3 March”, or with its year where that was long ago."""
    if now() - moment > LATELY:
        return day(moment)
    local = moment.astimezone(ZONE)
    return f"{local.day}{NBSP}{local:%B}"


def month_day(day: MonthDay) -> str:
    """“1 September”."""
    return f"{day.day}{NBSP}{date(2024, day.month, 1):%B}"


def day_before(moment: date) -> str:
    """The day before: the last day of what ends on this one."""
    return day(moment - timedelta(1))


def clock(moment: datetime, at: datetime | None = None) -> str:
    """“today at 10:42”, or the stamp of another day; `at` is now where it is not named."""
    local = moment.astimezone(ZONE)
    return f"today at{NBSP}{local:%H:%M}" if day(local) == day(at or now()) else stamp(moment)


def stamp(moment: datetime | None) -> str:
    """“3 March 2027, 10:42”, also today, for pages that are printed and kept."""
    return f"{day(moment)}, {moment.astimezone(ZONE):%H:%M}" if moment else ""


def spent(seconds: float | None) -> str:
    """“1 hour 5 minutes”, “12 minutes”, “40 seconds”."""
    if not seconds:
        return ""
    if seconds < 60:
        return count(max(1, int(seconds)), "second")
    hours, minutes = divmod(int(seconds) // 60, 60)
    parts = [count(number, noun) for number, noun in ((hours, "hour"), (minutes, "minute")) if number]
    return " ".join(parts)


def count(number: int, noun: str, plural: str = "") -> str:
    """“1 person”, “12 people”."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,}{NBSP}{word}"


def thousands(number: int) -> str:
    """“1,002”, as `count` writes it."""
    return f"{number:,}"


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def spelled(number: int, noun: str = "") -> str:
    """“one course”: small numbers are words."""
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {noun if number == 1 else noun + 's'}" if noun else word


def listed(words: Sequence[str]) -> str:
    """“Ada, Ben and Cleo”."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def within(label: str) -> str:
    """A label that begins with “Your”, as it reads within a sentence."""
    return "your" + label[4:] if label.startswith("Your ") else label


def initials(name: str) -> str:
    """At most two letters of a name: those of its first word and its last."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1])) if word).upper() if words else ""


def address(email: str) -> Markup:
    """An e-mail address that may be broken after its “@”."""
    name, at, host = email.partition("@")
    return Markup("{}{}<wbr>{}").format(name, at, host)


def score(row: ResultColumns | None) -> str:
    """The score of a registration or an attempt."""
    return whole(statuses.score_text(row.result.score)) if row else ""


def whole(score: str) -> str:
    """“7 of 15 (46%)”, with no-break spaces around “of” alone."""
    return score.replace(" of ", f"{NBSP}of{NBSP}")


def _marks(row: ResultColumns | None) -> tuple[int, int] | None:
    return statuses.marks(row.result.score) if row else None


def _cell(line: TrainingLine, column: Column[TrainingLine]) -> str | int | float:
    value = column.value(line)
    return day(value) if isinstance(value, date) else value if value not in (None, "") else column.empty


def _attempt_status(attempt: AttemptRow) -> statuses.Status:
    return statuses.status_of_attempt(attempt.result, attempt.state)


def add_filters(app: Flask) -> None:
    """Add the filters of the templates."""
    for function in (
        day,
        day_before,
        lately,
        month_day,
        clock,
        stamp,
        spent,
        count,
        thousands,
        spelled,
        listed,
        within,
        initials,
        address,
        whole,
        score,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters["length_of"] = length
    app.jinja_env.filters["marks"] = _marks
    app.jinja_env.globals["today"] = lambda: day(now())
    app.jinja_env.filters["status"] = statuses.status_of_record
    app.jinja_env.filters["attempt_status"] = _attempt_status
    app.jinja_env.filters["cell"] = _cell
