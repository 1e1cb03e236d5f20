"""Whatever a SCO calls, browser and server answer alike and end with the same values."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from player.runtime import Launch, Runtime, Store
from player.runtime.table import standard, table
from tests.browser.runtime_page import Batch, logged, play_batch
from tests.chance import examples
from tests.player.runtime.conformance import Call

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FUNCTIONS = (
    "Initialize",
    "Terminate",
    "Commit",
    "toString",
    "GetLastError",
    "GetErrorString",
    "GetDiagnostic",
)
WORDS = sorted({word for wanted in table().types.values() for word in wanted.values})
SPELT = [
    *("{lang=en}x", "{lang=}", "{case_matters=true}", "{case_matters=x}", "{order_matters=false}"),
    *(
        "{target=a.b}choice",
        "a[,]b",
        "a[.]b",
        "a[,]a",
        "1[:]2",
        "2[:]1",
        "[:]",
        "s[.]1[:]2",
        "urn:a:b",
        "urn:",
    ),
    *(
        "%20",
        "%",
        "0",
        "-1",
        "1",
        "1.0",
        ".5",
        "5.",
        "101",
        "1e3",
        "00:00:00",
        "9999:99:99.99",
        "PT1S",
        "P1Y",
    ),
    *("PT", "2026", "2024-02-29", "2023-02-29", "2026-11-24T10:02:11.5Z", "2026-11-24T10:02:11Z", "2039"),
    *("{lang=zz}x", "{lang=QAB-x}y", "{lang=ger}", "deu", "zz", "i-x", "b[,]a", "a[,]b[,]c", "c[,]b[,]a"),
]
ODD = st.sampled_from(
    ["", " ", "\0", "\ud800", "\udc00", "\ud83d\ude00", "\udc00\ud83d", "\u2028", "\n", "é", "\u3000", "n"]
)
LENGTHS = sorted(
    {int(wanted.max) for wanted in table().types.values() if wanted.kind != "real" and wanted.max}
)
LONG = st.builds(
    lambda unit, length, more: unit * ((length + more) // len(unit.encode("utf-16-le", "surrogatepass")) * 2),
    st.sampled_from(["a", "\ud83d\ude00", "\ud800"]),
    st.sampled_from([length for length in LENGTHS if length <= 8192]),
    st.integers(-1, 1),
)
WRITTEN = st.text(st.characters(min_codepoint=0, max_codepoint=0x2FFFF), max_size=12)
VALUES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(SPELT),
    ODD,
    st.lists(st.one_of(st.sampled_from(SPELT), ODD), max_size=3).map("".join),
    WRITTEN,
    LONG,
)
TARGETS = st.sampled_from(["{target=}", "{target=a.b}", "{target=\ud800}", "{target=x", "x"])


def _named(draw: st.DrawFn, key: str) -> str:
    indices = st.integers(0, 2).map(str) | st.sampled_from(
        ["n", "00", "01", "002", "0" * 90, "999999999", "1000000000", "9" * 30, "-1", "١", ""]
    )
    segments = [draw(indices) if segment == "n" else segment for segment in key.split(".")]
    return ".".join(draw(TARGETS) if segment == "{target}" else segment for segment in segments)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Launch, list[Call]]:
    version = draw(st.sampled_from(["1.2", "2004"]))
    keys = st.sampled_from(
        [*standard(version).elements, "cmi", "cmi.core", "cmi.objectives.n", "cmi.x", "adl.x", ""]
    )
    suffixes = st.sampled_from(["", "", "", "", "", "", "._children", "._count", ".x"])
    calls: list[Call] = [["Initialize", ""]] if draw(st.integers(0, 9)) else []
    for _ in range(draw(st.integers(5, 40))):
        verb = draw(st.sampled_from(["SetValue"] * 6 + ["GetValue"] * 3 + ["other"]))
        if verb == "other":
            calls.append(
                [draw(st.sampled_from(FUNCTIONS)), draw(st.sampled_from(["", "", "0", "x", "toString"]))]
            )
            continue
        name = _named(draw, draw(keys)) + draw(suffixes)
        calls.append([verb, name, draw(VALUES)] if verb == "SetValue" else [verb, name])
    return _launch(draw, version), calls


NEARLY_FULL = {
    f"cmi.{name.replace('.n', '.0')}.{most - 2}.id": "last"
    for name, most in (("objectives", 2000), ("interactions", 5000), ("interactions.n.objectives", 200))
}


def _launch(draw: st.DrawFn, version: str) -> Launch:
    given_2004 = {"cmi.completion_threshold": "0.5", "cmi.scaled_passing_score": "0"}
    values = {f"cmi.interactions.{at}.id": f"q{at}" for at in range(2)}
    values |= {f"cmi.interactions.{at}.type": draw(st.sampled_from(WORDS)) for at in range(2)}
    values |= draw(st.sampled_from([{}, given_2004, {"unheard.of": "kept"}, NEARLY_FULL]))
    start: Launch = {
        "standard": version,
        "values": values,
        "stores": [
            {"id": "a", "access": "read-write", "value": None},
            {"id": "b", "access": "none", "value": "\ud800"},
        ],
        "state": "new",
    }
    return start if draw(st.booleans()) else {**start, "room": draw(st.integers(0, 400))}


def _served(start: Launch, calls: list[Call]) -> str:
    """What the server makes of it, as the browser's page writes it."""
    runtime = Runtime(start)
    answers = [[runtime.call(*call), runtime.last_error, runtime.call("GetDiagnostic", "")] for call in calls]
    return json.dumps([answers, runtime.snapshot()], sort_keys=True)


