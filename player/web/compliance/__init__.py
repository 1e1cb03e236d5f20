"""A school's compliance pages: who is in date, by course and by person, today or on a past day."""

from __future__ import annotations

from player.web.compliance import chosen, downloads, pages
from player.web.compliance.blueprint import blueprint

__all__ = ["blueprint", "chosen", "downloads", "pages"]
