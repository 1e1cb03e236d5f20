"""The law behind courses on a day to come: what it leaves behind, what begins, what nobody has looked at, and
the days on which each course changes (decision 26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from courseware.authored.law import Citation
from courseware.authored.selective import Selective
from courseware.authored.status import State
from courseware.errors import Place
from courseware.material import CourseSource
from courseware.rules.days import A_DAY, conditions_of_citations, day_after_change
from courseware.rules.law import commencements, resolved_citations, written_citations
from courseware.rules.status import CHECKED_FOR, new_edition_expected
from courseware.selecting import select

Kind = Literal["superseded", "new edition expected", "begins", "ends", "not in force", "not checked"]
KINDS: tuple[Kind, ...] = (
    "superseded", "new edition expected", "begins", "ends", "not in force", "not checked",
)  # fmt: skip


class CitingCourse(Struct, frozen=True):
    """A course, and the places at which it cites a law."""

    course: str
    places: tuple[Place, ...]


class Finding(Struct, frozen=True):
    """A fact about one law on the day, and the courses that cite it."""

    kind: Kind
    law: str  # “Children Act 1989 section 47”
    day: date | None  # since, from or until which, or on which it was last checked
    by: str = ""  # of what is superseded, its successor
    expected: str = ""  # what is known of a day that is not set
    cited: tuple[CitingCourse, ...] = ()


class Change(Struct, frozen=True):
    """One day on which a course changes."""

    course: str
    day: date
    begin: int  # parts that its editions have from that day
    end: int  # parts that they had until the day before
    law: tuple[str, ...]  # “Badges Act 2026 section 2 begins”


class Forecast(Struct, frozen=True):
    day: date
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]


def forecast(courses: Iterable[CourseSource], day: date) -> Forecast:
    """The forecast of that day, of the editions that the courses will have by then."""
    sources = list(courses)
    cited: dict[Finding, dict[str, list[Place]]] = {}
    for source in sources:
        for citation, place in citations_of(select(source, None, day)):
            for finding in findings_about(source, citation, day):
                cited.setdefault(finding, {}).setdefault(str(source.course.id), []).append(place)
    findings = [replace(one, cited=tuple(citing(by_course))) for one, by_course in cited.items()]
    findings.sort(key=lambda one: (KINDS.index(one.kind), one.law))
    changes = tuple(change for source in sources for change in changes_of(source))
    return Forecast(day, tuple(findings), changes)


def citing(by_course: dict[str, list[Place]]) -> Iterator[CitingCourse]:
    for course, places in sorted(by_course.items()):
        yield CitingCourse(course, tuple(sorted(set(places))))


def citations_of(source: CourseSource) -> Iterator[tuple[Citation, Place]]:
    """Each citation with its place; a table of what is in force cites every provision of its law."""
    for citation, one in resolved_citations(source, written_citations(source)):
        yield citation, one.place
    for table in commencements(source):
        if whole := source.cited(table):
            for key, part in whole.law.provisions.items():
                yield Citation(whole.key, whole.law, key, part), table.place


def findings_about(source: CourseSource, citation: Citation, day: date) -> Iterator[Finding]:
    law, name = citation.law, str(citation)
    before, after = citation.state_on(source.course.as_of), citation.state_on(day)
    newest = source.successor(citation, day)
    if newest is not None:
        yield Finding("superseded", law.name, newest.state_on(day).day, newest.law.name)
    elif expected := new_edition_expected(citation.key, law, day):
        yield Finding("new edition expected", law.name, expected)
    elif after.word == "ended":
        yield Finding("ends", name, after.day)
    if after.word == "in force" and before.word != "in force":
        yield Finding("begins", name, after.day)
    is_whole = citation.provision is None and law.binds_in_part_on(day)
    if after.word in ("enacted", "reported") and not is_whole:
        yield Finding("not in force", name, after.day, after.word, citation.expected)
    if law.checked is None or day - law.checked > CHECKED_FOR:
        yield Finding("not checked", law.name, law.checked)


def changes_of(source: CourseSource) -> list[Change]:
    """The days after its `as of` on which a course changes, by its author's days and by its law."""
    as_of = source.course.as_of
    begin: dict[date, int] = {}
    end: dict[date, int] = {}
    for key, day in conditions_on_days(source):
        of_day = begin if key == "from" else end
        changed = day_after_change(key, day)
        of_day[changed] = of_day.get(changed, 0) + 1
    law: dict[date, dict[str, None]] = {}
    for citation, _ in citations_of(source):
        for day, said in changes_of_law(source, citation, as_of):
            law.setdefault(day, {})[said] = None
    days = sorted(day for day in {*begin, *end, *law} if day > as_of)
    return [
        Change(str(source.course.id), day, begin.get(day, 0), end.get(day, 0), tuple(law.get(day, ())))
        for day in days
    ]


def conditions_on_days(source: CourseSource) -> Iterator[tuple[str, date]]:
    """Each `from` and `until`, of a part or of a citation."""
    for model in source.models:
        if isinstance(model, Selective):
            yield from model.days
    for _, condition, day in conditions_of_citations(source):
        if day is not None:
            yield condition.key, day


def changes_of_law(source: CourseSource, citation: Citation, as_of: date) -> Iterator[tuple[date, str]]:
    state = citation.state_on(as_of)
    if state.day and state.word in ("commences", "to come"):
        yield state.day, f"{citation} begins"
    end = last_day(citation)
    if end and as_of <= end < date.max:
        yield end + A_DAY, f"{citation} is no longer in force"
    successor = source.cited(citation.superseded_by) if citation.superseded_by else None
    start = successor.state_on(as_of) if successor else State("not stated")
    if successor and start.day and start.word in ("commences", "to come"):
        yield start.day, f"{citation.law.name} is superseded by {successor.law.name}"


def last_day(citation: Citation) -> date | None:
    """That of the provision, otherwise of the law."""
    own = citation.provision.in_force_until if citation.provision else None
    return own or citation.law.in_force_until
