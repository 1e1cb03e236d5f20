"""A package of before kinds and draws is under way, and its next edition goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from courseware.build import build
from courseware.options import BuildOptions
from tests.browser.courses.taking import Taker
from tests.browser.play.learner import Learner
from tests.browser.serving import Player
from tests.courseware.authoring import FIXTURES, TODAY, Author

pytestmark = pytest.mark.browser
MORE = """  signs-in:
    about: greet
    ask: Every visitor signs in.
    this is: true
"""
CHECK = """  - check: gate-open
    ask: For how many minutes is the gate open?
    number: 15
"""


@pytest.fixture(scope="module")
def player(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    player = Player(tmp_path_factory.mktemp("player"))
    player.start()
    yield player
    player.stop()


def next_edition(folder: Path, form: str) -> Path:
    """The same course with a check more in a lesson and a question more in its bank."""
    author = Author.at_work_on("gate-duty", folder)
    author.change("course/course.yaml", "edition: 2026.1", "edition: 2026.2")
    for file, more in (("lessons/visitors.yaml", CHECK), ("quizzes/final.yaml", MORE)):
        path = author.course / file
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    (one,) = build([author.course], BuildOptions(TODAY, (form,), out=folder))
    (zipped,) = one.packages
    return zipped


def test_what_was_begun_in_an_old_package_goes_on_in_the_new_edition(
    player: Player, browser: Browser, form: str, tmp_path: Path
) -> None:
    assert player.course(FIXTURES / "editions" / f"gate-duty.{form}.zip") == "gate-duty"
    link = player.link("gate-duty", form)
    context = browser.new_context(locale="en-GB")
    at = Learner(context, link)
    taker = Taker(at.sco)
    taker.begin()
    taker.onward()
    taker.check("no-badge", "b")
    taker.onward()
    taker.frame.click("[data-questions]")
    taker.choose("where", "a")
    at.press("suspendAll")
    at.saved()
    context.close()

    assert player.course(next_edition(tmp_path, form)) == "gate-duty"
    context = browser.new_context(locale="en-GB")
    at = Learner(context, link)
    taker = Taker(at.sco)
    expect(taker.frame.locator("#questions\\.")).to_be_visible()
    asked = taker.asked()
    assert (asked[0], sorted(asked[1:])) == ("where", ["signs-in", "who"])
    assert taker.question("where").locator("[value=a]").is_checked()
    progress = taker.frame.locator("[data-progress]").text_content() or ""
    assert "2 of 2\u00a0lessons done" in progress, "what was read to the end then is done"
    assert taker.question("no-badge").locator(".feedback[data-state=right]").count() == 1
    for question, letters in (("who", "ab"), ("signs-in", "a")):
        taker.frame.click(f"[data-to='{asked.index(question)}']")
        taker.choose(question, letters)
    taker.frame.click("[data-submit]")
    expect(taker.frame.locator("#results\\.")).to_contain_text("You passed")
    at.press("suspendAll")
    at.saved()
    context.close()
    record = player.record("gate-duty", form)
    assert record["version"] in (2, 4), "the newest, of those that both tests import"
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    [activity] = record["attempts"][0]["activities"]
    told = [one["id"] for one in activity["interactions"]]
    assert told[0] == "no-badge"
    assert sorted(told[1:]) == ["signs-in", "where", "who"]
