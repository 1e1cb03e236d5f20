"""ADL's public LMS test cases again, through launches, commits and the records, as a server keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from courseware.formats.manifest import read_manifest
from player.records import courses, tables
from player.records.versions import package_to_json
from player.runtime import Runtime
from tests.player import test_conformance as suite
from tests.player.lms import Browser, Lms

NOT_YET = {
    "DMI-part": "deliveries that the part leaves out would have stored what it reads; runtime/ plays it",
}


def add(lms: Lms, package: str) -> str:
    """A course from a manifest alone: the vectors come without their files."""
    manifest = suite.SHARED / "manifests" / f"{package}.xml"
    read, _ = read_manifest(manifest.read_bytes(), manifest.name)
    row = tables.VersionRow(
        key=package,
        digest=package,
        standard="2004",
        edition=read.edition,
        ours=False,
        package=package_to_json(read),
    )
    with lms.database.writing() as tx:
        if courses.course(tx, package) is None:
            courses.add_version(tx, package, package, row, lms.now)
    return package


@dataclass
class Play:
    """A browser that runs the SCO's calls itself and sends what changed, as the play page does."""

    lms: Lms
    course: str
    browser: Browser = field(init=False)
    answer: dict[str, Any] = field(init=False)
    runtime: Runtime | None = None
    unsent: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = self.lms.open(self.course, suite.LEARNER.identifier)
        self.take(self.browser.deliver())

    def take(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        if "launch" in answer["session"]:
            launch = answer["session"]["launch"]
            self.runtime = Told(launch, self.unsent) if launch else None

    @property
    def item(self) -> str | None:
        return self.answer["session"]["item"] if self.answer["session"]["href"] else None

    def send(self, *more: list[str]) -> None:
        calls, self.unsent[:] = [*self.unsent, *more], []
        self.lms.after(seconds=1)
        self.take(self.browser.send(*calls))


class Told(Runtime):
    """The browser's interpreter: each call that changed something goes into the log."""

    def __init__(self, launch: Any, log: list[list[str]]) -> None:
        super().__init__(launch)
        self._log = log

    def call(self, function: str, *arguments: str) -> str:
        result = super().call(function, *arguments)
        if result == "true" and function in ("Initialize", "SetValue", "Terminate"):
            self._log.append([function, *arguments])
        return result


@pytest.mark.parametrize("name", suite.vectors())
def test_vector(name: str, sqlite_lms: Lms, request: pytest.FixtureRequest) -> None:
    if name in NOT_YET:
        request.applymarker(pytest.mark.xfail(reason=NOT_YET[name], strict=True))
    for each in (*suite._load(name)["runAfter"], name):
        _play(suite._load(each), sqlite_lms)


def _play(vector: dict[str, Any], lms: Lms) -> None:
    play = _open(lms, vector["start"])
    for step in vector["steps"]:
        where = f"step {step['n']}"
        assert play.item == step["item"], where
        _check_screen(play, step)
        _run(play, step)
        again = step["then"]["relaunch"]
        if again is not None:
            play = _open(lms, again)


def _open(lms: Lms, start: dict[str, Any]) -> Play:
    play = Play(lms, add(lms, start["package"]))
    if start["target"] is not None and play.item != start["target"]:
        play.send(["Navigate", "choice", start["target"]])
    return play


def _check_screen(play: Play, step: dict[str, Any]) -> None:
    if step["uiWhen"] != "before-calls":
        return
    entries = {each["item"]: each for each in play.answer["contents"]}
    for check in step["ui"]:
        expected = check["expect"] in ("enabled", "selectable", "visible")
        assert _finding(play, entries, check) is expected, f"step {step['n']}: {check}"


def _finding(play: Play, entries: dict[str, dict[str, Any]], check: dict[str, Any]) -> bool:
    if check["control"] != "toc":
        return bool(play.answer["controls"][check["control"]] == "enabled")
    if "item" not in check:
        return any(each["selectable"] for each in entries.values())
    entry = entries.get(check["item"], {})
    return bool(entry.get("visible" if check["expect"] in ("visible", "hidden") else "selectable", False))


def _run(play: Play, step: dict[str, Any]) -> None:
    where = f"step {step['n']}"
    for call in suite._calls(step):
        suite._call(play, call, where)  # type: ignore[arg-type]  # it asks for `runtime` only
    then, session = step["then"], step["then"]["session"]
    if play.unsent:
        play.send()
    if session == "active-no-content":
        assert play.answer["session"]["state"] == "running", where
        assert play.item is None, where
    if then["user"] is not None:
        for call in step["onUnload"]:
            suite._call(play, call, f"{where}, unloading")  # type: ignore[arg-type]
        action, target = then["user"]["action"], then["user"].get("target") or ""
        play.send(["Navigate", "exitAll" if action == "leave" else action, target])
    if session in ("ended", "suspended", "left"):
        assert play.answer["session"]["state"] == ("suspended" if session == "suspended" else "ended"), where
