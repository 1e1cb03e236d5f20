"""Each question kind: marked, kept, and told to an LMS in its own terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from courseware.journeys.hand import ClickingHand
from courseware.load import SourceReader, load
from courseware.material import CourseSource
from courseware.pages import Pages
from courseware.plan import plan_formats
from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.browser.course.test_answers import interaction
from tests.courseware.authoring import Author

pytestmark = pytest.mark.browser

LESSON = """lesson: Every kind
script:
  - check: proof
    ask: You need proof before you report.
    this is: false
    because: A worry is enough.
  - check: roles
    ask: Match each person to the task.
    match: {DSL: leads on concerns, LADO: advises on allegations}
    also: [signs the register]
  - check: steps
    ask: Put these in order.
    put in order: [Listen, Write it down, Tell the DSL]
  - check: words
    ask: What is missing?
    fill in: "Tell the [safeguarding lead|DSL] [at once|immediately]."
  - check: corridor
    ask: Where can nobody see you?
    find in: gate.svg
    alt: Two gates with a wall between them
    places:
      - {right: Behind the wall, at: 50% across and 50% down}
      - {wrong: In the gate, at: 20% across and 50% down, because: Whoever passes sees you.}
      - {right: In the corner, at: 80% to 100% across and 40% to 100% down}
  - check: days
    ask: Within how many working days?
    number: 1
    within: 0.5
  - check: ready
    ask: How ready do you feel?
    rate: [Not yet, Nearly, Ready]
  - check: plan
    ask: What will you do differently?
    write: up to 400 characters
  - scenario: bruise
    scenes:
      monday:
        text: Sam arrives with a bruise.
        choose:
          - say: How did that happen?
            then: talks
            because: He may say what he likes.
          - {say: Did somebody hit you?, then: stops}
      talks:
        text: Sam talks, and asks you to keep it secret.
        choose: [{say: I promise., then: broken}, {say: I will get help., then: told}]
      told: {text: You tell the safeguarding lead., ends: well}
      broken: {text: You break your promise., ends: badly, try again from: talks}
      stops: {text: Sam says nothing more., ends: badly}
