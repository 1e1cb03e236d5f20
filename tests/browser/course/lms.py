"""An LMS around one SCO: the real run-time interpreter as its API, every call written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from courseware.pages import Pages
from player.runtime import Runtime, carry
from tests.conftest import ROOT
from tests.courseware.sample_pages import rendered

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Route

ORIGIN = "http://lms.invalid/"
STATIC = ROOT / "player" / "web" / "static" / "play"
TABLE = files("player.runtime").joinpath("data_model.json")
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
VERSIONS = {"scorm12": "1.2", "scorm2004": "2004"}

HOST = """<!doctype html><title>LMS</title>
<style>iframe { position: fixed; inset: 0; width: 100%; height: 100%; border: 0 }</style>
<script type="module">
import { Runtime } from "./runtime.js";
const table = await (await fetch("./data_model.json")).json();
window.start = (launch, query) => {
  const runtime = new Runtime(table, launch);
  window.runtime = runtime;
  window.calls = [];
  window.refusing = "";
  let error = "0";
  const call = (name, ...values) => {
    if (name === "GetLastError") return window.refusing || launch.without ? error : runtime.call(name);
    if (launch.without && String(values[0]).startsWith(launch.without)) {
      error = "401";
      return name === "GetValue" ? "" : "false";
    }
    if (window.refusing.includes(name)) { error = window.refusal; return "false"; }
    const answer = runtime.call(name, ...values);
    error = runtime.lastError;
    window.calls.push([name, ...values, answer, error]);
    return answer;
  };
  const names = ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError"];
  const prefix = launch.standard === "1.2" ? "LMS" : "";
  const renamed = (name) => (prefix && name === "Terminate" ? "LMSFinish" : prefix + name);
  window[prefix ? "API" : "API_1484_11"] = Object.fromEntries(
    names.map((name) => [renamed(name), (...values) => call(name, ...values)]));
  if (launch.contacts) window[prefix ? "API" : "API_1484_11"].schoolContacts = launch.contacts;
  const frame = document.createElement("iframe");
  frame.name = "sco";
  frame.src = `course/index.html${query}`;
  document.body.replaceChildren(frame);
};
document.title = "ready";
</script><body></body>"""


@dataclass
class Lms:
    """Launches the course, keeps what a session leaves, launches it again."""

    page: Page
    form: str
    pages: Pages
    values: dict[str, str] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    without: str = ""  # elements that this LMS does not implement
    contacts: object = None  # those of the learner's school, where this LMS offers them

    def __post_init__(self) -> None:
        self.files = rendered(self.pages, self.form)
        self.page.route(f"{ORIGIN}**", self._serve)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        kind = TYPES.get(Path(path).suffix, "text/html")
        if path.startswith("course/"):
            route.fulfill(body=self.files[path.removeprefix("course/")], content_type=kind)
        elif path == "data_model.json":
            route.fulfill(body=TABLE.read_text("utf-8"), content_type=kind)
        elif path.endswith(".js"):
            route.fulfill(body=(STATIC / path).read_text("utf-8"), content_type=kind)
        else:
            route.fulfill(body=HOST, content_type="text/html")

    def launch(self, query: str = "", **given: str) -> Frame:
        """A new session, from what the last one left and what the LMS gives."""
        self.page.goto(f"{ORIGIN}play")
        self.page.wait_for_function("document.title === 'ready'")
        values = {**self._given(), **self.values, **given}
        launch = {"standard": VERSIONS[self.form], "values": values, "contacts": self.contacts}
        launch["without"] = self.without
        self.page.evaluate("([launch, query]) => window.start(launch, query)", [launch, query])
        self.page.wait_for_function("window.frames[0]?.document.body?.dataset.ready === ''")
        return self.frame

    def _given(self) -> dict[str, str]:
        if self.form == "scorm12":
            return {"cmi.core.student_id": "1", "cmi.core.lesson_mode": "normal", "cmi.core.credit": "credit"}
        return {"cmi.learner_id": "1", "cmi.mode": "normal", "cmi.credit": "credit"}

    @property
    def frame(self) -> Frame:
        frame = self.page.frame(name="sco")
        assert frame
        return frame

    def get(self, element: str) -> str | None:
        value: str | None = self.page.evaluate("(name) => window.runtime.get(name)", element)
        return value

    def called(self) -> list[list[str]]:
        """Every call so far: function, arguments, answer, error."""
        calls: list[list[str]] = self.page.evaluate("window.calls")
        return calls

    def told(self, element: str) -> list[str]:
        """What the SCO has set an element to, in order."""
        return [call[2] for call in self.called() if call[:2] == ["SetValue", element]]

    def names_set(self) -> set[str]:
        return {call[1] for call in self.called() if call[0] == "SetValue"}

    def leave(self) -> Runtime:
        """The frame goes, as a player takes it away; what the session left is kept for the next."""
        self.page.evaluate("document.querySelector('iframe').remove()")
        self.calls += self.called()
        runtime = Runtime(self.page.evaluate("window.runtime.snapshot()"))
        self.values = carry(runtime, suspended=False)
        return runtime

    def refused(self) -> list[list[str]]:
        """The SetValue calls that the real interpreter turned down."""
        return [call for call in [*self.calls, *self.called()] if call[0] == "SetValue" and call[-1] != "0"]
