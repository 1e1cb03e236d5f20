"""A course that asks every kind of question: in a pre-test, in lessons and at the end; its right answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.build import build
from courseware.options import BuildOptions
from tests.browser.ways import ByClicks
from tests.courseware.authoring import FIXTURES, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

COURSE = """course: Every Kind
id: every-kind-{form}
edition: "1"
as of: 2026-11-24
in: [england]
for: [staff]
minutes: 20
objectives: {{watch: Watch the gate, greet: Greet a visitor}}
lessons: [kinds, visitors]
assessment: {{from: final, draw: {{watch: 7, greet: 3}}, pass: 80%, tries: 3, pre-test: {{greet: 3}}}}
help lines: none
"""
KINDS = """lesson: Every kind
teaches: watch
script:
  - page: Chosen and put together
  - {{check: one, {one}}}
  - {{check: all, {all}}}
  - {{check: true, {true}}}
  - {{check: pairs, {pairs}}}
  - page: Written and moved
  - {{check: order, {order}}}
  - {{check: gaps, {gaps}}}
  - {{check: places, {places}}}
  - {{check: minutes, {minutes}}}
  - {{check: ready, ask: How ready do you feel?, rate: [Not yet, Nearly, Ready]}}
  - {{check: plan, ask: What will you do?, write: up to 300 characters}}
  - {{scenario: scene, scenes: {scene}}}
"""
VISITORS = """lesson: Visitors
teaches: greet
script:
  - text: Ask for a name.
