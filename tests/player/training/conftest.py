"""An office: a school with courses and staff, on either database, and the commands of whoever works there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from player.cli import main
from player.records import memberships, people
from player.school import enrolling
from player.school.actor import COMMAND
from player.school.settling import settle
from tests.player.lms import CLOSE, OPEN, Browser, Lms, put
from tests.player.packages import scorm_12
from tests.player.training.staff import join

SCHOOL = "Northfield Academy"
Entry = dict[str, Any]


@dataclass
class Office:
    """The commands in this process, and learners who complete courses on a day."""

    lms: Lms
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def add_course(self, title: str) -> str:
        """Import a course."""
        return self.lms.add(scorm_12(title=title), name=f"{title}.zip").course

    def add_person(
        self, name: str, *, since: date | None = None, team: str = "", school: str = SCHOOL
    ) -> str:
        """Add somebody to the school, and return their address."""
        (email,) = self.add_people(name, since=since, team=team, school=school)
        return email

    def add_people(
        self, *names: str, since: date | None = None, team: str = "", school: str = SCHOOL
    ) -> list[str]:
        """Several, settled together."""
        addresses = [f"{name.split()[0].lower()}@northfield.example" for name in names]
        with self.lms.database.writing() as tx:
            joined = {
                join(tx, school, name, email, since, team)
                for name, email in zip(names, addresses, strict=True)
            }
            settle(tx, joined, datetime.now(UTC))
        return addresses

    def complete(self, course: str, email: str, at: date | datetime, school: str = "") -> None:
        """A learner passes a course here on a day, in an attempt of its own."""
        when = at if isinstance(at, datetime) else datetime.combine(at, time(12), UTC)
        self.lms.now = when
        with self.lms.database.writing() as tx:
            person = people.person_of_email(tx, email)
            assert person is not None
            (stay,) = (one for one in memberships.of_person(tx, person.id) if school in ("", one.school.name))
            enrolment = enrolling.enrolled(tx, COMMAND, when, stay, course)
            link = self.lms.registrar.launch(tx, enrolment, when, again=True)
        tab = Browser(self.lms, link.split("/")[-2])
        tab.deliver()
        tab.send(OPEN, put("cmi.core.lesson_status", "passed"), CLOSE)

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a command prints; its errors stand in `said`."""
        self.monkeypatch.setattr("sys.argv", ["player", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, self.said = self.capsys.readouterr()
        assert (ended.value.code or 0) == code, self.said or out
        return out

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What it prints for programs."""
        return json.loads(self.run(*arguments, "--json", code=code))

    def due(self, on: str, *more: str) -> list[Entry]:
        """`player due --on DAY`."""
        told: list[Entry] = self.json("due", "--on", on, *more)
        return told

    def one(self, on: str, email: str, course: str, *more: str) -> Entry:
        """The entry of one person in one course."""
        [entry] = [e for e in self.due(on, "--course", course, *more) if e["person"]["email"] == email]
        return entry

    def stands(self, on: str, email: str, course: str) -> tuple[str | None, str]:
        """The due day and the standing of one person in one course."""
        entry = self.one(on, email, course)
        return entry["due"], entry["standing"]


@pytest.fixture
def office(lms: Lms, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    """A school's office, with nobody there yet."""
    monkeypatch.setenv("PLAYER_DATABASE_URL", lms.database.url_text)
    monkeypatch.setenv("PLAYER_DATA", str(Path(lms.settings.packages).parent))
    with lms.database.writing() as tx:
        from player.records import schools

        schools.school_named(tx, SCHOOL)
    return Office(lms, monkeypatch, capsys)  # type: ignore[return-value]
