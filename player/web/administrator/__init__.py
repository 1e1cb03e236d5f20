"""The provider's pages: schools and their keys, courses, administrators."""

from __future__ import annotations

from player.web.administrator import (
    colleagues,
    compliance,
    courses,
    duties,
    outbox,
    reminders,
    schools,
)
from player.web.administrator.blueprint import blueprint

UPLOADS = frozenset({f"{blueprint.name}.{courses.upload.__name__}"})

__all__ = [
    "UPLOADS",
    "blueprint",
    "colleagues",
    "compliance",
    "courses",
    "duties",
    "outbox",
    "reminders",
    "schools",
]
