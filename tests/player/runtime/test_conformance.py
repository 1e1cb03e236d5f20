"""The public vectors through the server's interpreter; tests/browser/test_runtime.py has them in Chromium."""

from __future__ import annotations

import pytest

from tests.conftest import shared
from tests.player.runtime.conformance import disagreements, python

VECTORS = ("API", "DMB", "DMI-part")


@pytest.mark.parametrize("vector", VECTORS)
def test_public_vector(vector: str) -> None:
    assert disagreements(shared("conformance"), vector, python) == []
