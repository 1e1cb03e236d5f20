"""The pages -> the package of one SCO, as a format's manifest describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from courseware import markdown
from courseware.formats.format import ManifestFormat
from courseware.formats.markup import one_line
from courseware.formats.outline import Outline
from courseware.material import CourseSource
from courseware.package import (
    Metadata,
    Package,
    Part,
    Provenance,
    Resource,
    ResourceType,
    SchoolContact,
)
from courseware.pages import CoursePart, Pages
from courseware.planning.scos import units_of
from courseware.render import DOCUMENT, FILES, SHARED_FILES

COMPILER = "courseware 0.1.0"  # stands in every package; asking importlib.metadata would cost a build 25 ms


def plan_package(
    source: CourseSource, planned: Pages, variant: Mapping[str, str], target: ManifestFormat
) -> Package:
    """The package of one SCO, or of several."""
    outline = plan_outline(source, planned, target)
    organization = target.arrange(outline)
    return Package(
        standard=target.standard,
        edition=target.edition,
        identifier="-".join(["course", planned.course, *([variant["name"]] if "name" in variant else [])]),
        version=planned.edition,
        metadata=_metadata(source, planned),
        organizations=(organization,),
        default_organization=organization.identifier,
        resources=tuple(_resources(planned, outline)),
        provenance=Provenance(
            planned.course,
            planned.edition,
            _variant_text(variant),
            COMPILER,
            tuple(part for one in planned.parts for part in _parts(one, variant_of_part(source, one))),
            status="reviewed" if all(part.review for part in planned.parts) else "draft",
            legislation=planned.legislation,
            legislation_of=planned.legislation_of,
            as_of=planned.as_of,
            contacts=tuple(SchoolContact(slot.slot, one_line(slot.label)) for slot in planned.contacts),
            refresher_of=source.derived.course.id if source.derived else "",
            statistics=source.derived.course.statistics if source.derived else "",
        ),
    )


def variant_of_part(source: CourseSource, planned: CoursePart) -> str:
    """Of the companion that is in the package; a variant that keeps the course's name has none."""
    optional = source.legislation.optional if planned.is_optional else None
    variant = optional.variant if optional else None
    return variant.name if variant and not variant.keeps_the_name else ""


def _parts(planned: CoursePart, variant: str) -> tuple[Part, ...]:
    """The objectives that the course reports (decision 9), with titles for an LMS that shows them."""
    tested = planned.tested_objectives
    optional = planned.course if planned.is_optional else ""
    lessons = tuple(
        Part(
            one.id,
            one_line(one.title),
            one.minutes,
            teaches=one.objective if one.objective in tested else "",
            optional=optional,
        )
        for one in planned.lessons
    )
    asked = planned.assessment
    if asked is None and not optional:
        return lessons
    title = one_line(planned.title if optional else planned.words["final questions"])
    minutes, tries = (asked.minutes, asked.tries or 0) if asked else (0, 0)
    result = ("passed" if asked else "completed") if optional else ""
    last = Part(
        planned.final_objective, title, minutes, tries, optional=optional, result=result, variant=variant
    )
    return (*lessons, last)


def plan_outline(source: CourseSource, planned: Pages, target: ManifestFormat) -> Outline:
    asked = source.course.assessment
    units = units_of(source.course, planned, skips=target.has_sequencing)
    return Outline(
        planned.course,
        planned.title,
        pass_percent=asked.pass_.value if asked else None,
        units=units,
        lessons_title=one_line(planned.words["lessons"]),
        in_order=source.course.order == "as listed",
        tested=tuple(sorted(planned.tested_objectives)) if target.has_sequencing else (),
    )


def _resources(planned: Pages, outline: Outline) -> Iterator[Resource]:
    """One SCO with all files; or a page for each, and what they share."""
    media = tuple(file.path for file in planned.media)
    if not outline.units:
        yield Resource(outline.resource(), ResourceType.SCO, DOCUMENT, (*FILES, *media))
        return
    shared = f"files-{outline.course}"
    for unit in outline.units:
        yield Resource(outline.resource(unit), ResourceType.SCO, unit.href, (unit.href,), (shared,))
    yield Resource(shared, ResourceType.ASSET, None, (*SHARED_FILES, *media))


def _metadata(source: CourseSource, planned: Pages) -> Metadata:
    course = source.course
    return Metadata(
        title=planned.title,
        description=markdown.plain(course.description) if course.description else "",
        language=planned.language,
        typical_learning_time=planned.minutes * 60,
        keywords=tuple(dict.fromkeys(str(word) for word in (*course.for_, *course.in_))),
    )


def _variant_text(variant: Mapping[str, str]) -> str:
    return " ".join(f"{key}={variant[key]}" for key in sorted(variant))
