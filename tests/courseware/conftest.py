"""Who writes courses in the tests of the compiler."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.courseware.authoring import Author


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author at work on Gate Duty, a course in which nothing is wrong yet."""
    return Author.at_work_on("gate-duty", tmp_path)
