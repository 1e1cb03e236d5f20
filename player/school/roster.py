"""A school's staff list: who is new, changed, gone or unchanged is found first, then written at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from player.lists.grid import ListProblem
from player.lists.names import folded
from player.lists.repeats import StaffRow
from player.lists.staff import StaffList
from player.records import courses, memberships, people, requirements, teams
from player.records.database import Transaction
from player.records.tables import Membership, Person
from player.school.actor import Actor
from player.school.staffing import MANAGED_ELSEWHERE, Details

OWN_ACCESS = "This is your own access: another manager or the provider can change it"


@dataclass(frozen=True, slots=True)
class Differs:
    """A row of somebody known: each field that it changes with the values before and after."""

    row: StaffRow
    stay: Membership
    details: Details
    joins: tuple[str, ...]
    fields: Mapping[str, tuple[str, str]]

    @property
    def may_be_another(self) -> bool:
        """Whether no part of the name and not the address stayed: an office may give a staff id again."""
        was = set(folded(self.stay.name).split())
        return "email" in self.fields and was.isdisjoint(folded(self.row.name).split())


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What a list would change at a school. `back` are those of the new who were at the school before."""

    read: StaffList
    new: tuple[StaffRow, ...] = ()
    back: tuple[Differs, ...] = ()
    changed: tuple[Differs, ...] = ()
    unchanged: tuple[StaffRow, ...] = ()
    gone: tuple[Membership, ...] = ()

    @property
    def namesakes(self) -> frozenset[int]:
        """The rows of the new who are called like somebody whom the list no longer has."""
        names = {folded(stay.name) for stay in self.gone}
        return frozenset(row.row for row in self.new if folded(row.name) in names)

    @property
    def counts(self) -> dict[str, int]:
        """The numbers that the command prints."""
        return {
            "new": len(self.new) + len(self.back),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "gone": len(self.gone),
        }


@dataclass(frozen=True, slots=True)
class _Known:
    """What the tables say about a school's people and about the addresses of a list."""

    stays: Mapping[str, Membership]
    by_email: Mapping[str, Membership]
    by_id: Mapping[str, Membership]
    accounts: Mapping[str, Person]
    shared: Collection[str]
    teams: Mapping[str, list[str]]

    def of(self, row: StaffRow) -> Membership | None:
        """The person of a row: by staff id, else by address."""
        return self.by_id.get(row.staff_id) if row.staff_id in self.by_id else self.by_email.get(row.email)


def plan(tx: Transaction, actor: Actor, school_id: str, read: StaffList, on: date) -> RosterPlan:
    """Hold a list against the people of the school. Rows with a problem change nothing; nobody is gone while
    the list itself cannot be read."""
    known = _load(tx, school_id, read)
    read = read.with_problems(_problems(actor, read, known))
    new: list[StaffRow] = []
    back: list[Differs] = []
    changed: list[Differs] = []
    unchanged: list[StaffRow] = []
    for row in read.good:
        stay = known.of(row)
        if stay is None:
            new.append(row)
        elif stay.has_left(on):
            back.append(_differs(row, stay, known, is_back=True))
        elif (differs := _differs(row, stay, known, is_back=False)).fields:
            changed.append(differs)
        else:
            unchanged.append(row)
    gone = _gone(actor, read, known) if read.rows else ()
    return RosterPlan(read, tuple(new), tuple(back), tuple(changed), tuple(unchanged), gone)


def _load(tx: Transaction, school_id: str, read: StaffList) -> _Known:
    everybody = memberships.of_school(tx, school_id)
    return _Known(
        stays={stay.person_id: stay for stay in everybody},
        by_email={stay.email: stay for stay in everybody if stay.email},
        by_id={stay.staff_id: stay for stay in everybody},
        accounts=people.of_emails(tx, {row.email for row in read.rows if row.email}),
        shared=people.shared_at(tx, school_id),
        teams=teams.names_by_person(tx, school_id),
    )


