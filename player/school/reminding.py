"""A round of reminders at a school: written down, and handed to the mail.

A person's e-mail and what became of each of its steps are one transaction. A round that was killed is run
again and goes on where it stopped; of two at once each step is written by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from player.compliance import Line, Standing, positions
from player.mail.sending import post, post_all
from player.records import rounds
from player.records.database import Database, Transaction
from player.records.rounds import Item
from player.reminders import DigestLine, DigestRefresher, Reminder, weekly_digest
from player.school import reminder_mail
from player.school.planned_round import (
    OVERTAKEN,
    Plan,
    Report,
    check_day,
    items_withheld,
    message,
    plan,
    tell,
    withheld,
)
from player.school.settling import school_today
from player.settings import Settings

BATCH = 100  # people a transaction, so that nobody waits long for the writer's turn


def run_round(
    database: Database, settings: Settings, school_id: str, on: date, now: datetime, *, dry_run: bool = False
) -> Report:
    """Run the round of a day at a school; with `dry_run` nothing is written. A round of a day ahead, which
    somebody ran by command, keeps none of those back that are of the day itself."""
    with database.reading() as tx:
        is_of_today = on == school_today(tx, school_id, now)
        if not is_of_today:
            check_day(tx, school_id, on)
        planned = plan(tx, school_id, on)
    report = Report()
    if dry_run:
        for reminder in planned.round.reminders:
            tell(report, planned, reminder)
        report.not_sent += [withheld(planned, item) for item in items_withheld(planned)]
        return report
    with database.writing() as tx:
        if not is_of_today:
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
    ids = post_all(tx, [message(settings, planned, one) for one in open_], now)
    kept: list[Item] = []
    for reminder, mail_id in zip(open_, ids, strict=True):
        kept += [item for item in _items(reminder, mail_id) if known.get(item.key) not in rounds.DONE]
        tell(report, planned, reminder)
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


def _items(reminder: Reminder, mail_id: str | None) -> Iterator[Item]:
    person = reminder.recipient.person
    for item in reminder.items:
        for step in item.overtaken:
            yield Item(person, item.course, item.due, step, OVERTAKEN, OVERTAKEN, mail_id)
        yield Item(person, item.course, item.due, item.step, "sent", "", mail_id)


def _keep_withheld(tx: Transaction, planned: Plan, report: Report) -> None:
    school_id, items = planned.sender.school_id, items_withheld(planned)
    for at in range(0, len(items), rounds.FEW):
        some = items[at : at + rounds.FEW]
        known = rounds.states(tx, school_id, {item.person for item in some})
        open_ = [item for item in some if known.get(item.key) not in rounds.DONE]
        rounds.keep(tx, school_id, planned.on, open_, known)
        report.not_sent += [withheld(planned, item) for item in open_]


def _write_digests(tx: Transaction, settings: Settings, planned: Plan, now: datetime, report: Report) -> None:
    """At most one in seven days to each manager, where something is due or overdue."""
    school_id = planned.sender.school_id
    lines = [
        DigestLine(line.colleague.name, planned.titles[line.course], due, standing, _refresher(planned, line))
        for line in positions(planned.facts, planned.on)
        for due, standing in [(line.position.due, line.position.standing)]
        if due is not None and standing is not Standing.NOT_REQUIRED
    ]
    for manager in planned.managers:
        last = rounds.last_digest(tx, school_id, manager.person, planned.on)
        wanted = weekly_digest(lines, planned.on, last)
        if wanted is None:
            continue
        if post(tx, reminder_mail.digest(settings, planned.sender, manager, wanted, planned.on), now):
            report.digests.append(manager.address)


def _refresher(planned: Plan, line: Line) -> DigestRefresher | None:
    renewal = planned.renewals.get(line.colleague.person, {}).get(line.course)
    if renewal is None:
        return None
    return DigestRefresher(planned.titles[renewal.refresher], renewal.until, renewal.is_open(planned.on))
