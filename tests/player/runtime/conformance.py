"""Reads the public vectors: what each delivery starts from, what it calls, and whether an answer will do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from player.runtime import Launch, Runtime, Store, carry, launch
from player.runtime.timespan import parse

Call = Sequence[str]
Answers = list[tuple[str, str]]
Play = Callable[[Launch, list[Call]], tuple[Answers, Launch]]
"""Runs calls against one interpreter: what each returned and the error then, and the snapshot at the end."""

ADLCP = "{http://www.adlnet.org/xsd/adlcp_v1p3}"
IMSSS = "{http://www.imsglobal.org/xsd/imsss}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
LEARNER = {"cmi.learner_id": "urn:learner:7", "cmi.learner_name": "Learner, Seventh"}

LEFT_OUT: dict[tuple[str, int], dict[str, str | None]] = {
    ("DMI-part", 2): {
        "tarID1": "TestValue_4000Char",
        "tarID2": "TestValue_tarID2",
        "tarID3": "TestValue2_tarID3",
        "tarID4": "TestValue_tarID4",
        "tarID5": "TestValue_tarID5",
        "tarID6": "TestValue_tarID6",
        "tarID7": "TestValue2_tarID7",
    },
}
"""What the deliveries that the part leaves out (of activity_2 and activity_3) had written before a step."""


def python(start: Launch, calls: list[Call]) -> tuple[Answers, Launch]:
    """Play calls through the interpreter of the server."""
    runtime = Runtime(start)
    answers = [(runtime.call(*call), runtime.last_error) for call in calls]
    return answers, runtime.snapshot()


@dataclass
class Course:
    """One package while its deliveries are played: what each item carries, and the shared stores."""

    items: dict[str, Any]
    carried: dict[str, dict[str, str]] = field(default_factory=dict)
    stores: dict[str, str | None] = field(default_factory=dict)

    def start(self, item: str) -> Launch:
        element = self.items[item]
        return launch("2004", LEARNER | _given(element), self.carried.get(item, {}), self._stores(element))

    def end(self, item: str, snapshot: Launch, session: str) -> None:
        runtime = Runtime(snapshot)
        for store in runtime.stores:
            if store["access"] != "read-only":
                self.stores[store["id"]] = store["value"]
        if session in ("ended", "left"):
            self.carried.clear()
        else:
            self.carried[item] = carry(runtime, suspended=session == "suspended")

    def _stores(self, element: Any) -> Iterator[Store]:
        for mapped in element.iterfind(f"{ADLCP}data/{ADLCP}map"):
            may = {verb: mapped.get(f"{verb}SharedData", "true") == "true" for verb in ("read", "write")}
            yield {
                "id": mapped.get("targetID"),
                "access": _ACCESS[may["read"], may["write"]],
                "value": self.stores.get(mapped.get("targetID")),
            }


_ACCESS: dict[tuple[bool, bool], Any] = {
    (True, True): "read-write",
    (True, False): "read-only",
    (False, True): "write-only",
    (False, False): "none",
}


def _given(element: Any) -> dict[str, str]:
    found = {
        "cmi.launch_data": element.findtext(f"{ADLCP}dataFromLMS"),
        "cmi.time_limit_action": element.findtext(f"{ADLCP}timeLimitAction"),
    }
    threshold = element.find(f"{ADLCP}completionThreshold")
    if threshold is not None and threshold.get("completedByMeasure") == "true":
        found["cmi.completion_threshold"] = threshold.get("minProgressMeasure", "1.0")
    objective = element.find(f"{IMSSS}sequencing/{IMSSS}objectives/{IMSSS}primaryObjective")
    if objective is not None:
        found["cmi.objectives.0.id"] = objective.get("objectiveID")
        if objective.get("satisfiedByMeasure") == "true":
            found["cmi.scaled_passing_score"] = objective.findtext(f"{IMSSS}minNormalizedMeasure", "1.0")
    return {name: value for name, value in found.items() if value is not None}


def disagreements(folder: Path, vector: str, play: Play) -> list[str]:
    """Play a whole vector, resuming as it says; every answer that will not do, in words."""
    script = json.loads((folder / "vectors" / f"{vector}.json").read_text("utf-8"))
    tree = etree.parse(folder / "manifests" / f"{script['package']}.xml")
    course = Course({str(item.get("identifier")): item for item in tree.iter(f"{CP}item")})
    found: list[str] = []
    for step in script["steps"]:
        course.stores |= LEFT_OUT.get((vector, step["n"]), {})
        start = course.start(step["item"])
        calls = calls_of(folder, step)
        answers, snapshot = play(start, [_resolved(start, call) for call in calls])
        for call, (returned, error) in zip(calls, answers, strict=True):
            if not (will_do(call["returns"], returned) and error_will_do(call.get("error"), error)):
                words = f"{call['returns']} {call.get('error')}, not {returned[:60]!r} {error}"
                found.append(f"step {step['n']}: {call['fn']} {[a[:60] for a in call['args']]}: {words}")
        course.end(step["item"], snapshot, step["then"]["session"])
    return found


def calls_of(folder: Path, step: dict[str, Any]) -> list[dict[str, Any]]:
    if "callsFile" not in step:
        return [*step["calls"], *step["onUnload"]]
    found: list[dict[str, Any]] = json.loads((folder / "vectors" / step["callsFile"]).read_text("utf-8"))[
        "calls"
    ]
    return found


def _resolved(start: Launch, call: dict[str, Any]) -> Call:
    arguments = list(call["args"])
    if arguments and (found := re.fullmatch(r"adl\.data\.\{(.*)\}\.(\w+)", arguments[0])):
        at = [store["id"] for store in start["stores"]].index(found[1])
        arguments[0] = f"adl.data.{at}.{found[2]}"
    return [call["fn"], *arguments]


def error_will_do(wanted: Any, error: str) -> bool:
    if isinstance(wanted, dict):
        return error in wanted["oneOf"]
    return wanted is None or error == wanted


def will_do(wanted: Any, returned: str) -> bool:
    return returned == wanted if isinstance(wanted, str) else _MATCHES[wanted["match"]](wanted, returned)


_MATCHES: dict[str, Callable[[Any, str], bool]] = {
    "any": lambda _, __: True,
    "oneOf": lambda wanted, returned: returned in wanted["values"],
    "length": lambda wanted, returned: len(returned) <= wanted["max"],
    "tokens": lambda wanted, returned: sorted(returned.split(",")) == sorted(wanted["values"]),
    "learnerId": lambda _, returned: returned == LEARNER["cmi.learner_id"],
    "equal": lambda wanted, returned: returned == wanted["value"] or _equal(wanted, returned),
}


def _equal(wanted: Any, returned: str) -> bool:
    if not returned:
        return False
    if wanted["as"] == "real":
        return abs(float(wanted["value"]) - float(returned)) < 1e-6
    if wanted["as"] == "duration":
        return parse("2004", wanted["value"]) == parse("2004", returned)
    return _plain(wanted["value"]) == _plain(returned)


DEFAULTS = re.compile(r"(\{lang=en\}|\{case_matters=false\}|\{order_matters=true\})*")


def _plain(value: str) -> str:
    """A langstring or a response without the leading delimiters that say what is so anyway."""
    return DEFAULTS.sub("", value, count=1)
