"""Whatever happens to the server, the network, the tab or the browser, what a SCO said is recorded."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, Route, expect

from tests import chromium
from tests.browser.play.conftest import Take
from tests.browser.play.enrolled import Enrolled
from tests.browser.play.learner import Learner
from tests.browser.play.packages import Part, Standard, talker
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
STANDARDS: tuple[Standard, ...] = ("1.2", "2004")
TALKER = {standard: Part("one", html=talker(standard)) for standard in STANDARDS}
LONG = "x" * 64_000


def eventually(check: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Asks until it is so; how long it took is nobody's business."""
    until = time.monotonic() + seconds
    while not (true := check()) and time.monotonic() < until:
        time.sleep(0.1)
    return true


def online_again(learner: Learner) -> None:
    """The page finds that out by itself, and sends all that waited."""
    expect(learner.page.locator("#trouble")).to_be_empty(timeout=30_000)
    learner.calm()


def crash(learner: Learner) -> None:
    """Nothing of the page runs any more, and its tab is closed."""
    with pytest.raises(Exception, match=r"[Cc]rash|closed"):
        learner.page.goto("chrome://crash")
    learner.page.close()


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_sco_that_never_commits_is_saved_all_the_same(take: Take, standard: Standard) -> None:
    enrolled = take(standard)
    learner = enrolled.tab()
    learner.begin()
    learner.put("location", "page 3")
    assert len(learner.journal()) == 2, "written down as it happened, before anything was sent"
    learner.calm()
    assert learner.journal() == {}
    learner.says("Saved ")
    assert enrolled.resumed("location") == "page 3"


@pytest.mark.parametrize("standard", [pytest.param("1.2", marks=pytest.mark.full), "2004"])
def test_the_server_is_killed_while_a_learner_works(
    take_alone: Callable[[Standard], Enrolled], standard: Standard
) -> None:
    enrolled = take_alone(standard)
    learner, player = enrolled.tab(), enrolled.player
    learner.begin()
    learner.put("location", "acknowledged")
    learner.commit()
    learner.calm()
    player.kill()
    for at in range(20):
        assert learner.put("location", f"while it was gone {at}") == "true"
        assert learner.commit() == "true"
    learner.says("You are offline. Carry on: your place is kept on this device")
    player.start()
    online_again(learner)
    player.kill()
    player.start()
    assert enrolled.resumed("location") == "while it was gone 19"


def test_the_network_is_gone_and_comes_back(take: Take, context: BrowserContext) -> None:
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.calm()
    context.set_offline(True)
    for at in range(3):
        learner.put(f"cmi.interactions.{at}.id", f"question-{at}")
        learner.put(f"cmi.interactions.{at}.type", "choice")
        learner.put(f"cmi.interactions.{at}.learner_response", "a")
        assert learner.commit() == "true"
    for at in range(50):
        learner.put("location", f"page {at}")
    assert len(learner.journal()) == 10, "what a later call overwrites is not kept"
    learner.says(
        "You are offline. Carry on: 3 answers are kept on this device, and sent when you are back online."
    )
    context.set_offline(False)
    online_again(learner)
    activity = enrolled.record()["attempts"][0]["activities"][0]
    assert [each["id"] for each in activity["interactions"]] == ["question-0", "question-1", "question-2"]


def left_offline(enrolled: Enrolled) -> None:
    """A learner who leaves while nothing can be sent; their tab goes without another try to send it."""
    learner = enrolled.tab()
    enrolled.context.set_offline(True)
    learner.page.click("[data-nav=suspendAll]")
    learner.says("You can stop here.")
    learner.says("Your answers are kept on this device.")
    crash(learner)
    enrolled.context.set_offline(False)


def test_leaving_while_offline_keeps_everything_for_the_next_page_of_this_browser(take: Take) -> None:
    """Another link to the same registration will do: the calls go out under its token."""
    left_offline(take("2004", TALKER["2004"]))
    again = take("2004", TALKER["2004"]).tab()
    assert again.read("location") == "unloaded"
    assert again.read("cmi.entry") == "resume"


def test_what_another_course_left_is_sent_under_its_own_token(take: Take) -> None:
    enrolled = take("2004", TALKER["2004"])
    left_offline(enrolled)
    take("1.2").tab().saved()
    assert enrolled.state == "suspended"


