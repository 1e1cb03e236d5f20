"""The rules for names, ids and addresses, in forms and in lists: a sentence says why one cannot be kept."""

from __future__ import annotations

import re

LONGEST = 200
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FORMULA = re.compile("^[=+@\t\r]")


def unfit_name(name: str) -> str:
    """The reason against a name; empty where it can be kept."""
    if not name:
        return "The name is missing"
    if _FORMULA.match(name):
        return f"“{name[:40]}” is a formula, not a name"
    return unfit_text(name, "The name")


def unfit_text(text: str, called: str) -> str:
    """The reason against a line of text; empty where it can be kept."""
    if len(text) > LONGEST:
        return f"{called} is longer than {LONGEST} characters"
    return f"{called} contains invisible characters: type it again" if _CONTROL.search(text) else ""


def unfit_id(staff_id: str) -> str:
    """The reason against a staff id, which an LMS or a portal must hold too; empty where it can be kept."""
    fits = len(staff_id) <= LONGEST and not _CONTROL.search(staff_id)
    return "" if fits else f"A staff id has at most {LONGEST} characters, and no invisible ones"


def unfit_email(email: str) -> str:
    """The reason against an address to sign in with; empty where it can be kept."""
    if not email:
        return "The e-mail address is missing"
    if email.count("@") > 1:
        return f"“{email[:60]}” is more than one e-mail address"
    fits = EMAIL.fullmatch(email) and len(email) <= LONGEST and not _CONTROL.search(email)
    return "" if fits else f"“{email[:60]}” is not an e-mail address"
