"""A commit folded into a registration: run its calls, learn from them, roll up, go where they ask to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from courseware.package import normalised
from player.playing import results
from player.playing.delivery import close, open_session, settle
from player.playing.elapsed import spent
from player.playing.step import Step
from player.runtime import outcome
from player.sequencing import Outcome as Decision
from player.sequencing import Request, process
from player.tracking import learned, request_of, settled, summary

Call = Sequence[Any]
ARITY = {"Initialize": 1, "Terminate": 1, "SetValue": 2}
REQUESTS = frozenset(
    ("continue", "previous", "choice", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
)


def commit(step: Step, number: int, calls: Sequence[Call]) -> None:
    """Run the calls through the server's own interpreter, learn from them, and go where they ask to go."""
    session = step.session
    before = spent(step.runtime, session, session.last_commit)
    terminated = _apply(step, calls)
    step.change(
        session=replace(
            session,
            have=number,
            values=json.dumps(step.runtime.snapshot()) if step.runtime else session.values,
            first_commit=session.first_commit or step.now,
            last_commit=step.now,
        )
    )
    if step.runtime is not None and session.item is not None:
        _learn(step, session.item, spent(step.runtime, step.session, step.now) - before)
    _navigate(step, calls, terminated=terminated)
    step.keep_tree()


def _apply(step: Step, calls: Sequence[Call]) -> bool:
    """Each call in order; what cannot be applied is noted and passed over. Whether the SCO terminated."""
    terminated = False
    for _, function, *arguments in calls:
        if function == "Navigate":
            continue
        refusal = _refusal(step, function, arguments)
        if refusal:
            step.note(f"{function[:20]} {' '.join(arguments)[:100]}: {refusal}")
        elif function == "Terminate":
            terminated = True
    return terminated


def _refusal(step: Step, function: str, arguments: Sequence[str]) -> str:
    if len(arguments) != ARITY.get(function):
        return "no such call changes anything."
    if step.runtime is None:
        return "nothing was delivered that could have called it."
    if step.runtime.call(function, *arguments) != "true":
        return f"error {step.runtime.last_error}."
    return ""


def _learn(step: Step, item: str, spent: float) -> None:
    """Roll up what the SCO has said so far, as if it ended now, to activity, attempt and registration."""
    standing, said = step.standing, outcome(step.runtime) if step.runtime else None
    if said is None or standing.attempt is None:
        return
    known = standing.activities[item]
    activity = replace(
        known,
        result=results.of_activity(said, known.result.total_time + spent),
        session=step.session.id,
    )
    step.change(
        activities={**standing.activities, item: activity}, stores=_stored(standing.stores, said.stores)
    )
    total = standing.attempt.result.total_time + spent
    result = replace(standing.attempt.result, total_time=total)
    if _is_under_way(step) and step.state.tree.get(item) is not None:
        step.state = learned(said, step.state, item)
        result = results.of_attempt(summary(step.state), total)
    step.standing = results.award(step.standing, result, step.now)


def _is_under_way(step: Step) -> bool:
    """Whether this session's attempt is the tree's present one and has not ended."""
    attempt = step.standing.attempt
    return attempt is not None and attempt.number == step.standing.attempts and attempt.state != "ended"


def _navigate(step: Step, calls: Sequence[Call], *, terminated: bool) -> None:
    """The learner's request, before the one that the SCO left behind; an old page's request moves nothing."""
    request = _request(step, calls, terminated=terminated)
    if step.standing.current != step.session.id or step.standing.state != "running":
        if request is not None:
            step.note(f"{request.name}: this page had been left already.")
    elif request is not None:
        _go(step, request)


def _request(step: Step, calls: Sequence[Call], *, terminated: bool) -> Request | None:
    for _, function, *arguments in calls:
        if function == "Navigate":
            name, target = (*arguments, "", "")[:2]
            if name in REQUESTS:
                return Request(name, normalised(target) or None)
            step.note(f"Navigate {name[:100]}: there is no such request.")
    if terminated and step.runtime is not None:
        return request_of(outcome(step.runtime), step.state)
    return None


def _go(step: Step, request: Request) -> None:
    """Sequencing decides: another activity, none, or the end of the session."""
    decision = process(step.state, request, step.drawn)
    step.state = decision.state
    _list_settled(step)
    if decision.exception is not None:
        step.note(f"{request.name}: refused by {decision.exception}.")
    if decision.ended:
        close(step, "suspended" if decision.suspended else "ended")
        settle(step)
    elif decision.delivered is not None or _left_without_content(step, decision):
        settle(step)
        open_session(step, decision, step.session.page, cause="commit")


def _list_settled(step: Step) -> None:
    """What is completed by being left without a word, as assets are, is listed so."""
    known = step.standing.activities.get(step.session.item or "")
    if known is None or known.result.completion_status not in ("unknown", "not attempted"):
        return
    if step.state.tree.get(known.item) is not None and settled(step.state, known.item):
        listed = replace(known, result=replace(known.result, completion_status="completed"))
        step.change(activities={**step.standing.activities, known.item: listed})


def _left_without_content(step: Step, decision: Decision) -> bool:
    """Exit and abandon can end the activity and leave the session with nothing delivered."""
    current = decision.state.current
    return step.session.item is not None and (current is None or not decision.state.record(current).active)


def _stored(stores: str, said: Mapping[str, str | None]) -> str:
    changed = {name: value for name, value in said.items() if value is not None}
    return json.dumps({**json.loads(stores), **changed}) if changed else stores