def test_what_one_course_left_does_not_wait_for_anothers_trouble(take: Take, context: BrowserContext) -> None:
    stuck, fine = (take(standard, TALKER[standard]) for standard in STANDARDS)
    context.route(f"{stuck.link}commit", lambda route: route.fulfill(status=500, body="a fault"))
    left_offline(stuck)
    left_offline(fine)
    page = take("2004").tab().page
    assert eventually(lambda: fine.state == "suspended")
    assert stuck.state == "running"
    context.unroute(f"{stuck.link}commit")
    page.evaluate("dispatchEvent(new Event('online'))")
    assert eventually(lambda: stuck.state == "suspended")


def test_what_a_living_tab_of_another_course_could_not_send_goes_out_when_it_is_gone(take: Take) -> None:
    """Only its own page may send what it writes; the next one waits for that, and nobody has to come back."""
    enrolled = take("2004")
    stuck = enrolled.tab()
    stuck.begin()
    stuck.saved()
    stuck.page.route("**/commit", lambda route: route.abort())
    stuck.put("cmi.completion_status", "completed")
    stuck.says("You are offline.")
    other = take("1.2").tab()
    assert other.journal() != {}
    crash(stuck)
    other.saved()
    assert enrolled.record()["completion_status"] == "completed"


def test_a_browser_keeps_nothing_of_what_has_been_sent(take: Take) -> None:
    """Neither calls nor the tokens of sessions that are over."""
    learner = take("2004", Part("one"), Part("two")).tab()
    learner.press("continue")
    learner.press("previous")
    learner.page.close()
    again = take("1.2").tab()
    again.saved()
    kept = again.page.evaluate("Object.keys(localStorage)")
    assert [name.split(":")[1] for name in kept] == [
        again.page.evaluate("document.body.dataset.registration")
    ]


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_tab_is_closed_without_a_word(take: Take, standard: Standard) -> None:
    """The page closes the session itself: what its SCO says in `unload` leaves with it."""
    enrolled = take(standard, TALKER[standard])
    enrolled.tab().page.close(run_before_unload=False)
    assert eventually(lambda: enrolled.state == "suspended")
    assert enrolled.resumed("location") == "unloaded"


def test_the_tab_crashes(take: Take, context: BrowserContext) -> None:
    """Nothing runs any more: what was written down at each call is left, and the next page sends it."""
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.put("cmi.exit", "suspend")
    learner.calm()
    down = [True]
    context.route("**/commit", lambda route: route.abort() if down else route.continue_())
    learner.put("location", "the last word")
    crash(learner)
    down.clear()
    again = enrolled.tab()
    again.begin()
    assert again.read("location") == "the last word"


def test_the_browser_is_killed(take: Take, playwright: Playwright) -> None:
    """It saved a second after the call, though the SCO never asked for it."""
    enrolled = take("2004")
    killed = chromium.start(playwright, "--remote-debugging-port=0")
    learner = Learner(killed.new_context(), enrolled.link)
    learner.begin()
    learner.put("location", "before the end")
    learner.calm()
    killed.close()
    assert enrolled.resumed("location") == "before the end"


@pytest.mark.parametrize("standard", STANDARDS)
def test_64000_characters_at_the_last_moment(take: Take, standard: Standard) -> None:
    """Set in `unload` while the tab closes, and carried by the one request that may outlive it."""
    enrolled = take(standard, TALKER[standard])
    learner = enrolled.tab()
    learner.sco.evaluate("(long) => { window.last = long }", LONG)
    learner.page.close(run_before_unload=False)
    assert eventually(lambda: enrolled.state == "suspended")
    assert enrolled.resumed("cmi.suspend_data") == LONG


def test_what_leaves_with_a_closing_tab_may_outlive_it(take: Take, context: BrowserContext) -> None:
    """A browser may end any other request of a page that goes."""
    context.add_init_script("""
      const send = window.fetch;
      window.fetch = (url, asked) => {
        if (asked?.keepalive) localStorage.setItem(`outlives ${crypto.randomUUID()}`, asked.body);
        return send(url, asked);
      };
    """)
    enrolled = take("2004", TALKER["2004"])
    learner = enrolled.tab()
    learner.sco.evaluate("(long) => { window.last = long }", LONG)
    learner.page.close(run_before_unload=False)
    outlived = """(long) => Object.entries(localStorage).some(
      ([key, body]) => key.startsWith("outlives ") && body.includes(long))"""
    enrolled.tab().page.wait_for_function(outlived, arg=LONG)


