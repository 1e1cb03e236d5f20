"""The facts that the due days of one school follow from, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .dated import Dated
from .duty import Duty, DutySettings
from .evidence import Evidence
from .reach import Span


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is or was at the school, with their stays in the order of their days."""

    person: str
    name: str
    staff_id: str
    email: str | None
    job_title: str
    stays: tuple[Span, ...]
    teams: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    on_leave: bool = False

    @property
    def whole_stay(self) -> Span:
        """From the day on which they first came, as if never away."""
        return whole(self.stays)

    def is_here(self, day: date) -> bool:
        """True where they are at the school on that day."""
        return any(stay.has(day) for stay in self.stays)


class Requirement(NamedTuple):
    """A course is required of a team, or of everybody where no team is named."""

    course: str
    team: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class DutyRows:
    """The dated settings of one course: the provider's, and the school's own."""

    provider: Sequence[Dated[Duty]] = ()
    school: Sequence[Dated[DutySettings]] = ()


class Exclusion(NamedTuple):
    """No e-mails about a course, to a person, or both; None stands for all."""

    course: str | None
    person: str | None
    span: Span
    why: str

    def covers(self, person: str, course: str, day: date) -> bool:
        """True where it keeps the e-mails of that day away."""
        fits = self.person in (None, person) and self.course in (None, course)
        return fits and self.span.has(day)


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The dated rows of one school. `evidence` is by person and course, `retired` by course; `enrolled` are
    the pairs of person and course that are open now."""

    school: str
    name: str
    people: Sequence[Colleague]
    requirements: Mapping[str, Sequence[Requirement]]
    duties: Mapping[str, DutyRows]
    evidence: Mapping[tuple[str, str], Sequence[Evidence]]
    exclusions: Sequence[Exclusion] = ()
    retired: Mapping[str, date] = field(default_factory=dict)
    enrolled: frozenset[tuple[str, str]] = frozenset()


def whole(spans: Sequence[Span]) -> Span:
    """From the first day of all spans to the last; None where one has no end."""
    ends = [span.until for span in spans]
    until = None if None in ends else max(end for end in ends if end is not None)
    return Span(min(span.since for span in spans), until)
