"""A learner before the play page: what they can see and press, and the SCO in its frame."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Error, Frame, Page, expect

CALM = "document.body.ariaBusy === 'false'"


class Learner:
    """One tab, at its link already where none is given; `call` speaks as the SCO in the frame would."""

    def __init__(self, context: BrowserContext, link: str, page: Page | None = None) -> None:
        self.page = page or context.new_page()
        if link:
            self.page.goto(link)
        self.calm()

    def calm(self) -> None:
        """Until no answer is under way, and what is delivered has loaded."""
        self.page.wait_for_function(CALM)
        while self.page.locator("#sco").count():
            if self._loaded():
                return
            self.page.wait_for_function(CALM)

    def _loaded(self) -> bool:
        """False where the frame is taken away meanwhile."""
        handle = self.page.query_selector("#sco")
        frame = handle.content_frame() if handle else None
        if frame is None:
            return False
        try:
            frame.wait_for_url("**/content/**")
        except Error:
            if frame.is_detached():
                return False
            raise
        return True

    def saved(self) -> None:
        """Until the server has acknowledged everything, however often that had to be tried."""
        self.page.wait_for_function("Object.keys(localStorage).every((key) => key.split(':').length < 5)")
        self.calm()

    @property
    def sco(self) -> Frame:
        """The frame of what is delivered, its script run; asked for again where it was replaced meanwhile."""
        frame = None
        while frame is None:
            handle = self.page.wait_for_selector("#sco")
            frame = handle.content_frame() if handle else None
        frame.wait_for_url("**/content/**")
        return frame

    def call(self, name: str, *arguments: str) -> str:
        answer: str = self.sco.evaluate("([name, args]) => api[name](...args)", [name, list(arguments)])
        return answer

    def begin(self) -> str:
        """Initialize, in the words of the course's standard, as are all that follow."""
        return self.call(f"{self._prefix}Initialize", "")

    def put(self, element: str, value: str) -> str:
        return self.call(f"{self._prefix}SetValue", self._named(element), value)

    def read(self, element: str) -> str:
        return self.call(f"{self._prefix}GetValue", self._named(element))

    def commit(self) -> str:
        return self.call(f"{self._prefix}Commit", "")

    @property
    def _prefix(self) -> str:
        return "" if self.page.evaluate("'API_1484_11' in window") else "LMS"

    def _named(self, element: str) -> str:
        """`location`, or an element by its own name."""
        where = "cmi.core.lesson_location" if self._prefix else "cmi.location"
        return where if element == "location" else element

    def error(self) -> str:
        answer: str = self.sco.evaluate("(api.GetLastError || api.LMSGetLastError)()")
        return answer

    def press(self, request: str) -> None:
        """A control of the bar, confirmed where the page asks, and until the answer has been acted on."""
        self.page.click(f"[data-nav={request}]")
        if request == "exitAll":
            self.page.click("[data-confirm]")
        self.calm()

    def choose(self, item: str) -> None:
        """An activity of the contents."""
        toggle = self.page.locator("#toggle")
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        self.page.click(f'[data-item="{item}"]')
        self.calm()

    @property
    def activity(self) -> str:
        return self.page.locator("body").get_attribute("data-activity") or ""

    @property
    def session(self) -> str:
        return self.page.locator("body").get_attribute("data-session") or ""

    def says(self, sentence: str) -> None:
        """The page shows this sentence, or comes to."""
        expect(self.page.locator("body")).to_contain_text(sentence, timeout=20_000)

    def journal(self) -> dict[str, Any]:
        """What this browser keeps for the server."""
        kept: dict[str, Any] = self.page.evaluate("({...localStorage})")
        return {key: value for key, value in kept.items() if key.count(":") == 4}
