"""A cookie by which a browser is known that has signed in to an account before: it opens nothing.

Others who guess passwords at the same school do not shut it out (as OWASP's device cookies).
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from player.records.columns import new_id

LASTS = 400 * 24 * 3600  # seconds; browsers keep nothing for longer
MOST = 20  # accounts of one browser: of a computer that many use, those that came last


def known(account: str) -> str | None:
    """The browser's id, where it has signed in to the account."""
    cookie = _cookie()
    return cookie["browser"] if cookie and _mark(account) in cookie["accounts"] else None


def remember(account: str) -> None:
    """Know this browser from now on."""
    cookie = _cookie() or {"browser": new_id(), "accounts": []}
    mark = _mark(account)
    accounts = [mark, *(known for known in cookie["accounts"] if known != mark)][:MOST]
    value = _signer().dumps({"browser": cookie["browser"], "accounts": accounts})

    @after_this_request
    def keep(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(_name(), value, LASTS, path="/", secure=secure, httponly=True, samesite="Lax")
        return response


def _cookie() -> Any:
    try:
        return _signer().loads(request.cookies.get(_name(), ""))
    except BadSignature:
        return None


def _name() -> str:
    return "__Host-browser" if current_app.config["SESSION_COOKIE_SECURE"] else "browser"


def _mark(account: str) -> str:
    """A keyed hash: the cookie shows no addresses to others on the same computer."""
    text = account.strip().lower().encode("utf-8", "surrogatepass")
    return hmac.new(str(current_app.secret_key).encode(), b"account " + text, hashlib.sha256).hexdigest()[:20]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or b"", salt="known browser")
