"""Pages -> the files of one SCO: one document with all lessons, a style sheet, a script, the contacts.

Anchors in the document, which the planned citations use too: a lesson is `#id`, a page `#id.0`, its reference
`#id.r1`, the first place that cites it `#id.c1`. A slug has no dot, so none of them can collide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from markupsafe import Markup

from courseware import tokens
from courseware.assessment import Assessment
from courseware.blocks import ContentNote, Figure, Question, all_blocks, checks_to_answer
from courseware.pages import CoursePart, Pages, Sco
from courseware.questions import KINDS, styles_of
from courseware.rendering import wording
from courseware.rendering.description import description
from courseware.rendering.palette import palette
from courseware.rendering.scripts import (
    OPTIONAL_PART,
    PRE_TEST,
    QUESTIONS,
    SEVERAL_SCOS,
    STATIC,
    script,
    words_of_scripts,
)

DOCUMENT, STYLE, SCRIPT, CONTACTS = "index.html", "course.css", "course.js", "contacts.js"
DESCRIPTION = "course.json"
RULES_OF_KINDS = "/* the rules of the course's question kinds */\n"
SHARED_FILES = (STYLE, SCRIPT, CONTACTS, DESCRIPTION)
FILES = (DOCUMENT, *SHARED_FILES)

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


Documents = tuple[tuple[str, Pages], ...]  # their paths in the package, and what they show


def render(
    pages: Pages, formats: Iterable[str], documents: Mapping[str, Documents] | None = None
) -> dict[str, dict[str, bytes]]:
    """For each format the package's own files, by their paths in it. The caller copies `pages.media`.
    `documents` are those of formats with several SCOs. Only the script and what is in which document
    differ, so each document is made once."""
    made: dict[tuple[str, str], bytes] = {}

    def once(shown: Pages) -> bytes:
        name = (shown.sco.id, shown.sco.onward) if shown.sco else ("", "")
        if name not in made:
            made[name] = document(shown)
        return made[name]

    shared = {
        STYLE: style(pages).encode(),
        CONTACTS: contacts(pages).encode(),
        DESCRIPTION: description(pages),
    }
    kinds = kinds_of(pages)
    shown_in = {form: (documents or {}).get(form) or ((DOCUMENT, pages),) for form in formats}
    return {
        form: {
            **{path: once(shown) for path, shown in own},
            **shared,
            SCRIPT: script(form, kinds, frozenset().union(*(extras_of(shown) for _, shown in own))).encode(),
        }
        for form, own in shown_in.items()
    }


def kinds_of(pages: Pages) -> frozenset[str]:
    """The question kinds that the course has: no others are in its script."""
    asked = (one for part in pages.parts for one in (*part.checks(), *part.final_questions))
    return frozenset(question.kind for question in asked)


def extras_of(pages: Pages) -> frozenset[str]:
    """The parts of the script that only some courses need."""
    needed = {
        PRE_TEST: pages.tested_objectives,
        OPTIONAL_PART: pages.optional,
        SEVERAL_SCOS: pages.sco,
    }
    return frozenset(name for name, need in needed.items() if need)


def document(pages: Pages) -> bytes:
    """Encoded piece by piece: most pieces are ASCII, and one text of all would take two bytes a letter."""
    from courseware.rendering.environment import templates

    is_right_to_left = pages.language.split("-")[0].lower() in RIGHT_TO_LEFT
    template = templates().get_template("index.html")
    pieces = template.generate(
        pages=pages,
        words=pages.words,
        direction="rtl" if is_right_to_left else "ltr",
        has_notes=has_notes(pages),
        needs_answers=any(checks_to_answer(lesson) for lesson in pages.course_lessons),
        facts=Markup(facts(pages)),  # noqa: S704 - escaped in facts()
    )
    made = BytesIO()
    made.writelines(map(str.encode, pieces))
    return made.getvalue()


def facts(pages: Pages) -> str:
    """The data for the script, as JSON that no `</script>` in a title can end."""
    value: dict[str, Any] = {
        **part_facts(pages),
        **(sco_facts(pages.course, pages.sco) if pages.sco else {}),
        "language": pages.language,
        "words": words_of_scripts(pages.words, kinds_of(pages), extras_of(pages))
        | wording.lengths(pages.words, max(map(wording.longest, (pages, *pages.optional)))),
    }
    if pages.optional:
        value["optional"] = [part_facts(part) for part in pages.optional]
    if pages.refreshes:
        value["refreshes"] = pages.refreshes.id
    if pages.beside:
        value["beside"] = wording.beside(pages)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def part_facts(part: CoursePart) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": part.course,
        "title": part.title,
        "edition": wording.edition(part),
        "minutes": part.minutes,
        "objectives": dict(part.objectives),
        "lessons": [
            {
                "id": lesson.id,
                "title": lesson.title,
                "minutes": lesson.minutes,
                "pages": len(lesson.pages),
                "objective": lesson.objective,
                "checks": [question.id for question in checks_to_answer(lesson)],
            }
            for lesson in part.lessons
        ],
        "checks": [question_facts(question) for question in part.checks()],
    }
    if part.assessment:
        value["assessment"] = assessment_facts(part.assessment)
    return value


def sco_facts(course: str, sco: Sco) -> dict[str, Any]:
    """The place of this SCO in its course, and the lessons of the others, which are in no reach of it."""
    lessons = [
        {
            "id": one.id,
            "title": one.title,
            "minutes": one.minutes,
            "pages": [page.title for page in one.pages],
        }
        | {"objective": one.objective}
        for one in sco.lessons
    ]
    return {
        "id": f"{course}/{sco.id}",
        "sco": {"id": sco.id, "kind": sco.kind, "onward": sco.onward},
        "everyLesson": lessons,
    }


def assessment_facts(asked: Assessment) -> dict[str, Any]:
    """Points are counted in hundredths of a question."""
    facts: dict[str, Any] = {
        "number": asked.number,
        "needed": asked.pass_raw,
        "pass": asked.pass_points,
        "cap": asked.cap,
        "draw": dict(asked.draw) or None,
        "shuffled": asked.shuffled,
        "tries": asked.tries,
        "minutes": asked.minutes,
        "questions": [question_facts(question) for question in asked.questions],
    }
    if asked.pre_test:
        test: dict[str, Any] = {
            "draw": dict(asked.pre_test),
            "pass": {objective: asked.pass_points_of(number) for objective, number in asked.pre_test},
            "number": asked.pre_test_number,
            "minutes": asked.pre_test_minutes,
        }
        facts["preTest"] = test
    return facts


def question_facts(question: Question) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": question.id,
        "fingerprint": question.fingerprint,
        "kind": question.kind,
        "letters": "".join(option.letter for option in question.options),
        "last": "".join(option.letter for option in question.options if option.last),
        "objective": question.objective,
        "reread": list(question.reread) if question.reread else None,
        **KINDS[question.kind].facts(question),
    }
    for name in ("partial", "always", "must"):
        if getattr(question, name):
            facts[name] = True
    return facts


def contacts(pages: Pages) -> str:
    """The file that a school may edit in the built package; what it leaves empty is said to be missing."""
    slots = [
        f"  // {' '.join(slot.label.split())}\n"
        f'  {json.dumps(slot.slot)}: {{ name: "", phone: "", email: "", note: "" }},\n'
        for slot in wording.slots(pages)
    ]
    return static("contacts.js").replace("  // slots\n", "".join(slots))


def style(pages: Pages) -> str:
    """The table of colours with the brand's in it, the style sheet, and what only this course has."""
    brand = palette(pages.accent)
    colours = tokens.with_colours(brand.light, brand.dark)
    return colours + sheet(kinds_of(pages)) + own_rules(pages)


