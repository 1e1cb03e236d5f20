"""What a fault leaves in the log: the traceback, and nothing that opens something or is an answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.player.served import Server, served


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str, str]]:
    """A server that has lost a table since its learner's page was opened."""
    with served(tmp_path_factory.mktemp("broken")) as server:
        link = server.lms.link(server.lms.add().course)
        session = server.post(f"{link}deliver", {"page": "page-1"}).json["session"]["id"]
        with server.lms.database.writing() as tx:
            tx.execute(text('DROP TABLE "commit"'))
        yield server, link, session


def test_a_fault_on_the_content_host_is_written_down_without_token_or_answers(
    broken: tuple[Server, str, str], caplog: pytest.LogCaptureFixture
) -> None:
    server, link, session = broken
    call = [1, "Initialize", ""], [2, "SetValue", "cmi.suspend_data", "what-ann-answered"]
    reply = server.post(f"{link}commit", {"session": session, "number": 1, "calls": list(call)})
    assert reply.status == 500
    assert b"Traceback" not in reply.body
    assert "POST /play/<token>/commit" in caplog.text
    assert "no such table" in caplog.text
    assert link.split("/")[-2] not in caplog.text
    assert "what-ann-answered" not in caplog.text


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("path", ["/play/s3cret/commit", "/welcome/s3cret", "/content/s3cret/a.html"])
def test_the_web_server_writes_no_link_of_its_own_accord(caplog: pytest.LogCaptureFixture, path: str) -> None:
    logging.getLogger("waitress").error("Exception while serving %s", path)
    assert "Exception while serving /" in caplog.text
    assert "s3cret" not in caplog.text
