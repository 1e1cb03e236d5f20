"""Error pages: each says what happened and what to do now."""

from __future__ import annotations

import json
from http import HTTPStatus
from math import ceil

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, TooManyRequests

from player.records.unavailable import is_full, unavailable
from player.web.logs import write_down
from player.web.wording import count

ErrorPage = tuple[str, int, dict[str, str]]
SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        "We could not read this",
        "Go back, reload the page and try again.",
    ),
    403: (
        "You cannot open this page",
        "Your account has no access to it.",
    ),
    404: (
        "Page not found",
        "The address may be wrong, or the page belongs to another school.",
    ),
    405: (
        "This page cannot be opened this way",
        "Go back, and use the button on the page.",
    ),
    413: ("This file is too large", "Nothing was changed. Choose a smaller file."),
    429: (
        "Too many wrong passwords",
        (
            "Wait {minutes}, then try again. "
            "If you have forgotten your password, ask your school’s training manager for a password link."
        ),
    ),
    500: (
        "Something went wrong",
        (
            "This is our fault, and it has been logged. What you saved before is safe. "
            "Reload the page; if it happens again, tell the site’s administrator what you were doing."
        ),
    ),
    503: (
        "The records are not available at the moment",
        (
            "What you saved before is safe. Wait a minute, reload the page, and check whether your last "
            "change is there. If this goes on, tell the site’s administrator."
        ),
    ),
    507: (
        "The server is full",
        "Nothing was changed: its disk has no space left. Tell the site’s administrator, then try again.",
    ),
}
RETRY_AFTER = {503: "30"}
STALE = (
    "This page is out of date",
    (
        "Nothing was changed. The page was open for a long time, or you signed in or out in another tab. "
        "Go back, reload the page and try again."
    ),
)


def add_error_pages(app: Flask) -> None:
    """Every error becomes a page; the traceback goes to the log only."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(Exception, _fault)


def _page(error: HTTPException) -> ErrorPage | HTTPException:
    code = error.code or 500
    if code < 400:  # a redirect that the router asks for
        return error
    if isinstance(error, TooManyRequests) and isinstance(error.retry_after, int):
        return _too_often(error.retry_after)
    return _error_page(code, *SENTENCES.get(code, (error.name, "Go back, and try again.")))


def _too_often(seconds: int) -> ErrorPage:
    title, sentence = SENTENCES[429]
    minutes = count(ceil(seconds / 60), "minute")
    if request.blueprint == "api":
        title = f"Too many launches: try again in {count(seconds, 'second')}"
    page, code, headers = _error_page(429, title, sentence.format(minutes=minutes))
    return page, code, headers | {"Retry-After": str(seconds)}


def _stale(_error: CSRFError) -> ErrorPage:
    return _error_page(400, *STALE)


def _fault(error: Exception) -> ErrorPage:
    write_down(error)
    code = status_of(error)
    return _error_page(code, *SENTENCES[code])


def status_of(error: Exception) -> int:
    """507 for a full disk, 503 for a database that is away, 500 for our own fault."""
    if is_full(error):
        return HTTPStatus.INSUFFICIENT_STORAGE
    return HTTPStatus.SERVICE_UNAVAILABLE if unavailable(error) else HTTPStatus.INTERNAL_SERVER_ERROR


def _error_page(code: int, title: str, sentence: str) -> ErrorPage:
    headers = {"Retry-After": RETRY_AFTER[code]} if code in RETRY_AFTER else {}
    if request.blueprint == "api":  # a portal reads no pages
        return json.dumps({"error": f"{title}."}), code, headers | {"Content-Type": "application/json"}
    return render_template("errors/page.html", title=title, sentence=sentence), code, headers
