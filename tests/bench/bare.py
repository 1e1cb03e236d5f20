"""A bare Flask POST behind Waitress: it reads a commit's body and answers as many bytes. The least that a
commit could cost in a program like ours."""

from __future__ import annotations

import sys

from flask import Flask, Response, request
from waitress import serve  # type: ignore[import-untyped]

ANSWER = b'{"have": 1}'.ljust(670)  # bytes of a commit's answer
app = Flask(__name__)


@app.post("/commit")
def commit() -> Response:
    request.get_data()
    return Response(ANSWER, mimetype="application/json")


if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
