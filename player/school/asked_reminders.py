"""Reminders that a manager asks for: to chosen people about chosen courses, now, whatever the step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from player.mail.sending import post_all
from player.records import due_facts, rounds
from player.records.database import Transaction
from player.records.mail import Message
from player.records.rounds import Item
from player.reminders import FARTHEST, Candidate, Reminder, candidates, exclusions, plan_round
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.planned_round import Plan, Report, items_withheld, message, tell, with_words, withheld
from player.settings import Settings


def remind_these(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    school_id: str,
    pairs: Collection[tuple[str, str]],
    on: date,
) -> Report:
    """Remind people of courses at most once a day; who is excluded, has no address or need not take it is
    told with the reason."""
    persons, courses = {person for person, _ in pairs}, {course for _, course in pairs}
    facts = due_facts.load(tx, school_id, persons, courses)
    known = [
        one._replace(done=(), due_before=None)
        for one in candidates(facts, {}, on)
        if (one.recipient.person, one.course) in pairs
    ]
    planned = with_words(
        tx, facts, on, known, plan_round(map(_whatever_day, known), exclusions(facts, on), on, (-FARTHEST,))
    )
    report = Report()
    _post(tx, settings, actor, now, planned, report)
    report.not_sent = [withheld(planned, item) for item in items_withheld(planned)]
    return report


def _whatever_day(candidate: Candidate) -> Candidate:
    """Somebody who is reminded also on the day after the course was done."""
    return candidate._replace(completed=None)


def _post(
    tx: Transaction, settings: Settings, actor: Actor, now: datetime, planned: Plan, report: Report
) -> None:
    """Write the e-mails, but for those that were written today already."""
    school_id, reminders = planned.sender.school_id, planned.round.reminders
    ids = post_all(tx, [_message(settings, planned, one) for one in reminders], now)
    written = [(one, mail_id) for one, mail_id in zip(reminders, ids, strict=True) if mail_id is not None]
    known = rounds.states(tx, school_id, {one.recipient.person for one, _ in written})
    items = [item for one, mail_id in written for item in _items(planned, one, mail_id)]
    open_ = [item for item in items if known.get(item.key) not in rounds.DONE]
    rounds.keep(tx, school_id, planned.on, open_, known)
    auditing.write(tx, actor, now, school_id, *(_change(planned, one) for one, _ in written))
    for one, _ in written:
        tell(report, planned, one)


def _message(settings: Settings, planned: Plan, reminder: Reminder) -> Message:
    names = ",".join(sorted(item.course for item in reminder.items))
    key = f"asked:{planned.sender.school_id}:{reminder.recipient.person}:{planned.on}:{names}"
    return replace(message(settings, planned, reminder), kind="asked", key=key)


def _change(planned: Plan, reminder: Reminder) -> Change:
    person = reminder.recipient.person
    titles = ", ".join(planned.titles[item.course] for item in reminder.items)
    return Change(
        "reminded", "person", person, planned.people[person].name, person, after={"courses": titles}
    )


def _items(planned: Plan, reminder: Reminder, mail_id: str) -> Iterator[Item]:
    """What was asked for is kept as the step of its day: a round of the same day does not send it again."""
    for item in reminder.items:
        step = (planned.on - item.due).days
        yield Item(reminder.recipient.person, item.course, item.due, step, "sent", "", mail_id)
