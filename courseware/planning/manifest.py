"""The pages -> the package of one SCO, as a format's manifest describes it."""

from __future__ import annotations

from collections.abc import Mapping

from courseware import markdown, pages
from courseware.formats import Format
from courseware.formats.markup import one_line
from courseware.material import CourseSource
from courseware.package import (
    ControlMode,
    DeliveryControls,
    Item,
    Metadata,
    Objective,
    Organization,
    Package,
    Part,
    Provenance,
    Resource,
    ResourceType,
    SchoolContact,
    Sequencing,
    Standard,
)
from courseware.pages import Pages
from courseware.render import DOCUMENT, FILES

COMPILER = "courseware 0.1.0"  # stands in every package; asking importlib.metadata would cost a build 25 ms
NOWHERE_TO_GO = frozenset({"previous", "continue"})  # with one SCO these lead nowhere


def plan_package(source: CourseSource, planned: Pages, variant: Mapping[str, str], target: Format) -> Package:
    """The manifest of one SCO; its primary objective, or its mastery score, carries the pass mark."""
    organization = _organization(source, planned, target)
    return Package(
        standard=target.standard,
        edition=target.edition,
        identifier="-".join(["course", planned.course, *([variant["name"]] if "name" in variant else [])]),
        version=planned.edition,
        metadata=_metadata(source, planned),
        organizations=(organization,),
        default_organization=organization.identifier,
        resources=(_resource(planned),),
        provenance=Provenance(
            planned.course,
            planned.edition,
            _variant_text(variant),
            COMPILER,
            _parts(planned),
            status="reviewed" if planned.review else "draft",
            contacts=tuple(SchoolContact(slot.slot, one_line(slot.label)) for slot in planned.contacts),
        ),
    )


def _parts(planned: Pages) -> tuple[Part, ...]:
    """The objectives that the course reports (decision 9), with titles for an LMS that shows them."""
    tested = planned.tested_objectives
    lessons = tuple(
        Part(
            one.id,
            one_line(one.title),
            one.minutes,
            teaches=one.objective if one.objective in tested else "",
        )
        for one in planned.lessons
    )
    if planned.assessment is None:
        return lessons
    asked, title = planned.assessment, one_line(planned.words["final questions"])
    return (*lessons, Part(pages.FINAL_QUESTIONS, title, asked.minutes, asked.tries or 0))


def _organization(source: CourseSource, planned: Pages, target: Format) -> Organization:
    item = Item(
        identifier=f"item-{planned.course}",
        title=planned.title,
        resource=f"resource-{planned.course}",
        sequencing=_sequencing(source, target),
        hide_lms_ui=frozenset() if target.standard is Standard.SCORM_12 else NOWHERE_TO_GO,
        mastery_score=_mastery_score(source, target),
    )
    return Organization(
        identifier=f"organization-{planned.course}",
        title=planned.title,
        items=(item,),
        sequencing=_organization_sequencing(target),
    )


def _resource(planned: Pages) -> Resource:
    return Resource(
        identifier=f"resource-{planned.course}",
        scorm_type=ResourceType.SCO,
        href=DOCUMENT,
        files=(*FILES, *(file.path for file in planned.media)),
    )


def _metadata(source: CourseSource, planned: Pages) -> Metadata:
    course = source.course
    return Metadata(
        title=planned.title,
        description=markdown.plain(course.description) if course.description else "",
        language=planned.language,
        typical_learning_time=planned.minutes * 60,
        keywords=tuple(dict.fromkeys(str(word) for word in (*course.for_, *course.in_))),
    )


def _organization_sequencing(target: Format) -> Sequencing:
    """Flow makes every LMS open the one SCO at once, instead of a table of contents with one entry."""
    if target.standard is Standard.SCORM_12:
        return Sequencing()
    return Sequencing(control_mode=ControlMode(flow=True))


def _sequencing(source: CourseSource, target: Format) -> Sequencing:
    """The SCO sets completion and success itself: an LMS would set both if it said nothing.

    The percentage is the measure. The course reports scaled scores rounded down to seven decimals, and a
    percentage has at most six, so rounding never crosses the mark.
    """
    asked = source.course.assessment
    if target.standard is Standard.SCORM_12:
        return Sequencing()
    objective = Objective(
        identifier="assessment",
        primary=True,
        satisfied_by_measure=True,
        minimum_normalized_measure=float(asked.pass_.value / 100) if asked else 1.0,
    )
    return Sequencing(
        objectives=(objective,) if asked else (),
        delivery_controls=DeliveryControls(completion_set_by_content=True, objective_set_by_content=True),
    )


def _mastery_score(source: CourseSource, target: Format) -> float | None:
    asked = source.course.assessment
    return float(asked.pass_.value) if asked and target.standard is Standard.SCORM_12 else None


def _variant_text(variant: Mapping[str, str]) -> str:
    return " ".join(f"{key}={variant[key]}" for key in sorted(variant))