MANY = settings(
    max_examples=examples(40),
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
BATCHES = st.lists(sessions(), min_size=1, max_size=12)


def _agree(page: Page, batch: Batch) -> None:
    for (start, calls), played in zip(batch, play_batch(page, batch), strict=True):
        assert json.dumps(played, sort_keys=True) == _served(start, calls)


@st.composite
def patterns(draw: st.DrawFn) -> tuple[Launch, list[Call]]:
    """One question whose correct patterns and type change all the time, and objectives of few names."""
    pattern = st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True).map("[,]".join)
    calls: list[Call] = [["Initialize", ""], ["SetValue", "cmi.interactions.0.id", "q"]]
    for _ in range(draw(st.integers(10, 60))):
        at, name = draw(st.integers(0, 4)), "cmi.interactions.0"
        kind = draw(st.sampled_from(["choice", "sequencing", "fill-in", "true-false"]))
        calls.append(
            draw(
                st.sampled_from(
                    [
                        ["SetValue", f"{name}.type", kind],
                        ["SetValue", f"{name}.correct_responses.0{at}.pattern", draw(pattern)],
                        ["SetValue", f"{name}.correct_responses.{at}.pattern", draw(pattern)],
                        ["SetValue", f"{name}.objectives.{at}.id", draw(st.sampled_from("abc"))],
                        ["SetValue", f"cmi.objectives.{at}.id", draw(st.sampled_from("abcdef"))],
                    ]
                )
            )
        )
    return {"standard": "2004", "values": {}, "stores": [], "state": "new"}, calls


def _taken(start: Launch, calls: list[Call]) -> bool:
    """Whether no two of a question's patterns become the same set; by comparing each with all."""
    runtime = Runtime(start)
    for call in calls:
        before = _sets(runtime) if runtime.get("cmi.interactions.0.type") == "choice" else None
        runtime.call(*call)
        if before is not None and call[1].endswith("pattern") and runtime.last_error == "0":
            changed = [each for each in _sets(runtime) if each not in before]
            if any(_sets(runtime).count(each) > 1 for each in changed):
                return False
    return True


def _sets(runtime: Runtime) -> list[list[str]]:
    count = runtime.count("cmi.interactions.0.correct_responses")
    names = (f"cmi.interactions.0.correct_responses.{at}.pattern" for at in range(count))
    return [sorted((runtime.get(name) or "").split("[,]")) for name in names]


