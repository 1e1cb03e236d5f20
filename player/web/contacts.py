"""The page on which a school fills in the contacts of Get help, for its managers and the provider."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.records.database import Transaction
from player.school import contacts
from player.school.contacts import Contact, Slot
from player.web.context import database, now, registrar
from player.web.forms import Page, refused, text
from player.web.manager import find_school, shown
from player.web.signing import actor, admit

blueprint = Blueprint("contacts", __name__, url_prefix="/schools/<school>/contacts")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)
TEMPLATE = "manager/contacts.html"


@blueprint.get("")
def form(school: str) -> str:
    """The slots that the school's courses ask for, each with what is filled in."""
    with database().reading() as tx:
        slots = _slots(tx, school)
    given = {slot.name: slot.contact for slot in slots}
    return render_template(TEMPLATE, errors={}, problems={}, school=shown(), slots=slots, given=given)


@blueprint.post("")
def save(school: str) -> Page | Response:
    """Save all slots, or none where one of them cannot be taken."""
    with database().writing() as tx:
        slots = _slots(tx, school)
        given = {slot.name: _typed(slot) for slot in slots}
        unfit = [(slot, contacts.unfit(given[slot.name])) for slot in slots]
        errors = {f"{slot.name}.{field}": told for slot, fields in unfit for field, told in fields.items()}
        if not errors:
            contacts.save(tx, actor(school), now(), school, slots, given)
    if errors:
        problems = {
            f"{slot.name}.{field}": f"{slot.label}: {told}"
            for slot, fields in unfit
            for field, told in fields.items()
        }
        return refused(TEMPLATE, errors, problems=problems, school=shown(), slots=slots, given=given)
    flash("The contacts have been saved. Learners see them when they next open a course.")
    return redirect(url_for("contacts.form", school=school), 303)


def _slots(tx: Transaction, school: str) -> list[Slot]:
    return contacts.slots(tx, registrar().versions, school, now())


def _typed(slot: Slot) -> Contact:
    """The fields of a slot as they were sent; unchanged where the form did not have it yet."""
    if f"{slot.name}.name" not in request.form:
        return slot.contact
    return Contact.typed(*(text(f"{slot.name}.{field}") for field in ("name", "phone", "email", "note")))
