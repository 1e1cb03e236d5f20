"""Rows of the compliance pages, whether they come from the table of today or are computed for a past day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from .standing import COUNTS_AS_IN_DATE, Standing

URGENCY = (
    Standing.OVERDUE,
    Standing.NEVER_DONE,
    Standing.DUE_SOON,
    Standing.IN_DATE,
    Standing.NOT_REQUIRED,
)
SORTS = ("status", "name", "done", "due")
BY_REMINDER = "reminded"  # a sort of today only: by the latest reminder


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that are asked for; `descends` turns the order round. No limit is all of them. With
    `unreminded` whoever was sent a reminder since then is left out."""

    standing: str = ""
    search: str = ""
    team: str = ""
    sort: str = "status"
    descends: bool = False
    first: int = 0
    limit: int | None = None
    unreminded: datetime | None = None

    @property
    def narrows(self) -> bool:
        """True where the counts are those of some people."""
        return bool(self.search or self.team or self.unreminded)


@dataclass(frozen=True, slots=True)
class PersonCourse:
    """One person in one course."""

    person: str
    name: str
    staff_id: str
    email: str | None
    job_title: str
    course: str
    standing: Standing
    done: date | None
    due: date | None

    def days(self, on: date) -> int:
        """The days from the due day on; before it they are negative."""
        return 0 if self.due is None else (on - self.due).days


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """One person in all that is required of them; the standing is the most urgent, the due
    day the first of what is to be done, else of what is required."""

    person: str
    name: str
    staff_id: str
    email: str | None
    job_title: str
    standing: Standing
    required: int
    in_date: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of rows in each standing."""

    of: Mapping[Standing, int]

    @property
    def required(self) -> int:
        """All who must."""
        return sum(number for standing, number in self.of.items() if standing is not Standing.NOT_REQUIRED)

    @property
    def in_date(self) -> int:
        """In date, due soon included."""
        return sum(number for standing, number in self.of.items() if standing in COUNTS_AS_IN_DATE)

    def __getitem__(self, standing: str) -> int:
        return self.of.get(Standing(standing), 0)


class ComplianceView(Protocol):
    """A school on one day."""

    def by_course(self) -> Mapping[str, Counts]:
        """The counts of each course that is required of anybody or that anybody has done."""

    def of_people(self) -> Counts:
        """The people by their most urgent standing; not required is who has nothing that is required."""

    def course_counts(self, course: str, wanted: Wanted) -> Counts:
        """The counts of a course, of those whom the filters leave."""

    def course_rows(self, course: str, wanted: Wanted) -> Sequence[PersonCourse]:
        """The rows of a course."""

    def people_counts(self, wanted: Wanted) -> Counts:
        """The people by their most urgent standing, of those whom the filters leave."""

    def people_rows(self, wanted: Wanted) -> Sequence[PersonSummary]:
        """Everybody at the school."""

    def lines(self, persons: Sequence[str] | None) -> Sequence[PersonCourse]:
        """The rows of these people in all that is required of them, of everybody where none are named."""
