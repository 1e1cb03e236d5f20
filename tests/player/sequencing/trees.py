"""Small activity trees in a line or two, and one learner who walks through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from courseware.package import (
    ControlMode,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    Package,
    Resource,
    ResourceType,
    RuleCondition,
    Sequencing,
    SequencingRule,
    Standard,
)
from player.sequencing import Decision, Request, State, Tree, build_tree, process
from player.sequencing.objectives import write

FLOW = ControlMode(flow=True)
CHOICE = ControlMode()


def leaf(identifier: str, **sequencing: Any) -> Item:
    return Item(identifier, identifier.title(), resource="sco", sequencing=Sequencing(**sequencing))


def cluster(identifier: str, *items: Item, control: ControlMode = FLOW, **sequencing: Any) -> Item:
    defined = Sequencing(control_mode=control, **sequencing)
    return Item(identifier, identifier.title(), items=items, sequencing=defined)


def package(
    *items: Item,
    control: ControlMode = FLOW,
    standard: Standard = Standard.SCORM_2004,
    organization: dict[str, Any] | None = None,
    **sequencing: Any,
) -> Package:
    defined = Sequencing(control_mode=control, **sequencing)
    root = Organization("root", "Root", items, defined, **(organization or {}))
    resources = (
        Resource("sco", ResourceType.SCO, "sco.html"),
        Resource("asset", ResourceType.ASSET, "a.html"),
    )
    return Package(standard, str(standard), "package", organizations=(root,), resources=resources)


def tree(*items: Item, **given: Any) -> Tree:
    return build_tree(package(*items, **given))


def rule(action: str, *conditions: str | RuleCondition, **given: Any) -> SequencingRule:
    """“not completed” is the condition completed, negated."""
    read = tuple(c if isinstance(c, RuleCondition) else _condition(c) for c in conditions)
    return SequencingRule(action, read, **given)


def _condition(words: str) -> RuleCondition:
    name = words.removeprefix("not ")
    return RuleCondition(name, negated=name != words)


def primary(identifier: str | None = None, *maps: ObjectiveMap, **given: Any) -> Objective:
    return Objective(identifier, primary=True, maps=maps, **given)


def shared(target: str, *, writes: bool) -> ObjectiveMap:
    plain = ObjectiveMap(target)
    if not writes:
        return plain
    return replace(
        plain,
        write_satisfied_status=True,
        write_normalized_measure=True,
        write_completion_status=True,
        write_progress_measure=True,
    )


def refuses_to_draw() -> float:
    raise AssertionError("nothing here is random")


@dataclass
class Walk:
    """A learner in a tree: each step asks for something and keeps the outcome."""

    tree: Tree
    draw: Callable[[], float] = refuses_to_draw
    state: State = field(init=False)
    outcome: Decision = field(init=False)

    def __post_init__(self) -> None:
        self.state = State(self.tree)

    @property
    def at(self) -> str | None:
        """What is delivered; None where nothing is."""
        current = self.state.current
        running = current is not None and current.is_leaf and self.state.record(current).active
        return current.identifier if current is not None and running else None

    def ask(self, name: str, target: str | None = None, *, final: bool = False) -> str | None:
        self.outcome = process(self.state, Request(name, target, final), self.draw)
        self.state = self.outcome.state
        return self.at

    def refused(self, name: str, target: str | None = None) -> str | None:
        """The exception code of a request, which leaves the walk where it is."""
        return process(self.state, Request(name, target), self.draw).exception

    def say(self, index: int = 0, **values: Any) -> None:
        """What the SCO on the screen reports."""
        assert self.state.current is not None
        self.state = self.state.fork()
        assert self.state.current is not None
        write(self.state, self.state.current, index, **values)

    def suspend_attempt(self) -> None:
        """The SCO on the screen sets cmi.exit to suspend."""
        assert self.state.current is not None
        self.state = self.state.fork()
        assert self.state.current is not None
        self.state.change(self.state.current, suspended=True)


def walk(*items: Item, draw: Callable[[], float] = refuses_to_draw, **given: Any) -> Walk:
    return Walk(tree(*items, **given), draw)
