"""The overall sequencing process (OP.1): a request goes in, a decision and the trace of why come out."""

from __future__ import annotations

from dataclasses import dataclass

from courseware.package import Standard

from .attempts import end_attempt, terminate_descendent_attempts
from .delivery import content_delivery_environment_process, delivery_request_process
from .flow import Ends, Found
from .navigation import Request, navigation_request_process
from .requests import Nothing, sequencing_request_process
from .selection import prepare_children
from .state import Draw, State
from .termination import termination_request_process
from .trace import Refusal, TraceStep


@dataclass(frozen=True, slots=True)
class Decision:
    """The result of a request; `state` is new, the one handed in stays unchanged."""

    state: State
    delivered: str | None = None
    resumed: bool = False  # a suspended attempt goes on: the SCO's entry is "resume"
    ended: bool = False
    suspended: bool = False  # the session ended, and the next launch goes on with the attempt on the root
    exception: str | None = None
    trace: tuple[TraceStep, ...] = ()


def opening(state: State) -> Request:
    """The request of a launch: resume what was suspended, otherwise start."""
    return Request("start" if state.suspended is None else "resumeAll")


def process(state: State, request: Request, draw: Draw) -> Decision:
    """OP.1; `draw` returns a random number from 0 up to 1, which the caller logs."""
    work = state.fork(traced=True)
    asked = navigation_request_process(work, request)
    if isinstance(asked, Refusal):
        return _refused(state, work, asked)
    wanted = asked.sequencing
    if asked.termination is not None:
        done = termination_request_process(work, asked.termination)
        if isinstance(done, Refusal):
            return _refused(state, work, done)
        wanted = done.sequencing or wanted
    prepare_children(work, draw)
    result = sequencing_request_process(work, wanted, asked.target)
    if isinstance(result, Ends):
        return _ended(work, final=request.final or request.name == "abandonAll")
    return _sequenced(work, result)


def _sequenced(work: State, result: Found | Nothing | Refusal) -> Decision:
    if isinstance(result, Refusal):
        return _refused(work, work, result)
    if isinstance(result, Nothing):
        return _outcome(work)
    return _delivered(work, result)


def _delivered(work: State, found: Found) -> Decision:
    refusal = delivery_request_process(work, found.activity)
    if refusal is not None:
        return _refused(work, work, refusal)
    resumed = content_delivery_environment_process(work, found.activity)
    if isinstance(resumed, Refusal):
        return _refused(work, work, resumed)
    return _outcome(work, delivered=found.activity.identifier, resumed=resumed)


def _ended(work: State, *, final: bool) -> Decision:
    """The session is over: open attempts end.

    The attempt on the root goes on at the next launch where it is suspended, by SuspendAll or because an
    activity in it suspended itself (UP.4), unless the learner ends it. SCORM 1.2 has no attempts: there only
    SuspendAll keeps it.
    """
    root = work.tree.root
    if work.record(root).active:
        terminate_descendent_attempts(work, root)
        end_attempt(work, root)
    goes_on = work.record(root).suspended and not final
    if work.tree.standard is Standard.SCORM_12:
        goes_on = work.suspended is not None
    if not goes_on:
        _forget(work)
    work.current = None
    work.note("OP.1", None, "The session is suspended." if work.suspended else "The session has ended.")
    return _outcome(work, ended=True, suspended=goes_on)


def _forget(work: State) -> None:
    """The next attempt is a new one: nothing that is suspended in this one goes on in it."""
    for activity in work.tree.activities.values():
        if work.record(activity).suspended:
            work.change(activity, suspended=False, spent=not activity.is_leaf)
    if not work.tree.objectives_global_to_system:
        work.global_objectives.clear()


def _refused(state: State, work: State, refusal: Refusal) -> Decision:
    steps = (*(work.steps or ()), refusal.step())
    kept = state if state is not work else _untraced(work)
    return Decision(kept, exception=refusal.code, trace=steps)


def _outcome(
    work: State,
    *,
    delivered: str | None = None,
    resumed: bool = False,
    ended: bool = False,
    suspended: bool = False,
) -> Decision:
    trace = tuple(work.steps or ())
    return Decision(_untraced(work), delivered, resumed, ended, suspended, None, trace)


def _untraced(work: State) -> State:
    work.steps = None
    return work
