"""The course.yaml of a refresher: what its author says, and otherwise the parent's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from courseware.authored.model import models_below
from courseware.authored.questions import AuthoredQuestion, BankQuestion
from courseware.authored.variant import variants_of
from courseware.refreshing.made import text_at
from courseware.source import AssessmentSettings, CourseFile, LessonFile, RefresherFile, VariantEntry
from courseware.yaml12.nodes import SourceText


def course_of(
    asked: RefresherFile,
    parent: CourseFile,
    lessons: Mapping[str, LessonFile],
    questions: Mapping[SourceText, BankQuestion],
    assessment: AssessmentSettings | None,
) -> CourseFile:
    """Title, edition and minutes are its own. The node is the refresher's, where its problems are told."""
    known = {**parent.objectives, **asked.objectives}
    named = objectives_named(lessons.values(), questions)
    own: dict[str, Any] = {
        "node": asked.node,
        "course": asked.course,
        "id": asked.id,
        "edition": asked.edition,
        "minutes": asked.minutes,
        "description": asked.description,
        "reviewed": asked.reviewed,
        "earlier_editions": None,
        "legislation": None,
        "legislation_of": None,
        "assessment": assessment,
        "lessons": lesson_names(asked, parent, lessons),
        "objectives": {name: text for name, text in known.items() if name in named},
        "contacts": {**parent.contacts, **(asked.contacts or {})},
    }
    for name in ("as_of", "help_lines", "emergency", "language", "structure", "order"):
        if getattr(asked, name) is not None:
            own[name] = getattr(asked, name)
    return with_variants(replace(parent, **own), asked)


def objectives_named(
    lessons: Iterable[LessonFile], questions: Mapping[SourceText, BankQuestion]
) -> frozenset[str]:
    """Those that are taught or asked about."""
    models = [one for lesson in lessons for one in models_below(lesson)]
    asked = [*questions.values(), *(one for one in models if isinstance(one, AuthoredQuestion))]
    taught = [one.teaches for one in models if isinstance(one, LessonFile)]
    return frozenset(str(name) for name in (*taught, *(one.about for one in asked)) if name)


def lesson_names(
    asked: RefresherFile, parent: CourseFile, lessons: Mapping[str, LessonFile]
) -> tuple[SourceText, ...]:
    written = {str(name): name for name in (*parent.lessons, *(asked.lessons or ()))}
    return tuple(written.get(name) or text_at(name, asked.place) for name in lessons)


def with_variants(course: CourseFile, asked: RefresherFile) -> CourseFile:
    """The parent's variants, under the refresher's title; or the author's, of the parent's words."""
    if asked.variants is None:
        update = {"called": None, "minutes": None}
        entries: dict[SourceText, VariantEntry] = {
            name: replace(entry, **update) for name, entry in (course.variants or {}).items()
        }
        return replace(course, variants=entries) if entries else course
    made = replace(course, variants=asked.variants)
    variants = variants_of(made).values()
    if len(variants) < len(asked.variants):  # a word is wrong, and its rule has to know all that are right
        return made
    audiences, nations, phases = (
        {getattr(one, name) for one in variants} for name in ("audience", "nation", "phase")
    )
    return replace(
        made,
        for_=tuple(word for word in course.for_ if word in audiences),
        in_=tuple(word for word in course.in_ if word in nations),
        with_=tuple(word for word in course.with_ or () if word in phases) or None,
    )
