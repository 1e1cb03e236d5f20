"""E-mails as rows: written in the transaction of their cause, then sent by a job."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update
from sqlalchemy.orm import Session as Transaction

from player.records import work_tables
from player.records.columns import new_id, table
from player.records.work_tables import MailRow

MAIL = table(work_tables.MailRow)
LONGEST_ERROR = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail as it was written. `link` says which password link it holds a mark for, where it holds one.
    `key` names its cause: no second e-mail of that key is written."""

    key: str
    kind: str
    address: str
    name: str
    subject: str
    text: str
    html: str
    from_name: str = ""
    reply_to: str = ""
    person_id: str | None = None
    school_id: str | None = None
    link: str = ""


def add(tx: Transaction, messages: Sequence[Message], now: datetime) -> list[str | None]:
    """Write e-mails, and return their ids: None for one whose key there is already."""
    keys = [message.key for message in messages]
    known = set(tx.scalars(select(MAIL.c.key).where(MAIL.c.key.in_(keys))))
    told = {"state": "waiting", "written": now, "changed": now, "error": ""}
    rows: list[dict[str, object]] = []
    ids: list[str | None] = []
    for message in messages:
        is_new = message.key not in known
        known.add(message.key)
        ids.append(new_id() if is_new else None)
        if is_new:
            fields = {name: getattr(message, name) for name in Message.__slots__}
            rows.append({"id": ids[-1], **fields, **told})
    if rows:
        tx.execute(insert(MAIL), rows)
    return ids


def load(tx: Transaction, mail_id: str, school_id: str | None = None) -> MailRow | None:
    """The e-mail of that id; None where a school is named and it is not of it."""
    row = tx.get(MailRow, mail_id)
    return row if row is not None and school_id in (None, row.school_id) else None


def rewrite(tx: Transaction, mail_id: str, words: Message) -> MailRow:
    """Give an e-mail that waits the words and the address of another."""
    row = tx.get_one(MailRow, mail_id)
    row.address, row.name, row.reply_to = words.address, words.name, words.reply_to
    row.subject, row.text, row.html = words.subject, words.text, words.html
    tx.flush()
    return row


def wait_again(tx: Connection, mail_id: str, was: Collection[str], now: datetime) -> bool:
    """Let an e-mail wait again that has ended in one of these states."""
    return _move(tx, mail_id, was, "waiting", now)


def begin_sending(tx: Connection, mail_id: str, now: datetime) -> bool:
    """Claim an e-mail for the transport: of all who try, one wins, once."""
    return _move(tx, mail_id, ("waiting",), "sending", now)


def end(
    tx: Connection, mail_id: str, was: Collection[str], state: str, now: datetime, error: str = ""
) -> bool:
    """Write down how it ended; False where it is in none of the states that it is said to be in."""
    return _move(tx, mail_id, was, state, now, error)


def _move(
    tx: Connection,
    mail_id: str,
    was: Collection[str],
    state: str,
    now: datetime,
    error: str = "",
) -> bool:
    known = update(MAIL).where(MAIL.c.id == mail_id, MAIL.c.state.in_(was))
    return bool(tx.execute(known.values(state=state, changed=now, error=error[:LONGEST_ERROR])).rowcount)


def listed(
    tx: Transaction, school_id: str | None, states: Collection[str], skip: int, most: int
) -> Sequence[MailRow]:
    """E-mails of a school, or all, the newest first."""
    wanted = select(MailRow).where(*_of(school_id, states)).order_by(MailRow.written.desc(), MailRow.id)
    return tx.scalars(wanted.offset(skip).limit(most)).all()


def counts(tx: Transaction, school_id: str | None) -> dict[str, int]:
    """The number of e-mails in each state."""
    wanted = select(MailRow.state, func.count()).where(*_of(school_id, ())).group_by(MailRow.state)
    return {row[0]: row[1] for row in tx.execute(wanted)}


def _of(school_id: str | None, states: Collection[str]) -> list[ColumnElement[bool]]:
    wanted = [] if school_id is None else [MailRow.school_id == school_id]
    return [*wanted, MailRow.state.in_(states)] if states else wanted
