"""The database, settings, registrar and clock of the application that serves a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, current_app

from player.compliance.zones import london_today
from player.records.database import Database
from player.records.tables import School
from player.registrar import Registrar
from player.settings import Settings

DATABASE, SETTINGS, CLOCK = "player.database", "player.settings", "player.clock"
REGISTRAR = "player.registrar"


def database() -> Database:
    """The application's database."""
    return cast(Database, current_app.extensions[DATABASE])


def settings() -> Settings:
    """The settings that the server started with."""
    return cast(Settings, current_app.extensions[SETTINGS])


def registrar() -> Registrar:
    """The application's registrar."""
    return cast(Registrar, current_app.extensions[REGISTRAR])


def now() -> datetime:
    """The time of this request; a test may set its own clock."""
    return clock_of(current_app)()


def clock_of(app: Flask) -> Callable[[], datetime]:
    """The clock of an application."""
    return cast(Callable[[], datetime], app.extensions.get(CLOCK, _now))


def _now() -> datetime:
    return datetime.now(UTC)


def today(school: School | None = None) -> date:
    """The day of this request at a school; London's where none is named."""
    return school.day(now()) if school else london_today(now())


def attach(app: Flask, settings: Settings, registrar: Registrar) -> None:
    """Attach them to an application."""
    app.extensions[SETTINGS] = settings
    app.extensions[DATABASE] = registrar.database
    app.extensions[REGISTRAR] = registrar
