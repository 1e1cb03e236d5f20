"""What the play page is told: always the whole truth, so that an answer lost costs nothing.

Contents and controls are left out where the page says that it shows them already: they grow with the course.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from player.playing.step import MarkedView
from player.playing.values import Result, Standing
from player.playing.versions import Version
from player.sequencing import Entry, View

ENTRY = tuple(f.name for f in fields(Entry))


def answer(
    standing: Standing,
    version: Version,
    judged: MarkedView,
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
    result = standing.attempt.result if standing.attempt else standing.result
    return {
        "have": have,
        "saved": time_text(now),
        "session": _session(standing, version, named, resumable=resumable),
        "view": judged.mark,
        **({} if shown == judged.mark else _view(judged.view)),
        "result": result_json(result),
        "return": return_url,
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "contents": [{name: getattr(entry, name) for name in ENTRY} for entry in view.contents],
        "controls": view.controls,
        "valid": view.validity,
    }


def _session(standing: Standing, version: Version, named: str | None, *, resumable: bool) -> dict[str, Any]:
    """A session that ends while the attempt on the root stays suspended has ended; `kept` says that the next
    one goes on with the attempt."""
    session = standing.session
    if session is None:
        raise LookupError("an answer follows a delivery")
    item, running = session.item, standing.state == "running"
    kept = standing.state == "suspended" and not resumable
    told: dict[str, Any] = {
        "id": session.id,
        "item": item,
        "title": version.title if item is None else version.tree[item].title,
        "state": "ended" if kept else standing.state,
        "page": session.page,
        "href": version.address(item) if item is not None and running else None,
        "kind": version.kind(item) if item is not None else "none",
        "have": session.have,
        **({"kept": True} if kept else {}),
    }
    return told if session.id == named else {**told, "launch": json.loads(session.launch)}


def result_json(result: Result) -> dict[str, Any]:
    """A result in the shape of the records."""
    return {
        "completion_status": result.completion_status,
        "success_status": result.success_status,
        "score": score_json(result),
        "progress_measure": result.progress_measure,
    }


def score_json(result: Result) -> dict[str, float | None]:
    """`null` for what is not known."""
    return {
        "scaled": result.score_scaled,
        "raw": result.score_raw,
        "min": result.score_min,
        "max": result.score_max,
    }


def time_text(moment: datetime | None) -> str | None:
    """UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
