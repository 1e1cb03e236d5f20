"""Standings of any day, computed from the dated rows: the same rows as those of today's table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from player.alphabet import finds, plain

from .facts import Colleague, SchoolFacts
from .positions import positions
from .standing import COUNTS_AS_IN_DATE, Standing
from .view import URGENCY, Counts, PersonCourse, PersonSummary, Wanted

T = TypeVar("T", PersonCourse, PersonSummary)
LATEST = date.max
Reminded = Callable[[datetime, str], Collection[str]]


def nobody(_since: datetime, _course: str) -> Collection[str]:
    """For whoever asks for no reminders."""
    return ()


class DaysView:
    """A school on one day."""

    def __init__(self, facts: SchoolFacts, on: date, reminded: Reminded = nobody) -> None:
        """`reminded` looks up who was sent a reminder since a time, about a course or any."""
        self._on, self._reminded = on, reminded
        self._people = [colleague for colleague in facts.people if colleague.is_here(on)]
        self._rows = [
            PersonCourse(
                *_who(line.colleague),
                line.course,
                line.position.standing,
                line.days[-1] if line.days else None,
                line.position.due,
            )
            for line in positions(facts, on)
        ]

    def by_course(self) -> Mapping[str, Counts]:
        """The counts of each course."""
        found: dict[str, Counter[Standing]] = {}
        for row in self._rows:
            found.setdefault(row.course, Counter())[row.standing] += 1
        return {course: Counts(counts) for course, counts in found.items()}

    def of_people(self) -> Counts:
        """The people by their most urgent standing."""
        return self.people_counts(Wanted())

    def course_counts(self, course: str, wanted: Wanted) -> Counts:
        """The counts of a course."""
        rows = (row for row in self._rows if row.course == course)
        return Counts(Counter(row.standing for row in self._fitting(rows, wanted, course)))

    def course_rows(self, course: str, wanted: Wanted) -> Sequence[PersonCourse]:
        """The rows of a course."""
        rows = self._fitting((row for row in self._rows if row.course == course), wanted, course)
        return _paged(_ordered(rows, wanted, lambda row: row.done), wanted)

    def people_counts(self, wanted: Wanted) -> Counts:
        """The people by their most urgent standing."""
        return Counts(Counter(row.standing for row in self._fitting(self._summaries(), wanted)))

    def people_rows(self, wanted: Wanted) -> Sequence[PersonSummary]:
        """Everybody at the school."""
        rows = self._fitting(self._summaries(), wanted)
        return _paged(_ordered(rows, wanted, lambda row: row.in_date), wanted)

    def lines(self, persons: Sequence[str] | None) -> Sequence[PersonCourse]:
        """The rows of these people in all that is required of them."""
        named = None if persons is None else set(persons)
        rows = [
            row
            for row in self._rows
            if row.standing is not Standing.NOT_REQUIRED and (named is None or row.person in named)
        ]
        return _ordered(rows, Wanted(), lambda row: row.done)

    def _summaries(self) -> list[PersonSummary]:
        of: dict[str, list[PersonCourse]] = {}
        for row in self._rows:
            if row.standing is not Standing.NOT_REQUIRED:
                of.setdefault(row.person, []).append(row)
        return [_summary(colleague, of.get(colleague.person, [])) for colleague in self._people]

    def _fitting(self, rows: Iterable[T], wanted: Wanted, course: str = "") -> list[T]:
        inside = {one.person for one in self._people if _is_in(one, wanted.team, self._on)}
        if wanted.unreminded is not None:
            inside -= set(self._reminded(wanted.unreminded, course))
        return [
            row
            for row in rows
            if row.person in inside and finds(wanted.search, row.name, row.email or "", row.staff_id)
        ]


def _who(colleague: Colleague) -> tuple[str, str, str, str | None, str]:
    one = colleague
    return one.person, one.name, one.staff_id, one.email, one.job_title


def _is_in(colleague: Colleague, team: str, on: date) -> bool:
    return not team or any(span.has(on) for span in colleague.teams.get(team, ()))


def _summary(colleague: Colleague, rows: Sequence[PersonCourse]) -> PersonSummary:
    worst = min((URGENCY.index(row.standing) for row in rows), default=len(URGENCY) - 1)
    to_do = [row.due for row in rows if row.standing is not Standing.IN_DATE and row.due]
    return PersonSummary(
        *_who(colleague),
        URGENCY[worst],
        len(rows),
        sum(row.standing in COUNTS_AS_IN_DATE for row in rows),
        min(to_do or [row.due for row in rows if row.due], default=None),
    )


def _ordered(rows: Iterable[T], wanted: Wanted, done: Any) -> list[T]:
    """Sorted as the table's; no day stands after all days, in either direction."""
    ordered = sorted(rows, key=lambda row: (plain(row.name), row.name))
    keys: dict[str, list[Any]] = {
        "status": [lambda row: row.due or LATEST, lambda row: URGENCY.index(row.standing)],
        "name": [lambda row: plain(row.name)],
        "done": [done],
        "due": [lambda row: row.due],
    }
    for key in keys.get(wanted.sort, keys["status"]):
        known = [row for row in ordered if key(row) is not None]
        known.sort(key=key, reverse=wanted.descends)
        ordered = known + [row for row in ordered if key(row) is None]
    return ordered


def _paged(rows: list[T], wanted: Wanted) -> list[T]:
    if wanted.standing:
        rows = [row for row in rows if row.standing.value == wanted.standing]
    return rows if wanted.limit is None else rows[wanted.first : wanted.first + wanted.limit]
