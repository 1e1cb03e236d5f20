"""Reminders that a manager asks for: to chosen people about chosen courses, now, whatever the step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from player.mail.sending import post
from player.records import due_facts, rounds
from player.records.database import Transaction
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
    for reminder in planned.round.reminders:
        _post(tx, settings, actor, now, planned, reminder, report)
    report.not_sent = [withheld(planned, item) for item in items_withheld(planned)]
    return report


def _whatever_day(candidate: Candidate) -> Candidate:
    """Somebody who is reminded also on the day after the course was done."""
    return candidate._replace(completed=None)


def _post(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    planned: Plan,
    reminder: Reminder,
    report: Report,
) -> None:
    person, school_id = reminder.recipient.person, planned.sender.school_id
    names = ",".join(sorted(item.course for item in reminder.items))
    key = f"asked:{school_id}:{person}:{planned.on}:{names}"
    mail_id = post(tx, replace(message(settings, planned, reminder), kind="asked", key=key), now)
    if mail_id is None:
        return
    known = rounds.states(tx, school_id, {person})
    items = [item for item in _items(planned, reminder, mail_id) if known.get(item.key) not in rounds.DONE]
    rounds.keep(tx, school_id, planned.on, items, known)
    titles = ", ".join(planned.titles[item.course] for item in reminder.items)
    told = Change(
        "reminded", "person", person, planned.people[person].name, person, after={"courses": titles}
    )
    auditing.write(tx, actor, now, school_id, told)
    tell(report, planned, reminder)


def _items(planned: Plan, reminder: Reminder, mail_id: str) -> Iterator[Item]:
    """What was asked for is kept as the step of its day: a round of the same day does not send it again."""
    for item in reminder.items:
        step = (planned.on - item.due).days
        yield Item(reminder.recipient.person, item.course, item.due, step, "sent", "", mail_id)