"""
LONG = "I will listen first. " * 15


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    author = Author.at_work_on("gate-duty", tmp_path_factory.mktemp("kinds"))
    author.write("course/lessons/visitors.yaml", LESSON)
    author.change("course/quizzes/final.yaml", "    reread: visitors\n", "")
    source = load(Path(author.course), SourceReader())
    assert isinstance(source, CourseSource)
    planned = plan_formats(source, ("scorm12",), {})["scorm12"].pages
    return replace(planned, lessons=planned.lessons[1:], assessment=None, media=())


def test_places_are_chosen_in_the_picture_or_in_the_list(lms: Launching, pages: Pages) -> None:
    """A pin shows what the box in the list shows: chosen, in focus, judged. It keeps its number."""
    lms_ = lms(pages)
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    question = learner.question("corridor")
    question.locator("[type=submit]").click()
    assert question.locator(".refused").inner_text() == "Choose an answer first."
    pins, boxes = question.locator("[data-pin]"), question.get_by_role("checkbox")
    assert boxes.evaluate_all("(all) => all.map((one) => one.labels[0].innerText)") == ["1", "2", "3"]
    expect(question.get_by_role("checkbox", name="1 Behind the wall", exact=True)).to_be_visible()
    expect(question.get_by_role("img", name="Two gates with a wall between them")).to_be_visible()
    pins.nth(0).click()
    boxes.nth(0).focus()
    boxes.nth(0).press("Tab")
    expect(pins.nth(1)).to_have_attribute("data-focused", "")
    boxes.nth(1).press("Space")
    assert [pin.get_attribute("data-chosen") for pin in pins.all()] == ["", "", None]
    question.locator("[type=submit]").click()
    assert [pin.get_attribute("data-state") for pin in pins.all()] == ["right", "wrong", "other"]
    expect(question.locator(".feedback")).to_contain_text("Whoever passes sees you.")
    is_12 = lms_.form == "scorm12"
    pattern, both, half = ("{a,c}", "a,c", "a,b") if is_12 else ("a[,]c", "a[,]c", "a[,]b")
    assert told(lms_)[-1] == ("corridor", "choice", pattern, half, "wrong" if is_12 else "incorrect")
    lms_.leave()
    learner = Learner(lms_.launch())
    question = learner.question("corridor")
    question.get_by_role("button", name="Try again").click()
    for pin in question.locator("[data-pin]").all()[::2]:
        pin.click()
    question.locator("[type=submit]").click()
    expect(question.locator(".feedback")).to_contain_text("Those are the right answers.")
    assert told(lms_)[-1] == ("corridor", "choice", pattern, both, "correct")
    assert not lms_.refused()


def answer_all(learner: Learner) -> None:
    """Rightly, except for one pair, the order and one gap."""
    names = ("proof", "roles", "steps", "words", "days", "ready", "plan")
    hands = [ClickingHand(learner.question(name)) for name in names]
    proof, roles, steps, words, days, ready, plan = hands
    proof.choose("b")
    roles.pick("bc")
    steps.put_in_order("abc")
    words.write(["safeguarding lead", "Tomorrow"])
    days.write(["1,5"])
    ready.choose("c")
    plan.write([LONG])
    for hand in hands:
        hand.submit()


def told(lms_: Lms) -> list[tuple[str | None, ...]]:
    """Of each interaction: its name, type, pattern, response and result."""
    response = "student_response" if lms_.form == "scorm12" else "learner_response"
    wanted = ("id", "type", "correct_responses.0.pattern", response, "result")
    count = int(lms_.get("cmi.interactions._count") or 0)
    return [tuple(interaction(lms_, at).get(name) for name in wanted) for at in range(count)]


@pytest.mark.both_standards
def test_each_kind_is_answered_kept_and_told(lms: Launching, pages: Pages) -> None:
    lms_ = lms(pages)
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    answer_all(learner)
    said = {row[0]: row for row in told(lms_)}
    text = " ".join(LONG.split())
    if lms_.form == "scorm12":
        assert said == {row[0]: row for row in [
            ("proof", "true-false", "f", "f", "correct"),
            ("roles", "matching", "a.b,b.a", "a.b,b.c", "wrong"),
            ("steps", "sequencing", "a,b,c", "a,b,c", "correct"),
            ("words_1", "fill-in", "safeguarding lead", "safeguarding lead", "correct"),
            ("words_2", "fill-in", "at once", "Tomorrow", "wrong"),
            ("days", "numeric", "1", "1.5", "correct"),
            ("ready", "likert", None, "c", "neutral"),
            ("plan_1", "fill-in", None, text[:255], "neutral"),
            ("plan_2", "fill-in", None, text[255:], "neutral"),
        ]}  # fmt: skip
    else:
        both = "{case_matters=false}safeguarding lead[,]at once"
        assert said == {row[0]: row for row in [
            ("proof", "true-false", "false", "false", "correct"),
            ("roles", "matching", "a[.]b[,]b[.]a", "a[.]b[,]b[.]c", "incorrect"),
            ("steps", "sequencing", "a[,]b[,]c", "a[,]b[,]c", "correct"),
            ("words", "fill-in", both, "safeguarding lead[,]Tomorrow", "incorrect"),
            ("days", "numeric", "0.5[:]1.5", "1.5", "correct"),
            ("ready", "likert", None, "c", "neutral"),
            ("plan", "long-fill-in", None, text, "neutral"),
        ]}  # fmt: skip
    assert not lms_.refused()
    assert "You find it here" in learner.question("plan").locator(".feedback").inner_text()
    assert "1 of 2 are right." in learner.question("roles").locator(".feedback").inner_text()
    names = ("proof", "roles", "steps", "words", "ready", "plan")
    before = {name: form_of(learner, name) for name in names}
    lms_.leave()
    again = Learner(lms_.launch())
    assert {name: form_of(again, name) for name in names} == before
    assert again.question("days").locator("input").input_value() == "1.5"
    again.question("roles").get_by_role("button", name="Show me the answer").click()
    assert "Right answer: advises on allegations" in again.question("roles").inner_text()


def form_of(learner: Learner, name: str) -> list[object]:
    """The values of a form in their order, and what is said of it."""
    form = learner.question(name)
    parts = form.locator("input, select, textarea, [data-letter]")
    values: list[object] = parts.evaluate_all(
        "(parts) => parts.map((one) => one.dataset.letter"
        " || (one.type === 'radio' ? one.checked : one.value))"
    )
    return [*values, form.locator(".feedback").inner_text()]


def test_an_answer_that_is_not_whole_is_refused_in_its_kind_s_words(lms: Launching, pages: Pages) -> None:
    learner = Learner(lms(pages).launch())
    learner.frame.click("[data-begin]")
    refusals = {
        "proof": "Choose an answer first.",
        "roles": "Choose something for each first.",
        "steps": "Move at least one item first.",
        "words": "Fill in every gap first.",
        "days": "Write a number first, in digits.",
        "plan": "Write something first.",
    }
    learner.question("days").locator("input").fill("one")
    for name, refusal in refusals.items():
        question = learner.question(name)
        question.locator("[type=submit]").click()
        assert question.get_by_role("alert").inner_text().strip() == refusal
    learner.question("days").locator("input").fill("1,000")
    learner.question("days").locator("[type=submit]").click()
    expect(learner.question("days").locator(".feedback")).to_have_attribute("data-state", "wrong")


@pytest.mark.both_standards
def test_a_scenario_is_played_left_half_way_and_tried_again(lms: Launching, pages: Pages) -> None:
    lms_ = lms(pages)
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    play(learner, "How did that happen?")
    assert scenes(learner) == ["Sam arrives with a bruise.", "Sam talks, and asks you to keep it secret."]
    lms_.leave()
    learner = Learner(lms_.launch())
    assert scenes(learner)[-1] == "Sam talks, and asks you to keep it secret."
    assert learner.question("bruise").get_by_text("He may say what he likes.").is_visible()
    play(learner, "I promise.")
    question = learner.question("bruise")
    assert scenes(learner)[-1] == "You break your promise."
    assert question.locator(".feedback").inner_text() == "That did not go well."
    question.get_by_role("button", name="Try again").click()
    assert len(scenes(learner)) == 2
    play(learner, "I will get help.")
    assert question.locator(".happens").nth(2).evaluate("(one) => one === document.activeElement")
    assert scenes(learner)[-1] == "You tell the safeguarding lead."
    assert question.locator(".feedback").inner_text() == "That went well."
    comma, bad = (",", "wrong") if lms_.form == "scorm12" else ("[,]", "incorrect")
    assert told(lms_) == [
        ("bruise", "sequencing", None, f"a{comma}c", bad),
        ("bruise", "sequencing", None, f"a{comma}d", "correct"),
    ]
    assert not lms_.refused()
    question.get_by_role("button", name="Start again").click()
    assert scenes(learner) == ["Sam arrives with a bruise."]
    question.locator("[type=submit]").click()
    assert question.locator(".refused").inner_text() == "Choose what you say or do first."
    play(learner, "Did somebody hit you?")
    assert scenes(learner)[-1] == "Sam says nothing more."


def play(learner: Learner, words: str) -> None:
    question = learner.question("bruise")
    question.get_by_text(words).click()
    question.locator("[type=submit]").click()


def scenes(learner: Learner) -> list[str]:
    """Those that are shown, in their order."""
    return learner.question("bruise").locator(".happens:visible").all_inner_texts()
