"""An installation without a web server, on a clock of its own, and the browsers that play in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from player.importing import Imported, import_package
from player.playing.protocol import read_commits
from player.records.database import Database
from player.registrar import Registrar
from player.school.actor import COMMAND
from player.school.portal import enrolled_learner
from player.school.report import records
from player.settings import Settings, read_settings
from tests.player.packages import package, scorm_12

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
Answer = dict[str, Any]


@dataclass
class Lms:
    """The player without its web server."""

    folder: Path
    database: Database
    settings: Settings = field(init=False)
    registrar: Registrar = field(init=False)
    now: datetime = START

    def __post_init__(self) -> None:
        environment = {
            "PLAYER_DATA": str(self.folder / "data"),
            "PLAYER_DATABASE_URL": self.database.url_text,
        }
        self.settings = read_settings(environment)
        self.restart()

    def use(self, settings: Settings) -> None:
        """Other settings, such as those of a server that has chosen its port."""
        self.settings = settings
        self.now = datetime.now(UTC)
        self.restart()

    def restart(self) -> None:
        """A new process: what was only in memory is gone."""
        self.registrar = Registrar(self.database, self.settings)

    def after(self, **time: float) -> None:
        """The clock goes on."""
        self.now += timedelta(**time)

    def add(
        self,
        manifest: str = "",
        *,
        update: str | None = None,
        name: str = "course.zip",
        files: Mapping[str, str | bytes] | None = None,
    ) -> Imported:
        """Import a package."""
        path = package(self.folder / name, manifest or scorm_12(), files)
        return import_package(self.database, self.settings.packages, path, self.now, update=update)

    def link(self, course: str, learner: str = "ann", **more: Any) -> str:
        """A launch's link."""
        with self.database.writing() as tx:
            enrolment = enrolled_learner(tx, COMMAND, self.now, None, course, learner, None)
            return self.registrar.launch(tx, enrolment, self.now, **more)

    def open(self, course: str, learner: str = "ann") -> Browser:
        """A browser on a link of its own."""
        return Browser(self, self.link(course, learner).split("/")[-2])

    def records(self, **which: Any) -> list[Answer]:
        """What `player records --json` prints."""
        with self.database.reading() as tx:
            told: list[Answer] = json.loads(json.dumps(records(tx, self.registrar.versions, **which)))
        return told

    def record(self, **which: Any) -> Answer:
        """The only one there is."""
        (only,) = self.records(**which)
        return only


PAGES = iter(range(1_000_000))


@dataclass
class Browser:
    """One tab with a play page."""

    lms: Lms
    token: str
    page: str = ""
    session: str = ""
    number: int = 0
    shows: str | None = None  # the mark of a view, where it says that it shows one

    def __post_init__(self) -> None:
        self.page = f"page-{next(PAGES)}"

    def deliver(self) -> Answer:
        """Ask to be delivered something."""
        answer = self.lms.registrar.deliver(self.token, self.page, self.lms.now)
        return self._told(answer)

    def send(self, *calls: list[str], number: int | None = None, session: str | None = None) -> Answer:
        """Send a commit of calls; the next number of the present session where nothing else is said."""
        number = self.number + 1 if number is None else number
        timed = [[1_764_000_000_000, *call] for call in calls]
        commit = {"session": session or self.session, "number": number, "calls": timed, "view": self.shows}
        body = json.dumps(commit)
        [sent] = read_commits(body.encode())
        answer = self.lms.registrar.commit(self.token, sent, self.lms.now)
        if session is None and not answer.get("superseded"):
            self.number = max(self.number, number)
            self._told(answer)
        return answer

    def _told(self, answer: Answer) -> Answer:
        session = answer["session"]
        if session["id"] != self.session:
            self.session, self.number = session["id"], session["have"]
        return json.loads(json.dumps(answer))  # type: ignore[no-any-return]


def put(element: str, value: str) -> list[str]:
    """A SetValue."""
    return ["SetValue", element, value]


def go(request: str, target: str = "") -> list[str]:
    """A request of the learner."""
    return ["Navigate", request, target]


OPEN, CLOSE = ["Initialize", ""], ["Terminate", ""]
