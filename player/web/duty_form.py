"""The fields of a duty's form, read as settings: the provider's and a school's have the same."""

from __future__ import annotations

from typing import Any

from flask import request

from player.compliance import Anchor, Duty, DutySettings, read_month_day
from player.web.forms import text

NUMBERS = ("months", "window", "first", "least")
FIELDS = (*NUMBERS, "anchor", "fixed")


def typed(known: Duty | DutySettings) -> dict[str, str]:
    """The fields as they were sent, else as they are kept."""
    if request.method == "POST" and "months" in request.form:
        return {name: text(name) for name in FIELDS}
    kept = {name: getattr(known, name) for name in FIELDS}
    return {name: "" if value is None else str(value) for name, value in kept.items()}


def read() -> tuple[dict[str, Any], dict[str, str]]:
    """The settings that were filled in, and a sentence for each field that cannot be read."""
    given: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in NUMBERS:
        word = text(name).lower()
        if name == "months" and word == "none":
            given[name] = "none"
        elif word.isascii() and word.isdigit() and len(word) < 6:
            given[name] = int(word)
        elif word:
            errors[name] = f"“{word[:20]}” is not a number."
    if text("fixed"):
        given["fixed"] = read_month_day(text("fixed"))
        if given["fixed"] is None:
            errors["fixed"] = "Write the month first: 09-01 is 1 September."
    if text("anchor") in list(Anchor):
        given["anchor"] = Anchor(text("anchor"))
    return given, errors
