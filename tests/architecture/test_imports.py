"""The direction of imports is a test, not a hope."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.conftest import ROOT

SOURCES = sorted(p for top in ("courseware", "player") for p in (ROOT / top).rglob("*.py"))
READING = "courseware.reading"
ALLOWED_OF_COURSEWARE = {
    *("courseware", "courseware.package", "courseware.tokens"),
    *(READING, f"{READING}.description", f"{READING}.suspend_data"),
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}
PERSON = ROOT / "player" / "web" / "manager.py"  # a school's manager is somebody, not a class that manages
PURE = tuple(
    f"player/{name}"
    for name in ("runtime", "sequencing", "tracking", "playing", "compliance", "reminders", "lists")
)
PURE_SOURCES = [path for path in SOURCES if path.relative_to(ROOT).as_posix().startswith(PURE)]
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


def called(path: Path) -> set[str]:
    """The last name of everything that a file calls."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {getattr(call, "attr", getattr(call, "id", "")) for call in calls}


def test_the_contracts_of_import_linter_hold() -> None:
    """In a process of its own, because it switches off the loggers of the one it runs in."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_player_imports_only_the_package_its_reading_and_the_tokens_of_courseware() -> None:
    ours = {
        (str(path), name)
        for path in SOURCES
        if path.is_relative_to(ROOT / "player")
        for name in imported(path)
        if name.split(".")[0] == "courseware" and name not in ALLOWED_OF_COURSEWARE
    }
    assert ours == set()


def test_pure_packages_do_no_input_or_output() -> None:
    assert len(PURE_SOURCES) > 50
    impure = {(str(path), name) for path in PURE_SOURCES for name in imported(path)}
    assert {pair for pair in impure if pair[1].split(".")[0] in IMPURE} == set()


def test_pure_packages_ask_no_clock_and_open_no_file() -> None:
    asked = {(str(path), name) for path in PURE_SOURCES for name in called(path) & ASKED_OF_THE_WORLD}
    assert asked == {(str(IN_MEMORY), "open")}


def test_the_model_of_a_package_imports_nothing_of_ours() -> None:
    for path in (ROOT / "courseware" / "package").glob("*.py"):
        ours = {name for name in imported(path) if name.split(".")[0] in ("courseware", "player")}
        assert all(name.startswith("courseware.package.") for name in ours), path


def test_no_file_is_named_for_nothing() -> None:
    assert {path for path in SOURCES if path.stem in FORBIDDEN_NAMES} == {PERSON}
