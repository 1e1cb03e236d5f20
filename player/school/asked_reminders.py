"""Reminders that a manager asks for: to chosen people, now, whatever the step, and at most once a day.

They are written some people at a time, a transaction each, so that nobody waits long for the turn to write.
Up to `MOST` people are written to in the request, of more a job does it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from player.compliance import LONDON, SchoolFacts, Standing, positions, zone_named
from player.mail.sending import post_all
from player.records import due_facts, jobs, rounds, schools
from player.records.columns import new_id
from player.records.database import Database, Transaction
from player.records.locks import lock_school
from player.records.mail import Message
from player.records.rounds import Item
from player.reminders import FARTHEST, Candidate, Reminder, candidates, exclusions, plan_round
from player.school import auditing
from player.school.actor import Actor
from player.school.auditing import Change
from player.school.planned_round import (
    NotSent,
    Plan,
    Report,
    items_withheld,
    message,
    tell,
    with_words,
    withheld,
)
from player.school.settling import school_today
from player.settings import Settings

REMIND = "remind"  # the kind of the jobs that remind many people
MOST = 200  # people who are reminded in one request
SLICE = 50  # people who are reminded in one transaction
TO_DO = (Standing.OVERDUE, Standing.NEVER_DONE, Standing.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Asked:
    """The number of e-mails that were written, and who gets none and why; `later` is the number of people to
    whom a job writes, `is_again` where such a job was there already."""

    sent: int = 0
    not_sent: Sequence[NotSent] = ()
    later: int = 0
    is_again: bool = False


def remind_people(
    database: Database,
    settings: Settings,
    actor: Actor,
    now: datetime,
    school_id: str,
    persons: Sequence[str],
    course_id: str | None = None,
) -> Asked:
    """Remind people of a course, or of all that they have to do, in one e-mail each."""
    if len(persons) > MOST:
        with database.writing() as tx:
            is_new = _add_job(tx, actor, now, school_id, persons, course_id)
        return Asked(later=len(persons), is_again=not is_new)
    sent, not_sent = 0, list[NotSent]()
    for at in range(0, len(persons), SLICE):
        some = persons[at : at + SLICE]
        with database.writing() as tx:
            done = remind_these(tx, settings, actor, now, school_id, some, course_id)
        sent, not_sent = sent + len(done.sent), not_sent + done.not_sent
    return Asked(sent, not_sent)


def _add_job(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    school_id: str,
    persons: Sequence[str],
    course_id: str | None,
) -> bool:
    """Add the job; False where one for the same people is not done yet, as after a double click."""
    lock_school(tx, school_id)
    these = hashlib.sha256(json.dumps([course_id, sorted(persons)]).encode()).hexdigest()[:32]
    key = f"{_keys(school_id)}{these}:"
    if jobs.is_open(tx, key):
        return False
    by = {"name": actor.name, "person": actor.person_id}
    payload = {"school": school_id, "course": course_id, "persons": list(persons), "by": by}
    return jobs.add(tx, REMIND, key + new_id(), now, {**payload, "since": now.isoformat()})


def _keys(school_id: str) -> str:
    return f"{REMIND}:{school_id}:"


def number_waiting(tx: Transaction, school_id: str) -> int:
    """The number of people to whom jobs still write at a school, as of their last pause."""
    return sum(len(left["persons"]) for left in jobs.open_payloads(tx, _keys(school_id)))


def remind_some(
    tx: Transaction, settings: Settings, now: datetime, left: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Remind the next people of a job; returns what is left of it, or None. Whoever was reminded after it was
    added is left out: where the server stopped and a new day began, this job may have done it before."""
    school_id, course_id, persons = left["school"], left["course"], left["persons"]
    since, by = datetime.fromisoformat(left["since"]), Actor(left["by"]["name"], left["by"]["person"])
    remind_these(tx, settings, by, now, school_id, persons[:SLICE], course_id, since)
    return {**left, "persons": persons[SLICE:]} if len(persons) > SLICE else None


def remind_these(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    school_id: str,
    persons: Collection[str],
    course_id: str | None = None,
    since: datetime | None = None,
) -> Report:
    """Remind these people in this transaction, but for those who were reminded today, also by a round, or
    since that time. Who is excluded, has no address or need not take it is told with the reason, and kept
    under what was not sent."""
    on = school_today(tx, school_id, now)
    reminded = rounds.last_reminders(tx, school_id, persons, course_id or "")
    early = min(since or now, _morning(tx, school_id, on))
    persons = [one for one in persons if one not in reminded or reminded[one].at < early]
    facts = due_facts.load(tx, school_id, set(persons), None if course_id is None else {course_id})
    pairs = _to_do(facts, on) if course_id is None else {(person, course_id) for person in persons}
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


def _morning(tx: Transaction, school_id: str, day: date) -> datetime:
    """The time at which a day begins at a school."""
    known = schools.school(tx, school_id)
    return datetime.combine(day, time(), zone_named(known.time_zone if known else LONDON))


def _to_do(facts: SchoolFacts, on: date) -> set[tuple[str, str]]:
    lines = (line for line in positions(facts, on) if line.position.standing in TO_DO)
    return {(line.colleague.person, line.course) for line in lines}


def _whatever_day(candidate: Candidate) -> Candidate:
    """Somebody who is reminded also on the day after the course was done."""
    return candidate._replace(completed=None)


def _post(
    tx: Transaction, settings: Settings, actor: Actor, now: datetime, planned: Plan, report: Report
) -> None:
    """Write the e-mails, but for those that were written today already, and what is not sent."""
    school_id, reminders = planned.sender.school_id, planned.round.reminders
    ids = post_all(tx, [_message(settings, planned, one) for one in reminders], now)
    written = [(one, mail_id) for one, mail_id in zip(reminders, ids, strict=True) if mail_id is not None]
    items = [item for one, mail_id in written for item in _items(planned, one, mail_id)]
    items += [item._replace(step=(planned.on - item.due).days) for item in items_withheld(planned)]
    known = rounds.states(tx, school_id, {item.person for item in items})
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
