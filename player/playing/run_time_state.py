"""The run-time state of a session as text: one of what stands alone, and one for each record of a collection.

A commit writes the texts that it has changed, so that one after a thousand interactions is as short as the
first (decision 31).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from player.playing.ascii_json import ascii_json
from player.playing.values import Session
from player.runtime import Runtime

RECORD = re.compile(r"(cmi\.[a-z_]+\.[0-9]+)\.")  # begins the name of an element of a record
HAS_RECORDS = re.compile(r'"cmi\.[a-z_]+\.[0-9]+\.')
NOTHING = "{}"  # the state of an asset


class StateTexts(NamedTuple):
    """The texts of one session."""

    values: str
    records: Collection[str] = ()

    def runtime(self) -> Runtime | None:
        """The run-time data; None where nothing was delivered that has any."""
        return None if self.values == NOTHING else Runtime(joined(self.values, self.records))


def separated(whole: str) -> tuple[str, dict[str, str]]:
    """The texts of a state that is one text, as a launch is."""
    if not HAS_RECORDS.search(whole):
        return whole, {}
    state = json.loads(whole)
    alone: dict[str, str] = {}
    records: dict[str, dict[str, str]] = {}
    for name, value in state.get("values", {}).items():
        record = RECORD.match(name)
        (records.setdefault(record[1], {}) if record else alone)[name] = value
    return json.dumps({**state, "values": alone}), {name: json.dumps(each) for name, each in records.items()}


def joined(values: str, records: Collection[str]) -> dict[str, Any]:
    """The state that these texts are."""
    state: dict[str, Any] = json.loads(values)
    for record in json.loads(f"[{','.join(records)}]"):
        state["values"] |= record
    return state


def read_runtime(session: Session | None) -> Runtime | None:
    """The run-time data of a session after its last commit; None where nothing is delivered."""
    if session is None or session.item is None:
        return None
    return StateTexts(session.values, session.records.values()).runtime()


def changed_texts(runtime: Runtime, records: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """The texts after some calls, the records being those before them."""
    changed = {name: ascii_json(record) for name, record in runtime.data.take_changed().items()}
    return ascii_json(runtime.without_records()), {**records, **changed} if changed else records
