"""A document that looks for the API after another has ended finds one; who holds the old one has ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from player.runtime.timespan import parse, write
from tests.browser.play.conftest import Course
from tests.browser.play.learner import Learner
from tests.browser.play.packages import QUIET, Part, Standard
from tests.browser.serving import Player

pytestmark = pytest.mark.browser

TIMED = ("total_time", "session_time")
NAMES = {
    "1.2": ("API", "LMS", "LMSFinish", *(f"cmi.core.{name}" for name in ("lesson_location", *TIMED))),
    "2004": ("API_1484_11", "", "Terminate", *(f"cmi.{name}" for name in ("location", *TIMED))),
}
SPEAK = """([api, lms, finish, place, total, session], time) => {
  const found = () => parent[api];
  const first = found();
  const said = [first[lms + "Initialize"]("") , first[lms + "SetValue"](place, "1")];
  said.push(first[lms + "SetValue"](session, time), first[finish](""));
  said.push(first[lms + "Initialize"](""), first[lms + "GetLastError"]());
  const next = found();
  said.push(next === found(), next === first);
  said.push(next[lms + "GetValue"](place), next[lms + "GetLastError"]());
  said.push(next[finish](""), next[lms + "GetLastError"]());
  said.push(next[lms + "Initialize"]("x"), next[lms + "Initialize"](""), next[lms + "Initialize"](""));
  said.push(next[lms + "GetValue"](place), next[lms + "GetValue"](total), first[lms + "GetValue"](place));
  said.push(next === found(), next[lms + "SetValue"](place, "2"), next[finish](""));
  return said;
}"""
ENDED = {"1.2": ("101", "301", "301"), "2004": ("104", "123", "113")}
TIMES = {"1.2": ("00:01:02.5", "0000:01:02.50"), "2004": ("PT1M2.5S", "PT1M2.50S")}
SPANS: dict[Standard, list[tuple[str, str]]] = {
    "1.2": [
        ("00:00:00", ""), ("0099:59:59.9", "00:00:00.1"), ("9999:59:59.99", "00:00:01"),
        ("12:30:01.05", "01:40:59"),
    ],
    "2004": [
        ("P1Y11M", "P1MT0.05S"), ("PT59M59.99S", "PT0.01S"), ("P2DT3H", ""), ("PT0S", ""), ("P3M", "PT90S"),
        ("PT99999999999999999999S", "PT1S"), ("P1Y", "P13M"),
    ],
}  # fmt: skip
SUM = """async ([url, table, standard, spans]) => {
  const { sum } = await import(url);
  const model = await (await fetch(table)).json();
  return spans.map((pair) => sum(model, standard, ...pair));
}"""


OneOf = Callable[[Standard], str]


@pytest.fixture
def one(course: Course) -> OneOf:
    """A course of one quiet page."""
    return lambda standard: course(standard, Part("one", html=QUIET % ""))


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_who_looks_anew_goes_on_and_who_does_not_has_ended(
    player: Player, context: BrowserContext, one: OneOf, learner_id: str, standard: Standard
) -> None:
    tab = Learner(context, player.link(one(standard), learner_id))
    time, total = TIMES[standard]
    again, reading, ending = ENDED[standard]
    said = tab.sco.evaluate(f"([names, time]) => ({SPEAK})(names, time)", [NAMES[standard], time])
    assert said[:6] == ["true", "true", "true", "true", "false", again]
    assert said[6:12] == [True, False, "", reading, "false", ending]
    assert said[12:18] == ["false", "true", "false", "1", total, ""]
    assert said[18:] == [True, "true", "true"]
    tab.saved()
    assert player.record(one(standard), learner_id)["attempts"][0]["activities"][0]["total_time"] == 62.5


def test_a_request_under_way_is_not_overtaken(
    player: Player, context: BrowserContext, one: OneOf, learner_id: str
) -> None:
    tab = Learner(context, player.link(one("2004"), learner_id))
    said = tab.sco.evaluate(
        """() => {
          const api = parent.API_1484_11;
          const said = [api.Initialize(""), api.SetValue("adl.nav.request", "suspendAll"), api.Terminate("")];
          return [...said, parent.API_1484_11.Initialize(""), parent.API_1484_11.GetLastError()];
        }"""
    )
    assert said == ["true", "true", "true", "false", "104"]
    tab.page.wait_for_selector("body[data-session=suspended]")
    assert tab.page.evaluate("API_1484_11.Initialize('')") == "false"


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_both_halves_add_times_alike(
    player: Player, context: BrowserContext, one: OneOf, learner_id: str, standard: Standard
) -> None:
    page = Learner(context, player.link(one(standard), learner_id)).page
    url = page.evaluate("new URL('timespan.js', document.querySelector('script[type=module]').src).href")
    added = page.evaluate(SUM, [url, page.evaluate("document.body.dataset.table"), standard, SPANS[standard]])
    wanted = [
        write(standard, parse(standard, one) + parse(standard, other)) for one, other in SPANS[standard]
    ]
    assert added == wanted
