"""The manager's overview of a school: a row for each person, in one course or in all, filtered.

Where the school requires anything, what is optional changes nobody's headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from player.alphabet import holds, plain
from player.records.tables import Course, Membership
from player.records.training import TrainingRecord
from player.school import statuses
from player.school.statuses import Status, status_of_record
from player.school.training_list import TrainingLine

UNFINISHED = "unfinished"  # the filter for everybody who has not completed


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters that a manager has set; an empty one lets everybody through."""

    course: str = ""
    status: str = ""
    team: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class PersonOverview:
    """A person with their training records: of all courses, or of the one that the filter names. `counted`
    are those that their headline is made of."""

    membership: Membership
    records: tuple[TrainingRecord, ...]
    counted: tuple[TrainingRecord, ...]

    @property
    def status(self) -> Status | None:
        """The status in all that counts: overdue where anything is, done only if every course is; None where
        nothing counts."""
        known = {status_of_record(record) for record in self.counted}
        if not known:
            return None
        if len(known) == 1:
            return known.pop()
        if known <= statuses.DONE:
            return next(each for each in statuses.ALL if each in known)
        urgent = (statuses.OVERDUE, statuses.NOT_PASSED)
        return next((each for each in urgent if each in known), statuses.UNDER_WAY)

    @property
    def line(self) -> TrainingLine:
        """The first training record, the only one where the filter names a course."""
        return TrainingLine(self.records[0])

    @property
    def done(self) -> int:
        return len(self.counted) - len(self.to_do)

    @property
    def to_do(self) -> tuple[TrainingRecord, ...]:
        return tuple(record for record in self.counted if status_of_record(record) not in statuses.DONE)


@dataclass(frozen=True, slots=True)
class CourseOverview:
    """A course of the school, with the number of people in each status; `is_required` of all of them."""

    course: Course
    counts: Mapping[str, int]
    is_required: bool

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return done(self.counts)


def rows(
    people: Iterable[Membership],
    records: Iterable[TrainingRecord],
    wanted: Wanted,
    members: Mapping[str, Collection[str]],
    required: Collection[tuple[str, str]] = (),
) -> list[PersonOverview]:
    """The people who fit by course, team and name; those without a course only where no course is named.
    `required` are pairs of person and course; where there are none, every course counts."""
    of: dict[str, list[TrainingRecord]] = {}
    for record in records:
        if record.is_offered and wanted.course in ("", record.course.id):
            of.setdefault(record.membership.person_id, []).append(record)
    counts_all = bool(wanted.course) or not required
    overviews = [_overview(stay, of.get(stay.person_id, ()), required, counts_all) for stay in people]
    return [row for row in overviews if _fits(row, wanted, members)]


def _overview(
    stay: Membership,
    records: Iterable[TrainingRecord],
    required: Collection[tuple[str, str]],
    counts_all: bool,
) -> PersonOverview:
    every = tuple(records)
    counted = [one for one in every if counts_all or (stay.person_id, one.course.id) in required]
    return PersonOverview(stay, every, tuple(counted))


def _fits(row: PersonOverview, wanted: Wanted, members: Mapping[str, Collection[str]]) -> bool:
    if wanted.course and not row.records:
        return False
    if wanted.team and row.membership.person_id not in members.get(wanted.team, ()):
        return False
    stay = row.membership
    return holds(f"{stay.name} {stay.email or ''} {stay.staff_id}", wanted.search)


def of_status(overviews: Sequence[PersonOverview], status: str) -> list[PersonOverview]:
    """The rows of a status; all rows where none is named."""
    return [row for row in overviews if status in ("", *_keys(row.status))]


def _keys(status: Status | None) -> tuple[str, ...]:
    if status is None:
        return ("none",)
    return (status.key,) if status in statuses.DONE else (status.key, UNFINISHED)


def counted(overviews: Iterable[PersonOverview]) -> dict[str, int]:
    """The number of people in each status, in the order of the filters."""
    counts = Counter(row.status.key for row in overviews if row.status)
    return {status.key: counts[status.key] for status in statuses.ALL}


def done(counts: Mapping[str, int]) -> int:
    """The number of those who have nothing to do now: due soon counts as in date."""
    return sum(counts[status.key] for status in statuses.DONE)


def by_course(records: Iterable[TrainingRecord]) -> list[CourseOverview]:
    """A row for each course, by title."""
    of: dict[str, list[TrainingRecord]] = {}
    for record in records:
        if record.is_offered:
            of.setdefault(record.course.id, []).append(record)
    overviews = [
        CourseOverview(
            each[0].course,
            Counter(status_of_record(record).key for record in each),
            all(record.is_required for record in each),
        )
        for each in of.values()
    ]
    return sorted(overviews, key=lambda row: plain(row.course.title))
