"""The overall sequencing process (OP.1): a request goes in, a decision and the trace of why come out."""

from __future__ import annotations

from dataclasses import dataclass

from .attempts import end_attempt, terminate_descendent_attempts
from .delivery import content_delivery_environment_process, delivery_request_process
from .flow import Ends, Found
from .navigation import Request, navigation_request_process
from .requests import Nothing, sequencing_request_process
from .selection import prepare_children
from .state import Draw, State
from .termination import termination_request_process
from .trace import Refusal, TraceStep
from .tree import Activity


@dataclass(frozen=True, slots=True)
class Decision:
    """What a request led to; `state` is new, the one handed in stays as it was."""

    state: State
    delivered: str | None = None
    resumed: bool = False  # a suspended attempt goes on: the SCO's entry is "resume"
    ended: bool = False
    suspended: bool = False  # the session ended by suspending: it will be resumed
    exception: str | None = None
    trace: tuple[TraceStep, ...] = ()


def opening(state: State) -> Request:
    """The request a launch makes: what was suspended goes on, otherwise the course starts."""
    return Request("start" if state.suspended is None else "resumeAll")


def process(state: State, request: Request, draw: Draw) -> Decision:
    """OP.1; `draw` gives a number from 0 up to 1 each time; the caller keeps a record of them."""
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
    return _sequenced(work, wanted, asked.target)


def _sequenced(work: State, wanted: str, target: Activity | None) -> Decision:
    result = sequencing_request_process(work, wanted, target)
    if isinstance(result, Refusal):
        return _refused(work, work, result)
    if isinstance(result, Ends):
        return _ended(work)
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


def _ended(work: State) -> Decision:
    """The session is over: open attempts end."""
    root = work.tree.root
    if work.record(root).active:
        terminate_descendent_attempts(work, root)
        end_attempt(work, root)
    suspended = work.suspended is not None
    if not suspended:
        _forget(work)
    work.current = None
    work.note("OP.1", None, "The session is suspended." if suspended else "The session has ended.")
    return _outcome(work, ended=True, suspended=suspended)


def _forget(work: State) -> None:
    """After the end comes a new attempt: a SCO that suspended itself within this one does not go on in it."""
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
