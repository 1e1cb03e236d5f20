"""The site's pages on its application: the person of a request, forged forms, then the blueprints."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, abort, current_app, g, request, send_file
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.test import EnvironBuilder

from courseware import tokens
from player.records.tables import School
from player.web import (
    activity,
    administrator,
    api,
    auth,
    compliance,
    contacts,
    emails,
    giving,
    learner,
    manager,
    reminders,
    resets,
    staff,
    training_rules,
)
from player.web.context import SETTINGS
from player.web.errors import add_error_pages
from player.web.files import YEAR
from player.web.signing import managed, own_memberships, recognise, signed_in_as_administrator
from player.web.throttling import add_limiter
from player.web.wording import add_filters

LARGEST_FORM = 4 * 1024**2
STATIC = Path(__file__).with_name("static") / "site"
FINGERPRINT = "player.site.fingerprint"


def add_pages(app: Flask) -> None:
    """Add the site's pages. The order matters: the size of a body is limited before the token in it is
    read."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
        UPLOAD_BYTES=app.config["MAX_CONTENT_LENGTH"],
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,  # their addresses change when they do
    )
    app.add_url_rule("/static/site/tokens.css", "tokens", lambda: send_file(tokens.FILE))
    app.before_request(_recognise)
    app.extensions[FINGERPRINT] = _fingerprint()
    CSRFProtect(app).exempt(api.blueprint)  # it knows a key in a header, and no cookie
    app.before_request(_refuse_nul)
    app.context_processor(_context)
    add_filters(app)
    add_limiter(app, app.extensions[SETTINGS].counts)
    add_error_pages(app)
    for module in (
        auth,
        resets,
        learner,
        manager,
        compliance,
        reminders,
        training_rules,
        contacts,
        emails,
        giving,
        staff,
        activity,
        administrator,
    ):
        app.register_blueprint(module.blueprint)


def _recognise() -> None:
    """Find the person of the request; only an administrator's upload may be large."""
    if request.endpoint in ("static", "tokens"):
        return
    recognise()
    if _uploads():
        request.max_content_length = current_app.config["UPLOAD_BYTES"]


def _refuse_nul() -> None:
    """Refuse U+0000: no address and no form of ours has it, and PostgreSQL takes none in a query."""
    if "\0" in request.path:
        abort(404)
    if any("\0" in value for _, values in request.values.lists() for value in values):
        abort(400)


def _uploads() -> bool:
    is_administrator = g.person is not None and g.person.is_administrator
    return is_administrator and request.endpoint in administrator.UPLOADS


def may_upload(app: Flask, path: str, cookie: str) -> bool:
    """Whether a request for this path with these cookies comes from an administrator who may send a package.

    It is called in the thread that reads for all connections, so it does not ask the database, which may be
    away.
    """
    builder = EnvironBuilder(path, app.config["PREFERRED_URL_SCHEME"] + "://" + app.config["SERVER_NAME"])
    builder.method, builder.headers["Cookie"] = "POST", cookie
    with app.request_context(builder.get_environ()):
        return signed_in_as_administrator() and request.endpoint in administrator.UPLOADS


def _context() -> dict[str, Any]:
    person = g.get("person")
    return {
        "person": person,
        "is_administrator": person is not None and person.is_administrator,
        "is_learner": bool(own_memberships()),
        "managed": managed(),
        "own_school": _own_school(),
        "fingerprint": current_app.extensions[FINGERPRINT],
    }


def _own_school() -> School | None:
    """The school whose name stands above the page: the one that it shows to its manager, or the person's
    only one."""
    shown: School | None = g.get("shown")
    own = [stay.school for stay in own_memberships()]
    if shown is not None and any(stay.school_id == shown.id for stay in managed()):
        return shown
    return own[0] if len(own) == 1 else None


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in (tokens.FILE, *sorted(STATIC.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
