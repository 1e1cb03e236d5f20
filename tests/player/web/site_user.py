"""Somebody at a browser: the forms of the pages, filled in and sent as a person would."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse, encode_multipart

from player import create_app
from player.web.context import CLOCK
from tests.player.web.sample import PASSWORD, Sample

OPEN = {
    "static",
    "tokens",
    "auth.start",
    "auth.sign_in",
    "auth.sign_out",
    "resets.forgotten",
    "auth.welcome",
    "api.launch",
}
EVERYBODY = {
    "auth.account",
    "auth.choose_school",
    "auth.password",
    "auth.end_sign_in",
    "auth.sign_out_everywhere",
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def site(sample: Sample) -> Flask:
    """The site of the sample schools, on their installation's clock."""
    app = create_app(sample.lms.settings)
    app.extensions[CLOCK] = lambda: sample.lms.now
    return app


def addresses(app: Flask, sample: Sample) -> list[tuple[Rule, str, str]]:
    """Each endpoint and method, with the ids of Northfield, its Sam and what he did."""
    ids = {
        "school": sample.north,
        "person_id": sample.people["sam"],
        "registration": sample.registrations["sam fire-safety"],
        "course": "fire-safety",
        "key": sample.key,
        "team": sample.teams["office"],
        "enrolment": "none",
        "mail": sample.mail,
        "exclusion": "none",
        "token": "none",
    }
    found: list[tuple[Rule, str, str]] = []
    adapter = app.url_map.bind("localhost:8000")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN | EVERYBODY:
            continue
        values = {name: ids[name] for name in rule.arguments}
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found.extend((rule, method, adapter.build(rule.endpoint, values)) for method in methods)
    return found


class SiteUser:
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
    text = unescape(re.sub(r"<[^>]+>", " ", response.text.replace("<wbr>", ""))).replace("\u00a0", " ")
    return " ".join(text.split())
