"""Each course and each variant of it with its problems; what is wrong in all of them is told once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from courseware.authored.variant import Variant, variants_of
from courseware.course_names import CourseNames
from courseware.errors import Problem
from courseware.judged_once import JudgedOnce
from courseware.legislation import paired
from courseware.material import CourseSource, Material
from courseware.options import BuildOptions
from courseware.rules.days import days_of_change
from courseware.rules.variants import all_is_seen, is_asked_for
from courseware.selecting import select
from courseware.validate import validate, whole_problems


class Chosen(Struct, frozen=True):
    """A course as one package has it, and the problems that are in it."""

    source: CourseSource
    options: BuildOptions
    problems: frozenset[Problem] = frozenset()

    @property
    def variant(self) -> Variant | None:
        return self.source.variant

    @property
    def name(self) -> str:
        """The variant's name; an empty text where the course names none."""
        return self.variant.name if self.variant else ""

    @property
    def facts(self) -> Mapping[str, str]:
        """The facts that the package states of its variant."""
        return self.variant.facts if self.variant else self.options.variant

    @property
    def is_draft(self) -> bool:
        return any(problem.keeps_draft for problem in self.problems)

    @property
    def package_name(self) -> str:
        course = self.source.course.id
        if self.variant and self.variant.keeps_the_name:
            return str(course)
        return self.options.package_name(course, self.name)

    def target(self, form: str) -> Path:
        return self.options.out / f"{self.package_name}.{form}.zip"


class JudgedCourse(Struct, frozen=True):
    """All that the author wrote, the variants that are asked for, and every problem of them."""

    source: CourseSource | None  # None where course.yaml could not be read
    chosen: tuple[Chosen, ...]
    problems: frozenset[Problem]
    variants: int = 1  # that there are, each a package by itself

    def names(self, formats: Iterable[str]) -> CourseNames | None:
        """None where its id could not be read."""
        if self.source is None or "id" in self.source.blank_keys:
            return None
        course = self.source.course.id
        packages = frozenset(one.target(form) for one in self.chosen for form in formats)
        return CourseNames(self.source.folder, str(course), course.place, packages)


def judge(material: Material, options: BuildOptions) -> JudgedCourse:
    """The course, and its journeys once nothing else is wrong: until then a name may be missing because of
    that."""
    found = judge_course(material, options)
    source = found.source
    is_whole = source is not None and all(name.startswith("journeys/") for name in source.broken)
    if not source or not source.journeys or not is_whole or any(map(is_error, found.problems)):
        return found
    from courseware.journeys.soundness import journey_problems  # most courses have none

    wrong = journey_problems(source, [one.source for one in found.chosen])
    return replace(found, problems=found.problems.union(wrong))


def is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def judge_course(material: Material, options: BuildOptions) -> JudgedCourse:
    """The course; of one with variants, each of them by itself; and what will be wrong on a later day."""
    judged = JudgedOnce()
    if not isinstance(material, CourseSource):
        return JudgedCourse(None, (), frozenset(validate(material, options, judged)))
    companion = judged_companion(material, options)
    variants = (*variants_of(material.course).values(),)
    readers = variants or (None,)
    day = day_of_edition(material, options)
    is_draft = any(problem.keeps_draft for problem in companion)
    sources = [paired(select(material, one, day), options.on, optional_is_draft=is_draft) for one in readers]
    days = days_of_change(material)
    if not variants and not days and not sources[0].is_part:
        problems = frozenset((*validate(sources[0], options, judged), *whole_problems(material, options)))
        return JudgedCourse(material, (Chosen(sources[0], options, problems),), problems | companion)
    on_all_days = [*sources, *(select(material, one, day) for day in bounds(days) for one in readers)]
    of_whole = frozenset((*whole_problems(material, options), *all_is_seen(material, on_all_days)))
    of_all = frozenset(validate(material, options, judged))
    every = [Chosen(source, options, of_whole.union(validate(source, options, judged))) for source in sources]
    chosen = tuple(one for one in every if not one.variant or is_asked_for(one.variant, material, options))
    told = problems_of_variants(material, every, chosen, of_all)
    later = problems_of_later_days(material, every, chosen, of_all, days, judged)
    return JudgedCourse(material, chosen, of_whole.union(told, later, companion), len(every))


