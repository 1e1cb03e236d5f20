"""E-mails and a mail server: at most once, whatever refuses, drops, is away or dies (case 17)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from player.mail.sending import MARK, post
from player.password_links import Signed, address, read_token
from player.records.mail import Message
from player.records.tables import Person, School
from player.records.work_tables import MailRow
from player.settings import Mail, Settings
from player.work import SEND, worker
from tests.player.lms import Lms
from tests.player.mail.post_office import SENDER, post_office
from tests.player.threads import at_once

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)


def message(address: str, **more: str) -> Message:
    fields = {"subject": "Fire Safety", "text": "Hello,\n.\n.. dots\n", "html": "<p>Hello</p>", **more}
    return Message(f"test:{address}", "reminder", address, "Sam Okafor", **fields)


def write(lms: Lms, *messages: Message) -> None:
    with lms.database.writing() as tx:
        for each in messages:
            post(tx, each, NOW)


def rows(lms: Lms) -> dict[str, MailRow]:
    with lms.database.reading() as tx:
        return {row.address: row for row in tx.scalars(select(MailRow))}


def states(lms: Lms) -> dict[str, str]:
    return {address: row.state for address, row in rows(lms).items()}


def work(lms: Lms, settings: Settings, now: datetime = NOW) -> int:
    return worker(lms.database, settings, lambda: now, (SEND,)).run_due()


def test_an_e_mail_arrives_once_as_it_was_written(lms: Lms) -> None:
    with post_office() as office:
        write(lms, message("sam@example.org", from_name="St Mary’s", reply_to="priya@example.org"))
        write(lms, message("sam@example.org"))  # the same cause
        assert work(lms, office.settings(lms.settings)) == 1
        assert work(lms, office.settings(lms.settings), NOW + 48 * HOUR) == 0
    got = office.only()
    assert got["From"] == f"St Mary’s <{SENDER}>"
    assert got["To"] == "Sam Okafor <sam@example.org>"
    assert (got["Reply-To"], got["Subject"]) == ("priya@example.org", "Fire Safety")
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime == NOW
    assert got["Message-ID"] == f"<{rows(lms)['sam@example.org'].id}@provider.example>"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Hello,", ".", ".. dots"]
    assert html.get_content().splitlines() == ["<p>Hello</p>"]
    assert states(lms) == {"sam@example.org": "sent"}


def test_nothing_in_a_name_or_subject_becomes_a_header(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    evil = "Sam\r\nBcc: everybody@example.org\r\n\r\nbody"
    write(lms, replace(message("sam@example.org"), name=evil, from_name=evil, subject=evil))
    with post_office() as office:
        work(lms, office.settings(lms.settings))
    assert office.recipients == ["sam@example.org"]
    assert office.only()["Bcc"] is None
    assert office.only()["Subject"] == "Sam Bcc: everybody@example.org body"


def test_without_a_mail_server_it_is_kept_and_never_sent_later(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    write(lms, message("sam@example.org"))
    work(lms, lms.settings)
    assert states(lms) == {"sam@example.org": "kept"}
    with post_office() as office:
        work(lms, office.settings(lms.settings), NOW + HOUR)
    assert office.taken == []


def _try_for_a_day(lms: Lms, settings: Settings) -> None:
    """A look every minute of the hour in which most is tried, then every half hour."""
    for minutes in (*range(60), *range(60, 26 * 60, 30)):
        work(lms, settings, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "rules",
    [
        {"refused": {"ben@example.org": "550 no such user here"}},
        {"refused": {"ben@example.org": "451 come back later"}},
    ],
)
def test_case_17_a_refused_address_stops_nobody_and_fails_after_a_day(
    sqlite_lms: Lms, rules: dict[str, dict[str, str]]
) -> None:
    lms = sqlite_lms
    people = [f"{name}@example.org" for name in ("ann", "ben", "cid")]
    write(lms, *map(message, people))
    with post_office(**rules) as office:
        settings = office.settings(lms.settings)
        work(lms, settings)
        assert sorted(office.recipients) == ["ann@example.org", "cid@example.org"]
        assert states(lms)["ben@example.org"] == "waiting"
        _try_for_a_day(lms, settings)
    assert 8 <= office.offered.count("ben@example.org") <= 16, "growing pauses"
    ben = rows(lms)["ben@example.org"]
    assert (ben.state, ben.error) == ("failed", rules["refused"]["ben@example.org"])
    assert sorted(office.recipients) == ["ann@example.org", "cid@example.org"]


def test_case_17_a_server_that_was_down_for_an_hour_gets_everything(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    people = [f"person-{number}@example.org" for number in range(5)]
    write(lms, *map(message, people))
    with post_office() as office:
        up = office.settings(lms.settings)
    for minutes in range(60):
        work(lms, up, NOW + timedelta(minutes=minutes))
    assert set(states(lms).values()) == {"waiting"}
    assert "refused" in rows(lms)[people[0]].error
    with post_office() as office:
        work(lms, office.settings(lms.settings), NOW + 2 * HOUR + timedelta(minutes=10))
    assert sorted(office.recipients) == people


def test_case_17_a_server_that_never_comes_back_is_told_in_its_words(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    write(lms, message("sam@example.org"))
    _try_for_a_day(lms, replace(lms.settings, mail=Mail("127.0.0.1", 1, sender=SENDER)))
    sam = rows(lms)["sam@example.org"]
    assert sam.state == "failed"
    assert "refused" in sam.error


def test_case_17_a_server_that_answers_slowly_gets_everything_once(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    people = [f"person-{number}@example.org" for number in range(3)]
    write(lms, *map(message, people))
    with post_office(seconds=0.1) as office:
        settings = office.settings(lms.settings)
        at_once(lambda: work(lms, settings), lambda: work(lms, settings))
    assert sorted(office.recipients) == people
    assert set(states(lms).values()) == {"sent"}


def test_refused_after_it_was_handed_over_is_known_not_to_have_arrived(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    write(lms, message("sam@example.org"))
    with post_office(refused_after_data="452 no room") as office:
        work(lms, office.settings(lms.settings))
        assert states(lms) == {"sam@example.org": "waiting"}
        office.refused_after_data = ""
        work(lms, office.settings(lms.settings), NOW + HOUR)
    assert office.recipients == ["sam@example.org"]
    assert states(lms) == {"sam@example.org": "sent"}


def test_a_connection_lost_after_it_was_handed_over_is_unconfirmed(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    lms = sqlite_lms
    write(lms, message("sam@example.org"), message("ann@example.org"))
    with post_office(drops_after_data=True) as office:
        work(lms, office.settings(lms.settings))
        office.drops_after_data = False
        monkeypatch.setattr("player.mail.transport.SECONDS", 0.2)
        office.seconds = 0.6
        write(lms, message("slow@example.org"))
        work(lms, office.settings(lms.settings), NOW + 48 * HOUR)
        work(lms, office.settings(lms.settings), NOW + 96 * HOUR)
    assert set(states(lms).values()) == {"unconfirmed"}
    assert Counter(office.recipients).most_common(1)[0][1] == 1


def test_an_address_that_no_server_takes_fails_at_once(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    write(lms, message("zoë@example.org"), message("sam@bücher.example"))
    with post_office() as office:
        work(lms, office.settings(lms.settings))
    assert states(lms) == {"zoë@example.org": "failed", "sam@bücher.example": "sent"}
    assert office.recipients == ["sam@xn--bcher-kva.example"]


def test_a_password_link_is_made_when_it_is_sent_and_only_for_its_address(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    with lms.database.writing() as tx:
        school = School(name="Northfield")
        tx.add(school)
        tx.flush()
        for name in ("sam", "moved"):
            person = Person(name=name, email=f"{name}@example.org")
            tx.add(person)
            tx.flush()
            text = f"Open {address(lms.settings, MARK)}\n"
            post(tx, replace(message(person.email or "", text=text), link="reset", person_id=person.id), NOW)
            if name == "moved":
                person.email = "elsewhere@example.org"
        sam = tx.scalars(select(Person).where(Person.name == "sam")).one().id
    with post_office() as office:
        work(lms, office.settings(lms.settings))
    assert office.recipients == ["sam@example.org"]
    body = office.only().get_body(("plain",))
    assert body is not None
    token = body.get_content().split("/welcome/")[1].strip()
    assert read_token(lms.settings, token) == Signed(sam, 0)
    assert MARK in rows(lms)["sam@example.org"].text, "no link in the database"
    assert states(lms)["moved@example.org"] == "failed"
