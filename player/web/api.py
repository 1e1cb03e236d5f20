"""`POST /api/launch`: a school's portal launches courses for its own people, with the school's key."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Response, jsonify, request

from player.links import LaunchError
from player.records import school_keys
from player.school.actor import portal
from player.school.portal import enrolled_learner
from player.web.context import database, now, registrar
from player.web.throttling import count_launch

blueprint = Blueprint("api", __name__, url_prefix="/api")
FIELDS = {"course": str, "learner": str, "name": str, "return": str}


@blueprint.post("/launch")
def launch() -> tuple[Response, int]:
    """`{"course", "learner", "name"?, "return"?}` -> `{"url"}`."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    count_launch()
    with database().reading() as tx:
        known = school_keys.key_of_hash(tx, hash_of(key)) if scheme.lower() == "bearer" else None
    if known is None:
        return _error("Send your school's key as “Authorization: Bearer <key>”.", 401)
    count_launch(hash_of(key))
    asked = _asked()
    if wrong := _wrong(asked):
        return _error(wrong, 400)
    try:
        with database().writing() as tx:
            enrolment = enrolled_learner(
                tx,
                portal(known.name, known.school_id),
                now(),
                known.school,
                asked["course"],
                asked["learner"],
                asked.get("name"),
            )
            url = registrar().launch(tx, enrolment, now(), return_url=asked.get("return") or "")
    except LaunchError as error:
        return _error(str(error), 400)
    return jsonify(url=url), 200


def hash_of(key: str) -> str:
    """The SHA-256 of a key, which is all that is kept."""
    return hashlib.sha256(key.strip().encode()).hexdigest()


def _asked() -> Any:
    """The body's JSON; None where it is none, or is nested too deeply."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _wrong(asked: Any) -> str:
    if not isinstance(asked, dict):
        return 'Send JSON: {"course": "...", "learner": "..."}, with "name" and "return" where you have them.'
    for name, kind in FIELDS.items():
        needed = name in ("course", "learner")
        if not isinstance(asked.get(name), kind) and (needed or asked.get(name) is not None):
            return f"“{name}” is missing: it is a text." if needed else f"“{name}” is a text."
    unknown = sorted(set(asked) - set(FIELDS))
    return f"“{unknown[0]}” is not known; there are {', '.join(FIELDS)}." if unknown else ""


def _error(sentence: str, status: int) -> tuple[Response, int]:
    return jsonify(error=sentence), status
