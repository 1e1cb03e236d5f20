"""Courses of several windows and several documents, as launchers and older page-turners are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.interop.api_pages import bare, page
from tests.browser.interop.conftest import Play, Played
from tests.browser.play.learner import Learner

pytestmark = pytest.mark.browser

LAUNCHER = bare(
    "<body><button onclick=\"window.open('player.html', 'w', 'width=500')\">Launch</button></body>"
)
SAVER = "addEventListener('unload', () => { put('cmi.core.lesson_location', 'left'); end(); });"
WINDOW = page("1.2", "window.started = start(); put('cmi.core.lesson_status', 'incomplete');" + SAVER)


def launched(played: Played) -> Page:
    with played.tab.page.expect_popup() as opened:
        played.tab.page.frame_locator("#sco").get_by_text("Launch").click()
    opened.value.wait_for_function("window.started")
    return opened.value


def test_a_window_saves_when_it_is_closed(play: Play) -> None:
    played = play("1.2", {"index.html": LAUNCHER, "player.html": WINDOW})
    launched(played).close(run_before_unload=True)
    played.tab.page.wait_for_function(
        "API.LMSGetLastError() === '0' && API.LMSGetValue('cmi._version') === ''"
    )
    played.tab.saved()
    assert played.activity()["completion_status"] == "incomplete"


def test_a_window_that_is_opened_again_goes_on(play: Play) -> None:
    played = play("1.2", {"index.html": LAUNCHER, "player.html": WINDOW})
    window = launched(played)
    window.evaluate("put('cmi.suspend_data', 'one'); end()")
    window.close()
    played.tab.calm()
    again = launched(played)
    assert again.evaluate("[started, get('cmi.suspend_data')]") == ["true", "one"]


def test_each_page_of_a_sco_begins_and_ends_for_itself(play: Play) -> None:
    script = f"window.started = start(); {SAVER} window.ready = true;"
    files = {
        "a.html": page("1.2", script, '<a href="b.html">Next</a>'),
        "b.html": page("1.2", script + "window.done = put('cmi.core.lesson_status', 'passed')"),
    }
    played = play("1.2", files, "a.html")
    played.tab.page.frame_locator("#sco").get_by_text("Next").click()
    played.tab.sco.wait_for_function("window.done")
    assert played.tab.sco.evaluate("[started, done]") == ["true", "true 0"]


def test_a_window_left_open_does_not_speak_for_the_next_sco(play: Play) -> None:
    files = {"index.html": LAUNCHER, "player.html": WINDOW, "two.html": page("1.2", "start()")}
    played = play("1.2", files, "index.html", "two.html")
    window = launched(played)
    played.tab.choose("i1")
    assert window.evaluate("put('cmi.core.lesson_status', 'completed')") == "false 301"
    assert window.evaluate("end()") == "false"
    played.tab.sco.evaluate("put('cmi.core.lesson_status', 'incomplete'); save()")
    played.tab.saved()
    first, second = (played.activity(at) for at in (0, 1))
    assert (first["completion_status"], second["completion_status"]) == ("incomplete", "incomplete")


def test_what_a_window_says_after_save_and_leave_is_there_when_the_learner_resumes(play: Play) -> None:
    """The window outlives the page's frame, and saves when the learner closes it at last."""
    played = play("1.2", {"index.html": LAUNCHER, "player.html": WINDOW})
    window = launched(played)
    played.tab.press("suspendAll")
    assert window.evaluate("[put('cmi.suspend_data', 'late'), end()]") == ["true 0", "true"]
    played.tab.saved()
    again = Learner(played.context, played.link(), played.tab.page)
    assert again.page.evaluate("[API.LMSInitialize(''), API.LMSGetValue('cmi.suspend_data')]") == [
        "true",
        "late",
    ]


@pytest.mark.parametrize("does", ["document.links[0].click()", "top.location.href = 'next.html'"])
def test_a_page_for_the_top_window_stays_in_its_frame(play: Play, does: str) -> None:
    files = {
        "index.html": page("1.2", body='<a href="next.html" target="_top">Next</a>'),
        "next.html": bare("<body><h1>The next page</h1></body>"),
    }
    tab = play("1.2", files).tab
    with tab.page.expect_event("framenavigated", lambda frame: frame.url.endswith("next.html")):
        tab.sco.evaluate(f"() => {{ setTimeout(() => {{ {does}; }}, 300); }}")
    assert "/play/" in tab.page.url


def test_a_course_that_breaks_out_of_frames_is_played_in_its_own(play: Play) -> None:
    breaks = "if (top !== self) top.location.href = location.href; window.started = start();"
    tab = play("1.2", {"index.html": page("1.2", breaks)}).tab
    tab.sco.wait_for_function("window.started === 'true'")
    tab.calm()
    assert "/play/" in tab.page.url
    assert tab.sco.evaluate("put('cmi.core.lesson_status', 'passed')") == "true 0"
    tab.saved()
    assert "/play/" in tab.page.url
