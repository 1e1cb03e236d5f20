"""A school's staff: added, changed, leaving, coming back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from player.lists.fields import unfit_email, unfit_id, unfit_name
from player.records import memberships, people, teams
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.tables import Membership, Person
from player.school import auditing, grouping
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.settling import school_today, settle

LONGEST_TITLE = 200
MANAGED_ELSEWHERE = (
    "This person uses the same account outside your school, so only the provider can change the address"
)


@dataclass(frozen=True, slots=True)
class Details:
    """The fields of a person's form; a staff id that is left out is made up. Long leave that is not asked for
    stays as it is."""

    name: str
    email: str = ""
    staff_id: str = ""
    access: str = "learner"
    job_title: str = ""
    until: date | None = None
    on_leave: bool | None = None


def unfit(
    tx: Transaction, actor: Actor, school_id: str, details: Details, known: Membership | None = None
) -> dict[str, str]:
    """The errors of a form at that school: a sentence for each field that cannot be taken."""
    errors = {
        "name": unfit_name(details.name),
        "email": unfit_email(details.email) if details.email else "",
        "staff_id": unfit_id(details.staff_id),
    }
    if not details.email and details.access == "manager":
        errors["email"] = "A manager needs an e-mail address to sign in"
    if len(details.job_title) > LONGEST_TITLE:
        errors["job_title"] = f"The job title is longer than {LONGEST_TITLE} characters"
    if known is not None and details.until is not None and details.until < known.since:
        errors["until"] = "This day is before the day on which they started"
    errors["email"] = errors["email"] or _unfit_account(tx, actor, school_id, details.email, known)
    holder = memberships.with_staff_ids(tx, school_id, {details.staff_id}).get(details.staff_id)
    if holder is not None and (known is None or holder.person_id != known.person_id):
        errors["staff_id"] = f"{named(holder)} already has the staff id “{details.staff_id}”"
    return {field: f"{sentence}." for field, sentence in errors.items() if sentence}


def _unfit_account(
    tx: Transaction, actor: Actor, school_id: str, email: str, known: Membership | None
) -> str:
    """The reason against an address; somebody new may have an account that another school has made."""
    if known is not None and (known.email or "") == email:
        return ""
    if known is not None and not actor.is_provider and people.is_shared(tx, known.person, school_id):
        return MANAGED_ELSEWHERE
    holder = people.person_of_email(tx, email) if email else None
    if holder is None:
        return ""
    here = memberships.at_school(tx, school_id, holder.id)
    if here is not None:
        return f"{named(here)} already has the e-mail address “{email}”"
    if known is None:
        return ""
    who = f"{holder.name}, who is not at this school," if actor.is_provider else "Somebody else"
    return f"{who} already has the e-mail address “{email}”"


def named(stay: Membership) -> str:
    """A person as an error names them to their own school."""
    return f"{stay.name}, who has left," if stay.until is not None else stay.name


def add(tx: Transaction, actor: Actor, now: datetime, school_id: str, details: Details) -> Membership:
    """Add somebody to a school; whoever has an account with that address keeps it as it is."""
    person = people.person_of_email(tx, details.email) if details.email else None
    if person is None:
        person = Person(id=new_id(), name=details.name, email=details.email or None)
        tx.add(person)
    stay = Membership(
        id=new_id(),
        person=person,
        school_id=school_id,
        staff_id=details.staff_id or new_id(),
        name=details.name,
        access=details.access,
        job_title=details.job_title,
        since=school_today(tx, school_id, now),
        until=details.until,
    )
    tx.add(stay)
    tx.flush()
    auditing.write(tx, actor, now, school_id, added(stay))
    settle(tx, [school_id], now, {stay.person_id})
    return stay


def added(stay: Membership) -> Change:
    """The change of somebody who is new, or back, at a school."""
    return _change("added", stay, None, values(stay))


def values(stay: Membership) -> dict[str, object]:
    """The values of a membership that the audit log compares."""
    names = ("name", "staff_id", "access", "job_title", "since", "until", "on_leave")
    return {name: getattr(stay, name) for name in names} | {"email": stay.email}


def _change(
    action: str, stay: Membership, before: auditing.Values | None, after: auditing.Values | None
) -> Change:
    return Change(action, "membership", stay.id, stay.name, stay.person_id, before, after)


def change(tx: Transaction, actor: Actor, now: datetime, stay: Membership, details: Details) -> None:
    """Change a membership, and the account where no other school or administrator has a part in it; the
    provider may change the address of every account."""
    changed = revise(actor, stay, details, own=not people.is_shared(tx, stay.person, stay.school_id))
    tx.flush()
    auditing.write_difference(tx, actor, now, stay.school_id, changed)
    settle(tx, [stay.school_id], now, {stay.person_id})


def revise(actor: Actor, stay: Membership, details: Details, *, own: bool) -> Change:
    """As `change`, where it is known whether the account is the school's own; the caller writes the change
    and settles the due days."""
    before = values(stay)
    if actor.is_provider or own:
        _change_address(stay.person, details.email or None)
    if own:
        stay.person.name = details.name
    stay.name, stay.access, stay.job_title = details.name, details.access, details.job_title
    stay.staff_id = details.staff_id or stay.staff_id
    stay.until = details.until
    stay.on_leave = stay.on_leave if details.on_leave is None else details.on_leave
    return _change("changed", stay, before, values(stay))


def _write_difference(
    tx: Transaction, actor: Actor, now: datetime, stay: Membership, before: auditing.Values
) -> None:
    change = _change("changed", stay, before, values(stay))
    auditing.write_difference(tx, actor, now, stay.school_id, change)


def rename(tx: Transaction, actor: Actor, now: datetime, stay: Membership, name: str) -> None:
    """Give somebody another name at a school; their account follows where it is this school's alone."""
    before = values(stay)
    stay.name = name
    if not people.is_shared(tx, stay.person, stay.school_id):
        stay.person.name = name
    tx.flush()
    _write_difference(tx, actor, now, stay, before)


