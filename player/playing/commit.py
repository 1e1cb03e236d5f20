"""A commit folded into a registration: run its calls, learn from them, roll up, go where they ask to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from courseware.package import Standard, normalised
from player.playing import results
from player.playing.elapsed import spent
from player.playing.sessions import close, open_session, settle
from player.playing.step import Step
from player.runtime import Outcome, Runtime, outcome, reopened
from player.sequencing import Decision, Request, process
from player.tracking import learned, request_of, settled, summary

Call = Sequence[Any]
ARITY = {"Initialize": 1, "Reopen": 1, "Terminate": 1, "SetValue": 2}
LESSON_STATUS = "cmi.core.lesson_status"
REQUESTS = frozenset(
    ("continue", "previous", "choice", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")
)


def commit(step: Step, number: int, calls: Sequence[Call]) -> None:
    """Run the calls through the server's own interpreter, learn from them, and go where they ask to go."""
    session = step.session
    before, shared = spent(step.runtime, session, session.last_commit), _shared(step.runtime)
    terminated = _apply(step, calls)
    step.change(
        stores=_stored(step.standing.stores, shared, _shared(step.runtime)),
        session=replace(
            session,
            have=number,
            values=json.dumps(step.runtime.snapshot()) if step.runtime else session.values,
            first_commit=session.first_commit or step.now,
            last_commit=step.now,
        ),
    )
    request = _request(step, calls, terminated=terminated)
    if step.runtime is not None and session.item is not None:
        said = _said(step.runtime, stays=request is None and _is_present(step))
        took = spent(step.runtime, step.session, step.now) - before
        _learn(step, session.item, said, took, abandoned=_abandons(step, request))
    _navigate(step, request)
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
        elif function in ("Reopen", "Terminate"):
            terminated = function == "Terminate"
    return terminated


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
    """Another document of a SCO that has ended itself begins: it goes on with what the first has left."""
    if not runtime.terminated:
        return "it had not ended."
    step.runtime = Runtime(reopened(runtime))
    return ""


def _said(runtime: Runtime, *, stays: bool) -> Outcome:
    """SCORM 1.2 completes what ends in silence (RTE 3.4.4); while it `stays` before the learner, its next
    document may still speak, and a completion once awarded is never taken back."""
    said = outcome(runtime)
    silent = runtime.standard.name == "1.2" and runtime.get(LESSON_STATUS) == "not attempted"
    if stays and silent and runtime.terminated and said.success_status == "unknown":
        return replace(said, completion_status="incomplete")
    return said


def _learn(step: Step, item: str, said: Outcome, spent: float, *, abandoned: bool) -> None:
    """Roll up what the SCO has said so far, as if it ended now, to activity, attempt and registration; of an
    attempt that is abandoned only its time counts."""
    standing = step.standing
    if standing.attempt is None:
        return
    known = standing.activities[item]
    activity = replace(
        known,
        result=results.of_activity(None if abandoned else said, known.result.total_time + spent),
        session=step.session.id,
    )
    step.change(activities={**standing.activities, item: activity})
    total = standing.attempt.result.total_time + spent
    result = replace(standing.attempt.result, total_time=total)
    if standing.attempt.state != "ended" and not abandoned and step.state.tree.get(item) is not None:
        step.state = learned(said, step.state, item)
        result = results.of_attempt(summary(step.state), total)
    step.standing = results.award(step.standing, result, step.now)


def _is_present(step: Step) -> bool:
    """Whether this session is what the learner has before them."""
    return step.standing.current == step.session.id and step.standing.state == "running"


def _abandons(step: Step, request: Request | None) -> bool:
    """Whether the request abandons the attempt under way (TB.2.3 6 and 7); SCORM 1.2 has no attempts."""
    if request is None or request.name not in ("abandon", "abandonAll") or not _is_present(step):
        return False
    current = step.state.current
    is_active = current is not None and step.state.record(current).active
    return is_active and step.version.standard is not Standard.SCORM_12


def _navigate(step: Step, request: Request | None) -> None:
    """The learner's request, before the one that the SCO left behind; an old page's request moves nothing."""
    if not _is_present(step):
        if request is not None:
            step.note(f"{request.name}: this page had been left already.")
    elif request is not None:
        _go(step, request)


def _request(step: Step, calls: Sequence[Call], *, terminated: bool) -> Request | None:
    for _, function, *arguments in calls:
        if function == "Navigate":
            name, target = (*arguments, "", "")[:2]
            if name in REQUESTS:
                return Request(name, normalised(target) or None, final=name == "exitAll")
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
    if settled(step.state, known.item):
        listed = replace(known, result=replace(known.result, completion_status="completed"))
        step.change(activities={**step.standing.activities, known.item: listed})


def _left_without_content(step: Step, decision: Decision) -> bool:
    """Exit and abandon can end the activity and leave the session with nothing delivered."""
    current = decision.state.current
    return step.session.item is not None and (current is None or not decision.state.record(current).active)


def _shared(runtime: Runtime | None) -> dict[str, str | None]:
    return {store["id"]: store["value"] for store in runtime.stores} if runtime else {}


def _stored(stores: str, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> str:
    """Only what these calls have set, be it to nothing: another session may have set the others meanwhile."""
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    return json.dumps({**json.loads(stores), **changed}) if changed else stores
