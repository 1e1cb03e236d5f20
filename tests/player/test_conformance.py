"""ADL's public LMS test cases through sequencing, tracking and run-time, without a server or a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from courseware.formats.manifest import read_manifest
from player import sequencing, tracking
from player.runtime import Outcome, Runtime, carry, outcome
from player.sequencing import Progress, Request, State, build_tree
from tests.player.runtime.conformance import LEFT_OUT

SHARED = Path(__file__).resolve().parents[3] / "shared" / "conformance"
LEARNER = tracking.Learner("learner-2", "Okoye, Amara")


def vectors() -> list[Any]:
    """Every vector, or one skipped test that says why there is none."""
    index = SHARED / "index.json"
    if not index.exists():
        return [pytest.param("", marks=pytest.mark.skip("../shared/conformance is not beside this checkout"))]
    return [v["id"] for v in json.loads(index.read_text())["vectors"]]


@dataclass
class Records:
    """One learner's registrations, and what outlives and joins them: system-wide objectives and stores."""

    records: dict[str, TrainingRecord] = field(default_factory=dict)
    objectives: dict[str, Progress] = field(default_factory=dict)
    stores: dict[str, str | None] = field(default_factory=dict)

    def record(self, package: str) -> TrainingRecord:
        if package not in self.records:
            self.records[package] = TrainingRecord(package, self)
        return self.records[package]


class TrainingRecord:
    """One learner in one course: what the records keep, held in memory."""

    def __init__(self, package: str, records: Records) -> None:
        manifest = SHARED / "manifests" / f"{package}.xml"
        self.package, _ = read_manifest(manifest.read_bytes(), manifest.name)
        self.tree = build_tree(self.package)
        self.state = State(self.tree)
        self.carried: dict[str, dict[str, str]] = {}
        self.records = records
        self.stores = records.stores if self.tree.shared_data_global_to_system else {}
        self.runtime: Runtime | None = None
        self.running = False
        self.meanwhile: dict[str, str | None] = {}  # what deliveries that a vector leaves out would store

    def open(self, target: str | None) -> None:
        self.running = True
        if self.tree.objectives_global_to_system:
            self.state = replace(self.state, global_objectives=self.records.objectives)
        opening = sequencing.opening(self.state)
        if target is not None and opening.name == "start":
            opening = Request("choice", target)
        self.ask(opening)

    def ask(self, request: Request) -> None:
        """The state is turned to JSON and back each time, as it would be in the records."""
        self.learn()
        leaving, suspending = self.current, request.name == "suspendAll"
        result = sequencing.process(self.state, request, lambda: 0.0)
        self.state = State.from_json(self.tree, json.loads(json.dumps(result.state.to_json())))
        self._leave(leaving, suspending=suspending)
        self.running = not result.ended
        if self.tree.objectives_global_to_system:
            self.records.objectives = self.state.global_objectives
        if result.ended and not result.suspended and not self.tree.shared_data_global_to_system:
            self.stores.clear()
        if result.delivered is not None:
            self.deliver(result.delivered, resumed=result.resumed)

    def _leave(self, item: str | None, *, suspending: bool) -> None:
        if item is not None and self.runtime is not None and self.state.current is not self.tree.get(item):
            self.carried[item] = carry(self.runtime, suspended=suspending)
        if item is not None and self.runtime is not None and item == self.current:
            self.carried[item] = carry(self.runtime, suspended=suspending)

    def deliver(self, item: str, *, resumed: bool) -> None:
        self.stores.update(self.meanwhile)
        launch = tracking.launch_for(
            self.state, item, LEARNER, carried=self.carried.get(item, {}), resumed=resumed, stores=self.stores
        )
        self.runtime = Runtime(json.loads(json.dumps(launch)))

    @property
    def current(self) -> str | None:
        return self.state.current.identifier if self.state.current else None

    @property
    def delivered(self) -> str | None:
        current = self.state.current
        active = current is not None and current.is_leaf and self.state.record(current).active
        return self.current if active else None

    def learn(self) -> Outcome | None:
        if self.runtime is None or self.delivered is None:
            return None
        said = outcome(self.runtime)
        self.stores.update({store["id"]: store["value"] for store in self.runtime.stores})
        self.state = tracking.learned(said, self.state, self.delivered)
        return said


@pytest.mark.parametrize("name", vectors())
def test_vector(name: str) -> None:
    records = Records()
    for each in (*_load(name)["runAfter"], name):
        _play(_load(each), records)


def test_all_vectors_in_the_suites_order_in_one_record() -> None:
    """No two packages disturb each other, but for the state that they share on purpose."""
    if not SHARED.exists():
        pytest.skip("../shared/conformance is not beside this checkout")
    records: dict[str, Records] = {}
    for entry in json.loads((SHARED / "index.json").read_text())["vectors"]:
        vector = _load(entry["id"])
        _play(vector, records.setdefault(vector["learner"], Records()))


