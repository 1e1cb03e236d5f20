"""Two hosts on one server: each answers its own routes only, and an unknown host gets 400."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from player.settings import Settings
from player.settings.origins import COURSE, authority_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

COURSE_OF_HOST = "player.course"
UNKNOWN = "This server does not answer to the host in the address. Open {site} instead.\n"


class Hosts:
    """Sends a request to the application of its Host header, so that no sign-in exists beside a course."""

    def __init__(self, settings: Settings, site: WSGIApplication, content: WSGIApplication) -> None:
        self._settings = settings
        self._site, self._content = site, content
        self._site_host = authority_of(settings.site_origin)
        pattern = re.escape(authority_of(settings.content_origin))
        label = r"(?P<course>[a-z0-9][a-z0-9-]{0,62})"
        self._content_host = re.compile(pattern.replace(re.escape(COURSE), label))
        self._schemes = (_scheme(settings.site_origin), _scheme(settings.content_origin))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Dispatch a request; its scheme is the configured one, which a request behind a proxy does not
        have."""
        host = str(environ.get("HTTP_HOST", "")).lower()
        if host in (self._site_host, f"{self._site_host}:{_port(self._schemes[0])}"):
            environ["wsgi.url_scheme"] = self._schemes[0]
            return self._site(environ, start_response)
        bare = host.removesuffix(f":{_port(self._schemes[1])}")
        match = self._content_host.fullmatch(bare) or self._content_host.fullmatch(host)
        if match is None:
            return self._refuse(start_response)
        environ["wsgi.url_scheme"] = self._schemes[1]
        environ[COURSE_OF_HOST] = match.groupdict().get("course")
        return self._content(environ, start_response)

    def _refuse(self, start_response: StartResponse) -> Iterable[bytes]:
        body = UNKNOWN.format(site=self._settings.site_origin).encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response("400 Bad Request", [*headers, ("X-Content-Type-Options", "nosniff")])
        return [body]


def _scheme(origin: str) -> str:
    return origin.partition("://")[0]


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
