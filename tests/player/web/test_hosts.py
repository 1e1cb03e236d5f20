"""Two hosts, one server: what belongs to one does not exist on the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from player import create_app
from player.importing import import_package
from player.school.actor import COMMAND
from player.school.portal import enrolled_learner
from player.settings import read_settings
from player.web.context import REGISTRAR
from tests.player.lms import START
from tests.player.packages import package, scorm_12
from tests.player.served import Server


def test_an_unknown_host_is_told_where_to_go(server: Server) -> None:
    for host in ("example.org", "127.0.0.1", "localhost:1", f"evil.localhost:{server.port}"):
        reply = server.ask("GET", "/", host=host)
        assert reply.status == 400
        assert server.site.encode() in reply.body


def test_the_content_hosts_routes_do_not_exist_on_the_site(server: Server) -> None:
    link = server.lms.link(server.lms.add().course)
    path = "/" + link.split("/", 3)[3]
    assert server.ask("GET", path).status == 200
    assert server.ask("GET", path, host=server.site).status == 404
    assert server.post(f"{path}deliver", {"page": "p"}, host=server.site).status in (400, 404)
    href = server.post(f"{link}deliver", {"page": "p"}).json["session"]["href"]
    assert server.ask("GET", href).status == 200
    assert server.ask("GET", href, host=server.site).status == 404


def test_the_sites_routes_do_not_exist_on_the_content_host(server: Server) -> None:
    assert server.post("/api/launch", {}, host=server.site).status == 401
    assert server.post("/api/launch", {}).status == 404


@pytest.fixture
def many_origins(tmp_path: Path) -> dict[str, str]:
    return {
        "PLAYER_DATA": str(tmp_path / "data"),
        "PLAYER_SITE_ORIGIN": "https://training.example.org",
        "PLAYER_CONTENT_ORIGIN": "https://{course}.content.example.net",
        "PLAYER_SECRET_KEY": "k" * 32,
    }


def test_every_course_may_have_an_origin_of_its_own(many_origins: dict[str, str]) -> None:
    app = create_app(read_settings(many_origins))
    client = app.test_client()
    for host, status in (
        ("fire-safety.content.example.net", 200),
        ("fire-safety.content.example.net:443", 200),
        ("content.example.net", 400),
        ("a.b.content.example.net", 400),
        ("content.example.org", 400),
    ):
        reply = client.get("/robots.txt", base_url="https://training.example.org", headers={"Host": host})
        assert reply.status_code == status, host
    app.extensions["player.database"].close()


def test_no_link_and_no_password_travels_in_the_open_again(many_origins: dict[str, str]) -> None:
    app = create_app(read_settings(many_origins))
    client = app.test_client()
    for host, path in (("training.example.org", "/sign-in"), ("any.content.example.net", "/robots.txt")):
        reply = client.get(path, base_url="https://training.example.org", headers={"Host": host})
        assert "max-age=" in reply.headers["Strict-Transport-Security"]
    app.extensions["player.database"].close()


def test_over_plain_http_nobody_is_sent_to_tls(server: Server) -> None:
    for reply in (server.ask("GET", "/sign-in", host=server.site), server.ask("GET", "/robots.txt")):
        assert "Strict-Transport-Security" not in reply.headers


def test_a_link_opens_a_course_on_its_own_origin_only(many_origins: dict[str, str], tmp_path: Path) -> None:
    app = create_app(read_settings(many_origins))
    registrar = app.extensions[REGISTRAR]
    path = package(tmp_path / "a.zip", scorm_12())
    import_package(registrar.database, registrar.settings.packages, path, START)
    with registrar.database.writing() as tx:
        enrolment = enrolled_learner(tx, COMMAND, START, None, "fire-safety", "ann", None)
        link = registrar.launch(tx, enrolment, START)
    assert link.startswith("https://fire-safety.content.example.net/play/")
    app.extensions["player.content"].extensions["player.clock"] = lambda: START
    client = app.test_client()
    path_of_link = "/" + link.split("/", 3)[3]
    for course, status in (("fire-safety", 200), ("other", 404)):
        host = {"Host": f"{course}.content.example.net"}
        assert client.get(path_of_link, headers=host).status_code == status
    elsewhere = {"Host": "other.content.example.net"}
    own = {"Host": "fire-safety.content.example.net"}
    refused = client.post(f"{path_of_link}deliver", json={"page": "p"}, headers=elsewhere)
    assert refused.status_code == 404
    assert "another course" in refused.get_json()["error"]
    session = client.post(f"{path_of_link}deliver", json={"page": "p"}, headers=own).get_json()["session"]
    sent = {"session": session["id"], "number": 1, "calls": [[1, "Initialize", ""]]}
    assert client.post(f"{path_of_link}commit", json=sent, headers=elsewhere).status_code == 404
    assert client.post(f"{path_of_link}commit", json=sent, headers=own).get_json()["have"] == 1
    href = session["href"]
    for course, status in (("fire-safety", 200), ("other", 404)):
        reply = client.get(href, headers={"Host": f"{course}.content.example.net"})
        assert reply.status_code == status
        reply.close()
    app.extensions["player.database"].close()
