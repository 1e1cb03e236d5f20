"""The mail server over TLS with an account (RFC 3207, RFC 8314, RFC 4954), and what is refused there."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from player.settings import Mail
from tests.player.lms import Lms
from tests.player.mail.post_office import post_office
from tests.player.mail.test_sending import message, rows, states, work, write

PASSWORD = "three quiet words"
SAM = "sam@example.org"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Whoever signs the server's certificate."""
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is one of the machine's."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd sees none below it
@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_an_e_mail_goes_encrypted_with_the_account(
    sqlite_lms: Lms, certificate: ssl.SSLContext, trusted: None, tls: str
) -> None:
    write(sqlite_lms, message(SAM))
    with post_office(tls=tls, certificate=certificate, password=PASSWORD) as office:
        work(sqlite_lms, office.settings(sqlite_lms.settings))
    assert states(sqlite_lms) == {SAM: "sent"}
    assert office.recipients == [SAM]
    assert office.tried == [PASSWORD.encode()]


def test_a_wrong_password_is_told_in_the_servers_words(
    sqlite_lms: Lms, certificate: ssl.SSLContext, trusted: None
) -> None:
    write(sqlite_lms, message(SAM), message("ann@example.org"))
    with post_office(tls="starttls", certificate=certificate, password=PASSWORD) as office:
        settings = office.settings(sqlite_lms.settings)
        work(sqlite_lms, replace(settings, mail=replace(settings.mail, password="another")))
    assert set(states(sqlite_lms).values()) == {"waiting"}
    assert "535" in rows(sqlite_lms)[SAM].error + rows(sqlite_lms)["ann@example.org"].error
    assert set(office.tried) == {b"another"}
    assert len(office.tried) <= 2, "the other e-mail waits; one sign-in tries AUTH PLAIN, then LOGIN"


@pytest.mark.parametrize(
    ("offered", "told"), [("starttls", "certificate verify failed"), ("none", "STARTTLS")]
)
def test_no_password_and_no_e_mail_goes_to_a_server_that_is_not_the_one(
    sqlite_lms: Lms, certificate: ssl.SSLContext, offered: str, told: str
) -> None:
    """A certificate that nobody knows, and a server (or somebody between) that offers no TLS."""
    write(sqlite_lms, message(SAM))
    with post_office(tls=offered, certificate=certificate) as office:
        mail = Mail("127.0.0.1", office.port, "starttls", "office", PASSWORD, "training@provider.example")
        work(sqlite_lms, replace(sqlite_lms.settings, mail=mail))
    assert states(sqlite_lms) == {SAM: "waiting"}
    assert told in rows(sqlite_lms)[SAM].error
    assert (office.tried, office.offered) == ([], [])
