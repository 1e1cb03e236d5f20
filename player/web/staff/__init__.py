"""A school's staff, for its managers and the provider: the list, one person, teams, a list from a file."""

from __future__ import annotations

from player.web.staff import page, people, roster, teams
from player.web.staff.blueprint import blueprint

__all__ = ["blueprint", "page", "people", "roster", "teams"]
