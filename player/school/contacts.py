"""The contacts that courses name under Get help: each school fills in its own (decision 15)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from player.lists.addresses import clean_address
from player.lists.fields import LONGEST, unfit_email, unfit_text
from player.records import contacts, courses
from player.records.database import Transaction
from player.records.tables import ContactDetails
from player.records.versions import Versions
from player.school.actor import Actor
from player.school.auditing import Change, write_difference

FIGURES = range(3, 16)  # of a telephone number: 999 at the least, E.164's 15 at the most
_NUMBER = re.compile(r"[+]?[0-9 ()./\u2010-\u2013-]+")
_TRUNK = re.compile(r"^([+][0-9 ]+)\(0\)")  # +44 (0)1234: a link must not dial that nought
EMPTY = "Add a name, a phone number or an e-mail address. Learners do not see a note on its own"


@dataclass(frozen=True, slots=True)
class Contact:
    """What a school gives for a slot; everything may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""

    @classmethod
    def typed(cls, name: str, phone: str, email: str, note: str) -> Contact:
        """As somebody typed or pasted it: an address without “mailto:”, +44 (0)1234 without its nought."""
        return cls(name, _TRUNK.sub(r"\1", phone), clean_address(email), note)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given at all."""
        return self == Contact()

    @property
    def is_missing(self) -> bool:
        """Whether learners are told that it is missing, as there is no way to anybody."""
        return not (self.name or self.phone or self.email)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot with the courses of the school that ask for it; none where it was filled in for an earlier
    one."""

    name: str
    label: str  # “Your designated safeguarding lead”
    courses: tuple[str, ...]
    contact: Contact

    @property
    def is_missing(self) -> bool:
        """Whether a learner who looks for this contact finds none."""
        return bool(self.courses) and self.contact.is_missing


def slots(tx: Transaction, versions: Versions, school_id: str, now: datetime) -> list[Slot]:
    """The slots that the school's courses ask for, in the courses' order; then those that it filled in and no
    course asks for now."""
    filled = contacts.of_school(tx, school_id)
    labels: dict[str, str] = {}
    asking: dict[str, list[str]] = {}
    for course, version in courses.of_school(tx, school_id, now.date()):
        for contact in versions.get(version).contacts:
            labels.setdefault(contact.slot, contact.label or contact.slot)
            asking.setdefault(contact.slot, []).append(course.title)
    for name, details in filled.items():
        labels.setdefault(name, details.label)
    return [
        Slot(name, label, tuple(asking.get(name, ())), _contact(filled.get(name)))
        for name, label in labels.items()
    ]


def missing(tx: Transaction, versions: Versions, school_id: str, now: datetime) -> list[Slot]:
    """The slots in which learners find nobody."""
    return [slot for slot in slots(tx, versions, school_id, now) if slot.is_missing]


def _contact(details: ContactDetails | None) -> Contact:
    if details is None:
        return Contact()
    return Contact(details.name, details.phone, details.email, details.note)


def unfit(contact: Contact) -> dict[str, str]:
    """The errors of a slot's form: a sentence for each field that cannot be taken."""
    errors = {
        "name": unfit_text(contact.name, "The name"),
        "phone": unfit_phone(contact.phone),
        "email": unfit_email(contact.email) if contact.email else "",
        "note": unfit_text(contact.note, "The note"),
    }
    if contact.is_missing and not contact.is_empty:
        errors["name"] = EMPTY
    return {field: f"{sentence}." for field, sentence in errors.items() if sentence}


def unfit_phone(phone: str) -> str:
    """The reason against a telephone number; empty where a telephone dials it as it stands."""
    if not phone:
        return ""
    figures = sum(letter.isascii() and letter.isdigit() for letter in phone)
    if len(phone) <= LONGEST and _NUMBER.fullmatch(phone) and figures in FIGURES:
        return ""
    return (
        f"“{phone[:60]}” is not one phone number. Write it like 01234 567890, and an extension or a second"
        " number in the note"
    )


def save(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    asked: Iterable[Slot],
    given: Mapping[str, Contact],
) -> None:
    """Save what a school has filled in for these slots; one that is empty now is removed."""
    for slot in asked:
        contact = given.get(slot.name, slot.contact)
        if contact == slot.contact:
            continue
        if contact.is_empty:
            contacts.remove(tx, school_id, slot.name)
        else:
            row = ContactDetails(
                school_id=school_id, slot=slot.name, label=slot.label, changed=now, **asdict(contact)
            )
            contacts.save(tx, row)
        change = Change(
            "changed", "contact", slot.name, slot.label, before=asdict(slot.contact), after=asdict(contact)
        )
        write_difference(tx, actor, now, school_id, change)