def test_the_last_request_of_a_closing_tab_does_not_overtake_the_one_before(take: Take) -> None:
    """Each has a connection of its own, and a page that has gone sends nothing again."""
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.calm()
    delayed: list[Route] = []
    learner.page.route("**/commit", lambda route: route.continue_() if delayed else delayed.append(route))
    with learner.page.expect_request("**/commit"):
        learner.put("location", "one")
        learner.commit()
    learner.put("location", "two")
    with learner.page.expect_response("**/commit"):
        learner.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert enrolled.state == "suspended"
    assert enrolled.resumed("location") == "two"


def test_64000_characters_too_big_for_a_closing_tab_wait_for_the_next_page(take: Take) -> None:
    """Lone surrogates and U+0000, as compressing SCOs write them: escaped, far beyond `keepalive`."""
    enrolled = take("2004", TALKER["2004"])
    learner = enrolled.tab()
    compressed = "('\\ud800\\u0000é' + '\\u4e2d').repeat(16_000)"
    learner.sco.evaluate(f"() => {{ window.last = {compressed} }}")
    learner.page.goto("about:blank")
    assert enrolled.tab().sco.evaluate(f"api.GetValue('cmi.suspend_data') === {compressed}")


def test_64000_characters_with_save_and_leave(take: Take) -> None:
    enrolled = take("2004", TALKER["2004"])
    learner = enrolled.tab()
    learner.sco.evaluate("(long) => { window.last = long }", LONG)
    learner.press("suspendAll")
    learner.says("Saved. You can stop here.")
    assert learner.session == "suspended"
    assert enrolled.resumed("cmi.suspend_data") == LONG


