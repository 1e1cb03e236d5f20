"""Source + variant + format -> Plan: the package that the format's manifest can describe, and the pages.

A value that the format cannot hold is dropped here, with a warning; its writer drops nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from courseware import blocks, markdown, pages
from courseware.errors import CoursewareError, Problem
from courseware.formats import FORMATS
from courseware.formats.format import Format
from courseware.formats.markup import one_line
from courseware.material import CourseSource
from courseware.package import Package
from courseware.pages import Pages
from courseware.planning import suspend_data
from courseware.planning.assessment import plan_assessment
from courseware.planning.companion import beside, with_optional
from courseware.planning.cutting import cut_to_format
from courseware.planning.figures import CourseFigures
from courseware.planning.lessons import LessonPlanner
from courseware.planning.manifest import plan_package
from courseware.planning.minutes import with_minutes
from courseware.planning.objectives import with_objectives_of_edition
from courseware.planning.scos import pages_of, units_of
from courseware.render import Documents


class Plan(Struct, frozen=True):
    """One planned package: its manifest, its pages, and the warnings for its author."""

    manifest: Package | None  # None in a format without a manifest
    pages: Pages
    warnings: tuple[Problem, ...] = ()
    documents: Documents = ()  # of several SCOs: their paths, and what they show

    @property
    def package(self) -> Package:
        """The content of the manifest; raises ValueError where there is none."""
        if self.manifest is None:
            raise ValueError("a package of this format has no manifest")
        return self.manifest


def plan_formats(
    source: CourseSource, formats: Iterable[str], variant: Mapping[str, str], *, is_draft: bool = False
) -> dict[str, Plan]:
    """A plan for each format; raises CoursewareError with every problem that prevents any of them."""
    source = with_objectives_of_edition(source)
    pictures = CourseFigures(source)
    planned = plan_pages(source, pictures, is_draft=is_draft)
    if (optional := source.legislation.optional) is not None:
        of_companion = CourseFigures(optional, pictures)
        is_unreviewed = source.legislation.optional_is_draft
        planned = with_optional(planned, plan_pages(optional, of_companion, is_draft=is_unreviewed))
        pictures.problems += no_pre_test_there(optional)
    largest = suspend_data.largest(planned)
    made: dict[str, Plan] = {}
    problems: list[Problem] = [*pictures.problems]
    for name in formats:
        target = FORMATS[name]
        documents = _documents(source, planned, target)
        of_format = [
            *_without_pre_test(source, target),
            *_too_much_to_remember(source, largest, documents, target),
        ]
        package = None
        if target.manifest:
            whole = plan_package(source, planned, variant, target.manifest)
            package, dropped = cut_to_format(source, whole, target)
            of_format += dropped
        made[name] = Plan(package, planned, tuple(sorted([*pictures.problems, *of_format])), documents)
        problems += of_format
    if any(problem.severity == "error" for problem in problems):
        raise CoursewareError(problems)
    return made


def no_pre_test_there(companion: CourseSource) -> list[Problem]:
    """A warning where the companion has a pre-test, which an optional part does not have."""
    asked = companion.course.assessment
    if asked is None or not asked.pre_test:
        return []
    message = "an optional part has no pre-test: nobody has to read its lessons"
    return [Problem(asked.at("pre-test"), message, "nothing is to be done: it is left out there", "warning")]


def plan(source: CourseSource, format: str, variant: Mapping[str, str]) -> Plan:  # noqa: A002 - the compiler's word
    """The plan for one format."""
    return plan_formats(source, (format,), variant)[format]


def plan_pages(source: CourseSource, pictures: CourseFigures, *, is_draft: bool = False) -> Pages:
    """The pages that a learner sees, the same in every format."""
    course, catalogue = source.course, source.catalogue
    assessment = plan_assessment(source, pictures)
    lessons = with_minutes(
        [
            LessonPlanner(str(name), lesson, source, pictures).planned()
            for name, lesson in source.lessons.items()
        ],
        course.minutes - (assessment.minutes if assessment else 0),
    )
    return Pages(
        course=str(course.id),
        title=one_line(course.course),
        language=source.language,
        edition=str(course.edition),
        lessons=lessons,
        words=dict(source.words),
        description=markdown.inline(course.description) if course.description else "",
        as_of=course.as_of.isoformat(),
        review=None if is_draft else reviewed(source),
        minutes=course.minutes,
        objectives=tuple((str(name), str(text)) for name, text in course.objective_texts.items()),
        assessment=assessment,
        contacts=tuple(
            blocks.ContactSlot(str(slot), str(label)) for slot, label in course.contact_labels.items()
        ),
        help_lines=tuple(
            pages.HelpLine(str(one.line), str(one.number), str(one.for_ or "")) for one in source.help_lines
        ),
        emergency=_emergency(source),
        provider=str(catalogue.provider) if catalogue else "",
        logo=pictures.logo(),
        accent=str(catalogue.theme.accent) if catalogue and catalogue.theme else "",
        media=tuple(sorted(pictures.files.values(), key=lambda file: file.path)),
        beside=beside(source),
        legislation=source.legislation.word,
        legislation_of=str(course.legislation_of or ""),
        refreshes=source.derived.course if source.derived else None,
    )


def _emergency(source: CourseSource) -> str:
    """The author's sentence, in which the emergency number can be tapped; empty where there is none."""
    if source.course.emergency is None:
        return ""
    html, number = markdown.inline(source.course.emergency), source.words["emergency number"]
    link = f'<a href="tel:{number}">{number}</a>'
    return html if "<a " in html else re.sub(rf"\b{number}\b", link, html, count=1)


