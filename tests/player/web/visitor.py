"""Somebody at a browser: the forms of the pages, filled in and sent as a person would."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from player import create_app
from player.web.context import CLOCK
from tests.player.web.town import PASSWORD, Town

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def site(town: Town) -> Flask:
    """The site over a town, on the town's clock."""
    app = create_app(town.house.settings)
    app.extensions[CLOCK] = lambda: town.house.now
    return app


class Visitor:
    """One browser with its cookies."""

    def __init__(self, app: Flask, email: str = "", password: str = PASSWORD) -> None:
        self.client: FlaskClient = app.test_client()
        if email:
            assert self.sign_in(email, password).status_code == 303

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, *, at: str = "/sign-in", **form: Any) -> TestResponse:
        """Send a form with the token that its page, or the sign-in page, was given."""
        found = TOKEN.search(self.get(at).text) or TOKEN.search(self.get("/account").text)
        assert found is not None, f"no form at {at}"
        return self.client.post(path, data={"csrf_token": found[1], **form})

    def upload(self, path: str, field: str, data: bytes, name: str, *, at: str, **form: str) -> TestResponse:
        """Send a file, encoded here: the test client would leave a temporary file open for a large one."""
        found = TOKEN.search(self.get(at).text)
        values = {"csrf_token": found[1] if found else "", field: FileStorage(io.BytesIO(data), name), **form}
        boundary, body = encode_multipart(values)
        return self.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> TestResponse:
        address = email if "@" in email or not email else f"{email}@example.org"
        return self.post("/sign-in", email=address, password=password, **more)

    def words(self, path: str) -> str:
        """What a page says, without its tags."""
        response = self.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return words(response)


def words(response: TestResponse) -> str:
    """The text of a page, spaces made single."""
    text = unescape(re.sub(r"<[^>]+>", " ", response.text)).replace("\u00a0", " ")
    return " ".join(text.split())
