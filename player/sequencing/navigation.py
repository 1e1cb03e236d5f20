"""Navigation requests (NB.2.1): a valid one becomes a termination and a sequencing request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .state import State
from .trace import Refusal
from .tree import Activity, common_ancestor


@dataclass(frozen=True, slots=True)
class Request:
    """A request of the learner, of a SCO or of the player, in the standard's words."""

    name: str
    target: str | None = None
    final: bool = False  # the learner ends the attempt on everything: nothing that is suspended goes on


@dataclass(frozen=True, slots=True)
class Asked:
    """A valid navigation request, as requests to the termination and the sequencing process."""

    termination: str | None
    sequencing: str
    target: Activity | None = None


Answer = Asked | Refusal


def navigation_request_process(state: State, request: Request) -> Answer:
    """NB.2.1."""
    judge = _JUDGES.get(request.name)
    if judge is None:
        return Refusal("NB.2.1-13", None, f"“{request.name}” is no navigation request.")
    return judge(state, request)


def _start(state: State, _: Request) -> Answer:
    if state.current is not None:
        return _begun(state.current)
    return Asked(None, "start")


def _resume_all(state: State, _: Request) -> Answer:
    if state.current is not None:
        return _begun(state.current)
    if state.suspended is None:
        return Refusal("NB.2.1-3", None, "Nothing is suspended that could be resumed.")
    return Asked(None, "resumeAll")


def _continue(state: State, _: Request) -> Answer:
    current = state.current
    if current is None:
        return _not_begun()
    if current.parent is None or not current.parent.control.flow:
        return Refusal("NB.2.1-4", current.identifier, f"Nothing flows on from “{current.title}”.")
    return Asked(_exit_if_active(state, current), "continue")


def _previous(state: State, _: Request) -> Answer:
    current = state.current
    if current is None:
        return _not_begun()
    if current.parent is None:
        return Refusal("NB.2.1-6", current.identifier, f"Nothing comes before “{current.title}”.")
    control = current.parent.control
    if not control.flow or control.forward_only:
        return Refusal("NB.2.1-5", current.identifier, f"Nothing flows back from “{current.title}”.")
    return Asked(_exit_if_active(state, current), "previous")


def _choice(state: State, request: Request) -> Answer:
    target = state.tree.get(request.target or "")
    if target is None:
        return Refusal("NB.2.1-11", None, f"There is no activity “{request.target}”.")
    if target.parent is not None and not target.parent.control.choice:
        return Refusal(
            "NB.2.1-10", target.identifier, f"“{target.parent.title}” does not let learners choose from it."
        )
    if state.current is None:
        return Asked(None, "choice", target)
    held = _held_by(state, state.current, target)
    if held is not None:
        return Refusal("NB.2.1-8", held.identifier, f"“{held.title}” may not be left by a choice.")
    return Asked(_exit_if_active(state, state.current), "choice", target)


def _held_by(state: State, current: Activity, target: Activity) -> Activity | None:
    """NB.2.1 7.1.1.2: the first active activity with choiceExit false that the choice would leave."""
    top = common_ancestor(current, target)
    left = (current, *(a for a in current.upwards() if a.depth > top.depth))
    return next((a for a in left if state.record(a).active and not a.control.choice_exit), None)


def _jump(state: State, request: Request) -> Answer:
    target = state.tree.get(request.target or "")
    if target is None or not all(state.is_available(a) for a in target.upwards()):
        return Refusal("NB.2.1-11", None, f"There is no activity “{request.target}” to jump to.")
    if state.current is None:
        return _not_begun()
    return Asked(_exit_if_active(state, state.current), "jump", target)


def _ending(termination: str) -> Callable[[State, Request], Answer]:
    """Exit and Abandon need an attempt under way, their All forms a session."""
    needs_active = termination in ("exit", "abandon")

    def judge(state: State, _: Request) -> Answer:
        if state.current is None:
            return _not_begun()
        if needs_active and not state.record(state.current).active:
            title = state.current.title
            return Refusal("NB.2.1-12", state.current.identifier, f"The attempt on “{title}” has ended.")
        return Asked(termination, "exit")

    return judge


def _exit_if_active(state: State, current: Activity) -> str | None:
    return "exit" if state.record(current).active else None


def _begun(current: Activity) -> Refusal:
    return Refusal("NB.2.1-1", current.identifier, "The session has begun already.")


def _not_begun() -> Refusal:
    return Refusal("NB.2.1-2", None, "The session has not begun: nothing is current.")


_JUDGES: dict[str, Callable[[State, Request], Answer]] = {
    "start": _start,
    "resumeAll": _resume_all,
    "continue": _continue,
    "previous": _previous,
    "choice": _choice,
    "jump": _jump,
    **{name: _ending(name) for name in ("exit", "exitAll", "suspendAll", "abandon", "abandonAll")},
}
