"""The manager's overview of a school: everybody with a status, in one course or in all, and the courses.

Where the school requires anything, what is optional changes nobody's headline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from player.alphabet import plain
from player.records import courses, teams, training
from player.records.database import Transaction
from player.records.people_status import PeopleStatuses, StatusCounts, WantedPeople
from player.records.tables import Course
from player.records.training import TrainingRecord
from player.school import statuses
from player.school.statuses import Status, status_of_record
from player.school.training_list import TrainingLine


@dataclass(frozen=True, slots=True)
class CourseToDo:
    """A course that somebody still has to do, and how far they are."""

    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class PersonOverview:
    """A person with their headline: in all courses, or in the one that the filter names, whose record is
    `record`. The status is None where no course counts."""

    person: str
    name: str
    status: Status | None
    counted: int = 0
    done: int = 0
    to_do: Sequence[CourseToDo] = ()
    record: TrainingRecord | None = None

    @property
    def line(self) -> TrainingLine | None:
        """The record as a line of the list."""
        return None if self.record is None else TrainingLine(self.record)


@dataclass(frozen=True, slots=True)
class PeopleOverview:
    """A page of people, and the counts of all whom the filters leave, whatever their status is."""

    rows: Sequence[PersonOverview]
    counts: Mapping[str, int]  # by status, in the order of the filters
    nothing: int  # of them no course counts
    in_date: bool  # all that counts is required
    is_required: bool  # only what is required counts
    titles: Mapping[str, str]

    @property
    def known(self) -> int:
        """The people of whom any course counts."""
        return sum(self.counts.values())

    @property
    def people(self) -> int:
        """All of them."""
        return self.known + self.nothing

    @property
    def done(self) -> int:
        """The number of those who have nothing to do now: due soon counts as in date."""
        return done(self.counts)

    def matching(self, status: str) -> int:
        """The number of people of a status; all where none is named."""
        if not status:
            return self.people
        rest = {"unfinished": self.known - self.done, "none": self.nothing}
        return rest.get(status, self.counts.get(status, 0))


@dataclass(frozen=True, slots=True)
class CourseOverview:
    """A course of the school, with the number of people in each status; `is_required` of all of them."""

    course: Course
    counts: Mapping[str, int]
    is_required: bool

    @property
    def people(self) -> int:
        """The number of people."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """The number of those who have nothing to do now."""
        return done(self.counts)


def people(
    tx: Transaction, school: str, on: date, wanted: WantedPeople, *, is_counted: bool
) -> PeopleOverview:
    """A page of the school's people."""
    view = PeopleStatuses(tx, school, on, is_counted=is_counted)
    counted = view.counts(wanted)
    counts = _by_key(counted)
    known = sum(counts.values())
    return PeopleOverview(
        rows=_of_course(tx, view, school, on, wanted) if wanted.course else _of_all(view, wanted),
        counts=counts,
        nothing=sum(counted.of.values()) - known,
        in_date=known > 0 and (counted.required == known if wanted.course else view.requires),
        is_required=view.requires and not wanted.course,
        titles=view.titles(),
    )


def _of_all(view: PeopleStatuses, wanted: WantedPeople) -> list[PersonOverview]:
    rows = view.rows(wanted)
    left = view.to_do([row.person for row in rows if row.done < row.courses])
    return [
        PersonOverview(
            row.person,
            row.name,
            statuses.ALL[row.status] if row.courses else None,
            row.courses,
            row.done,
            [CourseToDo(one.title, statuses.ALL[one.status]) for one in left.get(row.person, ())],
        )
        for row in rows
    ]


def _of_course(
    tx: Transaction, view: PeopleStatuses, school: str, on: date, wanted: WantedPeople
) -> list[PersonOverview]:
    found = training.records(tx, school=school, course=wanted.course, persons=view.matching(wanted), on=on)
    return [
        PersonOverview(
            record.membership.person_id, record.membership.name, status_of_record(record), record=record
        )
        for record in found
    ]


def lines(
    tx: Transaction, school: str, on: date, wanted: WantedPeople, *, is_counted: bool
) -> Iterator[TrainingLine]:
    """The records of the people whom the filters leave, a person at a time, for a download."""
    view = PeopleStatuses(tx, school, on, is_counted=is_counted)
    names, course = teams.names_by_person(tx, school), wanted.course or None
    for record in training.stream(tx, school, course=course, persons=view.matching(wanted), on=on):
        if record.is_offered:
            yield TrainingLine(record, names.get(record.membership.person_id, ()))


def by_course(tx: Transaction, school: str, on: date, *, is_counted: bool) -> list[CourseOverview]:
    """A row for each course, by title."""
    counted = PeopleStatuses(tx, school, on, is_counted=is_counted).by_course()
    known = {course.id: course for course in courses.every(tx)}
    rows = [
        CourseOverview(known[course], _by_key(counts), counts.required == sum(counts.of.values()))
        for course, counts in counted.items()
    ]
    return sorted(rows, key=lambda row: plain(row.course.title))


def _by_key(counted: StatusCounts) -> dict[str, int]:
    return {status.key: counted.of.get(place, 0) for place, status in enumerate(statuses.ALL)}


def done(counts: Mapping[str, int]) -> int:
    """The number of those who have nothing to do now: due soon counts as in date."""
    return sum(counts[status.key] for status in statuses.DONE)
