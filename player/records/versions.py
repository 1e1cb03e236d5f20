"""Versions read from their rows: a package is parsed once in a process, because a version never changes."""

from __future__ import annotations

import json
from threading import Lock

import msgspec

from courseware.package import Package
from player.playing.version import Version
from player.records import courses, tables
from player.records.database import Database


class Versions:
    """The versions that this process has parsed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._parsed: dict[int, Version] = {}
        self._courses: dict[str, str] = {}
        self._lock = Lock()

    def get(self, version: int) -> Version:
        """The version of that id."""
        known = self._parsed.get(version)
        if known is None:
            with self._database.reading() as tx:
                row = tx.get_one(tables.VersionRow, version)
            with self._lock:
                known = self._parsed.setdefault(version, parse(row))
        return known

    def newest(self, course: str) -> Version:
        """The version of a course that a new attempt starts on."""
        with self._database.reading() as tx:
            row = courses.newest_version(tx, course)
        if row is None:
            raise LookupError(f"the course “{course}” has no version")
        return self.get(row.id)

    def course_of(self, key: str) -> str | None:
        """The course whose files are served under a key."""
        if key not in self._courses:
            with self._database.reading() as tx:
                row = courses.version_of_key(tx, key)
            if row is None:
                return None
            self._courses[key] = row.course_id
        return self._courses[key]


def parse(row: tables.VersionRow) -> Version:
    """A version from its row."""
    package = package_from_json(row.package)
    return Version.of(package, id=row.id, course=row.course_id, number=row.number, key=row.key, ours=row.ours)


def package_to_json(package: Package) -> str:
    """A package as its row keeps it; ASCII, as all JSON in the tables."""
    return json.dumps(msgspec.to_builtins(package), separators=(",", ":"))


def package_from_json(text: str) -> Package:
    """A package as it was imported."""
    return msgspec.json.decode(text, type=Package)
