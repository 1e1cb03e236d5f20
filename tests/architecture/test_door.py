"""`player/school` is the only door for what changes a school: the web calls it and writes no table."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PLAYER = Path(__file__).parent.parent.parent / "player"
WRITES = {"add", "add_all", "delete", "flush", "merge", "insert", "update"}
OWN = {"sign_ins", "jobs"}  # the browser that asks, and work that others do later
NOT_ROWS = {"g", "request", "response", "app", "session", "self", "tried", "builder", "environ_base"}


def _called(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Each call as the name before its dot, if any, and its own name."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            if isinstance(each.func, ast.Attribute) and isinstance(each.func.value, ast.Name):
                yield each.func.value.id, each.func.attr
            elif isinstance(each.func, ast.Name):
                yield "", each.func.id


def _writers() -> set[tuple[str, str]]:
    """The functions of `records` that write, by module and name."""
    found = set()
    for path in (PLAYER / "records").glob("*.py"):
        for function in ast.parse(path.read_text()).body:
            if isinstance(function, ast.FunctionDef) and any(
                name in WRITES and of in ("", "tx") for of, name in _called(function)
            ):
                found.add((path.stem, function.name))
    return found


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in (PLAYER / "web").rglob("*.py"):
        yield str(path.relative_to(PLAYER)), ast.parse(path.read_text())


def _records(module: ast.Module) -> dict[str, str]:
    """The modules of `records` that a module names, by the name that it gives them."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "player.records"
        for alias in node.names
    }


def test_there_are_functions_that_write() -> None:
    assert {("enrolments", "add"), ("teams", "add_members"), ("audit", "add")} <= _writers()


def test_no_page_writes_a_table() -> None:
    writers, wrong = _writers(), []
    for name, module in _modules():
        records = _records(module)
        for of, function in _called(module):
            if of == "tx" and function in WRITES:
                wrong.append(f"{name}: tx.{function}")
            if (records.get(of), function) in writers and records[of] not in OWN:
                wrong.append(f"{name}: {of}.{function}")
    assert wrong == []


def test_no_page_changes_a_row() -> None:
    """An assignment to an attribute in a transaction is one to a row."""
    wrong = []
    for name, module in _modules():
        for block in ast.walk(module):
            if not isinstance(block, ast.With) or "writing" not in {call for _, call in _attributes(block)}:
                continue
            for node in ast.walk(block):
                targets = node.targets if isinstance(node, ast.Assign) else []
                targets = [node.target] if isinstance(node, ast.AugAssign) else targets
                wrong += [
                    f"{name}: {ast.unparse(target)}"
                    for target in targets
                    if isinstance(target, ast.Attribute) and ast.unparse(target.value) not in NOT_ROWS
                ]
    assert wrong == []


def _attributes(block: ast.With) -> Iterator[tuple[str, str]]:
    for item in block.items:
        for node in ast.walk(item.context_expr):
            if isinstance(node, ast.Attribute):
                yield "", node.attr
