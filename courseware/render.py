"""Pages -> the files of one SCO: a document with every lesson, a style sheet, a script, the contacts.

Anchors in the document, which the planner's citations use too: a lesson is `#id`, a page `#id.0`, its
reference `#id.r1`, the first place that cites it `#id.c1`. A slug has no dot, so none of them can collide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from courseware.pages import ContentNote, Duty, Lesson, Pages, Question, Reference, checks_in
from courseware.rendering import wording
from courseware.rendering.palette import palette

STATIC = Path(__file__).parent / "static"
DOCUMENT, STYLE, SCRIPT, CONTACTS = "index.html", "course.css", "course.js", "contacts.js"
FILES = (DOCUMENT, STYLE, SCRIPT, CONTACTS)

# One classic script in the package, in this order: it then also works from file://. After the first comes
# the format's own, which is all of the SCO's files that knows how its standard puts things.
SCRIPTS = ("lms", "{format}", "state", "session", "screens", "questions", "result", "assessment", "course")

COMMENT_LINE = re.compile(r"\n *//.*")

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def render(pages: Pages, formats: Iterable[str]) -> dict[str, dict[str, bytes]]:
    """For each format the SCO's own files by their path in the package; `pages.media` is copied by whoever
    writes it. Only the script differs, so the document is made once."""
    shared = {
        DOCUMENT: document(pages).encode(),
        STYLE: (static("course.css") + palette(pages.accent).css).encode(),
        CONTACTS: contacts(pages).encode(),
    }
    return {form: {**shared, SCRIPT: script(form).encode()} for form in formats}


def document(pages: Pages) -> str:
    from courseware.rendering.templating import templates

    view = View(pages)
    context = view.context()
    context["facts"] = Markup(facts(pages))  # noqa: S704 - escaped in facts()
    return templates().get_template("index.html").render(context) + "\n"


def facts(pages: Pages) -> str:
    """What the script needs to know, as JSON that no `</script>` in a title can end."""
    asked = pages.assessment
    value: dict[str, Any] = {
        "id": pages.course,
        "title": pages.title,
        "language": pages.language,
        "edition": wording.edition(pages),
        "minutes": pages.minutes,
        "lessons": [
            {"id": lesson.id, "title": lesson.title, "minutes": lesson.minutes, "pages": len(lesson.pages)}
            for lesson in pages.lessons
        ],
        "checks": [question_facts(question) for question in pages.checks()],
        "words": dict(sorted(pages.words.items())),
    }
    if asked:
        value["assessment"] = {
            "pass": asked.pass_raw,
            "tries": asked.tries,
            "minutes": asked.minutes,
            "questions": [question_facts(question) for question in asked.questions],
        }
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def question_facts(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "fingerprint": question.fingerprint,
        "text": question.text,
        "one": question.kind == "choose one",
        "letters": "".join(option.letter for option in question.options),
        "right": [option.letter for option in question.options if option.right],
        "objective": question.objective,
        "reread": list(question.reread) if question.reread else None,
    }


def contacts(pages: Pages) -> str:
    """The file that a school may edit in the built package; what it leaves empty is said to be missing."""
    slots = [
        f"  // {' '.join(slot.label.split())}\n"
        f'  {json.dumps(slot.slot)}: {{ name: "", phone: "", email: "", note: "" }},\n'
        for slot in wording.slots(pages)
    ]
    return static("contacts.js").replace("  // slots\n", "".join(slots))


class Way(NamedTuple):
    """Where a link leads: how long that takes, in words, and which lesson it is, where that is said."""

    anchor: str
    title: str = ""
    minutes: str = ""
    number: int = 0


class View:
    """What the templates may ask of one `Pages`."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.words = wording.Words(pages.words)

    def context(self) -> dict[str, Any]:
        return {
            "pages": self.pages,
            "direction": "rtl" if self.pages.language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr",
            "words": self.pages.words,
            "word": self.words.word,
            "counted": self.words.counted,
            "date": self.words.date,
            "kind_of": lambda block: type(block).__name__,
            "has_notes": any(
                isinstance(block, ContentNote)
                for lesson in self.pages.lessons
                for page in lesson.pages
                for block in page.blocks
            ),
            "numbers_in": numbers_in,
            "after": self.after,
            "neighbour": self.neighbour,
            "place": self.place,
            "duty_kind": self.duty_kind,
            "source_line": wording.source_line,
            "cite": wording.cite,
            "by_kind": self.by_kind,
        }

    def after(self, lesson: Lesson, position: int) -> Way:
        """Where somebody goes who skips the rest of a page."""
        if position + 1 < len(lesson.pages):
            return Way(f"{lesson.id}.{position + 1}", lesson.pages[position + 1].title)
        return Way(f"{lesson.id}.end")

    def neighbour(self, number: int) -> Way:
        """The screen before or after a lesson; numbers count from 1."""
        lessons = self.pages.lessons
        if number < 1:
            return Way("start.", self.words.word("course start"))
        if number <= len(lessons):
            lesson = lessons[number - 1]
            return Way(lesson.id, lesson.title, self.about(lesson.minutes))
        if asked := self.pages.assessment:
            return Way("assessment.", self.words.word("next questions"), self.about(asked.minutes))
        return Way("end.", self.words.word("next end"))

    def about(self, minutes: int) -> str:
        return self.words.counted("about minutes", minutes) if minutes else ""

    def place(self, reread: tuple[str, int]) -> Way:
        """The page to read again, with its share of its lesson's minutes."""
        number, lesson = next((n, one) for n, one in enumerate(self.pages.lessons, 1) if one.id == reread[0])
        page = lesson.pages[reread[1]]
        minutes = max(1, round(lesson.minutes / len(lesson.pages)))
        about = self.words.counted("about minutes", minutes)
        return Way(f"{lesson.id}.{reread[1]}", page.title or lesson.title, about, number)

    def duty_kind(self, duty: Duty) -> str:
        """What lies behind a duty, in words: "Law, teachers only"."""
        names = {"law": "law", "guidance": "statutory guidance", "other": "other source"}
        kind = self.words.word(names[duty.source.kind])
        return self.words.word("duty for", kind=kind, audience=duty.audience) if duty.audience else kind

    def by_kind(self, references: tuple[Reference, ...]) -> list[tuple[str, list[Reference]]]:
        """The references as lists: law apart from guidance, untitled where there is one kind only."""
        groups = [
            (self.words.word(f"{kind} references"), [one for one in references if one.kind == kind])
            for kind in ("law", "guidance", "other")
        ]
        filled = [(title, group) for title, group in groups if group]
        return filled if len(filled) > 1 else [("", group) for _, group in filled]


def numbers_in(lesson: Lesson) -> dict[str, int]:
    """The checks of a lesson, numbered as they come."""
    asked = [question for page in lesson.pages for question in checks_in(page.blocks)]
    return {question.id: number for number, question in enumerate(asked, 1)}


@cache
def static(name: str) -> str:
    return (STATIC / name).read_bytes().decode()


@cache
def script(format: str) -> str:  # noqa: A002
    """Without the lines that are comments: an eighth of what learners fetch."""
    whole = "".join(static(f"{name.format(format=format)}.js") for name in SCRIPTS)
    return COMMENT_LINE.sub("", f"\n{whole}").lstrip()
