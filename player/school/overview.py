"""Who has done what at a school: a row a person, of one course or of all, narrowed as a manager asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from player.records.alphabet import holds, plain
from player.records.tables import Course, Person
from player.records.training import TrainingRecord
from player.school import statuses
from player.school.statuses import Status, status_of

UNFINISHED = "unfinished"  # what a manager asks first: who has not completed, however far they are


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a manager narrows the list to; empty means all."""

    course: str = ""
    status: str = ""
    team: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class PersonOverview:
    """A person with their courses; of one course where one is asked for."""

    person: Person
    records: tuple[TrainingRecord, ...]

    @property
    def status(self) -> Status | None:
        """Of all together: complete only if every one is."""
        found = [status_of(each.registration) for each in self.records]
        if not found:
            return None
        if len(set(found)) == 1:
            return found[0]
        return statuses.NOT_PASSED if statuses.NOT_PASSED in found else statuses.UNDER_WAY

    @property
    def done(self) -> int:
        return sum(status_of(each.registration) is statuses.COMPLETED for each in self.records)

    @property
    def to_do(self) -> tuple[TrainingRecord, ...]:
        return tuple(each for each in self.records if status_of(each.registration) is not statuses.COMPLETED)


@dataclass(frozen=True, slots=True)
class CourseOverview:
    """A course of the school, and how its people stand in it."""

    course: Course
    counts: Mapping[str, int]

    @property
    def people(self) -> int:
        return sum(self.counts.values())


def rows(
    people: Iterable[Person],
    records: Iterable[TrainingRecord],
    wanted: Wanted,
    members: Mapping[str, Collection[str]],
) -> list[PersonOverview]:
    """Everybody who fits by course, team and name; without a course only where none is named."""
    of: dict[str, list[TrainingRecord]] = {}
    for record in records:
        if record.is_offered and wanted.course in ("", record.course.id):
            of.setdefault(record.person.id, []).append(record)
    found = [PersonOverview(person, tuple(of.get(person.id, ()))) for person in people]
    return [row for row in found if _fits(row, wanted, members)]


def _fits(row: PersonOverview, wanted: Wanted, members: Mapping[str, Collection[str]]) -> bool:
    if wanted.course and not row.records:
        return False
    if wanted.team and row.person.id not in members.get(wanted.team, ()):
        return False
    person = row.person
    return holds(f"{person.name} {person.email or ''} {person.learner_id}", wanted.search)


def of_status(found: Sequence[PersonOverview], status: str) -> list[PersonOverview]:
    """Those who stand so; all, where nothing is asked."""
    return [row for row in found if status in ("", *_keys(row.status))]


def _keys(status: Status | None) -> tuple[str, ...]:
    if status is None:
        return ("none",)
    return (status.key,) if status is statuses.COMPLETED else (status.key, UNFINISHED)


def counted(found: Iterable[PersonOverview]) -> dict[str, int]:
    """How many stand how, in the order of the filters."""
    counts = Counter(row.status.key for row in found if row.status)
    return {each.key: counts[each.key] for each in statuses.ALL}


def by_course(records: Iterable[TrainingRecord]) -> list[CourseOverview]:
    """A row a course, by title."""
    of: dict[str, tuple[Course, Counter[str]]] = {}
    for record in records:
        if not record.is_offered:
            continue
        _, counts = of.setdefault(record.course.id, (record.course, Counter()))
        counts[status_of(record.registration).key] += 1
    found = [CourseOverview(course, counts) for course, counts in of.values()]
    return sorted(found, key=lambda row: plain(row.course.title))
