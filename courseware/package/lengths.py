"""How long a course takes, rounded as people say it."""

from __future__ import annotations

OF_AN_HOUR = ("hour", "hour and a quarter", "hour and a half", "hour and three quarters")


def spoken(minutes: int) -> tuple[str, int]:
    """What is counted, and how many of it: 43 is 45 minutes, 62 one hour, 80 one hour and a quarter, 125 two
    hours. Below half an hour each minute is said."""
    if minutes < 30:
        return "minutes", minutes
    if minutes < 55:
        return "minutes", (minutes + 2) // 5 * 5
    if minutes < 113:
        return OF_AN_HOUR[(2 * minutes + 15) // 30 - 4], 1
    halves = (minutes + 15) // 30
    return "hours and a half" if halves % 2 else "hours", halves // 2
