"""A reminder that has waited is asked once more before it is sent: what it says must be true on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from player.jobs import Task
from player.mail.sending import Withdrawn
from player.records import due_facts, mail, rounds
from player.records.database import Transaction
from player.records.rounds import Item
from player.records.work_tables import MailRow
from player.reminders import Candidate, Reminder, ReminderStep, Round, candidates, exclusions, outdated
from player.school import planned_round
from player.school.settling import school_today

WAITED = timedelta(hours=1)


def recheck(task: Task, row: MailRow) -> MailRow | Withdrawn:
    """The e-mail without the courses that were done meanwhile or need no reminder, in the words and to the
    address of today; withdrawn where no course is left. What was dropped is told as not sent."""
    if row.school_id is None or row.person_id is None or task.clock() - row.written < WAITED:
        return row
    with task.database.writing() as tx:
        today = school_today(tx, row.school_id, task.clock())
        items = rounds.sent_with(tx, row.id)
        return _rewritten(tx, task, row, items, today) if items else row


def _rewritten(
    tx: Transaction, task: Task, row: MailRow, items: Sequence[Item], today: date
) -> MailRow | Withdrawn:
    school_id, person_id = row.school_id or "", row.person_id or ""
    facts = due_facts.load(tx, school_id, {person_id}, {item.course for item in items})
    known = {one.course: one for one in candidates(facts, {}, today)}
    excluded = exclusions(facts, today)
    reasons = {item: outdated(known.get(item.course), item.due, excluded) for item in items}
    gone = [item._replace(state="not sent", reason=reason) for item, reason in reasons.items() if reason]
    rounds.keep(tx, school_id, today, gone, {item.key: item.state for item in items})
    left = [(item, known[item.course]) for item, reason in reasons.items() if not reason]
    if not left:
        [reason, *_] = reasons.values()
        return Withdrawn(f"{reason[0].upper()}{reason[1:]}.")
    steps = tuple(sorted((_step(item, one) for item, one in left), key=lambda step: (step.due, step.course)))
    reminder = Reminder(left[0][1].recipient, steps)
    plan = planned_round.with_words(tx, facts, today, list(known.values()), Round((reminder,), ()))
    words = planned_round.message(task.settings, plan, reminder)
    return mail.rewrite(tx, row.id, words)


def _step(item: Item, candidate: Candidate) -> ReminderStep:
    return ReminderStep(item.course, candidate.due or item.due, item.step)
