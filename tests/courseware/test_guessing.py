"""Nobody passes our final questions without knowing the subject: simple strategies against draws."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from courseware.assessment import Assessment
from courseware.authored.variant import variants_of
from courseware.blocks import Question
from courseware.load import SourceReader, load
from courseware.material import CourseSource
from courseware.plan import plan
from courseware.render import assessment_facts
from courseware.rendering.scripts import STATIC, joined, module
from courseware.selecting import select
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

COURSES = (
    ("child-protection", "staff"),
    ("child-protection-legislation", ""),
    ("child-on-child-abuse", "staff"),
    ("child-on-child-abuse", "governors"),
)
DRAWS = 1000
MOST = DRAWS // 1000  # one in a thousand
TRIES = 3
DRAWN = """([asked, draws, tries]) => Array.from({length: draws}, (_, at) => {
  let seen = [];
  return Array.from({length: tries}, (_, nth) => {
    const questions = drawn(asked, (at * tries + nth + 1).toString(36), seen);
    seen = seenAfter(seen, questions);
    return questions.map((question) => question.id);
  });
})"""
Chance = random.Random
Strategy = Callable[[Question, Chance], set[str]]


def at_random(question: Question, chance: Chance) -> set[str]:
    letters = [option.letter for option in question.options]
    if question.kind == "choose all":
        return {letter for letter in letters if chance.random() < 0.5}
    return {chance.choice(letters)}


def best(question: Question, chance: Chance, worth: Callable[[str], float]) -> set[str]:
    """The option that is worth most; of several the two best; by chance among equals."""
    order = sorted(question.options, key=lambda option: (-worth(option.text), chance.random()))
    return {option.letter for option in order[: 2 if question.kind == "choose all" else 1]}


def to_the_dsl(question: Question, chance: Chance) -> set[str]:
    words = re.compile(r"DSL|safeguarding lead|\breport|\bpass it on|\btell", re.IGNORECASE)
    named = re.compile(r"DSL|safeguarding lead")
    return best(question, chance, lambda text: 2 * bool(named.search(text)) + bool(words.search(text)))


def the_longest(question: Question, chance: Chance) -> set[str]:
    return best(question, chance, len)


def the_shortest(question: Question, chance: Chance) -> set[str]:
    return best(question, chance, lambda text: -len(text))


def the_kindest(question: Question, chance: Chance) -> set[str]:
    kind = "kind gentl friendl thank help listen trust calm sorry safe together quiet respect hear need"
    words = re.compile(rf"\b(?:{kind.replace(' ', '|')})", re.IGNORECASE)
    return best(question, chance, lambda text: len(words.findall(text)))


STRATEGIES: dict[str, Strategy] = {
    "at random": at_random,
    "tell the DSL": to_the_dsl,
    "the longest": the_longest,
    "the shortest": the_shortest,
    "the kindest": the_kindest,
}


@pytest.fixture(scope="module", params=COURSES, ids=lambda param: "-".join(filter(None, param)))
def final(request: pytest.FixtureRequest) -> Assessment:
    course, variant = request.param
    reader = SourceReader()
    source = load(Path(ROOT / "course_src" / "courses" / course), reader)
    assert isinstance(source, CourseSource), reader.problems
    if variant:
        source = select(source, variants_of(source.course)[variant])
    assessment = plan(source, "scorm2004", {}).pages.assessment
    assert assessment is not None
    return assessment


@pytest.fixture(scope="module")
def draws(browser: Browser, final: Assessment) -> list[list[list[str]]]:
    """What the course's own script draws: for each learner three tries, each a list of questions."""
    page = browser.new_page()
    modules = [module(STATIC / f"{name}.js") for name in ("packing", "draw")]
    page.add_script_tag(content=joined([*modules, "Object.assign(window, { drawn, seenAfter });"]))
    facts: dict[str, Any] = assessment_facts(final)
    made: list[list[list[str]]] = page.evaluate(DRAWN, [facts, DRAWS, TRIES])
    page.close()
    return made


def passes(final: Assessment, asked: list[str], answers: Callable[[Question], set[str]]) -> bool:
    known = {question.id: question for question in final.questions}
    right = {
        name: answers(known[name]) == {option.letter for option in known[name].options if option.right}
        for name in asked
    }
    return sum(right.values()) >= final.pass_raw and all(right[name] for name in asked if known[name].must)


def test_no_simple_strategy_passes(final: Assessment, draws: list[list[list[str]]]) -> None:
    passed = {}
    for name, strategy in STRATEGIES.items():
        chance = random.Random(name)  # noqa: S311 - the same guesses each time
        passed[name] = sum(
            passes(final, first, lambda question: strategy(question, chance))  # noqa: B023 - called at once
            for first, *_ in draws
        )
    assert {name: number for name, number in passed.items() if number > MOST} == {}


def test_remembering_what_is_told_over_three_tries_does_not_pass(
    final: Assessment, draws: list[list[list[str]]]
) -> None:
    """After a failed try a learner hears the lessons to read again and no more: what was chosen was wrong
    somewhere, so that somebody who remembers chooses otherwise where a question comes again."""
    chance = random.Random(1)  # noqa: S311
    passed = 0
    for tries in draws:
        chosen: dict[str, list[set[str]]] = {}

        def answer(question: Question, chosen: dict[str, list[set[str]]] = chosen) -> set[str]:
            before = chosen.setdefault(question.id, [])
            given = next((one for _ in range(9) if (one := at_random(question, chance)) not in before), set())
            before.append(given)
            return given

        passed += any(passes(final, asked, answer) for asked in tries)
    assert passed <= MOST


def test_the_bank_is_large(final: Assessment) -> None:
    assert len(final.questions) >= (40 if final.number == 15 else 25)
    assert final.number in (10, 15)
