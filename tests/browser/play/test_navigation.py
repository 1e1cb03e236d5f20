"""Moving about: the bar, the contents, requests of the SCO and of the learner, and the ways out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import ASSET, BEFORE_UNLOAD, Part, package, talker
from tests.browser.play.packages import QUIET as QUIET_PAGE
from tests.browser.serving import Player

pytestmark = pytest.mark.browser
THREE = tuple(Part(item, f"Part {item}", talker("2004")) for item in ("a", "b", "c"))
CONTROLS = ("previous", "continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
WITHOUT_CONTROLS = (
    '<adlnav:presentation xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"><adlnav:navigationInterface>'
    + "".join(f"<adlnav:hideLMSUI>{name}</adlnav:hideLMSUI>" for name in CONTROLS)
    + "</adlnav:navigationInterface></adlnav:presentation>"
)
ONCE = (
    '<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
    '<imsss:limitConditions attemptLimit="1"/></imsss:sequencing>'
)
QUIET = (Part("a", "Part a"), Part("b", "Part b"), Part("pages", "To keep", ASSET, asset=True))


def test_continue_previous_and_the_contents(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *THREE), learner_id))
    assert (learner.activity, learner.session) == ("a", "running")
    assert learner.page.locator("#sco").get_attribute("title") == "Part a"
    expect(learner.page.locator("[role=status]", has_text="Part a is open.")).to_have_count(1)
    expect(learner.page.locator("[data-nav=previous]")).to_be_disabled()
    learner.press("continue")
    assert learner.activity == "b"
    expect(learner.page.locator("[data-item=b]")).to_have_attribute("aria-current", "true")
    expect(learner.page.locator("[data-toc] [aria-current]")).to_have_count(1)
    learner.press("previous")
    assert learner.activity == "a"
    learner.choose("c")
    assert learner.activity == "c"
    assert learner.call("GetValue", "cmi.entry") == "ab-initio"


def test_a_part_that_hides_the_bars_controls_is_shown_without_them(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    bare = Part("a", "Part a", sequencing=WITHOUT_CONTROLS)
    learner = Learner(context, player.link(course("2004", bare, Part("b", "Part b")), learner_id))
    buttons = learner.page.locator("[data-nav]:visible")
    expect(buttons).to_have_count(0)
    learner.choose("b")
    expect(buttons).to_have_count(4)


def test_what_a_sco_says_while_being_unloaded_is_kept_and_its_request_gives_way_to_the_learners(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *THREE), learner_id))
    learner.sco.evaluate("window.wish = 'exitAll'")
    learner.press("continue")
    assert (learner.activity, learner.session) == ("b", "running")
    learner.press("previous")
    assert learner.call("GetValue", "cmi.location") == "unloaded"


def test_the_request_of_a_sco_travels_with_its_terminate(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *QUIET), learner_id))
    sent: list[str] = []
    learner.page.on(
        "request", lambda request: sent.append(request.post_data or "") if "commit" in request.url else None
    )
    learner.call("Initialize", "")
    learner.call("SetValue", "adl.nav.request", "continue")
    learner.call("Terminate", "")
    learner.calm()
    assert learner.activity == "b"
    assert '"adl.nav.request","continue"' in sent[-1]
    assert '"Terminate"' in sent[-1]
    assert not any("Navigate" in body for body in sent)


def test_after_terminate_without_a_request_nothing_moves_until_the_learner_acts(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *QUIET), learner_id))
    learner.call("Initialize", "")
    learner.call("SetValue", "cmi.completion_status", "completed")
    learner.call("Terminate", "")
    learner.calm()
    assert learner.activity == "a"
    expect(learner.page.locator("#sco")).to_have_count(1)
    expect(learner.page.locator("[data-item=a]")).to_contain_text("done")
    expect(learner.page.locator("#done")).to_have_text("1 of 3 done")
    learner.press("continue")
    assert learner.activity == "b"


def test_who_has_no_attempt_left_is_not_told_to_choose(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    once = Part("a", "Part a", sequencing=ONCE)
    link = player.link(course("2004", once), learner_id)
    learner = Learner(context, link)
    learner.begin()
    learner.put("cmi.success_status", "failed")
    learner.press("exitAll")
    learner = Learner(context, link)
    expect(learner.page.get_by_role("heading", name="There is nothing to open now")).to_be_visible()
    expect(learner.page.get_by_text("ask your school’s training manager")).to_be_visible()
    assert learner.session == "running"
    learner.page.set_viewport_size({"width": 390, "height": 800})
    learner.page.reload()
    learner.calm()
    expect(learner.page.locator("[data-toc]")).to_be_hidden()  # it would cover what is said


def test_each_standard_finds_its_own_api_only(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    new = Learner(context, player.link(course("2004", *QUIET), learner_id))
    assert new.page.evaluate("[typeof API, API_1484_11.version, Object.keys(API_1484_11).length]") == [
        "undefined", "1.0", 10,
    ]  # fmt: skip
    assert new.page.evaluate("API_1484_11.schoolContacts") == {}
    old = Learner(context, player.link(course("1.2"), learner_id))
    assert old.page.evaluate("[typeof API_1484_11, Object.keys(API).length]") == ["undefined", 9]


def test_an_asset_that_speaks_after_all_is_answered(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """Many a package calls its SCOs assets."""
    learner = Learner(context, player.link(course("2004", Part("one", asset=True)), learner_id))
    assert learner.call("Initialize", "") == "true"
    assert learner.call("SetValue", "cmi.location", "2") == "true"
    learner.calm()
    assert learner.journal() == {}


def test_request_valid_is_answered_at_once(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *QUIET), learner_id))
    valid = "adl.nav.request_valid."
    assert learner.call("GetValue", f"{valid}continue") == ""
    learner.call("Initialize", "")
    learner.calm()
    assert learner.call("GetValue", f"{valid}continue") == "true"
    assert learner.call("GetValue", f"{valid}previous") == "false"
    for target, answer in (("b", "true"), ("%20b ", "true"), ("nowhere", "false"), ("toString", "false")):
        assert learner.call("GetValue", valid + f"choice.{{target={target}}}") == answer
        assert learner.call("GetValue", valid + f"jump.{{target={target}}}") == answer
    learner.call("SetValue", "cmi.location", "changes no way")
    learner.call("Commit", "")
    assert learner.call("GetValue", f"{valid}continue") == "true"


def test_an_answer_that_leaves_out_what_the_page_shows_leaves_it_as_it_is(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *THREE), learner_id))
    learner.calm()
    with learner.page.expect_response("**/commit") as one:
        learner.put("location", "1")
        learner.commit()
    assert "contents" not in one.value.json()
    learner.calm()
    assert learner.call("GetValue", "adl.nav.request_valid.continue") == "true"
    expect(learner.page.locator("[data-item=a]")).to_contain_text("in progress")
    learner.put("cmi.completion_status", "completed")
    learner.commit()
    expect(learner.page.locator("[data-item=a]")).to_contain_text("done")
    learner.choose("c")
    assert learner.activity == "c"


@pytest.mark.parametrize(
    ("element", "value"),
    [("cmi.completion_status", "completed"), ("cmi.exit", "suspend"), ("cmi.score.scaled", "0.5")],
)
def test_request_valid_is_unknown_while_an_answer_may_change_it(
    player: Player, course: Course, context: BrowserContext, learner_id: str, element: str, value: str
) -> None:
    learner = Learner(context, player.link(course("2004", *QUIET), learner_id))
    learner.call("Initialize", "")
    learner.calm()
    context.set_offline(True)
    learner.call("SetValue", element, value)
    assert learner.call("GetValue", "adl.nav.request_valid.continue") == "unknown"
    context.set_offline(False)
    learner.saved()
    assert learner.call("GetValue", "adl.nav.request_valid.continue") == "true"


def test_a_request_that_the_server_refuses_leaves_the_learner_where_they_were(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004", *THREE), learner_id))
    before = learner.sco
    learner.page.evaluate("document.querySelector('[data-item=b]').dataset.item = 'nowhere'")
    learner.choose("nowhere")
    assert (learner.activity, learner.session) == ("a", "running")
    assert learner.sco != before
    assert learner.call("GetValue", "cmi.location") == "unloaded"


def test_a_sco_that_saves_before_unload_is_warned(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    link = player.link(course("1.2", Part("one", html=QUIET_PAGE % BEFORE_UNLOAD)), learner_id)
    learner = Learner(context, link)
    learner.press("suspendAll")
    learner.page.reload()
    learner.calm()
    assert learner.call("LMSGetValue", "cmi.core.lesson_location") == "warned"


def test_the_bar_says_when_saving_takes_long(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    learner = Learner(context, player.link(course("2004"), learner_id))
    held: list[Route] = []
    context.route("**/commit", lambda route: held.append(route))
    learner.call("Initialize", "")
    learner.call("Commit", "")
    expect(learner.page.locator("#saved")).to_have_text("Saving")
    expect(learner.page.locator("body")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(learner.page.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d"))


def test_save_and_leave_then_go_on(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    wanted = course("2004", *THREE)
    learner = Learner(context, player.link(wanted, learner_id, "--return", "https://school.example/home"))
    learner.press("continue")
    learner.press("suspendAll")
    learner.says("Saved. You can stop here.")
    assert (learner.session, learner.activity) == ("suspended", "")
    expect(learner.page.locator("[data-nav]:visible")).to_have_count(0)
    back = learner.page.get_by_role("link", name="Back to my training")
    assert back.get_attribute("href") == "https://school.example/home"
    assert player.record(wanted, learner_id)["state"] == "suspended"
    learner.page.get_by_role("button", name="Go back to the course").click()
    expect(learner.page.locator("body")).to_have_attribute("data-activity", "b")
    assert learner.call("GetValue", "cmi.entry") == "resume"


def test_the_link_back_suspends(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    wanted = course("2004", *THREE)
    context.route("https://school.example/**", lambda route: route.fulfill(body="home"))
    link = player.link(wanted, learner_id, "--return", "https://school.example/home")
    learner = Learner(context, link)
    learner.press("continue")
    learner.page.click("#back")
    learner.page.wait_for_url("https://school.example/home")
    learner.page.go_back()
    expect(learner.page.locator("body")).to_have_attribute("data-activity", "b")
    learner.calm()
    assert learner.call("GetValue", "cmi.location") == "unloaded"


def test_the_link_back_suspends_before_the_page_goes(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    """A browser may give what it unloads no time: the course has been left when the site is asked for."""
    context.route("https://school.example/**", lambda route: route.fulfill(status=204))
    link = player.link(course("2004", *THREE), learner_id, "--return", "https://school.example/home")
    learner = Learner(context, link)
    learner.page.click("#back")
    expect(learner.page.locator("body")).to_have_attribute("data-session", "suspended")
    learner.page.reload()
    learner.calm()
    assert learner.call("GetValue", "cmi.location") == "unloaded"


def test_ending_the_attempt_and_a_new_one(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    wanted = course("2004", *THREE)
    learner = Learner(context, player.link(wanted, learner_id))
    learner.press("continue")
    learner.press("exitAll")
    learner.says("This attempt has ended")
    assert learner.session == "ended"
    assert player.record(wanted, learner_id)["state"] == "ended"
    learner.page.get_by_role("button", name="Start again").click()
    expect(learner.page.locator("body")).to_have_attribute("data-activity", "a")
    learner.calm()
    assert [each["state"] for each in player.record(wanted, learner_id)["attempts"]] == ["ended", "running"]


@pytest.mark.parametrize(("status", "told"), [("passed", "You passed, 87%"), ("incomplete", "87% so far")])
def test_the_end_shows_the_result(
    player: Player, course: Course, context: BrowserContext, learner_id: str, status: str, told: str
) -> None:
    learner = Learner(context, player.link(course("1.2"), learner_id))
    learner.call("LMSInitialize", "")
    learner.call("LMSSetValue", "cmi.core.score.raw", "87")
    learner.call("LMSSetValue", "cmi.core.lesson_status", status)
    learner.call("LMSFinish", "")
    learner.calm()
    learner.press("exitAll")
    learner.says(told)


def test_a_link_that_opens_nothing_says_so(player: Player, context: BrowserContext) -> None:
    page = context.new_page()
    answer = page.goto(f"{player.content}/play/nothing/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("You cannot open this course")
    expect(page.get_by_role("link", name="Go to my training")).to_be_visible()


@pytest.fixture
def portal() -> Iterator[ThreadingHTTPServer]:
    """A school's portal on another site; what it serves is its `page`."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = getattr(self.server, "page", "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_in_a_frame_of_another_site(
    tmp_path: Path, context: BrowserContext, portal: ThreadingHTTPServer
) -> None:
    """A portal frames the play page: no cookie, storage of its own, and still nothing lost."""
    address = f"http://localhost:{portal.server_port}"
    player = Player(tmp_path, PLAYER_FRAME_ANCESTORS=address)
    player.start()
    try:
        zipped = package(tmp_path / "c.zip", "1.2", [Part("one", html=talker("1.2"))])
        link = player.link(player.course(zipped), "ada")
        portal.page = (  # type: ignore[attr-defined]
            f'<iframe src="{link}" allow="unload" title="Course" width="900" height="600"></iframe>'
        )
        page = context.new_page()
        page.goto(address)
        play = page.frame_locator("iframe")
        expect(play.locator("body")).to_have_attribute("aria-busy", "false")
        sco = play.frame_locator("#sco").locator("body")
        assert sco.evaluate("api.LMSSetValue('cmi.core.lesson_location', 'framed')") == "true"
        page.reload()
        expect(play.locator("body")).to_have_attribute("aria-busy", "false")
        assert sco.evaluate("api.LMSGetValue('cmi.core.lesson_location')") == "unloaded"
    finally:
        player.kill()
