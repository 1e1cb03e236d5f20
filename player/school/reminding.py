"""A round of reminders at a school: planned from the tables, written down, and handed to the mail.

A person's e-mail and what became of each of its steps are one transaction. A round that was killed is run
again and goes on where it stopped; of two at once each step is written by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from player.compliance import Colleague, SchoolFacts, Standing, positions
from player.mail.sending import post, post_all
from player.records import courses, due_facts, rounds, schools
from player.records.database import Database, Transaction
from player.records.mail import Message
from player.records.rounds import Item
from player.records.work_tables import MailRow
from player.reminders import (
    DEFAULT_STEPS,
    FARTHEST,
    Candidate,
    DigestLine,
    Reason,
    Reminder,
    ReminderStep,
    Round,
    candidates,
    exclusions,
    is_renewed,
    plan_round,
    weekly_digest,
)
from player.school import reminder_mail, senders
from player.school.senders import Addressee, Sender
from player.school.settling import today_at
from player.settings import Settings

WAITED = timedelta(hours=1)  # after which a reminder is asked once more whether it is still right
BATCH = 100  # people a transaction, so that nobody waits long for the writer's turn
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
    done = rounds.steps_done(tx, school_id)
    known = list(candidates(facts, done, on))
    last = rounds.last_day(tx, school_id, ended=True)
    planned = plan_round(known, exclusions(facts, on), on, DEFAULT_STEPS, last)
    return Plan(
        sender=senders.sender_on(tx, school_id, facts.name, on),
        on=on,
        facts=facts,
        round=planned,
        titles={course.id: course.title for course in courses.every(tx)},
        never_done=_never_done(known),
        managers=senders.managers(tx, school_id, on),
        people={one.person: one for one in facts.people},
    )


def _never_done(known: Sequence[Candidate]) -> dict[str, set[str]]:
    courses_of: dict[str, set[str]] = {}
    for one in known:
        if one.completed is None:
            courses_of.setdefault(one.recipient.person, set()).add(one.course)
    return courses_of


def run_round(
    database: Database, settings: Settings, school_id: str, on: date, now: datetime, *, dry_run: bool = False
) -> Report:
    """Run the round of a day at a school; with `dry_run` nothing is written."""
    with database.reading() as tx:
        check_day(tx, school_id, on)
        planned = plan(tx, school_id, on)
    report = Report()
    if dry_run:
        for reminder in planned.round.reminders:
            _tell(report, planned, reminder)
        report.not_sent += [_withheld(planned, item) for item in _items_withheld(planned)]
        return report
    with database.writing() as tx:
        check_day(tx, school_id, on)
        rounds.begin(tx, school_id, on, now)
    for some in _batches(planned.round.reminders):
        with database.writing() as tx:
            _write(tx, settings, planned, some, now, report)
    with database.writing() as tx:
        _keep_withheld(tx, planned, report)
        _write_digests(tx, settings, planned, now, report)
        rounds.end(tx, school_id, on, now)
    return report


def _batches(reminders: Sequence[Reminder]) -> Iterator[Sequence[Reminder]]:
    return (reminders[at : at + BATCH] for at in range(0, len(reminders), BATCH))


def _write(
    tx: Transaction,
    settings: Settings,
    planned: Plan,
    reminders: Sequence[Reminder],
    now: datetime,
    report: Report,
) -> None:
    """Write these e-mails, without the steps that another round has written since this one was planned."""
    school_id = planned.sender.school_id
    known = rounds.states(tx, school_id, [one.recipient.person for one in reminders])
    open_ = [left for one in reminders if (left := _still_open(one, known)) is not None]
    ids = post_all(tx, [_message(settings, planned, one) for one in open_], now)
    kept: list[Item] = []
    for reminder, mail_id in zip(open_, ids, strict=True):
        kept += [item for item in _items(reminder, mail_id) if known.get(item.key) not in rounds.DONE]
        _tell(report, planned, reminder)
    rounds.keep(tx, school_id, planned.on, kept, known)


def _still_open(reminder: Reminder, known: Mapping[rounds.Key, str]) -> Reminder | None:
    """The e-mail without the steps that are done; None where all are."""
    person = reminder.recipient.person
    fresh = tuple(
        item
        for item in reminder.items
        if known.get(rounds.Key(person, item.course, item.due, item.step)) not in rounds.DONE
    )
    return reminder._replace(items=fresh) if fresh else None


def _message(settings: Settings, planned: Plan, reminder: Reminder) -> Message:
    person = reminder.recipient.person
    to = Addressee(person, planned.people[person].name, reminder.recipient.address or "")
    new = frozenset(planned.never_done.get(person, ()))
    return reminder_mail.reminder(settings, planned.sender, to, reminder, planned.titles, new, planned.on)


def _items(reminder: Reminder, mail_id: str | None) -> Iterator[Item]:
    person = reminder.recipient.person
    for item in reminder.items:
        for step in item.overtaken:
            yield Item(person, item.course, item.due, step, OVERTAKEN, OVERTAKEN, mail_id)
        yield Item(person, item.course, item.due, item.step, "sent", "", mail_id)


def _tell(report: Report, planned: Plan, reminder: Reminder) -> None:
    to = reminder.recipient
    report.sent.append(Sent(to.address or "", reminder.items))
    report.not_sent += [
        NotSent(planned.people[to.person].name, to.address, item.course, step, OVERTAKEN)
        for item in reminder.items
        for step in item.overtaken
    ]


def _items_withheld(planned: Plan) -> list[Item]:
    return [
        Item(one.recipient.person, one.course, one.due, one.step, "not sent", str(one))
        for one in planned.round.withheld
    ]


def _withheld(planned: Plan, item: Item) -> NotSent:
    known = planned.people[item.person]
    return NotSent(known.name, known.email, item.course, item.step, item.reason)


def _keep_withheld(tx: Transaction, planned: Plan, report: Report) -> None:
    school_id, items = planned.sender.school_id, _items_withheld(planned)
    for at in range(0, len(items), rounds.FEW):
        some = items[at : at + rounds.FEW]
        known = rounds.states(tx, school_id, {item.person for item in some})
        open_ = [item for item in some if known.get(item.key) not in rounds.DONE]
        rounds.keep(tx, school_id, planned.on, open_, known)
        report.not_sent += [_withheld(planned, item) for item in open_]


def _write_digests(tx: Transaction, settings: Settings, planned: Plan, now: datetime, report: Report) -> None:
    """At most one in seven days to each manager, where something is due or overdue."""
    school_id = planned.sender.school_id
    lines = [
        DigestLine(
            line.colleague.name, planned.titles[line.course], line.position.due, line.position.standing
        )
        for line in positions(planned.facts, planned.on)
        if line.position.due is not None and line.position.standing is not Standing.NOT_REQUIRED
    ]
    for manager in planned.managers:
        last = rounds.last_digest(tx, school_id, manager.person)
        wanted = weekly_digest(lines, planned.on, last)
        if wanted is None:
            continue
        if post(tx, reminder_mail.digest(settings, planned.sender, manager, wanted, planned.on), now):
            report.digests.append(manager.address)


def withdrawn(database: Database, row: MailRow, now: datetime) -> str:
    """The reason why a reminder that has waited would be wrong now: all its courses were done meanwhile, or
    are not required any more. Its steps are then told as not sent."""
    if row.school_id is None or row.person_id is None or now - row.written < WAITED:
        return ""
    with database.reading() as tx:
        items = rounds.sent_with(tx, row.id)
        facts = due_facts.load(tx, row.school_id, {row.person_id}, {item.course for item in items})
        today = today_at(tx, row.school_id, now)
    due = {line.course: line.position.due for line in positions(facts, today) if line.required_since}
    if not items or not all(is_renewed(item.due, due.get(item.course)) for item in items):
        return ""
    reason = str(Reason.RENEWED)
    gone = [item._replace(state="not sent", reason=reason) for item in items]
    with database.writing() as tx:
        rounds.keep(tx, row.school_id, today, gone, {item.key: item.state for item in items})
    return f"{reason[0].upper()}{reason[1:]}."


def remind_these(
    tx: Transaction,
    settings: Settings,
    school_id: str,
    pairs: Collection[tuple[str, str]],
    on: date,
    now: datetime,
) -> Report:
    """Remind selected people of selected courses now, whatever the step, at most once a day; who is excluded,
    has no address or need not do it is told with the reason."""
    planned = plan(tx, school_id, on)
    wanted = [
        one._replace(done=(), completed=None, due_before=None)
        for one in candidates(planned.facts, {}, on)
        if (one.recipient.person, one.course) in pairs
    ]
    steps = (-FARTHEST, *DEFAULT_STEPS)
    chosen = replace(planned, round=plan_round(wanted, exclusions(planned.facts, on), on, steps))
    report = Report()
    for reminder in chosen.round.reminders:
        message = replace(_message(settings, chosen, reminder), kind="asked")
        names = ",".join(sorted(item.course for item in reminder.items))
        key = f"asked:{school_id}:{reminder.recipient.person}:{on}:{names}"
        if post(tx, replace(message, key=key), now) is not None:
            _tell(report, chosen, reminder)
    report.not_sent = [_withheld(chosen, item) for item in _items_withheld(chosen)]
    return report
