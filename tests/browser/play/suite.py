"""Plays a public conformance vector as its tester would: before the real page, pressing its controls."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from playwright.sync_api import BrowserContext

from tests.browser.play.learner import Learner
from tests.browser.play.packages import QUIET, zipped
from tests.browser.serving import Player
from tests.player.runtime import conformance

Step = dict[str, Any]

CALLS = """(calls) => {
  const place = (name) => {
    const found = /^(cmi\\.objectives|adl\\.data)\\.\\{(.*)\\}\\.([\\w.]+)$/.exec(name);
    if (!found) return name;
    const count = Number(api.GetValue(`${found[1]}._count`));
    for (let at = 0; at < count; at += 1) {
      if (api.GetValue(`${found[1]}.${at}.id`) === found[2]) return `${found[1]}.${at}.${found[3]}`;
    }
    return name;
  };
  const objectives = () => {
    const count = Number(api.GetValue("cmi.objectives._count"));
    return Array.from({ length: count }, (_, at) => api.GetValue(`cmi.objectives.${at}.id`)).sort().join(" ");
  };
  const run = ({ fn, args }) => {
    if (fn === "CompareObjectiveIds") return [objectives(), "0"];
    const placed = args.map((arg, at) => (at === 0 && /Value$/.test(fn) ? place(arg) : arg));
    return [api[fn](...placed), api.GetLastError()];
  };
  window.calls = calls.map(run);
  return window.calls;
}"""
ON_UNLOAD = (
    "(calls) => { const run = %s; window.onunload = () => { parent.unloaded = run(calls) } }" % CALLS  # noqa: UP031
)


class Suite:
    """One learner taking vectors one after the other, as the suite's tester does."""

    def __init__(self, folder: Path, player: Player, context: BrowserContext, course: Callable[[str], str]):
        self.folder, self.player, self.context, self.course = folder, player, context, course
        self.learner: Learner | None = None
        self.faults: list[str] = []

    def play(self, name: str) -> list[str]:
        """Every disagreement, in words."""
        script = json.loads((self.folder / "vectors" / f"{name}.json").read_text("utf-8"))
        self._open(script["start"])
        for step, following in _pairs(script["steps"]):
            before = conformance.LEFT_OUT.get((name, step["n"]))
            if before:
                self._write(script, dict(before), step)
            self._step(step, following)
            if self.faults:
                break
        return self.faults

    @property
    def _seat(self) -> Learner:
        assert self.learner is not None
        return self.learner

    def _open(self, start: dict[str, Any]) -> None:
        if self.learner is not None:
            self.learner.page.close()
        who = conformance.LEARNER["cmi.learner_id"]
        name = conformance.LEARNER["cmi.learner_name"]
        link = self.player.link(self.course(start["package"]), who, "--name", name)
        self.learner = Learner(self.context, link)
        if start.get("target"):
            self.learner.choose(start["target"])

    def _step(self, step: Step, following: Step | None) -> None:
        seat = self._seat
        if seat.activity != step["item"]:
            self.faults.append(f"step {step['n']}: {seat.activity!r} is delivered, not {step['item']!r}")
            return
        if step["uiWhen"] == "before-calls":
            self._screen(step)
        if step["sco"] != "asset":
            self._speak(step)
        seat.calm()
        if step["uiWhen"] == "after-terminate":
            self._screen(step)
        self._move(step, following)

    def _speak(self, step: Step) -> None:
        sco = self._seat.sco
        if step["onUnload"]:
            sco.evaluate(ON_UNLOAD, step["onUnload"])
        calls = conformance.calls_of(self.folder, {**step, "onUnload": []})
        ends = bool(calls) and calls[-1]["fn"] == "Terminate"
        answers = sco.evaluate(CALLS, calls[:-1] if ends else calls)
        if ends:  # its frame may be gone before the answer could be read
            answers.append(
                sco.evaluate(f"(calls) => {{ const run = {CALLS}; return run(calls)[0] }}", calls[-1:])
            )
        self._compare(step, calls, answers)

    def _compare(self, step: Step, calls: list[dict[str, Any]], answers: list[list[str]]) -> None:
        for call, (returned, error) in zip(calls, answers, strict=True):
            if not (
                _will_do(call["returns"], returned) and conformance.error_will_do(call.get("error"), error)
            ):
                wanted = f"{str(call['returns'])[:200]} {call.get('error')}"
                self.faults.append(
                    f"step {step['n']}: {call['fn']} {[a[:60] for a in call['args']]}: "
                    f"{wanted}, not {returned[:60]!r} {error}"
                )

    def _move(self, step: Step, following: Step | None) -> None:
        then, seat = step["then"], self._seat
        if then["user"]:
            act, target = then["user"]["action"], then["user"].get("target")
            if act == "choice":
                seat.choose(target)
            elif act == "leave":
                self._leave()
            else:
                seat.press(act)
            if step["onUnload"] and act != "leave":
                self._compare(step, step["onUnload"], seat.page.evaluate("unloaded"))
        seat.calm()
        wanted = {"active-no-content": "running", "active": "running", "left": "ended"}
        if then["session"] != "left" and seat.session != wanted.get(then["session"], then["session"]):
            self.faults.append(f"step {step['n']}: the session is {seat.session}, not {then['session']}")
        if then["relaunch"]:
            self._open({"package": then["relaunch"]["package"], "target": then["relaunch"]["target"]})
        del following

    def _leave(self) -> None:
        """By exit all where it is offered, as the scripts assume."""
        button = self._seat.page.locator("[data-nav=exitAll]")
        if button.is_visible() and button.is_enabled():
            self._seat.press("exitAll")

    def _screen(self, step: Step) -> None:
        for check in step["ui"]:
            if check["control"] != "none" and not self._shows(check):
                shown = f"{check['control']} {check.get('item', '')} is not {check['expect']}"
                self.faults.append(f"step {step['n']}: {shown}")

    def _shows(self, check: dict[str, Any]) -> bool:
        page, expected = self._seat.page, check["expect"]
        if check["control"] != "toc":
            button = page.locator(f"[data-nav={check['control']}]")
            usable = button.is_visible() and button.is_enabled()
            return bool(usable == (expected == "enabled"))
        usable_items = page.locator('[data-item]:not([aria-disabled="true"])')
        if not check.get("item"):
            return bool((usable_items.count() > 0) == (expected == "enabled"))
        named = f'[data-item="{check["item"]}"]'
        if expected in ("visible", "hidden"):
            return bool((page.locator(named).count() > 0) == (expected == "visible"))
        usable = page.locator(f'{named}:not([aria-disabled="true"])').count() > 0
        return bool(usable == (expected == "selectable"))

    def _write(self, script: dict[str, Any], stores: dict[str, str | None], before: Step) -> None:
        """What the deliveries that a part leaves out had written, by SCOs that the part has no step for."""
        manifest = (self.folder / "manifests" / f"{script['package']}.xml").read_text("utf-8")
        own = {step["item"] for step in script["steps"]}
        for item in re.findall(r'<item identifier="([^"]+)"', manifest):
            if item in own or not stores:
                continue
            self._seat.choose(item)
            if self._seat.call("Initialize", "") != "true":
                continue
            for name in list(stores):
                at = self._store(name)
                if (
                    at is not None
                    and self._seat.call("SetValue", f"adl.data.{at}.store", stores[name] or "") == "true"
                ):
                    del stores[name]
            self._seat.calm()
        self._seat.choose(before["item"])

    def _store(self, name: str) -> int | None:
        count = int(self._seat.call("GetValue", "adl.data._count") or 0)
        ids = [self._seat.call("GetValue", f"adl.data.{at}.id") for at in range(count)]
        return ids.index(name) if name in ids else None


BASE = "{http://www.w3.org/XML/1998/namespace}base"


def package_of(folder: Path, name: str, to: Path) -> Path:
    """The suite's manifest with a silent page for every file that it names."""
    manifest = folder / "manifests" / f"{name}.xml"
    named = (each for each in etree.parse(manifest).iter() if each.get("href"))
    pages = {_address(element): QUIET % "" for element in named}
    return zipped(to / f"{name}.zip", {"imsmanifest.xml": manifest.read_text("utf-8"), **pages})


def _address(element: Any) -> str:
    bases = [each.get(BASE, "") for each in reversed([element, *element.iterancestors()])]
    return "".join([*bases, element.get("href")]).split("?")[0]


def _pairs(steps: list[Step]) -> Iterator[tuple[Step, Step | None]]:
    yield from zip(steps, [*steps[1:], None], strict=True)


def _will_do(wanted: Any, returned: str) -> bool:
    if isinstance(wanted, dict) and wanted["match"] == "set":
        return returned == " ".join(sorted(wanted["ids"]))
    return conformance.will_do(wanted, returned)
