"""A school as its e-mails name it: they come with its name, and answers go to its manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from player.compliance import LONDON
from player.records import memberships
from player.records.database import Transaction
from player.records.mail import Message
from player.records.tables import School
from player.settings import Settings

WHOM = "your school’s training manager"


class Addressee(NamedTuple):
    """A person as an e-mail greets them."""

    person: str
    name: str
    address: str


class Sender(NamedTuple):
    """The school of an e-mail."""

    school_id: str
    name: str
    reply_to: str
    manager: str


def managers(tx: Transaction, school_id: str, on: date) -> tuple[Addressee, ...]:
    """The managers of a school on a day, with their addresses."""
    known = memberships.managers(tx, school_id, on)
    return tuple(Addressee(one.person_id, one.name, one.email) for one in known if one.email)


def sender(tx: Transaction, school: School, now: datetime) -> Sender:
    """The school as a sender."""
    return sender_on(tx, school.id, school.name, school.day(now))


def sender_on(tx: Transaction, school_id: str, name: str, on: date) -> Sender:
    """The school as a sender on a day: its first manager by name has the answers."""
    known = managers(tx, school_id, on)
    if not known:
        return Sender(school_id, name, "", WHOM)
    return Sender(school_id, name, known[0].address, known[0].name)


def of_school(message: Message, sender: Sender) -> Message:
    """The e-mail as that school's."""
    return replace(message, school_id=sender.school_id, from_name=sender.name, reply_to=sender.reply_to)


def course_page(settings: Settings, school_id: str, course_id: str) -> str:
    """The address of a learner's own page of a course at the school that writes: another of their schools may
    have given it too."""
    return f"{settings.site_origin}/training/{course_id}?school={school_id}"


def at(now: datetime) -> str:
    """“3 March 2027 at 10:42”."""
    local = now.astimezone(ZoneInfo(LONDON))
    return f"{local.day} {local:%B} {local.year} at {local:%H:%M}"


def day(on: date) -> str:
    """“3 March 2027”."""
    return f"{on.day} {on:%B} {on.year}"
