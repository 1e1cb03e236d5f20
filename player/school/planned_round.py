"""A round of reminders as it is planned from the tables, with all that its e-mails say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from player.compliance import Colleague, Renewal, SchoolFacts
from player.records import courses, due_facts, rounds, schools
from player.records.database import Transaction
from player.records.mail import Message
from player.records.rounds import Item
from player.reminders import Candidate, Reminder, ReminderStep, Round, candidates, exclusions, plan_round
from player.school import reminder_mail, reminder_steps, senders
from player.school.reminder_mail import Words
from player.school.senders import Addressee, Sender
from player.settings import Settings

OVERTAKEN = "overtaken"


class EarlierRoundError(Exception):
    """A round of a day before one that was run already: its e-mails would say what is no longer so."""


class Sent(NamedTuple):
    """One e-mail of a round."""

    address: str
    items: tuple[ReminderStep, ...]


class NotSent(NamedTuple):
    """One step without an e-mail, and why."""

    name: str
    address: str | None
    course: str
    step: int
    reason: str


@dataclass(slots=True)
class Report:
    """What a round did, or would do."""

    sent: list[Sent] = field(default_factory=list)
    not_sent: list[NotSent] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as it was planned, with all that its e-mails say."""

    sender: Sender
    on: date
    facts: SchoolFacts
    round: Round
    titles: dict[str, str]
    never_done: dict[str, set[str]]  # courses by person
    renewals: dict[str, dict[str, Renewal]]  # by person and course
    managers: tuple[Addressee, ...]
    people: dict[str, Colleague]


def check_day(tx: Transaction, school_id: str, on: date) -> None:
    """Refuse a day before that of a round that was run."""
    latest = rounds.last_day(tx, school_id)
    if latest is not None and on < latest:
        known = schools.school(tx, school_id)
        raise EarlierRoundError(
            f"A round of {latest} has been run at {known.name if known else school_id}: choose that day or "
            f"a later one, not {on}."
        )


def plan(tx: Transaction, school_id: str, on: date) -> Plan:
    """Plan the round of a day at a school."""
    facts = due_facts.load(tx, school_id)
    known = list(candidates(facts, rounds.steps_done(tx, school_id), on))
    last = rounds.last_ended(tx, school_id, on)
    steps = reminder_steps.in_force(tx, school_id)
    return with_words(tx, facts, on, known, plan_round(known, exclusions(facts, on), on, steps, last))


def with_words(
    tx: Transaction, facts: SchoolFacts, on: date, known: Sequence[Candidate], planned: Round
) -> Plan:
    """A planned round with the names and titles that its e-mails need."""
    return Plan(
        sender=senders.sender_on(tx, facts.school, facts.name, on),
        on=on,
        facts=facts,
        round=planned,
        titles={course.id: course.title for course in courses.every(tx)},
        never_done=_never_done(known),
        renewals=_renewals(known),
        managers=senders.managers(tx, facts.school, on),
        people={one.person: one for one in facts.people},
    )


def _never_done(known: Sequence[Candidate]) -> dict[str, set[str]]:
    courses_of: dict[str, set[str]] = {}
    for one in known:
        if one.completed is None:
            courses_of.setdefault(one.recipient.person, set()).add(one.course)
    return courses_of


def _renewals(known: Sequence[Candidate]) -> dict[str, dict[str, Renewal]]:
    renewals: dict[str, dict[str, Renewal]] = {}
    for one in known:
        if one.renewal is not None:
            renewals.setdefault(one.recipient.person, {})[one.course] = one.renewal
    return renewals


def message(settings: Settings, planned: Plan, reminder: Reminder) -> Message:
    """The e-mail of a reminder."""
    person = reminder.recipient.person
    to = Addressee(person, planned.people[person].name, reminder.recipient.address or "")
    words = Words(
        planned.titles,
        frozenset(planned.never_done.get(person, ())),
        planned.renewals.get(person, {}),
        planned.on,
    )
    return reminder_mail.reminder(settings, planned.sender, to, reminder, words)


def items_withheld(planned: Plan) -> list[Item]:
    """The steps that are not sent, as they are kept."""
    return [
        Item(one.recipient.person, one.course, one.due, one.step, "not sent", str(one))
        for one in planned.round.withheld
    ]


def withheld(planned: Plan, item: Item) -> NotSent:
    """A step that is not sent, as it is reported."""
    known = planned.people[item.person]
    return NotSent(known.name, known.email, item.course, item.step, item.reason)


def tell(report: Report, planned: Plan, reminder: Reminder) -> None:
    """Add an e-mail to the report, and the steps that it overtakes."""
    to = reminder.recipient
    report.sent.append(Sent(to.address or "", reminder.items))
    report.not_sent += [
        NotSent(planned.people[to.person].name, to.address, item.course, step, OVERTAKEN)
        for item in reminder.items
        for step in item.overtaken
    ]
