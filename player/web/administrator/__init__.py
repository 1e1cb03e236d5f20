"""The provider's pages: schools and their keys, enrolments, courses, administrators."""

from __future__ import annotations

from player.web.administrator import (
    colleagues,
    compliance,
    courses,
    duties,
    enrolling,
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
    "enrolling",
    "outbox",
    "reminders",
    "schools",
]
