"""A course with a SCO for each lesson: their order, questions that wait, a pre-test that spares."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from courseware.archive import write_archives
from courseware.build import build
from tests.browser.courses.other_lms import OtherLms, in_the_course
from tests.browser.courses.taking import Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player
from tests.courseware.authoring import FIXTURES, Author
from tests.courseware.legislation import COMPANION, MAIN, Provider

pytestmark = pytest.mark.browser
LESSONS = ("at-the-gate", "visitors")
RIGHT = {"where": "a", "who": "ab"}


def several(folder: Path, form: str, **changed: str) -> Path:
    """Gate Duty, built as several SCOs."""
    return one(folder, form, **changed, **{"minutes: 12": "structure: multi\norder: as listed\nminutes: 12"})


def one(folder: Path, form: str, **changed: str) -> Path:
    shutil.copytree(FIXTURES / "gate-duty", folder / "gate-duty")
    author = Author(folder / "gate-duty")
    for before, after in changed.items():
        author.change("course/course.yaml", before, after)
    (made,) = build([author.course], author.options(formats=(form,)))
    (path,) = made.packages
    return path


@pytest.fixture(scope="module")
def player(players: Callable[[str], Player], tmp_path_factory: pytest.TempPathFactory, form: str) -> Player:
    running = players(form)
    assert running.course(several(tmp_path_factory.mktemp("several"), form)) == "gate-duty"
    return running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB")
    yield made
    made.close()


def waits(at: Learner, unit: str) -> bool:
    """Whether the contents refuse it now."""
    return at.page.locator(f'[data-item="item-{unit}"]').get_attribute("aria-disabled") == "true"


def answer(taker: Taker, right: dict[str, str]) -> None:
    """All that is asked, and hand it in."""
    for at, name in enumerate(taker.asked()):
        taker.frame.click(f"[data-to='{at}']")
        taker.choose(name, right[name])
    taker.frame.click("[data-submit]")


@pytest.mark.both_standards
def test_lessons_in_order_open_the_questions_and_the_questions_pass_the_course(
    player: Player, context: BrowserContext, learner: str, form: str
) -> None:
    at = Learner(context, player.link("gate-duty", learner))
    goes_on = form == "scorm2004"  # a SCO of SCORM 1.2 can ask for nothing
    for number, lesson in enumerate(LESSONS, 1):
        assert at.activity == f"item-{lesson}"
        taker = Taker(at.sco)
        if number == 1:
            expect(taker.frame.locator(".start .elsewhere")).to_have_text(
                ["Visitors 5 min", "Final questions 2 min"]
            )
            taker.begin()
        expect(taker.frame.locator("[data-current] .opener .eyebrow")).to_contain_text(
            f"Lesson {number} of 2"
        )
        assert waits(at, "final_questions")
        assert waits(at, "visitors") is (number == 1)
        taker.onward()
        taker.frame.get_by_role("button", name="Go on to the next part").click()
        if not goes_on:
            expect(taker.frame.locator("[data-stopped]")).to_contain_text("This part is saved")
            at.press("continue")
        at.page.wait_for_function("(item) => document.body.dataset.activity !== item", arg=f"item-{lesson}")
        at.calm()
    assert at.activity == "item-final_questions"
    taker = Taker(at.sco)
    taker.frame.click("[data-questions]")
    answer(taker, RIGHT)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record("gate-duty", learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    assert record["score"]["scaled"] == 1


@pytest.mark.both_standards
def test_half_way_in_one_sco_goes_on_in_several(
    player: Player, browser: Browser, learner: str, form: str, tmp_path: Path
) -> None:
    """A lesson that is done and an answer are kept, and the questions open once the rest is done."""
    named = {"id: gate-duty": f"id: gate-split-{form}"}
    course = player.course(one(tmp_path / "old", form, **named))
    at = Learner(browser.new_context(locale="en-GB"), player.link(course, learner))
    taker = Taker(at.sco)
    taker.begin()
    taker.onward()
    taker.check("no-badge", "a")
    at.press("suspendAll")
    at.page.context.close()

    assert player.course(several(tmp_path / "new", form, **named)) == course
    context = browser.new_context(locale="en-GB")
    at = Learner(context, player.link(course, learner))
    assert at.activity == "item-visitors"
    taker = Taker(at.sco)
    assert taker.screen() == "visitors"
    assert taker.question("no-badge").locator("[value=a]").is_checked()
    taker.onward()
    taker.frame.get_by_role("button", name="Go on to the next part").click()
    if form == "scorm12":
        expect(taker.frame.locator("[data-stopped]")).to_contain_text("This part is saved")
        at.press("continue")
    at.page.wait_for_function("document.body.dataset.activity === 'item-final_questions'")
    at.calm()
    taker = Taker(at.sco)
    taker.frame.click("[data-questions]")
    answer(taker, RIGHT)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    at.saved()
    record = player.record(course, learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    context.close()
    player.run("replay", "--registration", record["registration"])  # fails where the log tells otherwise


@pytest.mark.parametrize("form", ["scorm2004"], scope="module")
def test_what_the_pre_test_shows_is_skipped_and_the_questions_open_all_the_same(
    player: Player, context: BrowserContext, learner: str, form: str, tmp_path: Path
) -> None:
    """The pre-test of a SCORM 2004 package spares its lessons by sequencing."""
    tested = several(
        tmp_path, form, **{"id: gate-duty": "id: gate-test", "tries: 3": "tries: 3, pre-test: yes"}
    )
    assert player.course(tested) == "gate-test"
    at = Learner(context, player.link("gate-test", learner))
    assert at.activity == "item-pre_test"
    assert waits(at, "final_questions")
    taker = Taker(at.sco)
    taker.frame.click("[data-pre-test]")
    answer(taker, {**RIGHT, "who": "a"})
    expect(taker.frame.locator("[data-screen='pre-test.']")).to_contain_text("You know 1 of 2 topics already")
    taker.frame.get_by_role("button", name="Go on to the next part").click()
    at.page.wait_for_function("document.body.dataset.activity === 'item-visitors'")
    at.calm()
    taker = Taker(at.sco)
    taker.onward()
    taker.frame.get_by_role("button", name="Go on to the next part").click()
    at.page.wait_for_function("document.body.dataset.activity === 'item-final_questions'")
    at.calm()
    taker = Taker(at.sco)
    taker.frame.click("[data-questions]")
    answer(taker, {**RIGHT, "who": "a"})
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("Not passed yet")
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("Visitors")
    at.saved()
    record = player.record("gate-test", learner)
    assert (record["completion_status"], record["success_status"]) == ("completed", "failed")


@pytest.mark.parametrize("form", ["scorm2004"], scope="module")
def test_a_failed_optional_part_changes_nothing_of_the_course(
    player: Player, context: BrowserContext, learner: str, form: str, tmp_path: Path
) -> None:
    provider = Provider(tmp_path)
    provider.change(f"{MAIN}/course.yaml", "minutes:", "structure: multi\nminutes:")
    ((path, files),) = provider.compiled(MAIN, legislation="optional", formats=(form,)).packages.items()
    write_archives({path: files})
    at = Learner(context, player.link(player.course(path), learner))
    at.choose(f"item-optional_{COMPANION}")
    taker = Taker(at.sco)
    taker.begin()
    taker.read_on()
    taker.frame.click("[data-questions]")
    for name in taker.asked():
        taker.choose(name, "a")
    taker.frame.click("[data-submit]")
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("Not passed yet")
    at.saved()
    record = player.record(MAIN, learner)
    assert (record["completion_status"], record["success_status"]) == ("unknown", "unknown")
    assert record["score"]["scaled"] is None
    told = {one["item"]: one["success_status"] for one in record["attempts"][0]["activities"]}
    assert told[f"item-optional_{COMPANION}"] == "failed"


@pytest.mark.full
def test_another_lms_opens_each_sco_by_itself_and_keeps_each(
    lms: OtherLms, context: BrowserContext, form: str, tmp_path: Path
) -> None:
    """It has neither sequencing nor prerequisites: each SCO has a link, and nothing waits for another."""
    lms.sign_up(context.request)
    told = lms.upload(context.request, several(tmp_path, form))
    launches = [launch["href"] for launch in told["manifest"]["launches"]]
    assert launches == [f"{name}.html" for name in (*LESSONS, "final_questions")]
    page = context.new_page()

    def opened(href: str) -> Taker:
        page.goto(lms.address + told["launch_url"] + f"?launch={href}")
        return in_the_course(page)

    def has(href: str, name: str, value: str) -> None:
        lms.comes_to(context.request, told["id"], href, lambda kept: kept.get(name) == value)

    completion, success = {
        "scorm12": ("cmi.core.lesson_status", "cmi.core.lesson_status"),
        "scorm2004": ("cmi.completion_status", "cmi.success_status"),
    }[form]
    taker = opened(launches[0])
    taker.begin()
    taker.onward()
    has(launches[0], completion, "completed")
    taker = opened(launches[1])
    assert taker.screen() == "visitors", "the lesson, without the course's first page"
    taker.onward()
    taker = opened(launches[2])
    taker.frame.click("[data-questions]")
    answer(taker, RIGHT)
    expect(taker.frame.locator("[data-screen='results.']")).to_contain_text("You passed")
    has(launches[2], success, "passed")
    answered = opened(launches[1]).question("no-badge").locator(":checked")
    assert answered.count() == 1, "each has a state of its own"
