"""The site's application: sign-in, training, records; no content ever runs on its origin."""

from __future__ import annotations

from flask import Flask

from player.audit_queue import AuditQueue
from player.registrar import Registrar
from player.settings import Settings
from player.settings.origins import authority_of
from player.web import api
from player.web.context import attach
from player.web.headers import guard_site
from player.web.pages import add_pages
from player.web.responses import TextResponse
from player.web.watching import QUEUE

UPLOAD_BYTES = 2 * 1024**3


def site_app(settings: Settings, registrar: Registrar) -> Flask:
    """The site's application; its cookies are __Host- and Secure where it is served over TLS."""
    app = Flask(
        "player",
        template_folder="web/templates",
        static_folder="web/static/site",
        static_url_path="/static/site",
    )
    app.response_class = TextResponse
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SERVER_NAME=authority_of(settings.site_origin),
        PREFERRED_URL_SCHEME=settings.site_origin.partition("://")[0],
        SESSION_COOKIE_NAME="__Host-player" if settings.secure else "player",
        SESSION_COOKIE_DOMAIN=None,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=UPLOAD_BYTES,
    )
    attach(app, settings, registrar)
    app.extensions[QUEUE] = AuditQueue(registrar.database)
    guard_site(app, settings)
    app.register_blueprint(api.blueprint)
    add_pages(app)
    return app
