"""A real nginx with the settings that the guide shows, in front of a server on this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

GUIDE = ROOT / "docs" / "operating.md"
FRAME = """\
{user}daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
{top}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{settings}
}}
"""
# What a test on loopback cannot have: certificates, names, the system's folder for logs.
UNUSABLE = re.compile(
    r"^ *(http2|server_name|ssl_certificate|ssl_certificate_key|access_log|error_log) .*\n", re.MULTILINE
)


def documented() -> tuple[str, str]:
    """The guide's settings outside of `http`, and those within."""
    text = GUIDE.read_text(encoding="utf-8")
    top, inside = re.findall(
        r"(?:^    .*\n|^\n(?=    ))+", text[text.index("All of nginx that it needs") :], re.MULTILINE
    )[:2]
    return top, inside


@contextmanager
def in_front(folder: Path, port: int) -> Iterator[int]:
    """The port on which nginx passes everything on to `port`; a skip where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        ours = probe.getsockname()[1]
    top, settings = documented()
    settings = UNUSABLE.sub("", settings).replace("listen 443 ssl;", f"listen 127.0.0.1:{ours} backlog=2048;")
    settings = settings.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    user = "user root;\n" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(FRAME.format(user=user, folder=folder, top=top, settings=settings), encoding="utf-8")
    running = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(written), "-e", str(folder / "start.log")]
    )
    try:
        _await(ours, running)
        yield ours
    finally:
        running.terminate()
        running.wait(10)


def _await(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx did not start with the settings of docs/operating.md")
