"""The children that a cluster offers, and their order (SR.1, SR.2); the caller draws the random numbers."""

from __future__ import annotations

from .state import Draw, State
from .tree import Activity


def prepare_children(state: State, draw: Draw) -> None:
    """Clusters that wait for a first or a new attempt get their children, before anything is sequenced."""
    for cluster in state.tree.activities.values():
        if not cluster.is_leaf and _waits(state, cluster):
            _prepare(state, cluster, draw)


def _waits(state: State, cluster: Activity) -> bool:
    """SR.1 1 and SR.2 1: never while an attempt is under way or suspended."""
    record = state.record(cluster)
    return not record.active and not record.suspended and (record.available is None or record.spent)


def _prepare(state: State, cluster: Activity, draw: Draw) -> None:
    rules = cluster.sequencing.randomization
    if rules.selection_timing == rules.randomization_timing == "never":
        return
    due = (
        {"onEachNewAttempt"} if state.record(cluster).available is not None else {"onEachNewAttempt", "once"}
    )
    if rules.selection_timing in due and rules.select_count is not None:
        select_children(state, cluster, rules.select_count, draw)
    if rules.randomization_timing in due and rules.reorder_children:
        randomize_children(state, cluster, draw)
    state.change(cluster, spent=False)


def select_children(state: State, cluster: Activity, count: int, draw: Draw) -> None:
    """SR.1: as many of the children as the manifest says, in its order."""
    rest = list(cluster.children)
    chosen = [rest.pop(_pick(draw, len(rest))) for _ in range(min(count, len(rest)))]
    chosen.sort(key=lambda child: child.order)
    _offer(state, cluster, chosen, "SR.1")


def randomize_children(state: State, cluster: Activity, draw: Draw) -> None:
    """SR.2: the available children in another order (Fisher and Yates)."""
    rest = list(state.children(cluster))
    shuffled = [rest.pop(_pick(draw, len(rest))) for _ in range(len(rest))]
    _offer(state, cluster, shuffled, "SR.2")


def _pick(draw: Draw, size: int) -> int:
    return 0 if size == 1 else min(int(draw() * size), size - 1)


def _offer(state: State, cluster: Activity, children: list[Activity], clause: str) -> None:
    state.change(cluster, available=tuple(child.identifier for child in children))
    titles = ", ".join(f"“{child.title}”" for child in children)
    state.note(clause, cluster, f"“{cluster.title}” now offers {titles}.")
