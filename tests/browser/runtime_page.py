"""A bare page that holds the browser's interpreter and nothing else, and plays batches of calls in it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from player.runtime import Launch
from tests.conftest import ROOT
from tests.player.runtime.conformance import Answers, Call

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ORIGIN = "http://runtime.invalid/"
STATIC = ROOT / "player" / "web" / "static" / "play"
TABLE = files("player.runtime").joinpath("data_model.json")
SCRIPT = """
import { api12, api2004 } from "./api.js";
import { append } from "./coalescing.js";
import { Runtime } from "./runtime.js";
const table = await (await fetch("./data_model.json")).json();
window.runtime = { Runtime, api12, api2004, append };
window.table = table;
window.play = (text) => JSON.stringify(JSON.parse(text).map(({launch, calls}) => {
  const session = new Runtime(table, launch);
  const answers = calls.map((call) => {
    const answer = session.call(...call);
    return [answer, session.lastError, session.call("GetDiagnostic", "")];
  });
  return [answers, session.snapshot()];
}));
window.logged = (text) => JSON.stringify(JSON.parse(text).map(({launch, calls}) => {
  const log = [];
  const applied = (name, element, value, scarce) => {
    if (name === "Commit") return;
    const call = name === "SetValue" ? [name, element, value] : [name, ""];
    append(log, Object.assign(call, scarce && { scarce }));
  };
  const session = new Runtime(table, launch, { applied });
  for (const call of calls) session.call(...call);
  return log;
}));
document.title = "ready";
"""
Batch = list[tuple[Launch, list[Call]]]
Played = list[tuple[list[list[str]], Launch]]


def _serve(route: Route) -> None:
    name = Path(route.request.url).name
    if name == "data_model.json":
        route.fulfill(body=TABLE.read_text("utf-8"), content_type="application/json")
    elif name.endswith(".js"):
        route.fulfill(body=(STATIC / name).read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body=f'<script type="module">{SCRIPT}</script>', content_type="text/html")


def open_runtime(page: Page) -> None:
    """Load the module and the table; `window.play` is there afterwards."""
    page.route(f"{ORIGIN}**", _serve)
    page.goto(ORIGIN)
    page.wait_for_function("document.title === 'ready'")


def play_batch(page: Page, batch: Batch) -> Played:
    """Many sessions in one go; strings travel as ASCII, so that lone surrogates arrive."""
    text = json.dumps([{"launch": start, "calls": calls} for start, calls in batch])
    played: Played = json.loads(page.evaluate("(text) => window.play(text)", text))
    return played


def logged(page: Page, batch: Batch) -> list[list[Call]]:
    """What the page's log keeps of the calls of each session."""
    text = json.dumps([{"launch": start, "calls": calls} for start, calls in batch])
    logs: list[list[Call]] = json.loads(page.evaluate("(text) => window.logged(text)", text))
    return logs


def play(page: Page, start: Launch, calls: list[Call]) -> tuple[Answers, Launch]:
    """One session, as the vectors' reader wants it."""
    [(answers, snapshot)] = play_batch(page, [(start, calls)])
    return [(result, error) for result, error, _ in answers], snapshot
