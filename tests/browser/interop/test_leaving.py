"""Whichever event a course waits for before it saves, it comes: by the contents and as the tab closes."""

from __future__ import annotations

import pytest

from tests.browser.interop.api_pages import page
from tests.browser.interop.conftest import Play

pytestmark = pytest.mark.browser

EVENTS = ("beforeunload", "unload", "pagehide", "visibilitychange")
SAVES = """start(); addEventListener('{0}', () => {{
  const asked = new XMLHttpRequest();
  try {{ asked.open("GET", "settings.xml", false); asked.send(); }} catch {{ /* refused while unloading */ }}
  put('cmi.core.lesson_status', 'passed'); put('cmi.core.score.raw', 77); end();
}}, true);"""


def pages() -> dict[str, str]:
    saving = {f"{event}.html": page("1.2", SAVES.format(event)) for event in EVENTS}
    return {**saving, "settings.xml": "<s/>", "last.html": page("1.2")}


def test_the_learner_goes_on_to_the_next(play: Play) -> None:
    names = [f"{event}.html" for event in EVENTS]
    played = play("1.2", pages(), *names, "last.html")
    for number in range(len(EVENTS)):
        assert played.tab.sco.evaluate("get('cmi.core.lesson_status')") == "not attempted"
        played.tab.choose(f"i{number + 1}")
    played.tab.saved()
    found = {event: played.activity(at)["success_status"] for at, event in enumerate(EVENTS)}
    assert found == dict.fromkeys(EVENTS, "passed")


@pytest.mark.parametrize("event", ["pagehide", "visibilitychange"])
def test_the_tab_is_closed(play: Play, event: str) -> None:
    played = play("1.2", pages(), f"{event}.html")
    assert played.tab.sco.evaluate("get('cmi.core.lesson_status')") == "not attempted"
    played.tab.page.close()
    played.waits_for(lambda record: record["success_status"] == "passed")
    assert played.activity()["score"]["raw"] == 77
