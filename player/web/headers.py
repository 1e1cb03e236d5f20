"""The security headers of every response, for the site and for the content host."""

from __future__ import annotations

from flask import Flask, Response

from player.settings import Settings
from player.settings.origins import COURSE

EVERYWHERE = {"X-Content-Type-Options": "nosniff"}
ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000"}
# For a page whose address opens something: no log of what it loads gets that address.
UNTRACEABLE = {"Referrer-Policy": "strict-origin"}
# Chromium is switching `unload` off and old SCOs save in it, so play pages and content ask to keep it.
UNLOAD = "unload=*"
OWN = ("Content-Security-Policy", "Referrer-Policy")


def guard_site(app: Flask, settings: Settings) -> None:
    """The site: nothing inline, nothing from elsewhere, never framed; a form may lead to a play page."""
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {settings.content_origin.replace(COURSE, '*')}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.update(EVERYWHERE | UNTRACEABLE)
        if settings.secure:
            response.headers.update(ONLY_TLS)
        return response


def content_headers(settings: Settings) -> dict[str, str]:
    """The headers of the content host: no limit for scripts on their own origin; the installation decides who
    may frame it."""
    always = {
        "Content-Security-Policy": f"frame-ancestors 'self' {settings.frame_ancestors}",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": UNLOAD,
        **EVERYWHERE,
    }
    return always | ONLY_TLS if settings.content_origin.startswith("https:") else always


def guard_content(app: Flask, settings: Settings) -> None:
    """Add them to every response; a page may have its own of the first two."""
    given = content_headers(settings)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in given.items():
            if name in OWN:
                response.headers.setdefault(name, value)
            else:
                response.headers[name] = value
        return response
