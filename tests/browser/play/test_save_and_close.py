"""A SCO that suspends itself and asks for the end of all: what authoring tools write for “save and close”."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import QUIET, Part
from tests.browser.serving import Player

pytestmark = pytest.mark.browser

BUTTON = """<script>
api.Initialize("");
const saveAndClose = () => {
  api.SetValue("cmi.location", "page 4");
  api.SetValue("cmi.exit", "suspend");
  api.SetValue("adl.nav.request", "exitAll");
  api.Terminate("");
};
document.querySelector("button").onclick = saveAndClose;
</script>"""
GOING = BUTTON.replace("</script>", "addEventListener('{0}', saveAndClose);</script>")
EVENTS = ("beforeunload", "unload")


def test_it_ends_the_session_and_keeps_the_place(
    player: Player, course: Course, context: BrowserContext, learner_id: str
) -> None:
    course_id = course(
        "2004", Part("one", "Part one", QUIET % BUTTON), Part("two", "Part two", QUIET % BUTTON)
    )
    learner = Learner(context, player.link(course_id, learner_id))
    learner.press("continue")
    learner.sco.click("button")
    learner.calm()
    assert learner.session == "ended"
    learner.says("Your answers are saved. Next time, you carry on with this attempt.")
    learner.page.get_by_role("button", name="Go back to the course").click()
    learner.calm()
    assert learner.activity == "one", "a start from the root"
    learner.choose("two")
    assert (learner.call("GetValue", "cmi.entry"), learner.read("location")) == ("resume", "page 4")


@pytest.mark.parametrize("event", EVENTS)
def test_a_learner_who_closes_the_tab_comes_back_to_the_same_part(
    player: Player, course: Course, context: BrowserContext, learner_id: str, event: str
) -> None:
    """Leaving is the learner's request, and comes before the one that the SCO makes while it is unloaded."""
    html = QUIET % GOING.replace("{0}", event)
    course_id = course("2004", Part("one", "Part one", html), Part("two", "Part two", html))
    learner = Learner(context, player.link(course_id, learner_id))
    learner.press("continue")
    assert learner.activity == "two"
    learner.page.close(run_before_unload=True)
    again = Learner(context, player.link(course_id, learner_id))
    again.saved()
    assert again.activity == "two"
    assert (again.call("GetValue", "cmi.entry"), again.read("location")) == ("resume", "page 4")
    expect(again.page.locator("[data-item=two]")).to_have_attribute("aria-current", "true")
