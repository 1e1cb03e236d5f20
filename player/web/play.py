"""The content host: play pages, their API under an unguessable token, packages' files. No cookie."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request, send_file
from werkzeug.exceptions import HTTPException

from courseware import tokens
from player.links import TokenError
from player.playing.explanations import REQUESTS
from player.playing.protocol import read_page
from player.registrar import OpenedLink, Registrar
from player.settings import Settings
from player.web import files as package_files
from player.web.commits import CommitRoute
from player.web.context import attach, now, registrar, settings
from player.web.headers import UNTRACEABLE, guard_content
from player.web.hosts import COURSE_OF_HOST
from player.web.protocol import (
    SMALL_COMMIT,
    Reply,
    commits_answered,
    failure,
    json_reply,
    refuse_on_anothers_host,
)
from player.web.responses import TextResponse

LARGEST_COMMIT = 16 * 1024**2
STATIC = Path(__file__).with_name("static") / "play"
TABLE = Path(str(files("player.runtime") / "data_model.json"))
FINGERPRINT = "player.fingerprint"

blueprint = Blueprint("play", __name__)


def content_app(settings: Settings, registrar: Registrar) -> Flask:
    """The content host's application: one of its own, so that no route of the site can exist in it."""
    app = Flask("player", template_folder="web/templates", static_folder=None)
    app.response_class = TextResponse
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_COMMIT)
    attach(app, settings, registrar)
    app.extensions[FINGERPRINT] = _fingerprint()
    guard_content(app, settings)
    app.register_blueprint(blueprint)
    app.register_error_handler(Exception, _fault)
    app.wsgi_app = CommitRoute(app, settings, registrar)  # type: ignore[method-assign]
    return app


@blueprint.get("/play/<token>/")
def page(token: str) -> Response | str:
    """The play page; opening it changes nothing."""
    try:
        opened = registrar().opened(token, now())
    except TokenError as error:
        return TextResponse(
            render_template("play/gone.html", sentence=str(error), site=settings().site_origin),
            410 if error.ended else 404,
            {"Cache-Control": "no-store"},
        )
    _on_its_own_host(opened)
    body = render_template(
        "play/page.html",
        title=opened.version.title,
        requests=REQUESTS,
        language=opened.version.package.metadata.language,
        registration=opened.registration,
        back=opened.return_url,
        keeps_place=opened.keeps_place,
        assets=f"/static/{current_app.extensions[FINGERPRINT]}/play",
        table=f"/static/{current_app.extensions[FINGERPRINT]}/data_model.json",
    )
    return TextResponse(body, headers={"Cache-Control": "no-store", **UNTRACEABLE})


@blueprint.post("/play/<token>/deliver")
def deliver(token: str) -> Response:
    """Take over, start or resume."""
    refuse_on_anothers_host(registrar(), token, request.environ.get(COURSE_OF_HOST), now())
    return _response(json_reply(registrar().deliver(token, read_page(request.get_data()), now())))


@blueprint.post("/play/<token>/commit")
def commit(token: str) -> Response:
    """Fold commits that `CommitRoute` leaves: large ones."""
    if (request.content_length or 0) > SMALL_COMMIT:
        registrar().course_of(token, now())  # who has no link has nothing large read or parsed either
    course = request.environ.get(COURSE_OF_HOST)
    return _response(commits_answered(registrar(), token, course, request.get_data(), now))


@blueprint.get("/content/<key>/<path:name>")
def content(key: str, name: str) -> Response:
    """A file of a version; its key is as unguessable as a token."""
    if not key.replace("-", "").replace("_", "").isalnum():
        abort(404)
    course = request.environ.get(COURSE_OF_HOST)
    if course is not None and registrar().versions.course_of(key) != course:
        abort(404)
    return package_files.send(settings().packages / key, name)


@blueprint.get("/static/<fingerprint>/play/tokens.css")
def colours(fingerprint: str) -> Response:
    """The colours that every page shares."""
    return _kept(package_files.send(tokens.FILE.parent, tokens.FILE.name), fingerprint)


@blueprint.get("/static/<fingerprint>/play/<path:name>")
def static(fingerprint: str, name: str) -> Response:
    """The play page's own scripts; their address changes when one of them does."""
    return _kept(package_files.send(STATIC, name), fingerprint)


@blueprint.get("/static/<fingerprint>/data_model.json")
def table(fingerprint: str) -> Response:
    """The run-time data model: the browser reads the same file as the server."""
    return _kept(send_file(TABLE, mimetype="application/json", conditional=True), fingerprint)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Keep search engines away."""
    return TextResponse("User-agent: *\nDisallow: /\n", mimetype="text/plain")


def _kept(response: Response, fingerprint: str) -> Response:
    if fingerprint != current_app.extensions[FINGERPRINT]:
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = f"public, max-age={package_files.YEAR}, immutable"
    return response


def _on_its_own_host(opened: OpenedLink) -> None:
    """A link opens its course on that course's own origin only, where each has one."""
    course = request.environ.get(COURSE_OF_HOST)
    if course is not None and course != opened.version.course:
        abort(404)


def _response(reply: Reply) -> Response:
    headers = {"Cache-Control": "no-store", **dict(reply.headers)}
    return TextResponse(reply.body, reply.status, headers, content_type=reply.mimetype)


def _fault(error: Exception) -> Response | HTTPException:
    if isinstance(error, HTTPException):
        return error
    return _response(failure(error, f"{request.method} {request.url_rule}", current_app.logger))


def _fingerprint() -> str:
    digest = hashlib.sha256(TABLE.read_bytes() + tokens.FILE.read_bytes())
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