def _problems(actor: Actor, read: StaffList, known: _Known) -> Iterator[ListProblem]:
    seen: dict[str, int] = {}
    for row in read.rows:
        of_email, stay = known.by_email.get(row.email), known.of(row)
        at = read.columns.get("email", "")
        if stay is None:
            continue
        if of_email is not None and of_email.person_id != stay.person_id:
            owners = f"The staff id is {stay.name}’s and the e-mail address is {of_email.name}’s"
            text = f"{owners}: correct one of them"
            yield ListProblem(row.row, at, text)
        elif row.email and row.email != stay.email:
            yield from _wrong_address(actor, read, known, row, stay)
        if _is_own_access(actor, row, stay):
            yield ListProblem(row.row, read.columns.get("access", ""), OWN_ACCESS)
        first = seen.setdefault(stay.person_id, row.row)
        if first != row.row:
            yield ListProblem(row.row, "", f"{stay.name} is in row {first} already")


def _is_own_access(actor: Actor, row: StaffRow, stay: Membership) -> bool:
    """True where a manager's list would change the access of the manager."""
    is_own = stay.person_id == actor.person_id and not actor.is_provider
    return is_own and row.access not in ("", stay.access)


def _wrong_address(
    actor: Actor, read: StaffList, known: _Known, row: StaffRow, stay: Membership
) -> Iterator[ListProblem]:
    """The problem of another address of somebody known, where it cannot be taken."""
    at = read.columns.get("email", "")
    if stay.person_id in known.shared and not actor.is_provider:
        yield ListProblem(row.row, at, MANAGED_ELSEWHERE)
    elif row.email in known.accounts:
        yield ListProblem(row.row, at, f"Somebody else already has the e-mail address “{row.email}”")


def _differs(row: StaffRow, stay: Membership, known: _Known, *, is_back: bool) -> Differs:
    """The differences of a row; an empty cell changes nothing. Whoever is back has the access that the list
    says, and that of a learner where it says none."""
    details = Details(
        row.name,
        row.email or stay.email or "",
        row.staff_id or stay.staff_id,
        row.new_access if is_back else row.access or stay.access,
        row.job_title or stay.job_title,
        None if is_back else stay.until,
    )
    own = known.teams.get(stay.person_id, [])
    joins = tuple(name for name in row.teams if name.casefold() not in {each.casefold() for each in own})
    values = {
        "name": (stay.name, details.name),
        "email": (stay.email or "", details.email),
        "staff id": (stay.staff_id, details.staff_id),
        "access": (stay.access, details.access),
        "job title": (stay.job_title, details.job_title),
        "team": (", ".join(own), ", ".join([*own, *joins])),
    }
    fields = {name: pair for name, pair in values.items() if pair[0] != pair[1]}
    return Differs(row, stay, details, joins, fields)


def _gone(actor: Actor, read: StaffList, known: _Known) -> tuple[Membership, ...]:
    """The people who are here and in no row, also none with a problem; never whoever uploads the list."""
    listed = {stay.person_id for row in read.rows if (stay := known.of(row))}
    return tuple(
        stay
        for stay in known.stays.values()
        if stay.until is None and stay.person_id not in listed and stay.person_id != actor.person_id
    )


def required_of_new(
    tx: Transaction, school_id: str, planned: RosterPlan, on: date
) -> list[tuple[str, list[str]]]:
    """The titles of the courses that whoever is new must take: everybody's, then by the list's teams."""
    titles = {course.id: course.title for course in courses.courses(tx)}
    names = {team.id: team.name for team in teams.of_school(tx, school_id)}
    joined = {name.casefold() for row in planned.new for name in row.teams}
    found: dict[str, set[str]] = {}
    for rows in (requirements.requirements(tx, None, on), requirements.requirements(tx, school_id, on)):
        for row in rows:
            team = names.get(row.team_id, "") if row.team_id else ""
            if row.course_id in titles and (not row.team_id or team.casefold() in joined):
                found.setdefault(team, set()).add(titles[row.course_id])
    return [(team, sorted(found[team], key=str.casefold)) for team in sorted(found, key=str.casefold)]
