"""scormhost, an LMS from PyPI that knows nothing of us, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext, FilePayload, Page, Request

from tests.browser.courses.taking import Taker
from tests.browser.serving import free_port

ADMINISTRATOR = {"email": "teacher@school.example.com", "password": "another-lms-entirely"}
APP = """import os
from scormhost.app import create_scorm_app
app = create_scorm_app(data_dir=os.environ["DATA"])
"""
STARTS_WITHIN = 30.0
ARRIVES_WITHIN = 30.0


class OtherLms:
    """The server, and what an administrator does there before a learner comes."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        (folder / "other_lms_app.py").write_text(APP, encoding="utf-8")
        command = [sys.executable, "-m", "uvicorn", "other_lms_app:app", "--port", str(self.port)]
        environment = {
            **os.environ,
            "DATA": str(folder / "data"),
            "SCORMHOST_SECRET_KEY": "only-for-this-test-run-and-long-enough",
            "SCORMHOST_BOOTSTRAP_ADMIN_EMAIL": ADMINISTRATOR["email"],
        }
        self._log = (folder / "other-lms.log").open("wb")
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=self._log, stderr=self._log
        )
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the other LMS did not start: {Path(self._log.name).read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=2):  # noqa: S310 - our own http address
                return True
        except (urllib.error.URLError, OSError):
            return False

    def sign_up(self, request: APIRequestContext) -> None:
        """The first account is the administrator; the browser that asked is signed in."""
        who = {**ADMINISTRATOR, "username": "teacher", "display_name": "A Teacher"}
        answer = request.post(f"{self.address}/api/auth/register", data=who)
        assert answer.ok, answer.text()

    def register(self, request: APIRequestContext, name: str) -> None:
        """One more account, of a learner; the browser that asked is signed in to it."""
        who = {"email": f"{name}@school.example.com", "username": name, "password": "a-learner-of-theirs"}
        answer = request.post(f"{self.address}/api/auth/register", data={**who, "display_name": name})
        assert answer.ok, answer.text()

    def processes(self) -> list[int]:
        """The ids of the server's processes."""
        return [self._process.pid]

    def upload(self, request: APIRequestContext, package: Path) -> dict[str, Any]:
        """Import a package; what the LMS says of it."""
        file: FilePayload = {
            "name": package.name,
            "mimeType": "application/zip",
            "buffer": package.read_bytes(),
        }
        answer = request.post(f"{self.address}/api/packages", multipart={"file": file})
        assert answer.status == 201, answer.text()
        told: dict[str, Any] = answer.json()
        return told

    def elements(self, request: APIRequestContext, package: str, launch: str) -> dict[str, str]:
        """What it recorded for whoever is signed in."""
        answer = request.get(f"{self.address}/api/scorm/{package}/cmi", params={"launch": launch})
        assert answer.ok, answer.text()
        elements: dict[str, str] = answer.json()["elements"]
        return elements

    def comes_to(
        self, request: APIRequestContext, package: str, launch: str, is_so: Callable[[dict[str, str]], bool]
    ) -> dict[str, str]:
        """The elements, once they are so: its page sends each call by itself, and some of them late."""
        until = time.monotonic() + ARRIVES_WITHIN
        while not is_so(elements := self.elements(request, package, launch)):
            assert time.monotonic() < until, elements
            time.sleep(0.05)
        return elements

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()


class Calls:
    """The requests of a page that were not answered yet. This LMS sends each call by itself, to outlive the
    page; a browser refuses what is more than 64 kB at once (Fetch, HTTP-network-or-cache fetch), and the LMS
    forgets the call."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: set[Request] = set()
        page.on("request", lambda request: self._open.add(request))
        page.on("requestfinished", lambda request: self._open.discard(request))
        page.on("requestfailed", lambda request: self._open.discard(request))

    def settle(self) -> None:
        """Wait until each was answered."""
        until = time.monotonic() + STARTS_WITHIN
        while self._open:
            assert time.monotonic() < until, [request.url for request in self._open]
            self._page.wait_for_timeout(10)  # the events come meanwhile


def in_the_course(page: Page) -> Taker:
    """The learner before the course, once it is shown."""
    handle = page.wait_for_selector("#scormhost-content")
    page.wait_for_function("document.getElementById('scormhost-content').src !== ''")
    frame = handle.content_frame() if handle else None
    assert frame is not None
    frame.wait_for_selector("[data-current]")
    return Taker(frame)