def reviewed(source: CourseSource) -> pages.Review | None:
    """The review of this edition; that of an earlier one does not cover later changes."""
    review = source.course.reviewed
    if review is None or review.edition != source.course.edition:
        return None
    return pages.Review(str(review.by), str(review.role), review.on.isoformat())


def _documents(source: CourseSource, planned: Pages, target: Format) -> Documents:
    """The documents of a package of several SCOs; a format without a manifest has one."""
    if target.manifest is None:
        return ()
    units = units_of(source.course, planned, skips=target.manifest.has_sequencing)
    return tuple((unit.href, pages_of(planned, unit, units)) for unit in units)


def _without_pre_test(source: CourseSource, target: Format) -> list[Problem]:
    """A pre-test spares lessons, and a manifest without sequencing cannot skip one."""
    asked, form = source.course.assessment, target.manifest
    has_one = asked is not None and bool(asked.pre_test) and source.course.structure == "multi"
    if asked is None or not has_one or form is None or form.has_sequencing:
        return []
    message = f"{target.title} cannot skip a lesson, so that its package of several SCOs has no pre-test"
    hint = "write “structure: one”, where the course itself spares lessons, or leave it so"
    return [Problem(asked.at("pre-test"), message, hint, "warning")]


def _too_much_to_remember(
    source: CourseSource, of_one: suspend_data.LargestSuspendData, documents: Documents, target: Format
) -> list[Problem]:
    """Decision 2: an LMS would cut longer suspend data off, so the course is refused. Each SCO has one."""
    every = [suspend_data.largest(pages) for _, pages in documents] or [of_one]
    room, largest = target.limits.suspend_data, max(every, key=lambda one: one.characters)
    if room is None or largest.characters <= room:
        return []
    message = (
        f"a learner's answers and place can take {largest.characters:,} characters, "
        f"and {target.name} keeps {room:,}"
    )
    return [Problem(source.course.place, message, _room_hint(largest, room))]


def _room_hint(largest: suspend_data.LargestSuspendData, room: int) -> str:
    """Shorter names, where they are enough; else fewer questions, or a format with more room."""
    if largest.shortest <= room:
        return f"shorten the questions' names, of which the longest are {', '.join(largest.longest_ids)}"
    fewer = math.ceil((largest.characters - room) / largest.of_a_question)
    hint = f"leave out {fewer} questions or so, or make two courses of it"
    roomier = next((one.name for one in FORMATS.values() if holds(one, largest.characters)), "")
    return f"{hint}; or build with “--format {roomier}” only, which keeps more" if roomier else hint


def holds(form: Format, characters: int) -> bool:
    room = form.limits.suspend_data
    return room is not None and room >= characters
