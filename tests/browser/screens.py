"""What people sit before: one screen in every run, the others in the full product."""

from __future__ import annotations

from typing import Any

import pytest

SCREENS = (
    "1280 light",
    *(pytest.param(screen, marks=pytest.mark.full) for screen in ("1280 dark", "390 light", "390 dark")),
)


def options(screen: str) -> dict[str, Any]:
    """Those of a browser's context."""
    width, theme = screen.split()
    return {"viewport": {"width": int(width), "height": 900}, "color_scheme": theme}
