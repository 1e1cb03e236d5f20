"""Names: each exists, is unique, and is used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from courseware.authored.lines import PageLine
from courseware.errors import Problem
from courseware.load import written_files
from courseware.material import CourseSource, Material
from courseware.rules.hints import did_you_mean, grouped, misnamed, no_folder, yaml_names
from courseware.rules.walk import checks, whole_lessons
from courseware.yaml12.nodes import SourceText

MOST_PAGES = 53
TAKEN = frozenset({"assessment", "main", "contents", "help", "course"})  # ids of the document's own parts
GLYPH = "g-"  # the ids of its signs begin with it


def lessons_exist(source: CourseSource) -> Iterator[Problem]:
    folder = source.folder / "lessons"
    if source.derived:  # its lessons are its parent's, and `refreshing` has looked for them
        return
    if hint := no_folder(folder, "a file for each lesson"):
        yield Problem(source.course.at("lessons"), "there is no folder “lessons”", hint)
        return
    known = yaml_names(folder)
    for name in source.course.lessons:
        if name not in known and f"lessons/{name}" not in source.broken:
            meant = misnamed(folder, name) or did_you_mean(name, known)
            hint = meant or "write it, or take its name off the list"
            yield Problem(name.place, f"there is no lessons/{name}.yaml", hint)


def lessons_once(source: CourseSource) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in source.course.lessons:
        if name in seen:
            yield Problem(name.place, f"the lesson “{name}” is listed twice", "keep one of them")
        seen.add(name)


def lessons_told_apart(source: CourseSource) -> Iterator[Problem]:
    """A lesson's name is an id in the document, and an objective in the LMS (decision 9)."""
    for name in source.course.lessons:
        if name in TAKEN or name.startswith(GLYPH):
            what = "the final questions" if name == "assessment" else "a part of every course"
            message = f"“{name}” is the name of {what}, so no lesson can have it"
            yield Problem(name.place, message, "give the lesson and its file another name")


def lessons_used(source: CourseSource) -> Iterator[Problem]:
    """Not asked where a listed lesson is missing: the unlisted file may be that one."""
    known, listed = yaml_names(source.folder / "lessons"), [name.lower() for name in source.course.lessons]
    if not {*listed} <= {*known, *source.lessons}:
        return
    for path in written_files(source.folder / "lessons"):
        name = path.stem
        if path.suffix != ".yaml" or name.lower() in listed:
            continue
        hint = "add its name to “lessons:”, or remove the file"
        if name not in known:
            hint = f"rename it in small letters, digits and hyphens, then {hint}"
        message = f"lessons/{path.name} is not in the course"
        yield Problem(source.course.at("lessons"), message, hint, "warning")


def objectives_exist(source: CourseSource) -> Iterator[Problem]:
    yield from grouped(unknown_objectives(source))


def unknown_objectives(source: CourseSource) -> Iterator[Problem]:
    known = source.course.objectives
    named = [lesson.teaches for lesson in source.lessons.values()]
    named += [asked.about for asked in source.questions]
    for name in named:
        if name is not None and name not in known:
            yield Problem(name.place, f"the course has no objective “{name}”", did_you_mean(name, known))


def objectives_served(source: CourseSource) -> Iterator[Problem]:
    """The learner reads the objectives, so each is taught and asked about; but a refresher may take a page of
    one, or a question."""
    if source.derived or source.broken or len(source.lessons) < len(source.course.lessons):
        return
    taught = {lesson.teaches for lesson in source.lessons.values()}
    bank = source.final_bank
    asked = {question.about for question in bank.questions.values()} if bank else None
    severity: Literal["error", "warning"] = "error" if source.is_part else "warning"
    for name in source.course.objectives:
        if name not in taught:
            hint = f"write “teaches: {name}” in the lesson that does"
            if source.variant:
                hint += (
                    f", or make the objective one of other variants: “{name}: {{objective: …, only for: …}}”"
                )
            elif source.is_part:
                hint += f", or give the objective its days too: “{name}: {{objective: …, from: …}}”"
            yield Problem(name.place, f"no lesson teaches the objective “{name}”", hint, severity)
        if asked is not None and name not in asked:
            hint = f"write “about: {name}” in a question that does"
            yield Problem(name.place, f"no question of the assessment is about “{name}”", hint, "warning")


def reread_exists(source: CourseSource) -> Iterator[Problem]:
    """A link back has one target: a lesson, or a page with a unique title."""
    if not source.is_whole("lessons") or len(source.lessons) < len(source.course.lessons):
        return
    known = [*source.lessons, *(title for one in source.lessons.values() for title in one.titles if title)]
    for asked in source.questions:
        if not asked.reread or asked.reread in source.course.lessons:
            continue
        positions = source.places(asked.reread)
        if not positions:
            message = f"the course has no lesson or page “{asked.reread}”"
            hint = did_you_mean(asked.reread, known)
            if hint.startswith("there are"):
                hint = f"write a page's title, or a lesson: {', '.join(source.lessons)}"
            yield Problem(asked.reread.place, message, hint)
        elif len(positions) > 1:
            where = " and ".join(dict.fromkeys(name for name, _ in positions))
            message = f"the course has {len(positions)} pages called “{asked.reread}”, in {where}"
            hint = "give one of them another title, or write the name of a lesson"
            yield Problem(asked.reread.place, message, hint)


