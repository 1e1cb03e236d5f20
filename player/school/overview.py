"""Who has done what at a school: a row a person, of one course or of all, narrowed as a manager asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from player.records.alphabet import holds, plain
from player.records.learning import Taking
from player.records.tables import Course, Person
from player.school import standings
from player.school.standings import Standing, standing

UNFINISHED = "unfinished"  # what a manager asks first: who has not completed, however far they are


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a manager narrows the list to; empty means all."""

    course: str = ""
    status: str = ""
    team: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A person with their courses; of one course where one is asked for."""

    person: Person
    takings: tuple[Taking, ...]

    @property
    def standing(self) -> Standing | None:
        """Of all together: complete only if every one is."""
        found = [standing(each.registration) for each in self.takings]
        if not found:
            return None
        if len(set(found)) == 1:
            return found[0]
        return standings.NOT_PASSED if standings.NOT_PASSED in found else standings.UNDER_WAY

    @property
    def done(self) -> int:
        return sum(standing(each.registration) is standings.COMPLETED for each in self.takings)

    @property
    def to_do(self) -> tuple[Taking, ...]:
        return tuple(each for each in self.takings if standing(each.registration) is not standings.COMPLETED)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course of the school, and how its people stand in it."""

    course: Course
    counts: Mapping[str, int]

    @property
    def people(self) -> int:
        return sum(self.counts.values())


def rows(
    people: Iterable[Person],
    takings: Iterable[Taking],
    wanted: Wanted,
    members: Mapping[str, Collection[str]],
) -> list[Row]:
    """Everybody who fits by course, team and name; without a course only where none is named."""
    of: dict[str, list[Taking]] = {}
    for taking in takings:
        if taking.is_offered and wanted.course in ("", taking.course.id):
            of.setdefault(taking.person.id, []).append(taking)
    found = [Row(person, tuple(of.get(person.id, ()))) for person in people]
    return [row for row in found if _fits(row, wanted, members)]


def _fits(row: Row, wanted: Wanted, members: Mapping[str, Collection[str]]) -> bool:
    if wanted.course and not row.takings:
        return False
    if wanted.team and row.person.id not in members.get(wanted.team, ()):
        return False
    person = row.person
    return holds(f"{person.name} {person.email or ''} {person.learner_id}", wanted.search)


def of_status(found: Sequence[Row], status: str) -> list[Row]:
    """Those who stand so; all, where nothing is asked."""
    return [row for row in found if status in ("", *_keys(row.standing))]


def _keys(standing: Standing | None) -> tuple[str, ...]:
    if standing is None:
        return ("none",)
    return (standing.key,) if standing is standings.COMPLETED else (standing.key, UNFINISHED)


def counted(found: Iterable[Row]) -> dict[str, int]:
    """How many stand how, in the order of the filters."""
    counts = Counter(row.standing.key for row in found if row.standing)
    return {each.key: counts[each.key] for each in standings.ALL}


def by_course(takings: Iterable[Taking]) -> list[CourseRow]:
    """A row a course, by title."""
    of: dict[str, tuple[Course, Counter[str]]] = {}
    for taking in takings:
        if not taking.is_offered:
            continue
        _, counts = of.setdefault(taking.course.id, (taking.course, Counter()))
        counts[standing(taking.registration).key] += 1
    found = [CourseRow(course, counts) for course, counts in of.values()]
    return sorted(found, key=lambda row: plain(row.course.title))
