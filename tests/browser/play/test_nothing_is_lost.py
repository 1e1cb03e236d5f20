"""Whatever happens to the server, the network, the tab or the browser, what a SCO said is recorded."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, Route, expect

from tests import chromium
from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Part, Standard, package, talker
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
Another = Callable[[], BrowserContext]
STANDARDS: tuple[Standard, ...] = ("1.2", "2004")
LONG = "x" * 64_000
WORDS = {
    "1.2": {"location": "cmi.core.lesson_location", "start": "LMSInitialize", "set": "LMSSetValue",
            "get": "LMSGetValue", "commit": "LMSCommit"},
    "2004": {"location": "cmi.location", "start": "Initialize", "set": "SetValue", "get": "GetValue",
             "commit": "Commit"},
}  # fmt: skip


def resumed(another: Another, link: str, standard: Standard, element: str) -> str:
    """What the learner's next SCO reads on another device, which has only what the server knows."""
    learner = Learner(another(), link)
    words = WORDS[standard]
    if learner.sco.evaluate("!window.onunload"):
        learner.call(words["start"], "")
    value = learner.call(words["get"], element)
    learner.page.close(run_before_unload=False)
    return value


def eventually(check: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Asks until it is so; how long it took is nobody's business."""
    until = time.monotonic() + seconds
    while not (true := check()) and time.monotonic() < until:
        time.sleep(0.1)
    return true


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_sco_that_never_commits_is_saved_all_the_same(
    player: Player,
    course: Course,
    context: BrowserContext,
    another: Another,
    learner_id: str,
    standard: Standard,
) -> None:
    link, words = player.link(course(standard), learner_id), WORDS[standard]
    learner = Learner(context, link)
    learner.call(words["start"], "")
    learner.call(words["set"], words["location"], "page 3")
    assert len(learner.journal()) == 2, "written down as it happened, before anything was sent"
    learner.calm()
    assert learner.journal() == {}
    learner.says("Saved ")
    assert resumed(another, link, standard, words["location"]) == "page 3"


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_server_is_killed_while_a_learner_works(
    own_player: Player, tmp_path: Path, context: BrowserContext, another: Another, standard: Standard
) -> None:
    player, words = own_player, WORDS[standard]
    link = player.link(player.course(package(tmp_path / "c.zip", standard, [Part("one")])), "ada")
    learner = Learner(context, link)
    learner.call(words["start"], "")
    learner.call(words["set"], words["location"], "acknowledged")
    learner.call(words["commit"], "")
    learner.calm()
    player.kill()
    for at in range(20):
        assert learner.call(words["set"], words["location"], f"while it was gone {at}") == "true"
        assert learner.call(words["commit"], "") == "true"
    learner.says("You are offline. Carry on: your place is kept on this device")
    player.start()
    expect(learner.page.locator("#trouble")).to_be_empty(timeout=30_000)
    learner.calm()
    player.kill()
    player.start()
    assert resumed(another, link, standard, words["location"]) == "while it was gone 19"


def test_the_network_is_gone_and_comes_back(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str
) -> None:
    link = player.link(course("2004"), learner_id)
    learner = Learner(context, link)
    learner.call("Initialize", "")
    learner.calm()
    context.set_offline(True)
    for at in range(3):
        learner.call("SetValue", f"cmi.interactions.{at}.id", f"question-{at}")
        learner.call("SetValue", f"cmi.interactions.{at}.type", "choice")
        learner.call("SetValue", f"cmi.interactions.{at}.learner_response", "a")
        assert learner.call("Commit", "") == "true"
    for at in range(50):
        learner.call("SetValue", "cmi.location", f"page {at}")
    assert len(learner.journal()) == 10, "what a later call overwrites is not kept"
    learner.says("You are offline. Carry on: 3 answers are kept on this device, and sent when you are back.")
    context.set_offline(False)
    expect(learner.page.locator("#trouble")).to_be_empty(timeout=30_000)
    learner.calm()
    activity = player.record(course("2004"), learner_id)["attempts"][0]["activities"][0]
    assert [each["id"] for each in activity["interactions"]] == ["question-0", "question-1", "question-2"]


def left_offline(context: BrowserContext, link: str) -> None:
    """A learner who leaves while nothing can be sent, and closes the tab."""
    learner = Learner(context, link)
    context.set_offline(True)
    learner.page.click("[data-nav=suspendAll]")
    learner.says("You can stop here.")
    learner.says("What you did is kept on this device.")
    learner.page.close(run_before_unload=False)
    context.set_offline(False)


def test_leaving_while_offline_keeps_everything_for_the_next_page_of_this_browser(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Another link to the same registration will do: the calls go out under its token."""
    talking = course("2004", Part("one", html=talker("2004")))
    left_offline(context, player.link(talking, learner_id))
    again = Learner(context, player.link(talking, learner_id))
    assert again.call("GetValue", "cmi.location") == "unloaded"
    assert again.call("GetValue", "cmi.entry") == "resume"


def test_what_another_course_left_is_sent_under_its_own_token(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    talking = course("2004", Part("one", html=talker("2004")))
    left_offline(context, player.link(talking, learner_id))
    other = Learner(context, player.link(course("1.2"), learner_id))
    other.saved()
    assert player.record(talking, learner_id)["state"] == "suspended"


def test_what_a_living_tab_of_another_course_could_not_send_goes_out_when_it_is_gone(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Only its own page may send what it writes; the next one waits for that, and nobody has to come back."""
    wanted = course("2004")
    stuck = Learner(context, player.link(wanted, learner_id))
    stuck.call("Initialize", "")
    stuck.saved()
    stuck.page.route("**/commit", lambda route: route.abort())
    stuck.call("SetValue", "cmi.completion_status", "completed")
    stuck.says("You are offline.")
    other = Learner(context, player.link(course("1.2"), learner_id))
    assert other.journal() != {}
    with pytest.raises(Exception, match=r"[Cc]rash|closed"):
        stuck.page.goto("chrome://crash")
    other.saved()
    assert player.record(wanted, learner_id)["completion_status"] == "completed"


def test_a_browser_keeps_nothing_of_what_has_been_sent(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Neither calls nor the tokens of sessions that are over."""
    learner = Learner(context, player.link(course("2004", Part("one"), Part("two")), learner_id))
    learner.press("continue")
    learner.press("previous")
    learner.page.close()
    again = Learner(context, player.link(course("1.2"), learner_id))
    again.saved()
    kept = again.page.evaluate("Object.keys(localStorage)")
    assert [name.split(":")[1] for name in kept] == [
        again.page.evaluate("document.body.dataset.registration")
    ]


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_tab_is_closed_without_a_word(
    player: Player,
    course: Course,
    context: BrowserContext,
    another: Another,
    learner_id: str,
    standard: Standard,
) -> None:
    """The page closes the session itself: what its SCO says in `unload` leaves with it."""
    wanted = course(standard, Part("one", html=talker(standard)))
    link = player.link(wanted, learner_id)
    Learner(context, link).page.close(run_before_unload=False)
    assert eventually(lambda: player.record(wanted, learner_id)["state"] == "suspended")
    assert resumed(another, link, standard, WORDS[standard]["location"]) == "unloaded"


def test_the_tab_crashes(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str
) -> None:
    """Nothing runs any more: what was written down at each call is left, and the next page sends it."""
    link = player.link(course("2004"), learner_id)
    learner = Learner(context, link)
    learner.call("Initialize", "")
    learner.call("SetValue", "cmi.exit", "suspend")
    learner.calm()
    down = [True]
    context.route("**/commit", lambda route: route.abort() if down else route.continue_())
    learner.call("SetValue", "cmi.location", "the last word")
    with pytest.raises(Exception, match=r"[Cc]rash|closed"):
        learner.page.goto("chrome://crash")
    down.clear()
    again = Learner(context, link)
    again.call("Initialize", "")
    assert again.call("GetValue", "cmi.location") == "the last word"


def test_the_browser_is_killed(
    playwright: Playwright, player: Player, course: Course, another: Another, learner_id: str, tmp_path: Path
) -> None:
    """It saved a second after the call, though the SCO never asked for it."""
    link = player.link(course("2004"), learner_id)
    killed = playwright.chromium.launch(
        executable_path=chromium.found(), args=[*chromium.FLAGS, "--remote-debugging-port=0"]
    )
    learner = Learner(killed.new_context(), link)
    learner.call("Initialize", "")
    learner.call("SetValue", "cmi.location", "before the end")
    learner.calm()
    killed.close()
    assert resumed(another, link, "2004", "cmi.location") == "before the end"


@pytest.mark.parametrize("standard", STANDARDS)
def test_64000_characters_at_the_last_moment(
    player: Player,
    course: Course,
    context: BrowserContext,
    another: Another,
    learner_id: str,
    standard: Standard,
) -> None:
    """Set in `unload` while the tab closes, and carried by the one request that may outlive it."""
    link = player.link(course(standard, Part("one", html=talker(standard))), learner_id)
    learner = Learner(context, link)
    learner.sco.evaluate("(long) => { window.last = long }", LONG)
    learner.page.close(run_before_unload=False)
    assert eventually(lambda: resumed(another, link, standard, "cmi.suspend_data") == LONG)


def test_64000_characters_too_big_for_a_closing_tab_wait_for_the_next_page(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Lone surrogates and U+0000, as compressing SCOs write them: escaped, far beyond `keepalive`."""
    link = player.link(course("2004", Part("one", html=talker("2004"))), learner_id)
    learner = Learner(context, link)
    compressed = "('\\ud800\\u0000é' + '\\u4e2d').repeat(16_000)"
    learner.sco.evaluate(f"() => {{ window.last = {compressed} }}")
    learner.page.goto("about:blank")
    again = Learner(context, link)
    assert again.sco.evaluate(f"api.GetValue('cmi.suspend_data') === {compressed}")


def test_64000_characters_with_save_and_leave(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str
) -> None:
    link = player.link(course("2004", Part("one", html=talker("2004"))), learner_id)
    learner = Learner(context, link)
    learner.sco.evaluate("(long) => { window.last = long }", LONG)
    learner.press("suspendAll")
    learner.says("Saved. You can stop here.")
    assert learner.session == "suspended"
    assert resumed(another, link, "2004", "cmi.suspend_data") == LONG


@pytest.mark.parametrize("leave", ["close", "suspendAll"])
def test_unload_is_switched_off(
    playwright: Playwright, player: Player, course: Course, another: Another, learner_id: str, leave: str
) -> None:
    link = player.link(course("1.2", Part("one", html=talker("1.2"))), learner_id)
    without = playwright.chromium.launch(
        executable_path=chromium.found(), args=[*chromium.FLAGS, "--enable-features=DeprecateUnload"]
    )
    learner = Learner(without.new_context(), link)
    if leave == "close":
        learner.page.close(run_before_unload=False)
        assert eventually(
            lambda: (
                player.record(course("1.2", Part("one", html=talker("1.2"))), learner_id)["state"]
                == "suspended"
            )
        )
    else:
        learner.press(leave)
    assert resumed(another, link, "1.2", "cmi.core.lesson_location") == "unloaded"
    without.close()


def test_reloading_resumes(player: Player, course: Course, context: BrowserContext, learner_id: str) -> None:
    learner = Learner(context, player.link(course("2004", Part("one", html=talker("2004"))), learner_id))
    learner.page.reload()
    learner.calm()
    assert learner.call("GetValue", "cmi.entry") == "resume"
    assert learner.call("GetValue", "cmi.location") == "unloaded"


def test_a_lost_answer_is_asked_for_again_and_nothing_counts_twice(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004"), learner_id))
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.post_data or "")
        route.fetch()
        return route.abort()

    context.route("**/commit", lose)
    learner.call("Initialize", "")
    learner.call("SetValue", "cmi.comments_from_learner.0.comment", "once")
    learner.call("Commit", "")
    learner.says("You are offline.")
    expect(learner.page.locator("#trouble")).to_be_empty(timeout=30_000)
    learner.call("SetValue", "cmi.location", "after")
    learner.call("Commit", "")
    learner.calm()
    numbers = commits(player)
    assert json.loads(lost[0])["number"] == 1
    assert numbers[-2:] == [1, 2]


def commits(player: Player) -> list[int]:
    """The numbers in the log, in the order in which they came."""
    with sqlite3.connect(next((player.folder / "data").glob("*.db"))) as database:
        return [
            number for (number,) in database.execute('SELECT number FROM "commit" ORDER BY received, number')
        ]


def test_a_gap_is_closed(
    own_player: Player, tmp_path: Path, context: BrowserContext, another: Another
) -> None:
    """The server comes back from an older backup without acknowledged numbers: later calls still arrive."""
    player = own_player
    link = player.link(player.course(package(tmp_path / "c.zip", "2004", [Part("one")])), "ada")
    learner = Learner(context, link)
    learner.call("Initialize", "")
    learner.call("Commit", "")
    learner.calm()
    player.stop()
    backup = shutil.copytree(player.folder / "data", tmp_path / "backup")
    player.start()
    learner.call("SetValue", "cmi.location", "after the backup")
    learner.call("Commit", "")
    learner.calm()
    player.kill()
    shutil.rmtree(player.folder / "data")
    shutil.copytree(backup, player.folder / "data")
    player.start()
    learner.call("SetValue", "cmi.suspend_data", "and then")
    learner.call("Commit", "")
    learner.saved()
    assert commits(player)[-2:] == [1, 2]
    assert resumed(another, link, "2004", "cmi.suspend_data") == "and then"


STORAGE = {
    "absent": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied') } })",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("why", STORAGE)
def test_where_storage_is_refused_the_page_says_so_and_sends_at_once(
    player: Player, course: Course, context: BrowserContext, another: Another, learner_id: str, why: str
) -> None:
    context.add_init_script(STORAGE[why])
    link = player.link(course("2004"), learner_id)
    learner = Learner(context, link)
    learner.call("Initialize", "")
    learner.call("SetValue", "cmi.location", "kept nowhere else")
    learner.says("This browser does not keep anything on this device")
    learner.calm()
    context.set_offline(True)
    learner.call("SetValue", "cmi.suspend_data", "not safe")
    learner.says("Not saved yet. We keep trying; please leave this page open.")
    assert learner.call("Commit", "") == "false"
    assert learner.error() == "391"
    context.set_offline(False)
    learner.says("This browser does not keep anything on this device")
    learner.calm()
    assert learner.call("Commit", "") == "true"
    assert resumed(another, link, "2004", "cmi.suspend_data") == "not safe"