def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SHARED / "vectors" / f"{name}.json").read_text())
    return loaded


def _play(vector: dict[str, Any], records: Records) -> None:
    start = vector["start"]
    record = records.record(start["package"])
    record.open(start["target"])
    for step in vector["steps"]:
        where = f"step {step['n']}"
        assert record.delivered == step["item"], where
        record.meanwhile = LEFT_OUT.get((vector["id"], step["n"] + 1), {})
        _check_screen(record, step)
        _run(record, step)
        again = step["then"]["relaunch"]
        if again is not None:
            record = records.record(again["package"])
            record.open(again["target"])


def _check_screen(record: TrainingRecord, step: dict[str, Any]) -> None:
    if step["uiWhen"] != "before-calls":
        return
    view = sequencing.view(record.state)
    entries = {e.item: e for e in view.contents}
    for check in step["ui"]:
        where = f"step {step['n']}: {check['control']} {check.get('item')} {check['expect']}"
        assert _finding(view, entries, check) is (check["expect"] in ("enabled", "selectable", "visible")), (
            where
        )


def _finding(view: sequencing.View, entries: dict[str, sequencing.Entry], check: dict[str, Any]) -> bool:
    if check["control"] != "toc":
        return view.controls[check["control"]] == "enabled"
    if "item" not in check:
        return any(e.selectable for e in view.contents)
    entry = entries.get(check["item"])
    if check["expect"] in ("visible", "hidden"):
        return entry is not None and entry.visible
    return entry is not None and entry.selectable


def _run(record: TrainingRecord, step: dict[str, Any]) -> None:
    for call in _calls(step):
        _call(record, call, f"step {step['n']}")
    then, session = step["then"], step["then"]["session"]
    if then["sco"] is not None and then["sco"]["when"] == "terminate":
        said = record.learn()
        assert said is not None
        request = tracking.request_of(said, record.state)
        assert request is not None
        record.ask(request)
    if session == "active-no-content":
        assert record.running
        assert record.delivered is None
    if then["user"] is not None:
        for call in step["onUnload"]:
            _call(record, call, f"step {step['n']}, unloading")
        action, target = then["user"]["action"], then["user"].get("target")
        name = "exitAll" if action == "leave" else action
        record.ask(Request(name, target, final=name == "exitAll"))
    if session in ("ended", "suspended", "left"):
        assert not record.running
        assert (record.state.suspended is not None) is (session == "suspended")


def _calls(step: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "callsFile" in step:
        listed = json.loads((SHARED / "vectors" / step["callsFile"]).read_text())
        yield from listed["calls"]
    yield from step["calls"]


def _call(record: TrainingRecord, call: dict[str, Any], where: str) -> None:
    runtime = record.runtime
    assert runtime is not None
    where = f"{where}: {call['fn']}{call['args']}"
    if call["fn"] == "CompareObjectiveIds":
        count = int(runtime.call("GetValue", "cmi.objectives._count"))
        found = [runtime.call("GetValue", f"cmi.objectives.{n}.id") for n in range(count)]
        assert sorted(found) == sorted(call["returns"]["ids"]), where
        return
    arguments = [_placed(runtime, a) for a in call["args"]]
    answer = runtime.call(call["fn"], *arguments)
    error = runtime.last_error
    wanted = call.get("error")
    if wanted is not None:
        assert error in (wanted["oneOf"] if isinstance(wanted, dict) else [wanted]), (
            f"{where} -> {answer}, {error}"
        )
    assert _matches(call["returns"], answer), f"{where} -> {answer!r}, not {call['returns']}"


def _placed(runtime: Runtime, name: str) -> str:
    """`cmi.objectives.{ID}.x`: the index is found by id, anew before each call."""
    for collection in ("cmi.objectives", "adl.data"):
        if name.startswith(f"{collection}.{{"):
            identifier, _, rest = name.removeprefix(f"{collection}.{{").partition("}.")
            count = int(runtime.call("GetValue", f"{collection}._count"))
            for at in range(count):
                if runtime.call("GetValue", f"{collection}.{at}.id") == identifier:
                    return f"{collection}.{at}.{rest}"
            raise AssertionError(f"{collection} has no {identifier}")
    return name


def _matches(wanted: Any, answer: str) -> bool:
    """Numbers are compared here; what the other kinds mean is the run-time's own test to check."""
    if isinstance(wanted, str):
        return answer == wanted
    if wanted["match"] == "equal" and wanted["as"] == "real":
        return answer != "" and abs(float(answer) - float(wanted["value"])) < 1e-6
    if wanted["match"] == "learnerId":
        return answer == LEARNER.identifier
    return True
