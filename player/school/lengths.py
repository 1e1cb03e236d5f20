"""How long a course takes, in the words that the course itself has."""

from __future__ import annotations

from courseware.package import spoken


def length(minutes: int) -> str:
    """“1 minute”, “45 minutes”, “an hour and a half”, “2 and a half hours”."""
    unit, number = spoken(minutes)
    if unit == "minutes":
        return f"{number}\u00a0{'minute' if number == 1 else 'minutes'}"
    if unit.startswith("hours"):
        return f"{number}\u00a0{'and a half hours' if unit.endswith('half') else 'hours'}"
    return f"an {unit}"
