"""The direction of imports is a test, not a hope."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = sorted(p for top in ("courseware", "player") for p in (ROOT / top).rglob("*.py"))
ALLOWED_OF_COURSEWARE = {"courseware", "courseware.package", "courseware.reading", "courseware.tokens"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}
PERSON = ROOT / "player" / "web" / "manager.py"  # a school's manager is somebody, not a class that manages
PURE = tuple(
    f"player/{name}"
    for name in ("runtime", "sequencing", "tracking", "playing", "compliance", "reminders", "lists")
)
IN_MEMORY = ROOT / "player/lists/workbook.py"  # opens what is inside a zip that it was given
IMPURE = {"flask", "sqlalchemy", "alembic", "time", "random", "os", "socket", "secrets"}
ASKED_OF_THE_WORLD = {"now", "utcnow", "today", "open", "print"}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "courseware":
                names.update(f"courseware.{alias.name}" for alias in node.names)
    return names


def test_the_contracts_of_import_linter_hold() -> None:
    """In a process of its own, because it switches off the loggers of the one it runs in."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", [p for p in SOURCES if p.is_relative_to(ROOT / "player")], ids=str)
def test_the_player_imports_only_the_package_its_reading_and_the_tokens_of_courseware(path: Path) -> None:
    ours = {name for name in imported(path) if name.split(".")[0] == "courseware"}
    assert ours <= ALLOWED_OF_COURSEWARE


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.relative_to(ROOT).as_posix().startswith(PURE)], ids=str
)
def test_pure_packages_do_no_input_or_output(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported(path)} & IMPURE


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if p.relative_to(ROOT).as_posix().startswith(PURE)], ids=str
)
def test_pure_packages_ask_no_clock_and_open_no_file(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    called = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
    in_memory = {"open"} if path == IN_MEMORY else set()
    assert not called & (ASKED_OF_THE_WORLD - in_memory)


def test_the_model_of_a_package_imports_nothing_of_ours() -> None:
    names = imported(ROOT / "courseware" / "package.py")
    assert not {name.split(".")[0] for name in names} & {"courseware", "player"}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_file_is_named_for_nothing(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES or path == PERSON
