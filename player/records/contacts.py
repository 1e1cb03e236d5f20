"""The contacts that each school has filled in, by slot (decision 15)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session as Transaction

from player.records.columns import table
from player.records.play_tables import RegistrationRow
from player.records.tables import ContactDetails, Enrolment

Texts = dict[str, str]
TEXTS = ("name", "phone", "email", "note")
_COLUMNS = [table(ContactDetails).c[name] for name in ("slot", *TEXTS)]
_SCHOOL = select(Enrolment.school_id).join(RegistrationRow, RegistrationRow.enrolment_id == Enrolment.id)


def of_school(tx: Transaction, school_id: str) -> Mapping[str, ContactDetails]:
    """All contacts of a school."""
    wanted = select(ContactDetails).where(ContactDetails.school_id == school_id)
    return {contact.slot: contact for contact in tx.scalars(wanted.order_by(ContactDetails.slot))}


def of_registration(tx: Connection, registration: str, slots: Collection[str]) -> dict[str, Texts]:
    """The contacts in these slots of the school to which the learner of a registration belongs; a text that
    is empty is left out."""
    school = _SCHOOL.where(RegistrationRow.id == registration).scalar_subquery()
    wanted = select(*_COLUMNS).where(ContactDetails.school_id == school, ContactDetails.slot.in_(slots))
    return {
        slot: {name: text for name, text in zip(TEXTS, texts, strict=True) if text}
        for slot, *texts in tx.execute(wanted)
    }


def save(tx: Transaction, contact: ContactDetails) -> None:
    """Add a contact, or replace what its school had in this slot."""
    tx.merge(contact)


def remove(tx: Transaction, school_id: str, slot: str) -> None:
    """Remove a contact: learners are told to ask the school office."""
    wanted = delete(ContactDetails)
    tx.execute(wanted.where(ContactDetails.school_id == school_id, ContactDetails.slot == slot))
