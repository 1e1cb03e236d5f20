"""Pages -> `course.json`: the course described as data, for an LMS that knows our courses.

`courseware.reading.description` reads it. A course's own script does not: from file:// it could not fetch it.
"""

from __future__ import annotations

import json
from typing import Any

from courseware.assessment import Assessment
from courseware.blocks import Lesson, Question, checks_in
from courseware.pages import CoursePart, Pages, RefreshedCourse
from courseware.questions import KINDS

FORMAT = 1


def description(pages: Pages) -> bytes:
    """As short as JSON can be: it holds the words of every option."""
    value: dict[str, Any] = {
        "format": FORMAT,
        "id": pages.course,
        "title": pages.title,
        "language": pages.language,
        "edition": pages.edition,
        "as of": pages.as_of,
        "review": review(pages),
        "minutes": pages.minutes,
        "objectives": dict(pages.objectives),
        **lessons_and_questions(pages),
    }
    if pages.legislation:
        value["legislation"] = pages.legislation
    if pages.legislation_of:
        value["legislation of"] = pages.legislation_of
    if pages.refreshes:
        value["refresher of"] = refreshed(pages.refreshes)
    if pages.beside:
        value["beside"] = {"id": pages.beside.course, "title": pages.beside.title}
    if pages.optional:
        value["optional"] = [optional(one) for one in pages.optional]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def refreshed(course: RefreshedCourse) -> dict[str, str]:
    """The parent, and what decided which parts of it were taken."""
    value = {"course": course.id, "title": course.title, "edition": course.edition}
    chosen = {"changed since": course.since, "statistics": course.statistics}
    return {**value, **{key: text for key, text in chosen.items() if text}}


def review(pages: CoursePart) -> dict[str, str] | None:
    """None for a draft."""
    reviewed = pages.review
    return None if reviewed is None else {"by": reviewed.by, "role": reviewed.role, "on": reviewed.on}


def lessons_and_questions(part: CoursePart) -> dict[str, Any]:
    value: dict[str, Any] = {"lessons": [lesson(one) for one in part.lessons]}
    if part.assessment:
        value["assessment"] = assessment(part.assessment)
    return value


def optional(part: CoursePart) -> dict[str, Any]:
    """A part that the course's own result does not need, with a result and an edition of its own."""
    return {
        "id": part.course,
        "title": part.title,
        "edition": part.edition,
        "as of": part.as_of,
        "review": review(part),
        "minutes": part.minutes,
        "objectives": dict(part.objectives),
        **lessons_and_questions(part),
    }


def lesson(one: Lesson) -> dict[str, Any]:
    asked = [question(each) for page in one.pages for each in checks_in(page.blocks)]
    return {
        "id": one.id,
        "title": one.title,
        "minutes": one.minutes,
        "objective": one.objective,
        "pages": [page.title for page in one.pages],
        "references": [
            {"title": each.title, "provision": each.provision, "kind": each.kind, "address": each.url}
            for each in one.references
        ],
        "questions": asked,
    }


def assessment(asked: Assessment) -> dict[str, Any]:
    return {
        "number": asked.number,
        "needed": asked.pass_raw,
        "pass points": asked.pass_points,
        "pass percent": asked.pass_percent,
        "tries": asked.tries,
        "minutes": asked.minutes,
        "draw": dict(asked.draw),
        **({"pre-test": dict(asked.pre_test)} if asked.pre_test else {}),
        "questions": [question(one) for one in asked.questions],
    }


def question(asked: Question) -> dict[str, Any]:
    """`options` and `targets` give the words for what a response names."""
    kind = KINDS[asked.kind]
    facts: dict[str, Any] = {
        "id": asked.id,
        "fingerprint": asked.fingerprint,
        "kind": asked.kind,
        "text": asked.text,
        "objective": asked.objective,
        "place": asked.place,
        "options": kind.option_words(asked),
        "right": kind.right_codes(asked),
    }
    if not facts["options"]:
        facts["right words"] = list(kind.right_words(asked))
    if asked.targets:
        facts["targets"] = {one.letter: one.text for one in asked.targets}
    for name in ("partial", "always", "must"):
        if getattr(asked, name):
            facts[name] = True
    return facts
