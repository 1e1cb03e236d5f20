"""The calls of a commit, run again through the server's interpreter, and the request that they lead to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from courseware.package import normalised
from player.playing.run_time_state import changed_texts
from player.playing.step import Step
from player.runtime import Runtime, outcome, reopened
from player.sequencing import Request
from player.tracking import request_of

Call = Sequence[Any]
ARITY = {"Initialize": 1, "Reopen": 1, "Terminate": 1, "SetValue": 2}
MOST_NOTES = 100  # of a commit's calls
REQUESTS = frozenset(
    ("continue", "previous", "choice", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
)


def run_calls(step: Step, number: int, calls: Sequence[Call]) -> Request | None:
    """Run each call in order, and return the request of the learner, or of a SCO that terminated; a call that
    cannot be applied is noted and passed over."""
    session, shared = step.session, _shared(step.runtime)
    terminated = _apply(step, calls)
    values, records = session.values, session.records
    if step.runtime is not None:
        values, records = changed_texts(step.runtime, records)
    step.change(
        stores=_stored(step.registration.stores, shared, _shared(step.runtime)),
        session=replace(
            session,
            have=number,
            values=values,
            records=records,
            first_commit=session.first_commit or step.now,
            last_commit=step.now,
        ),
    )
    return _request(step, calls, terminated=terminated)


def _apply(step: Step, calls: Sequence[Call]) -> bool:
    """Returns whether the SCO has terminated."""
    terminated, refused = False, 0
    for _, function, *arguments in calls:
        if function == "Navigate":
            continue
        refusal = _refusal(step, function, arguments)
        if refusal:
            refused += 1
            if refused <= MOST_NOTES:
                step.note(f"{_told(function, arguments)} could not be applied: {refusal}")
        elif function in ("Reopen", "Terminate"):
            terminated = function == "Terminate"
    if refused > MOST_NOTES:
        step.note(f"{refused - MOST_NOTES} other calls could not be applied.")
    return terminated


def _told(function: str, arguments: Sequence[str]) -> str:
    return f"The course’s call {function[:20]}({', '.join(arguments)[:100]})"


def _refusal(step: Step, function: str, arguments: Sequence[str]) -> str:
    if len(arguments) != ARITY.get(function):
        return "no such call changes anything."
    if step.runtime is None:
        return "nothing was delivered that could have called it."
    if function == "Reopen":
        return _reopen(step, step.runtime)
    if step.runtime.call(function, *arguments) != "true":
        return f"error {step.runtime.last_error}."
    return ""


def _reopen(step: Step, runtime: Runtime) -> str:
    """Another document of a SCO that has terminated begins: it goes on with the data of the first."""
    if not runtime.terminated:
        return "it had not ended."
    step.runtime = Runtime(reopened(runtime))
    step.runtime.reported |= runtime.reported
    step.runtime.data.changed |= runtime.data.changed
    return ""


def _request(step: Step, calls: Sequence[Call], *, terminated: bool) -> Request | None:
    """The learner's request goes before the one that the SCO left behind."""
    for _, function, *arguments in calls:
        if function == "Navigate":
            name, target = (*arguments, "", "")[:2]
            if name in REQUESTS:
                return Request(name, normalised(target) or None, final=name == "exitAll")
            step.note(f"A request was passed over: there is none that is called “{name[:100]}”.")
    if terminated and step.runtime is not None:
        return request_of(outcome(step.runtime), step.state)
    return None


def _shared(runtime: Runtime | None) -> dict[str, str | None]:
    return {store["id"]: store["value"] for store in runtime.stores} if runtime else {}


def _stored(stores: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> str:
    """Only what these calls have set, be it to nothing: another session may have set the others meanwhile."""
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    return json.dumps({**json.loads(stores), **changed}) if changed else stores