def checks_exist(material: Material) -> Iterator[Problem]:
    if not material.is_whole("quizzes"):
        return
    known = {name for bank in material.banks.values() for name in bank.questions}
    for check in checks(material):
        if check.ask is None and check.check not in known:
            hint = did_you_mean(check.check, known) if known else "write the question under “ask:”"
            yield Problem(check.check.place, f"no bank has a question “{check.check}”", hint)


def questions_once(material: Material) -> Iterator[Problem]:
    """An answer is stored under its question's name."""
    first: dict[str, SourceText] = {}
    asked = [name for bank in material.banks.values() for name in bank.questions]
    asked += [check.check for check in checks(material) if check.ask is not None]
    for name in asked:
        if name in first:
            message = f"the question “{name}” is here twice, first at {first[name].place}"
            yield Problem(name.place, message, "give one of them another name")
        first.setdefault(name, name)


def checks_once(material: Material) -> Iterator[Problem]:
    first: dict[str, SourceText] = {}
    for check in checks(material):
        if check.ask is None and check.check in first:
            message = f"the question “{check.check}” is asked twice, first at {first[check.check].place}"
            yield Problem(check.check.place, message, "ask it in one place")
        first.setdefault(check.check, check.check)


def checks_not_assessed(source: CourseSource) -> Iterator[Problem]:
    for check in checks(source):
        if check.ask is None and check.check in source.final_questions:
            message = f"“{check.check}” is asked here and again in the assessment, its answer known by then"
            yield Problem(check.check.place, message, "ask another question here", "warning")


def questions_used(source: CourseSource) -> Iterator[Problem]:
    if source.broken:
        return
    asked = {check.check for check in checks(source)}
    assessment = source.course.assessment
    for name, bank in source.banks.items():
        if assessment is None or name != assessment.from_:
            yield from unused(name, bank.questions, asked)


def unused(
    bank: str, questions: dict[SourceText, object] | object, asked: set[SourceText]
) -> Iterator[Problem]:
    for name in questions if isinstance(questions, dict) else ():
        if name not in asked:
            message = f"the question “{name}” of quizzes/{bank}.yaml is not asked anywhere"
            yield Problem(
                name.place, message, f"write “- check: {name}” in a lesson, or remove it", "warning"
            )


def pages_hold_something(material: Material) -> Iterator[Problem]:
    for lesson in whole_lessons(material):
        for block, after in zip(lesson.script, (*lesson.script[1:], None), strict=True):
            if isinstance(block, PageLine) and (after is None or isinstance(after, PageLine)):
                hint = "write its blocks, or remove it"
                if material.is_part:
                    hint = left_out_too(material, "page", "on")
                yield Problem(block.place, f"the page “{block.page}” is empty", hint)


def lessons_hold_something(source: CourseSource) -> Iterator[Problem]:
    """A variant, or the edition of a day, may have nothing of a lesson, or no lesson at all."""
    if not source.is_part:
        return
    for name, lesson in source.lessons.items():
        if not lesson.script and f"lessons/{name}" not in source.broken:
            message = f"the lesson “{name}” is empty"
            yield Problem(lesson.place, message, left_out_too(source, "lesson", "in"))
    if not source.course.lessons:
        key, hint = "lessons", "write a lesson that is not only of other days"
        if source.variant:
            key, hint = "variants", "leave the variant out, or write a lesson that it has"
        yield Problem(source.course.at(key), "there is no lesson", hint)


def left_out_too(material: Material, whole: str, where: str) -> str:
    """The hint for a page or a lesson of which nothing is left."""
    key, which = ("only for:", "this variant") if material.variant else ("from:", "that day")
    return f"write “{key}” or the like at the {whole} too, or something {where} it for {which}"


def pages_can_be_remembered(material: Material) -> Iterator[Problem]:
    """The pages read of a lesson are a set of bits in one JavaScript number (decision 2)."""
    for name, lesson in material.lessons.items():
        pages = [block for block in lesson.script if isinstance(block, PageLine)]
        untitled = bool(lesson.script) and not isinstance(lesson.script[0], PageLine)
        for block in pages[MOST_PAGES - untitled :][:1]:
            message = (
                f"the lesson has {len(pages) + untitled} pages, and a course remembers {MOST_PAGES} of each"
            )
            yield Problem(
                block.place,
                message,
                f"move what follows to another lesson, listed after “{name}” in course.yaml",
            )
