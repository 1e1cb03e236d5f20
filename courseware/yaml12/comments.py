"""Comments that nobody meant as such."""

from __future__ import annotations

from courseware.errors import Problem
from courseware.yaml12.error_position import IN_QUOTES, LOST
from courseware.yaml12.nodes import SourceText


def lost_comment(written: SourceText, end: int) -> Problem | None:
    """` #` ends a plain text. Without a space after it, or with only one before it, it is hardly ever meant
    as a comment."""
    text = written.source_file.text
    if not text.startswith(" #", end):
        return None
    place, after = written.source_file.place(end + 1), text[end + 2 : end + 3]
    hint = f"{IN_QUOTES}; where it is a note to yourself, put two spaces before “#”"
    if after not in ("", " ", "\n"):
        return Problem(place, LOST, hint)
    return Problem(place, LOST, hint, "warning") if " " in written else None