@MANY
@given(batch=st.lists(patterns(), min_size=1, max_size=20))
def test_no_two_patterns_of_a_question_are_the_same_and_both_say_so(runtime_page: Page, batch: Batch) -> None:
    assert all(_taken(start, calls) for start, calls in batch)
    _agree(runtime_page, batch)


@MANY
@given(batch=BATCHES)
def test_any_calls_are_answered_alike(runtime_page: Page, batch: Batch) -> None:
    _agree(runtime_page, batch)


def test_every_element_agrees_on_every_kind_of_value(runtime_page: Page) -> None:
    """Each element with each word and form; types change under the responses as they go."""
    batch: Batch = []
    for version in ("1.2", "2004"):
        keys = list(standard(version).elements)
        names = [key.replace(".n", ".0").replace("{target}", "{target=x}") for key in keys]
        for turn, value in enumerate([*WORDS, *SPELT]):
            at = turn % len(names)
            calls: list[Call] = [["Initialize", ""], ["SetValue", "cmi.interactions.0.id", "q"]]
            for name in [*names[at:], *names[:at]]:
                calls += [["SetValue", name, value], ["GetValue", name]]
            batch.append(({"standard": version, "values": {}, "stores": [], "state": "new"}, calls))
    _agree(runtime_page, batch)


APPEND = """(text) => JSON.stringify(JSON.parse(text).map(
  (calls) => calls.reduce((log, call) => window.runtime.append(log, call), [])))"""


CRAMPED = (
    "cmi.location",
    "cmi.suspend_data",
    "cmi.exit",
    "cmi.comments_from_learner.0.comment",
    "cmi.comments_from_learner.1.comment",
    "cmi.objectives.0.id",
    "cmi.objectives.0.description",
    "adl.data.0.store",
)


@st.composite
def cramped(draw: st.DrawFn) -> tuple[Launch, list[Call]]:
    """A session with little room, whose values grow and shrink: what is kept depends on what made room."""
    values = st.integers(0, 6).map(lambda size: "x" * size * 10)
    sets = st.tuples(st.just("SetValue"), st.sampled_from(CRAMPED), values)
    calls: list[Call] = [["Initialize", ""], *map(list, draw(st.lists(sets, min_size=10, max_size=60)))]
    store: Store = {"id": "a", "access": "read-write", "value": None}
    room = draw(st.integers(60, 260))
    return {"standard": "2004", "values": {}, "stores": [store], "state": "new", "room": room}, calls


@MANY
@given(batch=st.lists(st.one_of(sessions(), cramped()), min_size=1, max_size=12))
def test_what_the_log_leaves_out_is_not_missed(runtime_page: Page, batch: Batch) -> None:
    for (start, calls), kept in zip(batch, logged(runtime_page, batch), strict=True):
        applied, snapshot = _applied(start, calls)
        assert _applied(start, kept) == (kept, snapshot)
        named = [call[1] for call in applied if call[0] == "SetValue"]
        assert {call[1] for call in kept if call[0] == "SetValue"} == {_canonical(name) for name in named}


def _canonical(name: str) -> str:
    return re.sub(r"\.0*([0-9]+)(?=\.)", r".\1", name)


def _applied(start: Launch, calls: list[Call]) -> tuple[list[Call], Launch]:
    """The calls that changed state, as the page's log has them, and where they lead."""
    runtime = Runtime(start)
    told = ("Initialize", "SetValue", "Terminate")
    changed = [call for call in calls if call[0] in told and runtime.call(*call) == "true"]
    return changed, runtime.snapshot()


def test_a_value_overwritten_is_left_out(runtime_page: Page) -> None:
    """A SCO that saves its place with every step sends the last one only."""
    first = [["Initialize", ""], ["SetValue", "cmi.interactions.0.id", "q"]]
    steps = [["SetValue", name, str(at)] for at in range(9) for name in ("cmi.location", "cmi.suspend_data")]
    answered = [["SetValue", "cmi.interactions.0.result", value] for value in ("incorrect", "correct")]
    log = json.loads(runtime_page.evaluate(APPEND, json.dumps([[*first, *steps, *answered]])))
    assert log == [[*first, *steps[-2:], answered[-1]]]
