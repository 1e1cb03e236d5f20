"""A session as others hold it: snapshots, carrying, and what neither vector can say."""

from __future__ import annotations

import json

import pytest

from player.runtime import Runtime, carry, launch
from player.runtime.table import standard, table

STORES = [{"id": "a", "access": "read-write", "value": "1"}]


def test_a_snapshot_goes_on_where_the_session_is() -> None:
    runtime = Runtime({"standard": "2004", "values": {"cmi.learner_id": "l"}, "stores": STORES})
    runtime.call("Initialize", "")
    runtime.call("SetValue", "cmi.objectives.0.id", "\ud800")
    runtime.call("SetValue", "adl.data.0.store", "2")
    again = Runtime(json.loads(json.dumps(runtime.snapshot())))
    assert again.initialized
    assert again.call("GetValue", "cmi.objectives._count") == "1"
    assert again.call("SetValue", "cmi.objectives.1.id", "\ud800") == "false"
    assert again.call("GetValue", "adl.data.0.store") == "2"
    assert again.snapshot() == runtime.snapshot()


def test_a_surrogate_pair_set_in_two_halves_is_one_character() -> None:
    runtime = Runtime(launch("2004", {}, {}))
    runtime.call("Initialize", "")
    runtime.call("SetValue", "cmi.location", "\ud83d" + "\ude00")
    assert runtime.values["cmi.location"] == "\U0001f600"


def test_2004_forgets_what_was_not_suspended() -> None:
    runtime = Runtime(launch("2004", {}, {}))
    runtime.call("Initialize", "")
    runtime.call("SetValue", "cmi.suspend_data", "x")
    runtime.call("SetValue", "cmi.exit", "normal")
    assert carry(runtime, suspended=False) == {}
    kept = carry(runtime, suspended=True)
    assert kept == {"cmi.suspend_data": "x", "cmi.entry": "resume", "cmi.total_time": "PT0S"}


def test_what_the_lms_gives_is_not_carried() -> None:
    given = {"cmi.learner_name": "Old", "cmi.mode": "review", "cmi.launch_data": "a", "unheard.of": "x"}
    runtime = Runtime(launch("2004", given, {}))
    runtime.call("Initialize", "")
    assert carry(runtime, suspended=True) == {"cmi.entry": "resume", "cmi.total_time": "PT0S"}


def test_a_standard_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match=r"SCORM '1\.1'; there are 1\.2, 2004"):
        Runtime({"standard": "1.1", "values": {}})


def test_diagnostics_say_what_to_do_and_stay_short() -> None:
    runtime = Runtime(launch("2004", {}, {}))
    runtime.call("Initialize", "")
    runtime.call("SetValue", "cmi.interactions.0.id", "q")
    runtime.call("SetValue", "cmi.interactions.0.learner_response", "a")
    said = "cmi.interactions.0.learner_response: set cmi.interactions.0.type first"
    assert runtime.call("GetDiagnostic", "") == runtime.call("GetDiagnostic", "408") == said
    runtime.call("GetValue", "cmi." + "\U0001f600" * 300)
    assert (
        len(runtime.call("GetDiagnostic", "").encode("utf-16-le", "surrogatepass")) == 2 * table().diagnostic
    )


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_the_table_is_whole(version: str) -> None:
    known = standard(version)
    for element in known.elements.values():
        assert element.type in table().types
        assert all(need in known.elements for need in element.needs)
    for grammars in known.interactions.values():
        assert all(item in table().types for grammar in grammars.values() for item in grammar.items)
    assert set(known.faults.values()) <= set(known.errors)
    for rules in known.functions.values():
        assert {rules[state] for state in ("new", "running", "ended")} <= set(known.errors)


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_children_are_the_elements_that_there_are(version: str) -> None:
    known = standard(version)
    for key, element in known.elements.items():
        if key.endswith("._children"):
            base = key.removesuffix("_children")
            records = f"{base}n." if any(other.startswith(f"{base}n.") for other in known.elements) else base
            below = {o.removeprefix(records).split(".")[0] for o in known.elements if o.startswith(records)}
            assert set((element.constant or "").split(",")) == below - {"_children", "_count"}


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_every_collection_that_grows_has_a_limit_far_above_the_standards(version: str) -> None:
    known = standard(version)
    assert known.growing == set(known.most)
    for element in known.elements.values():
        assert (element.max or 0) >= 20 * (element.spm or 0)


def test_language_codes_have_two_or_three_letters() -> None:
    languages = table().languages
    assert (sum(len(code) == 2 for code in languages), len(languages)) == (185, 694)
    assert languages >= {
        "en",
        "eng",
        "cy",
        "cym",
        "wel",
        "de",
        "deu",
        "ger",
        "zh",
        "zho",
        "chi",
        "mul",
        "und",
    }
    assert not languages & {"zz", "xx", "iw", "sh", "qaa", "i", "x"}


def test_every_limit_is_at_least_the_standards() -> None:
    for name, wanted in table().types.items():
        if wanted.spm and wanted.max:
            assert wanted.max >= wanted.spm, name


def test_a_function_that_does_not_exist_is_refused() -> None:
    """A log may hold anything: what cannot be applied is answered, never raised."""
    runtime = Runtime(launch("2004", {}, {}))
    assert (runtime.call("Explode", "x"), runtime.last_error) == ("false", "201")
