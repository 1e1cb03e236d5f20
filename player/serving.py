"""The production WSGI server: Waitress, on one port for both hosts."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from types import FrameType
from typing import Any

from flask import Flask
from waitress import create_server  # type: ignore[import-untyped]
from waitress.server import BaseWSGIServer  # type: ignore[import-untyped]

from player import create_app
from player.bodies import MOST, bounded
from player.connections import PATIENCE, Channel, Connections, Patience
from player.jobs import working
from player.memory import collect_seldom, return_large_blocks
from player.private import close_to_others
from player.processes import Processes
from player.records.database import Database
from player.records.unavailable import is_full, unavailable
from player.settings import THREADS as THREADS
from player.settings import Settings, SettingsError, on_port, record_origins
from player.threads import Threads
from player.unfinished import sweep
from player.web.context import DATABASE
from player.web.logs import hide_links
from player.web.pages import may_upload
from player.web.watching import QUEUE
from player.work import add_recurring, worker

log = logging.getLogger(__name__)
BACKLOG = 1024
LARGEST_HEAD = 64 * 1024
NO_LIMIT = 2**31
SWEEPS = 1.0  # seconds from one look for those who take too long to the next


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
    return_large_blocks()
    if settings.processes > 1 and not _prepared(settings):
        settings = replace(settings, processes=1)
    if settings.processes == 1:
        _answer(settings, listening, partial(ready, settings), tidies=True)
        return
    with TemporaryDirectory(prefix="player-") as folder:
        settings = replace(settings, counts=Path(folder, "counts"))
        Processes(settings.processes, partial(_answer_at, settings, listening)).run(partial(ready, settings))


def _prepared(settings: Settings) -> bool:
    """Brings the tables up to date and tidies the data folder, before several processes open them; False
    where only one can, because the disk is full."""
    database = Database(settings.database_url)
    try:
        database.migrate()
        _tidy(database, settings)
        return not database.is_alone
    finally:
        database.close()


def _tidy(database: Database, settings: Settings) -> None:
    """Prepares the data folder before the first request. A full disk stops nothing: what is on it can still
    be read."""
    close_to_others(settings.data, database.file)
    database.grow_log()
    try:
        record_origins(settings)
        sweep(database, settings.packages)
    except OSError as error:
        if not is_full(error):
            raise
        log.warning("%s: %s", error.filename, error.strerror)


def _answer_at(
    settings: Settings, listening: list[socket.socket], place: int, ready: Callable[[], None]
) -> None:
    """One of several processes; the first of them does the jobs."""
    _answer(settings, listening, ready, works=place == 0)


def _answer(
    settings: Settings,
    listening: list[socket.socket],
    ready: Callable[[], None],
    *,
    works: bool = True,
    tidies: bool = False,
) -> None:
    app = create_app(settings)
    database: Database = app.extensions[DATABASE]
    server = Server(app, settings, listening)
    if tidies:
        _tidy(database, settings)
    collect_seldom()
    signal.signal(signal.SIGTERM, _stop_in_good_order)
    with closing(database), app.extensions[QUEUE].writing():
        try:
            ready()
            with _working(database, settings) if works else nullcontext():
                server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()


def _stop_in_good_order(_number: int, _frame: FrameType | None) -> None:
    """Stop as Ctrl+C does. A second signal is ignored: it would break off what is being closed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def _working(database: Database, settings: Settings) -> Iterator[None]:
    """Do the jobs in a thread, unless another process does them. A full disk or a database that is away stops
    nothing: who serves next adds what recurs."""
    if settings.works_elsewhere:
        yield
        return
    try:
        add_recurring(database, datetime.now(UTC))
    except Exception as error:
        if not (reason := unavailable(error)):
            raise
        log.warning("What recurs is not planned: the database: %s", reason)
    with working(worker(database, settings)):
        yield


class Server:
    """Waitress on sockets that listen already, so that the port in its origins is the one it has."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        listening: list[socket.socket],
        patience: Patience = PATIENCE,
        most: int | None = None,
    ) -> None:
        self._connections = Connections(patience, most)
        self._threads = Threads(settings.threads)
        self._waitress = create_server(
            app,
            map=self._connections,
            sockets=listening,
            _dispatcher=self._threads,
            ident=None,
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=MOST,
            outbuf_high_watermark=MOST,  # an answer that is taken slowly waits on disk, and holds no thread
            connection_limit=NO_LIMIT,  # `Connections` keeps it, and knows whom to close
            cleanup_interval=NO_LIMIT,
            **_proxy(settings),
        )
        self._is_stopping = False
        parser = bounded(lambda path, cookie: may_upload(app, path, cookie))
        channel = type("BoundedChannel", (Channel,), {"parser_class": parser})
        for socket_server in self._sockets():
            socket_server.channel_class = channel
        logging.getLogger("waitress").addFilter(hide_links)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that waits

    def run(self) -> None:
        """Answer until stopped or interrupted."""
        swept = monotonic()
        while not self._is_stopping:
            self._connections.turn(SWEEPS)
            if monotonic() - swept >= SWEEPS:
                self._connections.sweep()
                swept = monotonic()

    def stop(self) -> None:
        """Let `run` end; from any thread."""
        self._is_stopping = True
        self._sockets()[0].pull_trigger()

    def close(self) -> None:
        """Let the requests under way end, and close every connection."""
        self._threads.shutdown()
        self._connections.close()

    def _sockets(self) -> list[Any]:
        return [one for one in self._connections.values() if isinstance(one, BaseWSGIServer)]


def _proxy(settings: Settings) -> dict[str, Any]:
    if not settings.proxy:
        return {}
    return {
        "trusted_proxy": settings.proxy,
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }


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
