"""People of a school found by what a row says of them. Nobody is guessed, and nobody is added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from .names import folded


class Known(NamedTuple):
    """Somebody at the school."""

    id: str
    name: str
    email: str | None = None
    staff_id: str = ""


class Match(NamedTuple):
    """The person whom a row means, or the field and the sentence of what is against it."""

    person: Known | None
    field: str = ""
    message: str = ""


class People:
    """The people of one school, by address, staff id and name."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_email: dict[str, Known] = {}
        self._by_id: dict[str, Known] = {}
        self._by_name: defaultdict[str, list[Known]] = defaultdict(list)
        for person in people:
            if person.email:
                self._by_email[person.email.casefold()] = person
            if person.staff_id:
                self._by_id[person.staff_id.casefold()] = person
            self._by_name[folded(person.name)].append(person)

    def find(self, email: str = "", staff_id: str = "", name: str = "") -> Match:
        """By address or staff id where the row has one; by name alone where exactly one person has it."""
        if not email and not staff_id:
            return self._named(name)
        by_email, by_id = self._by_email.get(email.casefold()), self._by_id.get(staff_id.casefold())
        if by_email and by_id and by_email != by_id:
            message = f"The e-mail address is {by_email.name}’s and the staff id is {by_id.name}’s"
            return Match(None, "email", message)
        person = by_email or by_id
        if person is None:
            what = f"e-mail address “{email[:60]}”" if email else f"staff id “{staff_id[:60]}”"
            return Match(None, "email" if email else "staff id", f"Nobody here has the {what}")
        others = self._by_name.get(folded(name), []) if name else []
        if len(others) == 1 and others[0] != person:
            key = "email" if by_email else "staff id"
            what = "e-mail address" if by_email else "staff id"
            return Match(None, key, f"The {what} is {person.name}’s and the name is {others[0].name}’s")
        return Match(person)

    def _named(self, name: str) -> Match:
        if not name:
            return Match(None, "email", "No person is named: write an e-mail address, a staff id or a name")
        people = self._by_name.get(folded(name), [])
        if not people:
            return Match(None, "name", f"Nobody here is called “{name[:60]}”")
        if len(people) > 1:
            message = (
                f"“{name[:60]}” is the name of {len(people)} people: write the e-mail address or staff id"
            )
            return Match(None, "name", message)
        return Match(people[0])
