"""Who writes courses in the tests of the compiler."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.courseware.authoring import Author

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author at work on Gate Duty, a course in which nothing is wrong yet."""
    return Author.at_work_on("gate-duty", tmp_path)