def _change_address(person: Person, email: str | None) -> None:
    """A new address ends every sign-in and every link that went to the old one."""
    if person.email is not None and person.email != email:
        person.sign_in_epoch += 1
    person.email = email


def leave(tx: Transaction, actor: Actor, now: datetime, stay: Membership, day: date) -> None:
    """Somebody leaves: from that day on they are not at the school."""
    end(tx, actor, now, stay, day)
    settle(tx, [stay.school_id], now, {stay.person_id})


def end(tx: Transaction, actor: Actor, now: datetime, stay: Membership, day: date) -> None:
    """As `leave`, where due days come later."""
    before = values(stay)
    stay.until = max(day, stay.since)
    tx.flush()
    auditing.write(tx, actor, now, stay.school_id, _change("left", stay, before, values(stay)))


def come_back(tx: Transaction, actor: Actor, now: datetime, stay: Membership, day: date) -> Membership:
    """A new stay of somebody who has left; who comes back on the day of leaving was never away."""
    again = return_to(tx, actor, now, stay, day)
    settle(tx, [stay.school_id], now, {stay.person_id})
    return again


def return_to(tx: Transaction, actor: Actor, now: datetime, stay: Membership, day: date) -> Membership:
    """As `come_back`, where due days come later."""
    if stay.until is None or day <= stay.until or day <= stay.since:
        before = values(stay)
        stay.until = None
        tx.flush()
        _write_difference(tx, actor, now, stay, before)
        return stay
    again = Membership(
        id=new_id(),
        person=stay.person,
        school_id=stay.school_id,
        staff_id=stay.staff_id,
        name=stay.name,
        access=stay.access,
        job_title=stay.job_title,
        since=day,
    )
    tx.add(again)
    tx.flush()
    auditing.write(tx, actor, now, again.school_id, _change("came back", again, None, values(again)))
    return again


def join_teams(
    tx: Transaction, actor: Actor, now: datetime, stay: Membership, wanted: Collection[str]
) -> None:
    """Make a person a member of exactly these of the school's teams."""
    joined = {team.id for team in teams.of_person(tx, stay.school_id, stay.person_id)}
    for team in teams.of_school(tx, stay.school_id):
        if team.id in wanted and team.id not in joined:
            grouping.fill(tx, actor, now, team, {stay.person_id}, ())
        elif team.id not in wanted and team.id in joined:
            grouping.fill(tx, actor, now, team, (), {stay.person_id})


def sign_out(tx: Transaction, actor: Actor, now: datetime, stay: Membership) -> None:
    """End all sign-ins and password links of a person."""
    stay.person.sign_in_epoch += 1
    auditing.write(tx, actor, now, stay.school_id, _change("signed out everywhere", stay, None, None))
