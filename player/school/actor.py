"""The person, portal or command on whose behalf a school is changed."""

from __future__ import annotations

from dataclasses import dataclass

from player.records.tables import Person


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor by name, as the record of changes keeps it.

    One with a school acts for that school and learns nothing of another; one without acts for the provider.
    """

    name: str
    person_id: str | None = None
    school_id: str | None = None

    @property
    def is_provider(self) -> bool:
        """Whether it may change every school."""
        return self.school_id is None


COMMAND = Actor("command line")
RULES = Actor("training rules")  # whom they reach is enrolled


def administrator(person: Person) -> Actor:
    """An administrator at the site."""
    return Actor(f"{person.name} (administrator)", person.id)


def manager(person: Person, name: str, school_id: str) -> Actor:
    """A manager of a school at the site, by the name that the school has for them."""
    return Actor(name, person.id, school_id)


def own(person: Person) -> Actor:
    """Somebody who changes their own account."""
    return Actor(person.name, person.id)


def portal(key_name: str, school_id: str) -> Actor:
    """A school's portal, by the name of its key."""
    return Actor(f"portal key “{key_name}”", None, school_id)
