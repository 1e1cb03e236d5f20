"""A small LMS around one course, in one page of a browser: it serves the package's files from memory."""

from __future__ import annotations

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, convert

from courseware.archive import Content
from courseware.formats.format import Format

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page, Route

ORIGIN = "http://course.invalid/"  # no such host: nothing of a journey leaves the machine
HOST = """<!doctype html><title>LMS</title>
<style>iframe { position: fixed; inset: 0; width: 100%; height: 100%; border: 0 }</style>
<body><script type="module" src="lms.js"></script></body>"""
OPENED = "window.frames[0]?.document.body?.dataset.ready === ''"


class Record(Struct, frozen=True):
    """What the LMS shows of its learner."""

    status: str = "not attempted"
    passed: bool = False
    score: float | None = None  # percent
    done: tuple[str, ...] = ()  # the lessons


class Lms:
    """Launches the course, and launches it again with what it has kept."""

    def __init__(self, context: BrowserContext, form: Format, files: Mapping[str, Content]) -> None:
        self.files = files
        self.scripts = {
            "lms.js": Path(__file__).with_name("lms.js"),
            "standard.js": form.script,
            "lms_side.js": form.script.with_name("lms.js"),
        }
        context.route("**/*", self._serve)
        self.page: Page = context.new_page()
        self.page.goto(ORIGIN)
        self.page.wait_for_function("document.title === 'ready'")

    def _serve(self, route: Route) -> None:
        address = route.request.url.partition("?")[0]
        name = address.removeprefix(ORIGIN)
        if not address.startswith(ORIGIN):
            route.abort()
        elif not name:
            route.fulfill(body=HOST, content_type="text/html; charset=utf-8")
        elif content := self.scripts.get(name) or self.files.get(name.removeprefix("course/")):
            body = content.read_bytes() if isinstance(content, Path) else content
            route.fulfill(body=body, content_type=guess_type(name)[0] or "application/octet-stream")
        else:
            route.fulfill(status=404)

    def launch(self) -> Frame:
        """A new session; the frame that shows the course, once its script has started."""
        self.page.evaluate("window.lms.launch()")
        self.page.wait_for_function(OPENED)
        frame = self.page.frame(name="course")
        if frame is None:
            raise ValueError("the page has no frame for the course")
        return frame

    def leave(self) -> None:
        self.page.evaluate("window.lms.leave()")

    def record(self) -> Record:
        shown: dict[str, Any] = self.page.evaluate("window.lms.record()")
        return convert(shown, Record)
