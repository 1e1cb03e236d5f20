"""A plain website: any web server serves it, and what a learner does stays in their browser."""

from __future__ import annotations

from pathlib import Path

from courseware.formats.format import Format

FORMAT = Format(name="web", title="a website", script=Path(__file__).with_name("standard.js"))