def day_of_edition(material: CourseSource, options: BuildOptions) -> date | None:
    """The day that is asked for; otherwise None, for the course's own."""
    return options.on or (options.today if "as of" in material.blank_keys else None)


def bounds(days: Sequence[date]) -> Iterator[date]:
    """Days on each side of every change."""
    if days and days[0] > date.min:
        yield days[0] - timedelta(days=1)
    yield from days


def problems_of_later_days(
    material: CourseSource,
    every: Collection[Chosen],
    chosen: Collection[Chosen],
    of_all: frozenset[Problem],
    days: Iterable[date],
    judged: JudgedOnce,
) -> Iterator[Problem]:
    """The errors that there will be once the course changes, each with its first day; and the problems of the
    parts that it will have, whatever the day."""
    known = {one.name: set(one.problems) for one in every}
    in_course = material.course.place.file
    for day in days:
        if any(day <= one.source.course.as_of for one in every):
            continue
        of_day: dict[str, list[Problem]] = {}
        for one in every:
            source = select(material, one.variant, day)
            found = set(validate(source, replace(one.options, on=day), judged)) - known[one.name]
            known[one.name] |= found
            of_day[one.name] = [
                problem for problem in found if problem.severity == "error" or problem in of_all
            ]
        for problem in told_once(of_day, {one.name for one in chosen}, len(every), of_all):
            if problem in of_all and problem.place.file != in_course:
                yield problem
            elif problem.severity == "error":
                yield replace(problem, message=f"on {day}, {problem.message}")


def judged_companion(source: CourseSource, options: BuildOptions) -> frozenset[Problem]:
    """The problems of the companion that is in the same package: those that it has by itself, too."""
    optional, all_of_it = source.legislation.optional, replace(options, variants=(), variant={})
    return judge(optional, all_of_it).problems if optional else frozenset()


def problems_of_variants(
    material: CourseSource, every: Collection[Chosen], chosen: Collection[Chosen], of_all: frozenset[Problem]
) -> frozenset[Problem]:
    """The problems of the chosen ones, each once. `of_all` are those of the whole course, in which a problem
    of a text or of a law does not depend on the variant."""
    by_variant = {one.name: one.problems for one in every}
    in_laws = {law.place.file for law in material.laws.values()}
    told = told_once(
        by_variant,
        {one.name for one in chosen},
        len(every),
        {problem for problem in of_all if problem.place.file != material.course.place.file},
    )
    if len(chosen) < len(every):
        return told
    of_laws = {problem for problem in of_all if problem.place.file in in_laws}
    return frozenset(of_laws).union(problem for problem in told if problem.place.file not in in_laws)


def told_once(
    by_variant: Mapping[str, Iterable[Problem]],
    asked: Collection[str],
    number: int,
    of_texts: Collection[Problem] = (),
) -> frozenset[Problem]:
    """The problems of the variants that are asked for, each once; it names them unless all of that number
    have it, or it is one of a text whatever the variant. Where only their hints differ, the first says it."""
    having: dict[Problem, dict[str, None]] = {}  # the names in their order, each once
    first: dict[Problem, Problem] = {}
    for name, problems in by_variant.items():
        for problem in sorted(problems):
            said = first.setdefault(replace(problem, hint=""), problem)
            having.setdefault(said, {})[name] = None
    return frozenset(
        problem if len(names) == number or problem in of_texts else named(problem, names)
        for problem, names in having.items()
        if any(name in asked for name in names)
    )


def named(problem: Problem, names: Iterable[str]) -> Problem:
    """The problem with the variants that have it."""
    *most, last = (f"“{name}”" for name in names)
    said = f"variants {', '.join(most)} and {last}" if most else f"variant {last}"
    return replace(problem, message=f"in the {said}, {problem.message}")
