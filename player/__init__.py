"""A small LMS: imports any SCORM package, runs it, and keeps the record of who learned what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from player.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The site's application; its WSGI entry also answers for the content host, by the Host header."""
    from player.records.database import Database
    from player.registrar import Registrar
    from player.settings import read_settings
    from player.web.hosts import Hosts
    from player.web.play import content_app
    from player.web.site import site_app

    settings = settings or read_settings()
    database = Database(settings.database_url, settings.threads)
    database.migrate()
    registrar = Registrar(database, settings)
    site, content = site_app(settings, registrar), content_app(settings, registrar)
    site.wsgi_app = Hosts(settings, site.wsgi_app, content.wsgi_app)  # type: ignore[method-assign]
    site.extensions["player.content"] = content
    return site