@pytest.fixture
def without_unload(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser as Chromium will be."""
    browser = chromium.start(playwright, "--enable-features=DeprecateUnload")
    yield browser.new_context()
    browser.close()


@pytest.mark.parametrize("leave", ["close", "suspendAll"])
def test_unload_is_switched_off(take: Take, without_unload: BrowserContext, leave: str) -> None:
    enrolled = replace(take("1.2", TALKER["1.2"]), context=without_unload)
    learner = enrolled.tab()
    if leave == "close":
        learner.page.close(run_before_unload=False)
    else:
        learner.press(leave)
    assert eventually(lambda: enrolled.state == "suspended")
    assert enrolled.resumed("location") == "unloaded"


def test_reloading_resumes(take: Take) -> None:
    learner = take("2004", TALKER["2004"]).tab()
    learner.page.reload()
    learner.calm()
    assert learner.read("cmi.entry") == "resume"
    assert learner.read("location") == "unloaded"


def test_a_lost_answer_is_asked_for_again_and_nothing_counts_twice(
    take: Take, context: BrowserContext
) -> None:
    enrolled = take("2004")
    learner = enrolled.tab()
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.post_data or "")
        route.fetch()
        return route.abort()

    context.route("**/commit", lose)
    learner.begin()
    learner.put("cmi.comments_from_learner.0.comment", "once")
    learner.commit()
    learner.says("You are offline.")
    online_again(learner)
    learner.put("location", "after")
    learner.commit()
    learner.calm()
    assert json.loads(lost[0])["number"] == 1
    assert commits(enrolled.player)[-2:] == [1, 2]


def test_what_is_too_long_for_the_way_goes_in_parts(take: Take) -> None:
    """A proxy before the server takes 20,000 bytes and no more."""
    enrolled = take("2004")
    learner = enrolled.tab()

    def narrow(route: Route) -> None:
        if len(route.request.post_data or "") > 20_000:
            return route.fulfill(status=413, body="<h1>Request Entity Too Large</h1>")
        return route.continue_()

    enrolled.context.route("**/commit", narrow)
    learner.begin()
    learner.sco.evaluate(
        "() => { for (let n = 0; n < 30; n++) "
        "api.SetValue(`cmi.comments_from_learner.${n}.comment`, `${n} ${'c'.repeat(2000)}`); }"
    )
    learner.put("location", "after")
    learner.saved()
    found = commits_of_last_session(enrolled.player)
    assert len(found) > 3
    assert found == list(range(1, len(found) + 1))
    assert enrolled.resumed("cmi.comments_from_learner._count") == "30"
    assert enrolled.resumed("location") == "after"


def test_a_sco_that_says_thousands_of_things_as_it_goes_is_heard_before_the_request(take: Take) -> None:
    said = (
        "addEventListener('pagehide', () => { for (let n = 0; n < 1200; n++) "
        "api.SetValue(`cmi.interactions.${n}.id`, `q${n}`); api.Terminate(''); })"
    )
    talks = Part("one", html=TALKER["2004"].html.replace("</body>", f"<script>{said}</script></body>"))
    enrolled = take("2004", talks, Part("two"))
    learner = enrolled.tab()
    learner.begin()
    learner.press("continue")
    assert learner.activity == "two"
    one, _ = enrolled.record()["attempts"][0]["activities"]
    assert [each["id"] for each in one["interactions"]] == [f"q{number}" for number in range(1200)]
    assert len(commits_of_last_session(enrolled.player)) > 1


def commits_of_last_session(player: Player) -> list[int]:
    """The numbers in the log of the session that has sent something last."""
    latest = 'SELECT session_id FROM "commit" ORDER BY received DESC LIMIT 1'
    with sqlite3.connect(next((player.folder / "data").glob("*.db"))) as database:
        rows = database.execute(f'SELECT number FROM "commit" WHERE session_id = ({latest}) ORDER BY number')  # noqa: S608
        return [number for (number,) in rows]


def commits(player: Player) -> list[int]:
    """The numbers in the log, in the order in which they came."""
    with sqlite3.connect(next((player.folder / "data").glob("*.db"))) as database:
        rows = database.execute('SELECT number FROM "commit" ORDER BY received, number')
        return [number for (number,) in rows]


MANY_OBJECTIVES = "() => { for (let n = 0; n < 1200; n++) api.SetValue(`cmi.objectives.${n}.id`, `o${n}`); }"


def test_a_gap_is_closed(take_alone: Callable[[Standard], Enrolled], tmp_path: Path) -> None:
    """The server comes back from an older backup without acknowledged numbers: what it had is said again."""
    enrolled = take_alone("2004")
    learner, player = enrolled.tab(), enrolled.player
    learner.begin()
    learner.commit()
    learner.calm()
    player.stop()
    backup = shutil.copytree(player.folder / "data", tmp_path / "backup")
    player.start()
    learner.put("location", "after the backup")
    learner.put("cmi.interactions.0.id", "first")
    learner.sco.evaluate(MANY_OBJECTIVES)
    learner.commit()
    learner.calm()
    player.kill()
    shutil.rmtree(player.folder / "data")
    shutil.copytree(backup, player.folder / "data")
    player.start()
    learner.put("cmi.suspend_data", "and then")
    learner.put("cmi.interactions.1.id", "second")
    learner.commit()
    learner.saved()
    assert commits(player)[-4:] == [1, 2, 3, 4], "what is said again needs two commits"
    resumed = enrolled.elsewhere()
    resumed.begin()
    assert resumed.read("cmi.objectives._count") == "1200"
    assert resumed.read("cmi.suspend_data") == "and then"
    assert resumed.read("location") == "after the backup"
    assert [resumed.read(f"cmi.interactions.{at}.id") for at in (0, 1)] == ["first", "second"]


def test_what_comes_after_a_commit_that_the_server_cannot_read_survives_a_crash(take: Take) -> None:
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.saved()
    held: list[Route] = []
    learner.page.route("**/commit", lambda route: held.append(route))
    learner.put("location", "not to be read")
    with learner.page.expect_request("**/commit"):
        learner.commit()
    learner.put("cmi.suspend_data", "kept")
    learner.put("location", "next")
    with learner.page.expect_request("**/commit"):
        held[0].fulfill(status=400, json={"error": "This is no commit."})
    learner.put("location", "last")
    crash(learner)
    assert enrolled.tab().journal() == {}
    again = enrolled.tab()
    again.begin()
    assert (again.read("cmi.suspend_data"), again.read("location")) == ("kept", "last")


STORAGE = {
    "absent": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied') } })",
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
}


@pytest.mark.parametrize("why", STORAGE)
def test_where_storage_is_refused_the_page_says_so_and_sends_at_once(
    take: Take, context: BrowserContext, why: str
) -> None:
    context.add_init_script(STORAGE[why])
    enrolled = take("2004")
    learner = enrolled.tab()
    learner.begin()
    learner.put("location", "kept nowhere else")
    learner.says("This browser cannot keep answers on this device")
    learner.calm()
    context.set_offline(True)
    learner.put("cmi.suspend_data", "not safe")
    learner.says("Not saved yet. We keep trying; please leave this page open.")
    assert learner.commit() == "false"
    assert learner.error() == "391"
    context.set_offline(False)
    learner.says("This browser cannot keep answers on this device")
    learner.calm()
    assert learner.commit() == "true"
    assert enrolled.resumed("cmi.suspend_data") == "not safe"
