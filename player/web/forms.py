"""Forms: the answer where one is refused, and its fields as people fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from player.compliance import written_day

Page = str | tuple[str, int] | Response
UNPROCESSABLE = 422


def refused(template: str, errors: Mapping[str, str], **context: Any) -> tuple[str, int]:
    """The form again, with a sentence at each field that is wrong and everything kept as it was typed."""
    return render_template(template, errors=errors, **context), UNPROCESSABLE


def text(name: str) -> str:
    """A field of one line, without spaces around it and double ones within."""
    return " ".join(request.form.get(name, "").split())


def day_of(name: str) -> tuple[date | None, str]:
    """The day in a field, None where it is empty; and the reason where it is no day."""
    written = text(name)
    try:
        return (written_day(written) if written else None), ""
    except ValueError:
        return None, f"“{written[:40]}” is not a date. Write it like this: 2027-03-31."
