"""Suspend data (decision 2): the same cases for Python and for the course's own script."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page

from courseware.formats import FORMATS
from courseware.judging import judge
from courseware.pages import Pages
from courseware.plan import plan, plan_formats
from courseware.planning import suspend_data
from courseware.questions import KINDS, scripts_of
from courseware.questions.packing import base36
from courseware.reading.suspend_data import read_suspend_data
from courseware.render import facts, question_facts
from courseware.rendering.scripts import QUESTIONS, STATIC, joined, module
from tests.conftest import ROOT
from tests.courseware.authoring import Author
from tests.courseware.legislation import Provider

VECTORS = json.loads((Path(__file__).parent / "vectors" / "suspend_data.json").read_text(encoding="utf-8"))
NAMES = (
    "elements",
    "kinds",
    "packing",
    "stages",
    "state",
    "draw",
    "question_form",
    "optional_state",
)
TOLD = """(state) => ({
  place: state.place, shown: {...state.read}, tries: state.tries, stage: state.stage, best: state.best,
  done: state.done, seed: state.seed, seen: state.seen, tested: state.tested, spared: state.spared,
  answers: Object.fromEntries(Object.entries(state.answers)
    .map(([key, one]) => [key, [one.given, one.tries, one.checked, one.shown]])),
})"""
TOLD_OF_PARTS = (
    f"([text, course]) => [...readParts(text, course.optional)].map(([id, part]) => [id, ({TOLD})(part)])"
)
WRITTEN = "([text, course]) => writeParts(readState(text, course), course, readParts(text, course.optional))"
FULL = """([course, most, answers]) => {
  const state = window.readState("2", course);
  Object.assign(state, {place: course.longest, tries: most, stage: 2, best: course.assessment.number * 100});
  state.done = course.lessons.map((lesson) => lesson.id);
  for (const lesson of course.lessons) state.read[lesson.id] = [...Array(lesson.pages).keys()];
  state.asked = course.assessment.questions;
  const stars = [...course.checks.map((one) => [one, ""]), ...state.asked.map((one) => [one, "*"])];
  for (const [question, star] of stars) {
    const given = window.kindOf(question).unpack(question, answers[question.id]);
    state.answers[star + question.id] = {given, tries: most, checked: true, shown: true};
  }
  return window.writeState(state, course);
}"""


# Every page read, every question of the longest draw answered at length, a pre-test handed in and all seen.
WORST = """([course, most, answers]) => {
  const state = window.readState("2", course);
  const places = course.lessons.map((lesson) => `${lesson.id}.${(lesson.pages - 1).toString(36)}`);
  state.place = [...places, "assessment.0", "pre-test_.zz"].sort((a, b) => b.length - a.length)[0];
  state.done = course.lessons.map((lesson) => lesson.id);
  for (const lesson of course.lessons) state.read[lesson.id] = [...Array(lesson.pages).keys()];
  const final = course.assessment;
  if (final) {
    const long = (one) => one.id.length + answers[one.id].length;
    const pick = ([objective, number]) => final.questions
      .filter((one) => objective === "*" || one.objective === objective)
      .sort((a, b) => long(b) - long(a)).slice(0, number);
    Object.assign(state, {tries: most, stage: 2, best: final.number * 100, seed: "zzzzz"});
    state.asked = Object.entries(final.draw || {"*": final.number}).flatMap(pick);
    if (final.draw) state.seen = final.questions.slice(0, 300).map((one) => one.fingerprint.slice(0, 2));
    if (final.preTest) Object.assign(state, {tested: true, spared: Object.keys(final.preTest.draw)});
  }
  const stars = [...course.checks.map((one) => [one, ""]), ...state.asked.map((one) => [one, "*"])];
  for (const [question, star] of stars) {
    const given = window.kindOf(question).unpack(question, answers[question.id]);
    state.answers[star + question.id] = {given, tries: most, checked: true, shown: true};
  }
  return window.writeState(state, course);
}"""
OF_EACH_ROOM = ("scorm12", "scorm2004-2nd", "scorm2004")
COURSES = sorted(path.parent for path in (ROOT / "course_src" / "courses").glob("*/course.yaml"))


@pytest.fixture
def script(page: Page) -> Page:
    """The modules of the script that read and write, with their functions for all to call."""
    paths = [STATIC / f"{name}.js" for name in NAMES] + [
        QUESTIONS / f"{name}.js" for name in scripts_of(KINDS)
    ]
    handed_out = "Object.assign(window, { readState, writeState, readParts, writeParts, kindOf });"
    page.goto("about:blank")
    page.add_script_tag(content=joined([*map(module, paths), handed_out]))
    return page


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_python_reads_it(case: dict[str, Any]) -> None:
    read = read_suspend_data(case["text"])
    if case["state"] is None:
        assert read is None
        return
    assert read is not None
    wanted = dict(case["state"])
    answers = wanted.pop("answers")
    if case["text"].startswith("1~"):
        del wanted["done"]  # which page is a lesson's last only the course knows
    told = {name: getattr(read, name) for name in wanted}
    if "spared" in wanted:
        known = VECTORS["course"]["objectives"]
        told["spared"] = [one for one in read.spared if one in known]  # the course knows which it has
        told["tested"] = read.tested and (bool(told["spared"]) or not read.spared)
    told |= {"seen": list(read.seen), "shown": {name: [*pages] for name, pages in read.shown.items()}}
    if "done" in wanted:
        told["done"] = list(read.done)
    assert told == wanted
    for name, part in case.get("optional", {}).items():
        kept = read.optional[name]
        assert {lesson: [*pages] for lesson, pages in kept.shown.items()} == part["shown"]
        assert (kept.tries, kept.stage, kept.best, kept.seed) == tuple(
            part[key] for key in ("tries", "stage", "best", "seed")
        )
        assert ["*" * one.scored + one.question for one in kept.answers] == [*part["answers"]]
    assert [("*" * one.scored + one.question, one.tries, one.checked, one.shown) for one in read.answers] == [
        (key, *tally) for key, (_, *tally) in answers.items()
    ]


@pytest.mark.browser
def test_the_script_reads_and_writes_it(script: Page) -> None:
    course = VECTORS["course"]
    for case in VECTORS["cases"]:
        state = script.evaluate(
            f"([text, course]) => ({TOLD})(readState(text, course))", [case["text"], course]
        )
        untested = {"tested": False, "spared": []}
        empty = {
            "place": "",
            "shown": {},
            "tries": 0,
            "stage": 0,
            "best": 0,
            "done": [],
            "seed": "",
            "seen": [],
            "answers": {},
        }
        assert state == untested | (case["state"] or empty), case["name"]
        parts = dict(script.evaluate(TOLD_OF_PARTS, [case["text"], course]))
        for name, wanted in case.get("optional", {}).items():
            assert {key: parts[name][key] for key in wanted} == wanted, case["name"]
        written = script.evaluate(WRITTEN, [case["text"], course])
        judge = script.evaluate(
            "(course) => writeState({...readState('2', course), tries: 1}, course)", course
        )
        of_law = script.evaluate(
            "(course) => writeState({...readState('2', course.optional[0]), tries: 1}, course.optional[0])",
            course,
        )
        wanted = case.get("written", "2~~~0.0.0~~~")
        for blank, text in (("LAWJUDGE", of_law), ("JUDGE", judge)):
            wanted = wanted.replace(blank, text.split("~")[3].split(".")[3])
        assert written == wanted, case["name"]


@pytest.mark.browser
def test_no_course_writes_more_than_was_computed(author: Author, script: Page) -> None:
    pages = plan(author.source(), "scorm2004", {}).pages
    assert pages.assessment is not None
    asked = pages.assessment.questions
    course: dict[str, Any] = {
        "lessons": [{"id": lesson.id, "pages": len(lesson.pages), "checks": []} for lesson in pages.lessons],
        "checks": [question_facts(question) for question in pages.checks()],
        "assessment": {"number": len(asked), "questions": [question_facts(question) for question in asked]},
        "longest": "assessment.0",
    }
    written = script.evaluate(FULL, [course, suspend_data.MOST_TRIES, longest_answers(pages)])
    assert len(written) <= suspend_data.largest(pages).characters <= len(written) + 10
    assert all(0x21 <= ord(character) <= 0x7E for character in written)


@pytest.mark.browser
def test_every_package_of_the_real_courses_has_room(author: Author, script: Page) -> None:
    """Each variant in each format, in one SCO and in several: the most that its script can write is not more
    than was computed, and what was computed not more than the format keeps."""
    lengths: dict[str, int] = {}  # of the same pages in several formats
    for folder in COURSES:
        judged = judge(author.loaded(folder), author.options())
        for one, structure in itertools.product(judged.chosen, ("one", "multi")):
            course = replace(one.source.course, structure=structure)
            planned = plan_formats(replace(one.source, course=course), OF_EACH_ROOM, one.facts)
            for name, made in planned.items():
                for pages in [shown for _, shown in made.documents] or [made.pages]:
                    told, computed = facts(pages), suspend_data.largest(pages).characters
                    if told not in lengths:
                        asked = [json.loads(told), suspend_data.MOST_TRIES, longest_answers(pages)]
                        lengths[told] = len(script.evaluate(WORST, asked))
                    assert lengths[told] <= computed
                    assert computed <= (FORMATS[name].limits.suspend_data or computed)
    assert len(lengths) > 30


FULL_PARTS = """([course, most, answers]) => {
  const state = window.readState("2", course);
  state.place = course.longest;
  const states = window.readParts("2", course.optional);
  const optional = course.optional.map((part) => [part, states.get(part.id)]);
  for (const [part, own] of [[course, state], ...optional]) {
    Object.assign(own, {tries: most, stage: 2, best: part.assessment.number * 100});
    own.done = part.lessons.map(({id}) => id);
    for (const lesson of part.lessons) own.read[lesson.id] = [...Array(lesson.pages).keys()];
    own.asked = part.assessment.questions;
    for (const question of own.asked) {
      const given = window.kindOf(question).unpack(question, answers[question.id]);
      own.answers[`*${question.id}`] = {given, tries: most, checked: true, shown: true};
    }
  }
  return window.writeParts(state, course, states);
}"""


@pytest.mark.browser
def test_nor_one_with_an_optional_part_that_is_full_too(tmp_path: Path, script: Page) -> None:
    pages = Provider(tmp_path).plans(legislation="optional", formats=("scorm12",))["scorm12"].pages
    places = [f"{lesson.id}.0" for part in pages.parts for lesson in part.lessons]
    course = json.loads(facts(pages)) | {"longest": max(places, key=len)}
    answers = {
        question.id: KINDS[question.kind].longest_answer(question)
        for part in pages.parts
        for question in (part.assessment.questions if part.assessment else ())
    }
    written = script.evaluate(FULL_PARTS, [course, suspend_data.MOST_TRIES, answers])
    assert written.startswith("3~")
    assert "~gate-law~" in written
    assert len(written) <= suspend_data.largest(pages).characters <= len(written) + 20


def longest_answers(pages: Pages) -> dict[str, str]:
    final = pages.assessment.questions if pages.assessment else ()
    return {one.id: KINDS[one.kind].longest_answer(one) for one in (*pages.checks(), *final)}


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (35, "z"), (36, "10"), (1203, "xf")])
def test_base_36_is_javascripts(number: int, text: str) -> None:
    assert base36(number) == text
    assert int(text, 36) == number
