"""The real server on a free port, in a thread, and requests to it that say which host they mean."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from player import create_app
from player.connections import PATIENCE, Patience
from player.records.database import Database
from player.serving import Server as Serving
from player.serving import listen
from player.settings import Settings, on_port, read_settings
from tests.player.lms import Lms


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body as a value."""
        return json.loads(self.body)


@dataclass
class Asked:
    """A server that runs on a port of this machine."""

    port: int

    def ask(
        self, method: str, url: str, body: bytes | None = None, *, host: str | None = None, **headers: str
    ) -> Reply:
        """One request on a connection of its own; `url` may be a path, with `host` beside it."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            target = url[url.index(parts.path) :] if parts.netloc else url
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.putrequest(method, target, skip_host=True)
            connection.putheader("Host", host or parts.netloc or f"127.0.0.1:{self.port}")
            for name, value in sent.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def post(self, url: str, value: object, **more: Any) -> Reply:
        """A JSON request."""
        return self.ask("POST", url, json.dumps(value).encode(), Content_Type="application/json", **more)

    @property
    def site(self) -> str:
        """The site's host."""
        return f"localhost:{self.port}"


@dataclass
class Server(Asked):
    """A running server, and the installation that it serves."""

    settings: Settings
    lms: Lms = field(repr=False)


@contextmanager
def served(
    folder: Path, database_url: str = "", patience: Patience = PATIENCE, most: int | None = None
) -> Iterator[Server]:
    """A server over a fresh installation in `folder`, on SQLite where nothing else is said."""
    sockets = listen("127.0.0.1", 0)
    port = sockets[0].getsockname()[1]
    environment = {"PLAYER_DATA": str(folder / "data"), "PLAYER_DATABASE_URL": database_url}
    settings = on_port(read_settings(environment, port=0), port)
    app = create_app(settings)
    server = Serving(app, settings, sockets, patience, most)
    thread = threading.Thread(target=server.run)
    thread.start()
    database = Database(settings.database_url)
    lms = Lms(folder, database)
    lms.use(settings)
    try:
        yield Server(port, settings, lms)
    finally:
        server.stop()
        thread.join()
        server.close()
        app.extensions["player.database"].close()
        database.close()
