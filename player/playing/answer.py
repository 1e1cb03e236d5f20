"""The answer to the play page: always everything that it needs, so that a lost answer costs nothing.

Contents and controls grow with the course: they are left out where the page shows them already.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import asdict

from player.playing.step import MarkedView
from player.playing.values import Registration
from player.playing.version import Version
from player.sequencing import Entry, View
from player.tracking import Result

ENTRY = tuple(field.name for field in fields(Entry))


def answer(
    registration: Registration,
    version: Version,
    marked: MarkedView,
    *,
    have: int,
    named: str | None,
    shown: str | None,
    resumable: bool,
    return_url: str,
    now: datetime,
) -> dict[str, Any]:
    """The answer to a delivery or a commit; `named` is the session that the page knows already, `shown` the
    mark of the view that it shows, `resumable` whether the next launch resumes an activity."""
    result = registration.attempt.result if registration.attempt else registration.result
    return {
        "have": have,
        "saved": time_text(now),
        "session": _session(registration, version, named, resumable=resumable),
        "view": marked.mark,
        **({} if shown == marked.mark else _view(marked.view)),
        "result": result_json(result),
        "return": return_url,
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "contents": [{name: getattr(entry, name) for name in ENTRY} for entry in view.contents],
        "controls": view.controls,
        "valid": view.validity,
    }


def _session(
    registration: Registration, version: Version, named: str | None, *, resumable: bool
) -> dict[str, Any]:
    """A session that ends while the attempt on the root stays suspended has ended; `kept` says that the next
    one goes on with the attempt."""
    session = registration.session
    if session is None:
        raise LookupError("an answer follows a delivery")
    item, running = session.item, registration.state == "running"
    kept = registration.state == "suspended" and not resumable
    body: dict[str, Any] = {
        "id": session.id,
        "item": item,
        "title": version.title if item is None else version.tree[item].title,
        "state": "ended" if kept else registration.state,
        "page": session.page,
        "href": version.address(item) if item is not None and running else None,
        "kind": version.kind(item) if item is not None else "none",
        "have": session.have,
        **({"kept": True} if kept else {}),
    }
    return body if session.id == named else {**body, "launch": json.loads(session.launch)}


def result_json(result: Result) -> dict[str, Any]:
    """A result as the play page and other programs read it; `null` where a figure is not known."""
    score = result.score
    return {
        "completion_status": result.completion_status,
        "success_status": result.success_status,
        "score": asdict(score) | {"scaled": _fraction(score.scaled)},
        "progress_measure": _fraction(result.progress_measure),
    }


def _fraction(value: float | None) -> float | None:
    """With the seven digits of SCORM 2004's real(10,7): 83.33 of 100 is 0.8333, and no more."""
    return None if value is None else round(value, 7)


def time_text(moment: datetime | None) -> str | None:
    """UTC, to the second."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
