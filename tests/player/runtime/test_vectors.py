"""Our own vectors through the server's interpreter, and the proof that they leave no element out."""

from __future__ import annotations

from itertools import chain

import pytest

from player.runtime.table import address_of, standard
from tests.player.runtime import own
from tests.player.runtime.conformance import python

NEVER_HERE = {"1.2": set[str](), "2004": {"101", "102", "111", "391", "402"}}
"""Codes of failures that an interpreter without I/O cannot have, or of elements that we leave out: none."""


@pytest.mark.parametrize("name", own.NAMES)
def test_vector(name: str) -> None:
    assert own.disagreements(name, python) == []


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_every_element_is_got_and_set_and_every_error_met(version: str) -> None:
    known = standard(version)
    scripts = [script for name in own.NAMES if (script := own.load(name))["standard"] == version]
    calls = list(
        chain.from_iterable(session["calls"] for script in scripts for session in script["sessions"])
    )
    called = [(call[0], found.element.key) for call in calls if (found := address_of(known, call[1]))]
    every = {(verb, key) for key in known.elements for verb in ("GetValue", "SetValue")}
    assert sorted(every - set(called)) == []
    assert sorted(set(known.errors) - {call[-1] for call in calls} - NEVER_HERE[version]) == []
