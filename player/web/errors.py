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
        "This could not be read",
        "The request was not one that this page can send. Go back, load the page again and repeat it.",
    ),
    403: (
        "This page is not for your account",
        "You are signed in, but what you asked for belongs to somebody with another role.",
    ),
    404: (
        "This page does not exist",
        "The address may be mistyped, or what it showed belongs to another school.",
    ),
    405: (
        "This cannot be done from here",
        "The address is for a button on another page. Go back, and use the button.",
    ),
    413: ("This file is too large", "Nothing was changed. Choose a smaller file."),
    429: (
        "Too many tries",
        (
            "The password was wrong too often. Wait {minutes}, then try again. "
            "If you have forgotten your password, ask whoever manages training at your school for a new link."
        ),
    ),
    500: (
        "Something went wrong here",
        (
            "This is our fault, and it has been written down. Nothing of what was saved before is lost. "
            "Load the page again; if it fails again, tell whoever runs this site what you were doing."
        ),
    ),
    503: (
        "The records cannot be reached just now",
        (
            "Nothing of what was saved before is lost. Wait a minute, load the page again, and look whether "
            "what you did last is there; if this goes on, tell whoever runs this site."
        ),
    ),
    507: (
        "There is no room left",
        "Nothing was changed: the server's disk is full. Tell whoever runs this site, then try again.",
    ),
}
RETRY_AFTER = {503: "30"}
STALE = (
    "This page had grown old",
    (
        "Nothing was changed. It was open for a long time, or you signed in or out in another tab. "
        "Go back, load the page again and repeat what you did."
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
        title = f"Too many launches were asked for: ask again in {count(seconds, 'second')}"
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
