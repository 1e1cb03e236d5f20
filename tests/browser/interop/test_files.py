"""What courses do to their own files and to the browser's storage."""

from __future__ import annotations

import pytest

from tests.browser.interop.api_pages import page
from tests.browser.interop.conftest import Play
from tests.browser.play.learner import Learner

pytestmark = pytest.mark.browser

FILES = {
    "data/Ünïcode ~ name (1).json": "{}",
    "data/100% & more+less.txt": "a",
    "Data2/MixedCase.JS": "b",
    "a#b?c.txt": "c",
    "media/film.mp4": bytes(range(256)) * 64,
}
ASKED = {
    "data/%C3%9Cn%C3%AFcode%20~%20name%20(1).json": 200,
    "data/U%CC%88ni%CC%88code ~ name (1).json": 200,  # a Mac takes accents apart
    "./data//100%25 & more+less.txt?v=1": 200,
    "data2/mixedcase.js?_=123": 200,
    "a%23b%3Fc.txt": 200,
    "DATA2\\MixedCase.JS": 200,
    "none.json": 404,
}
SYNC = """(url) => {
  const asked = new XMLHttpRequest();
  asked.open("GET", url, false);
  asked.send();
  return asked.status;
}"""
PART = """async () => {
  const answer = await fetch("media/film.mp4", { headers: { Range: "bytes=256-511" } });
  const { size } = await answer.blob();
  return [answer.status, answer.headers.get("content-range"), answer.headers.get("content-type"), size];
}"""
WORKER = """async () => {
  await navigator.serviceWorker.register("worker.js");
  const { active } = await navigator.serviceWorker.ready;
  return active.scriptURL.endsWith("worker.js");
}"""
SERVED = """
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('made-up.txt')) event.respondWith(new Response('made up'));
});"""


def test_paths_of_every_spelling(play: Play) -> None:
    sco = play("1.2", {"index.html": page("1.2"), **FILES}).tab.sco
    assert {url: sco.evaluate(SYNC, url) for url in ASKED} == ASKED
    assert sco.evaluate(PART) == [206, "bytes 256-511/16384", "video/mp4", 256]


def test_a_service_worker_of_the_course_is_its_own_affair(play: Play) -> None:
    played = play("1.2", {"index.html": page("1.2"), "worker.js": SERVED})
    sco = played.tab.sco
    assert sco.evaluate(WORKER)
    sco.wait_for_function("navigator.serviceWorker.controller")
    assert sco.evaluate("fetch('made-up.txt').then((a) => a.text())") == "made up"
    assert sco.evaluate("start() + put('cmi.core.lesson_status', 'completed') + end()") == "truetrue 0true"
    played.tab.saved()
    assert played.activity()["completion_status"] == "completed"


def test_a_course_that_clears_the_storage_loses_nothing_that_it_said(play: Play) -> None:
    played = play("1.2", {"index.html": page("1.2")})
    played.tab.sco.evaluate(
        "start(); put('cmi.core.lesson_status', 'passed'); localStorage.clear(); sessionStorage.clear();"
        "put('cmi.core.score.raw', 80); localStorage.clear(); end();"
    )
    played.waits_for(lambda record: record["success_status"] == "passed")
    assert played.activity()["score"]["raw"] == 80


def test_a_course_that_clears_the_storage_while_nothing_can_be_sent_loses_nothing(play: Play) -> None:
    played = play("1.2", {"index.html": page("1.2")})
    tab = played.tab
    played.context.set_offline(True)
    tab.sco.evaluate("start(); put('cmi.core.lesson_status', 'passed'); save(); localStorage.clear();")
    tab.says("You are offline.")
    tab.sco.evaluate("put('cmi.core.score.raw', 80); localStorage.clear();")
    played.context.set_offline(False)
    played.waits_for(lambda record: record["success_status"] == "passed" and record["score"]["raw"] == 80)


def test_what_was_cleared_while_nothing_could_be_sent_is_written_down_again(play: Play) -> None:
    played = play("1.2", {"index.html": page("1.2")})
    tab = played.tab
    played.context.set_offline(True)
    tab.sco.evaluate("start(); put('cmi.core.lesson_status', 'passed'); save(); localStorage.clear();")
    tab.page.wait_for_function("Object.keys(localStorage).some((key) => key.split(':').length === 5)")
    tab.page.close()
    played.context.set_offline(False)
    Learner(played.context, played.link()).saved()
    assert played.activity()["success_status"] == "passed"
