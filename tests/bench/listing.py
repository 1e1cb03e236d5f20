"""The September list of a large school on SQLite: read, compared and written, and how that grows."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from player.lists.staff import read_staff
from player.records import schools
from player.records.database import Database
from player.school import roster, roster_writing
from player.school.actor import COMMAND
from player.settings import Settings, read_settings

ROWS = 500
TIMES = 10
ON = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


def measure() -> dict[str, float]:
    """A list of new people, then the next one, in which a third have another post and a third another
    address: both are told of it."""
    few, many = _lists(ROWS), _lists(ROWS * TIMES)
    figures = {f"list: seconds of a first list, {ROWS * TIMES} rows": many[0]}
    figures[f"list: seconds of the next list, {ROWS * TIMES} rows"] = many[1]
    figures[f"list: a preview, ratio at {TIMES} times the rows"] = many[2] / few[2]
    figures[f"list: a first list, ratio at {TIMES} times the rows"] = many[0] / few[0]
    figures[f"list: the next list, ratio at {TIMES} times the rows"] = many[1] / few[1]
    return figures


@dataclass(frozen=True, slots=True)
class _Office:
    database: Database
    settings: Settings
    school: str

    def write(self, data: bytes) -> float:
        """Read, compare and write a list; the seconds of the processor."""
        began = time.process_time()
        with self.database.writing() as tx:
            planned = roster.plan(tx, COMMAND, self.school, read_staff(data), ON)
            roster_writing.write(tx, COMMAND, NOW, self.school, planned, ON)
        return time.process_time() - began

    def preview(self, data: bytes) -> float:
        """Read and compare a list."""
        began = time.process_time()
        with self.database.reading() as tx:
            roster.plan(tx, COMMAND, self.school, read_staff(data), ON)
        return time.process_time() - began


def _lists(rows: int) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"PLAYER_DATA": str(Path(folder) / "data")})
        database = Database(settings.database_url)
        database.migrate()
        with database.writing() as tx:
            school = schools.school_named(tx, "Northfield").id
        office = _Office(database, settings, school)
        first = office.write(_list(rows, changed=False))
        preview = office.preview(_list(rows, changed=True))
        again = office.write(_list(rows, changed=True))
        database.close()
    return first, again, preview


def _list(rows: int, *, changed: bool) -> bytes:
    lines = ["Name,Payroll No,Work e-mail,Role,Department"]
    for number in range(rows):
        moved = "x" if changed and number % 3 == 1 else ""
        post = "Head" if changed and number % 3 == 0 else "Teacher"
        lines.append(f'"LONGNAME{number}, Person",{number},p{number}{moved}@a.example,{post},{number % 20}')
    return "\n".join(lines).encode()
