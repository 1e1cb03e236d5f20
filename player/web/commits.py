"""The route that a learner's commits take: in front of Flask, because it is asked more often than all others
together.

It takes what play pages send every few seconds, a small commit to a link. Whatever else comes, a large body
or another method, goes on to the application, whose route answers by the same functions. Nothing that
protects stands in between: the host was looked at before, the link is the only key, and no cookie is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from player.registrar import Registrar
from player.settings import Settings
from player.web.context import clock_of
from player.web.headers import content_headers
from player.web.hosts import COURSE_OF_HOST
from player.web.protocol import SMALL_COMMIT, commits_answered, failure

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = re.compile(r"/play/([A-Za-z0-9_-]{1,64})/commit")
ROUTE = "POST /play/<token>/commit"


class CommitRoute:
    """Answers small commits, and hands all else to the content host's application."""

    def __init__(self, app: Flask, settings: Settings, registrar: Registrar) -> None:
        self._app: WSGIApplication = app.wsgi_app
        self._flask, self._registrar = app, registrar
        self._headers = [("Cache-Control", "no-store"), *content_headers(settings).items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        match = PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        length = environ.get("CONTENT_LENGTH") or ""
        if match is None or not (length.isdecimal() and int(length) <= SMALL_COMMIT):
            return self._app(environ, start_response)
        body = environ["wsgi.input"].read(int(length))
        try:
            course = environ.get(COURSE_OF_HOST)
            answer = commits_answered(self._registrar, match[1], course, body, clock_of(self._flask))
        except Exception as error:  # noqa: BLE001 - the last place before the server, as Flask's own handler
            answer = failure(error, ROUTE, self._flask.logger)
        headers = [
            ("Content-Type", answer.mimetype),
            ("Content-Length", str(len(answer.body))),
            *self._headers,
            *answer.headers,
        ]
        start_response(answer.status_line, headers)
        return [answer.body]
