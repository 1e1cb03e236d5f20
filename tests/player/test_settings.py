"""Settings: what works out of the box, and what is refused with what to set."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.domains import is_loopback, registrable
from player.settings import SettingsError, read_settings, record_origins


@pytest.fixture
def data(tmp_path: Path) -> dict[str, str]:
    return {"PLAYER_DATA": str(tmp_path / "data")}


def test_out_of_the_box_there_are_two_hosts_on_this_machine(data: dict[str, str]) -> None:
    settings = read_settings(data)
    assert settings.site_origin == "http://localhost:8000"
    assert settings.content_origin == "http://127.0.0.1:8000"
    assert settings.database_url.endswith("/data/player.db")
    assert settings.frame_ancestors == settings.site_origin
    assert settings.warnings() == []


def test_the_secret_is_made_once_and_for_nobody_else_to_read(data: dict[str, str]) -> None:
    first, again = read_settings(data), read_settings(data)
    assert len(first.secret_key) > 30
    assert first.secret_key == again.secret_key
    assert (first.data / "secret").stat().st_mode & 0o077 == 0


def test_a_link_printed_later_uses_the_origins_of_the_server(data: dict[str, str]) -> None:
    record_origins(read_settings(data, port=8123))
    assert read_settings(data).site_origin == "http://localhost:8123"
    assert read_settings(data).content_origin == "http://127.0.0.1:8123"
    assert read_settings(data, port=9000).site_origin == "http://localhost:9000"


PRODUCTION = {
    "PLAYER_SITE_ORIGIN": "https://training.example.org",
    "PLAYER_CONTENT_ORIGIN": "https://content.example.net",
    "PLAYER_SECRET_KEY": "k" * 32,
    "PLAYER_PROXY": "127.0.0.1",
}


def test_production_says_where_everything_is(data: dict[str, str]) -> None:
    settings = read_settings(data | PRODUCTION)
    assert settings.secure
    assert settings.warnings() == []
    assert settings.content_origin_of("any") == "https://content.example.net"


@pytest.mark.parametrize("missing", ["PLAYER_CONTENT_ORIGIN", "PLAYER_SECRET_KEY"])
def test_what_production_needs_is_asked_for_by_name(data: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        read_settings(data | {k: v for k, v in PRODUCTION.items() if k != missing})


@pytest.mark.parametrize(
    "wrong",
    [
        {"PLAYER_SITE_ORIGIN": "training.example.org"},
        {"PLAYER_SITE_ORIGIN": "https://training.example.org/app"},
        {"PLAYER_SITE_ORIGIN": "https://{course}.example.org"},
        {"PLAYER_SITE_ORIGIN": "https://training.example.org:80000"},
        {"PLAYER_CONTENT_ORIGIN": "https://training.example.org"},
        {"PLAYER_CONTENT_ORIGIN": "https://a.{course}.example.net"},
        {"PLAYER_SMTP_PORT": "many"},
        {"PLAYER_SECRET_KEY": "training"},
        {"PLAYER_PROXY": "localhost"},
    ],
)
def test_a_wrong_setting_is_named(data: dict[str, str], wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        read_settings(data | PRODUCTION | wrong)


def test_all_wrong_settings_are_told_at_once_and_no_secret_is(data: dict[str, str]) -> None:
    wrong = {"PLAYER_SECRET_KEY": "hunter2", "PLAYER_SMTP_PORT": "many", "PLAYER_PROXY": "localhost"}
    with pytest.raises(SettingsError) as refused:
        read_settings(data | PRODUCTION | wrong)
    secret, proxy, port = str(refused.value).splitlines()
    assert secret.startswith("PLAYER_SECRET_KEY has 7 characters: write at least 32 characters")
    assert (
        proxy
        == "PLAYER_PROXY is 'localhost': write the address that the proxy comes from, such as 127.0.0.1."
    )
    assert port == "PLAYER_SMTP_PORT is 'many': write a number such as 587."
    assert "hunter2" not in str(refused.value)


def test_a_setting_that_there_is_not_is_warned_of(data: dict[str, str]) -> None:
    [warning] = read_settings(data | {"PLAYER_SMPT_HOST": "mail.example.org", "PATH": "/bin"}).warnings()
    assert warning == (
        "PLAYER_SMPT_HOST is no setting of the player and does nothing. Did you mean PLAYER_SMTP_HOST?"
    )


@pytest.mark.parametrize(
    ("content", "warns"),
    [
        ("https://content.example.org", True),
        ("https://{course}.content.example.org", True),
        ("https://{course}.content.example.net", False),
    ],
)
def test_a_domain_shared_with_the_site_is_warned_of(data: dict[str, str], content: str, warns: bool) -> None:
    settings = read_settings(data | PRODUCTION | {"PLAYER_CONTENT_ORIGIN": content})
    assert bool(settings.warnings()) is warns


def test_an_origin_in_the_open_is_warned_of(data: dict[str, str]) -> None:
    in_the_open = {"PLAYER_SITE_ORIGIN": "http://training.example.org"}
    [warning] = read_settings(data | PRODUCTION | in_the_open).warnings()
    assert "http://training.example.org is not https" in warning


def test_a_proxy_that_is_not_named_is_warned_of(data: dict[str, str]) -> None:
    [warning] = read_settings(data | PRODUCTION | {"PLAYER_PROXY": ""}).warnings()
    assert "PLAYER_PROXY" in warning


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("training.example.org", "example.org"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("www.northfield.leeds.sch.uk", "northfield.leeds.sch.uk"),
        ("example.de", "example.de"),
        ("10.0.0.1", "10.0.0.1"),
    ],
)
def test_what_one_owner_registered(host: str, wanted: str) -> None:
    assert registrable(host) == wanted


@pytest.mark.parametrize(
    ("host", "is_local"),
    [("localhost", True), ("a.localhost", True), ("127.8.8.8", True), ("::1", True), ("10.0.0.1", False)],
)
def test_what_only_this_machine_reaches(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local


MAIL = {"PLAYER_SMTP_HOST": "mail.example.org", "PLAYER_MAIL_FROM": "training@example.org"}


def test_a_mail_server_is_used_as_its_port_wants(data: dict[str, str], tmp_path: Path) -> None:
    assert read_settings(data).mail.host == ""
    for port, tls in (("25", "none"), ("587", "starttls"), ("465", "tls")):
        assert read_settings(data | MAIL | {"PLAYER_SMTP_PORT": port}).mail.tls == tls
    file = tmp_path / "password"
    file.write_text("a secret\nand more\n", encoding="utf-8")
    account = {"PLAYER_SMTP_PORT": "587", "PLAYER_SMTP_USER": "us", "PLAYER_SMTP_PASSWORD_FILE": str(file)}
    assert read_settings(data | MAIL | account).mail.password == "a secret"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"PLAYER_MAIL_FROM": ""}, "PLAYER_MAIL_FROM"),
        ({"PLAYER_MAIL_FROM": "Training <training@example.org>"}, "PLAYER_MAIL_FROM"),
        ({"PLAYER_SMTP_PORT": "99999"}, "PLAYER_SMTP_PORT"),
        ({"PLAYER_SMTP_TLS": "yes"}, "PLAYER_SMTP_TLS"),
        ({"PLAYER_SMTP_USER": "us", "PLAYER_SMTP_PASSWORD": "secret"}, "PLAYER_SMTP_TLS"),
        ({"PLAYER_SMTP_PASSWORD_FILE": "/nowhere/password"}, "PLAYER_SMTP_PASSWORD_FILE"),
        ({"PLAYER_WORK": "there"}, "PLAYER_WORK"),
    ],
)
def test_wrong_mail_settings_are_refused_by_name(
    data: dict[str, str], given: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(data | MAIL | given)
