"""Termination (TB.2.1 to TB.2.3): attempts end, and rules may replace the request."""

from __future__ import annotations

from dataclasses import dataclass

from .attempts import abandon_attempt, end_attempt, roll_up_attempt, terminate_descendent_attempts
from .rules import rules_check
from .state import State
from .trace import Refusal
from .tree import Activity


@dataclass(frozen=True, slots=True)
class Terminated:
    """A valid termination; `sequencing` replaces the sequencing request that navigation asked for."""

    sequencing: str | None = None


@dataclass(frozen=True, slots=True)
class PostCondition:
    """TB.2.2: the requests that a post-condition rule makes."""

    sequencing: str | None = None
    termination: str | None = None


_POST = {
    "retry": PostCondition("retry"),
    "continue": PostCondition("continue"),
    "previous": PostCondition("previous"),
    "exitParent": PostCondition(termination="exitParent"),
    "exitAll": PostCondition(termination="exitAll"),
    "retryAll": PostCondition("retry", "exitAll"),
}


def termination_request_process(state: State, termination: str) -> Terminated | Refusal:
    """TB.2.3."""
    current = state.current
    if current is None:
        return Refusal("TB.2.3-1", None, "Nothing is current that could be terminated.")
    if termination in ("exit", "abandon") and not state.record(current).active:
        return Refusal("TB.2.3-2", current.identifier, f"The attempt on “{current.title}” has ended already.")
    match termination:
        case "exit":
            return _exit(state, current)
        case "exitAll":
            return _exit_all(state, current, None)
        case "suspendAll":
            return _suspend_all(state, current)
        case "abandon":
            abandon_attempt(state, current)
            return Terminated()
        case "abandonAll":
            return _abandon_all(state, current)
    return Refusal("TB.2.3-7", current.identifier, f"“{termination}” is no termination request.")


def _exit(state: State, current: Activity) -> Terminated | Refusal:
    """TB.2.3 3: the current attempt ends, then its ancestors' as the rules say, one at a time."""
    state.note("TB.2.3", current, f"The attempt on “{current.title}” ends.")
    end_attempt(state, current)
    here = exit_action_rules(state, current)
    while True:
        post = post_condition_rules(state, here)
        if post.termination == "exitAll":
            return _exit_all(state, here, post.sequencing)
        if post.termination != "exitParent":
            break
        if here.parent is None:
            return Refusal("TB.2.3-4", here.identifier, "The root has no parent to exit.")
        here = state.current = here.parent
        end_attempt(state, here)
    if here.parent is None and post.sequencing != "retry":
        return Terminated("exit")
    return Terminated(post.sequencing)


def exit_action_rules(state: State, current: Activity) -> Activity:
    """TB.2.1: the highest ancestor whose exit rule holds ends, and becomes the current activity."""
    for ancestor in current.path()[:-1]:
        if rules_check(state, ancestor, ancestor.sequencing.exit_condition_rules):
            terminate_descendent_attempts(state, ancestor)
            end_attempt(state, ancestor)
            state.current = ancestor
            return ancestor
    return current


def post_condition_rules(state: State, current: Activity) -> PostCondition:
    """TB.2.2: the rules of a suspended activity are not evaluated."""
    if state.record(current).suspended:
        return PostCondition()
    action = rules_check(state, current, current.sequencing.post_condition_rules)
    return _POST[action] if action else PostCondition()


def _exit_all(state: State, current: Activity, sequencing: str | None) -> Terminated:
    """TB.2.3 4."""
    root = state.tree.root
    state.note("TB.2.3", current, "All attempts end.")
    if state.record(current).active:
        end_attempt(state, current)
    terminate_descendent_attempts(state, root)
    end_attempt(state, root)
    state.current = root
    return Terminated(sequencing or "exit")


def _suspend_all(state: State, current: Activity) -> Terminated | Refusal:
    """TB.2.3 5; the path to the root is never empty, so TB.2.3-5 cannot arise."""
    record = state.record(current)
    if record.active or record.suspended:
        roll_up_attempt(state, current, suspended=True)
        state.suspended = current
    elif current.parent is not None:
        state.suspended = current.parent
    else:
        return Refusal("TB.2.3-3", current.identifier, "There is no attempt that could be suspended.")
    state.note("TB.2.3", state.suspended, f"All is suspended at “{state.suspended.title}”.")
    for ancestor in state.suspended.upwards():
        state.change(ancestor, active=False, suspended=True)
    state.current = state.tree.root
    return Terminated("exit")


def _abandon_all(state: State, current: Activity) -> Terminated:
    """TB.2.3 7; the path to the root is never empty, so TB.2.3-6 cannot arise."""
    for ancestor in current.upwards():
        abandon_attempt(state, ancestor)
    state.current = state.tree.root
    return Terminated("exit")