"""
ASKED = {
    "one": "ask: What do you say?, choose one: [{right: Stop}, {wrong: Please wait}]",
    "all": "ask: Whom do you ask?, choose all: [{right: A builder}, {right: A parent}, {wrong: A pupil}]",
    "true": "ask: You may turn your back., this is: false",
    "pairs": "ask: Match them., match: {Caretaker: unlocks it, Office: asks for names}, also: [stops cars]",
    "order": "ask: Put these in order., put in order: [Unlock, Stand by, Lock]",
    "gaps": 'ask: What is missing?, fill in: "Call [999] and tell the [office]."',
    "places": (
        "ask: Where do you see neither side?, find in: gate.svg, alt: Two gates with a wall between them, "
        "places: [{right: At the wall, at: 50% across and 50% down}, {wrong: In the gate, at: 30 across and "
        "20 down}, {right: Behind the gate, at: 70% to 95% across and 10% to 60% down}]"
    ),
    "minutes": "ask: For how many minutes?, number: 15, within: 5",
}
SCENES = (
    "{gate: {text: Somebody comes in., choose: [{say: Who are you?, then: asked, because: It is kind.}, "
    "{do: Look away., then: gone}]}, asked: {text: It is the plumber., choose: [{do: Walk with them., "
    "then: office}, {do: Go back., then: gone}]}, office: {text: The office knows them., ends: well}, "
    "gone: {text: Nobody knows who is in., ends: badly}}"
)
ANSWERS: dict[str, Callable[[ByClicks, Locator], None]] = {
    "one": lambda way, form: way.choose(form, "Stop"),
    "all": lambda way, form: way.choose(form, "A builder", "A parent"),
    "true": lambda way, form: way.choose(form, "False"),
    "pairs": lambda way, form: pick_both(way, form),
    "order": lambda way, form: way.put_in_order(form, ["Unlock", "Stand by", "Lock"]),
    "gaps": lambda way, form: way.write(form, "999", "office"),
    "places": lambda way, form: way.find(form, "At the wall", "Behind the gate"),
    "minutes": lambda way, form: way.write(form, "12"),
    "ready": lambda way, form: way.choose(form, "Nearly"),
    "plan": lambda way, form: way.write(form, "Stand where I see both."),
    "scene": lambda way, form: play(way, form),
}
# What an LMS of either standard has of each: type and response.
TOLD = {
    "scorm12": {
        "one": ("choice", "a"), "all": ("choice", "a,b"), "true": ("true-false", "f"),
        "pairs": ("matching", "a.c,b.a"), "order": ("sequencing", "a,b,c"),
        "gaps_1": ("fill-in", "999"), "gaps_2": ("fill-in", "office"), "places": ("choice", "a,c"),
        "minutes": ("numeric", "12"), "ready": ("likert", "b"),
        "plan": ("fill-in", "Stand where I see both."), "scene": ("sequencing", "a,c"),
    },
    "scorm2004": {
        "one": ("choice", "a"), "all": ("choice", "a[,]b"), "true": ("true-false", "false"),
        "pairs": ("matching", "a[.]c[,]b[.]a"), "order": ("sequencing", "a[,]b[,]c"),
        "gaps": ("fill-in", "999[,]office"), "places": ("choice", "a[,]c"), "minutes": ("numeric", "12"),
        "ready": ("likert", "b"), "plan": ("long-fill-in", "Stand where I see both."),
        "scene": ("sequencing", "a[,]c"),
    },
}  # fmt: skip
MUST = "call"
GATE = (FIXTURES / "gate-duty/course/media/gate.svg").read_text(encoding="utf-8")


def pick_both(way: ByClicks, form: Locator) -> None:
    way.pick(form, "Caretaker", "unlocks it")
    way.pick(form, "Office", "asks for names")


def play(way: ByClicks, form: Locator) -> None:
    """To the choice before the end, which is still to be taken."""
    way.choose(form, "Who are you?")
    way.press(form.locator("[type=submit]"))
    way.choose(form, "Walk with them.")


def bank() -> str:
    """Each kind that is scored is always asked; two of eight more are drawn, with one that must be right."""
    scored = [f"  f-{name}: {{about: watch, always: yes, {ASKED[name]}}}" for name in list(ASKED)[1:]]
    drawn = [
        f"  g-{n}: {{about: greet, ask: Visitor {n}?, choose one: [{{wrong: No {n}}}, {{right: Yes {n}}}]}}"
        for n in range(1, 9)
    ]
    must = (
        f"  {MUST}: {{about: greet, always: yes, must be right: yes, ask: Whom do you call?, "
        "choose one: [{wrong: Nobody}, {right: The office}]}"
    )
    return "\n".join(["bank: Final questions", "questions:", *scored, must, *drawn, ""])


def write_course(course: Path, form: str) -> None:
    """Its source, under an id for that form."""
    files = {
        "course.yaml": COURSE.format(form=form),
        "lessons/kinds.yaml": KINDS.format(**ASKED, scene=SCENES),
        "lessons/visitors.yaml": VISITORS,
        "quizzes/final.yaml": bank(),
        "media/gate.svg": GATE,
    }
    for name, text in files.items():
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text, encoding="utf-8")


def packages(folder: Path) -> dict[str, Path]:
    """The course as a package of each standard, under ids of their own."""
    made: dict[str, Path] = {}
    for form in TOLD:
        course = folder / form
        write_course(course, form)
        (one,) = build([course], BuildOptions(TODAY, (form,), out=folder))
        (made[form],) = one.packages
    return made


@dataclass
class Walk:
    """Somebody in the course, in a way of their own."""

    frame: Frame
    way: ByClicks

    @property
    def screen(self) -> str:
        return self.frame.locator("[data-current]").get_attribute("data-screen") or ""

    def press(self, selector: str) -> None:
        self.way.press(self.frame.locator(selector))

    def form(self, question: str) -> Locator:
        return self.frame.locator(f"[data-current] [data-question='{question}']")

    def check(self, *questions: str) -> None:
        for question in questions:
            form = self.form(question)
            ANSWERS[question](self.way, form)
            self.way.press(form.locator("[type=submit]"))

    def asked(self) -> list[str]:
        forms = self.frame.locator("#questions\\. .question:not([hidden])")
        found: list[str] = forms.evaluate_all("(forms) => forms.map((form) => form.dataset.question)")
        return found

    def open_questions(self) -> Iterator[str]:
        """From the question shown to the last, each as it is reached."""
        asked = self.asked()
        shown = self.frame.locator("#questions\\. .question[data-now]").get_attribute("data-question") or ""
        for question in asked[asked.index(shown) :]:
            yield question
            if question != asked[-1]:
                self.press("[data-turn='1']")

    def answer(self, question: str, *, wrongly: bool = False) -> None:
        """A question of the bank."""
        form = self.form(question)
        if question == MUST:
            self.way.choose(form, "Nobody" if wrongly else "The office")
        elif question.startswith("g-"):
            self.way.choose(form, f"Yes {question.removeprefix('g-')}")
        else:
            ANSWERS[question.removeprefix("f-")](self.way, form)