def sheet(kinds: Iterable[str]) -> str:
    """The style sheet with the rules of these question kinds and of no others."""
    rules = "".join(static(f"{name}.css", QUESTIONS) for name in styles_of(kinds))
    return static("course.css").replace(RULES_OF_KINDS, rules)


def own_rules(pages: Pages) -> str:
    """Sizes of its pictures: an LMS may refuse styles in the document itself."""
    lessons = (lesson for part in pages.parts for lesson in part.lessons)
    blocks = (block for lesson in lessons for page in lesson.pages for block in all_blocks(page.blocks))
    widest = {block.width for block in blocks if isinstance(block, Figure) and block.svg and block.width}
    rules = [f"[data-widest='{width}'] {{ max-inline-size: {width}px; }}\n" for width in sorted(widest)]
    asked = {one.id: one for part in pages.parts for one in (*part.checks(), *part.final_questions)}
    rules += [rule for one in asked.values() for rule in KINDS[one.kind].rules(one)]
    if pages.logo:
        dark = pages.logo.on_dark or pages.logo.image
        rules += [
            f".logo > .{ground} {{ --ratio: {image.ratio:.3f}; }}\n"
            for ground, image in (("on-paper", pages.logo.image), ("on-dark", dark))
        ]
    return "".join(rules)


def has_notes(pages: Pages) -> bool:
    lessons = (lesson for part in pages.parts for lesson in part.lessons)
    blocks = (block for lesson in lessons for page in lesson.pages for block in page.blocks)
    return any(isinstance(block, ContentNote) for block in blocks)


@cache
def static(name: str, folder: Path = STATIC) -> str:
    return (folder / name).read_bytes().decode()
