"""The production WSGI server: Waitress, on one port for both hosts."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import create_server  # type: ignore[import-untyped]

from player import create_app
from player.bodies import MOST, bound
from player.importing import sweep
from player.settings import Settings, SettingsError, on_port, record_origins
from player.upkeep import upkeep
from player.web.context import DATABASE
from player.web.logs import hide_links
from player.web.pages import may_upload

THREADS = 16
BACKLOG = 1024


def serve(settings: Settings, host: str, port: int, ready: Callable[[Settings], None]) -> None:
    """Serve until interrupted; `ready` is called once a browser would be answered."""
    try:
        listening = listen(host, port)
    except OSError as error:
        raise SettingsError(
            f"{host}:{port} cannot be served: {error.strerror}. "
            "Choose another with --host or --port, or by `make run PORT=8001`."
        ) from error
    settings = on_port(settings, listening[0].getsockname()[1])
    app = create_app(settings)
    app.extensions[DATABASE].grow_log()
    server = make_server(app, settings, listening)
    record_origins(settings)
    sweep(settings.data, settings.packages)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop in good order, as by Ctrl+C
    try:
        ready(settings)
        with upkeep(app.extensions[DATABASE], app.logger):
            server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def make_server(app: Flask, settings: Settings, listening: list[socket.socket]) -> Any:
    """The server on sockets that listen already, so that the port in its origins is the one it has."""
    proxy = {}
    if settings.proxy:
        proxy = {
            "trusted_proxy": settings.proxy,
            "trusted_proxy_headers": {"x-forwarded-for"},
            "clear_untrusted_proxy_headers": True,
        }
    dispatchers: dict[int, Any] = {}
    server = create_server(
        app,
        map=dispatchers,
        sockets=listening,
        threads=THREADS,
        ident=None,
        channel_timeout=60,
        max_request_body_size=MOST,
        **proxy,
    )
    logging.getLogger("waitress").addFilter(hide_links)
    bound(dispatchers, lambda path, cookie: may_upload(app, path, cookie))
    return server


def listen(host: str, port: int) -> list[socket.socket]:
    """One socket; for a loopback name, both of its addresses on one port, because browsers try either."""
    if host != "localhost":
        return [_bound(_family(host), host, port)]
    first = _bound(socket.AF_INET, "127.0.0.1", port)
    try:
        return [first, _bound(socket.AF_INET6, "::1", first.getsockname()[1])]
    except OSError:
        return [first]  # a machine without IPv6, or its port is taken


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made
