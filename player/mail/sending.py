"""The job of an e-mail: it is handed to the mail server at most once.

`sending` is on disk before the first byte goes out. Whoever finds an e-mail in that state does not know how
it ended: it becomes `unconfirmed`, is shown so, and is never sent again by itself.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from functools import partial

from player.jobs import Again, Failed, Kind, Outcome, Task, growing
from player.mail.envelope import ascii_address, envelope
from player.mail.transport import NotSentError, UnconfirmedError, connected, hand_over, offer
from player.password_links import Purpose, Signed, make_token
from player.records import jobs, mail, people
from player.records.columns import new_id
from player.records.database import Transaction
from player.records.mail import Message
from player.records.work_tables import MailRow
from player.settings import Settings

NAME = "mail"
RETRY = growing(longest=timedelta(hours=4), given_up_after=timedelta(days=1))
MARK = "link-of-this-e-mail"  # stands for the token of a password link, which is made when it is sent
DIED = "The player stopped while the e-mail was handed to the mail server."
MOVED = "The e-mail address has changed since this e-mail was written: send a new link to the new one."
AWAY = timedelta(minutes=1)  # until the others try the server that one found away


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An e-mail that would be wrong now, and why."""

    reason: str


# Called before an e-mail of a kind is sent: returns it as it is to go out, or withdraws it.
Check = Callable[[Task, MailRow], MailRow | Withdrawn]


def post(tx: Transaction, message: Message, now: datetime) -> str | None:
    """Write an e-mail and its job in the transaction of its cause; None where there is one of that key."""
    return post_all(tx, [message], now)[0]


def post_all(tx: Transaction, messages: Sequence[Message], now: datetime) -> list[str | None]:
    """As `post`, for many."""
    ids = mail.add(tx, messages, now)
    jobs.add_new(tx, NAME, {f"mail:{id_}": {"mail": id_} for id_ in ids if id_ is not None}, now)
    return ids


def post_again(tx: Transaction, row: MailRow, now: datetime) -> bool:
    """Send an e-mail once more that failed or is unconfirmed; False where it is neither. The one that was not
    confirmed may arrive twice."""
    if not mail.wait_again(tx.connection(), row.id, ("failed", "unconfirmed"), now):
        return False
    jobs.add_new(tx, NAME, {f"mail:{row.id}:{new_id()}": {"mail": row.id}}, now)
    return True


def filled(text: str, row: MailRow, settings: Settings, signed: Signed | None) -> str:
    """The text with the password link in it."""
    if not row.link or signed is None:
        return text
    return text.replace(MARK, make_token(settings, signed, Purpose(row.link)))


def recipient(tx: Transaction, row: MailRow) -> Signed | None:
    """The person who may open the password link: nobody, once their address is another."""
    person = people.person(tx, row.person_id) if row.person_id else None
    if person is None or person.email != row.address:
        return None
    return Signed(person.id, person.sign_in_epoch)


def send_kind(checks: Mapping[str, Check]) -> Kind:
    """The kind of job that sends an e-mail, with the checks of those that may be wrong by then."""
    return Kind(NAME, partial(_send, checks), RETRY)


def _send(checks: Mapping[str, Check], task: Task) -> Outcome:
    mail_id = str(task.job.payload["mail"])
    with task.database.reading() as tx:
        row = mail.load(tx, mail_id)
        signed = recipient(tx, row) if row is not None else None
    if row is None or row.state not in ("waiting", "sending"):
        return None
    if row.state == "sending":
        _end(task, mail_id, ("sending",), "unconfirmed", DIED)
        return None
    if row.link and signed is None:
        _end(task, mail_id, ("waiting",), "failed", MOVED)
        return Failed(MOVED)
    check = checks.get(row.kind)
    checked = check(task, row) if check is not None else row
    if isinstance(checked, Withdrawn) or not task.settings.mail.host:
        _end(task, mail_id, ("waiting",), "kept", checked.reason if isinstance(checked, Withdrawn) else "")
        return None
    return _hand_over(task, checked, signed)


def _hand_over(task: Task, row: MailRow, signed: Signed | None) -> Outcome:
    settings = task.settings
    text, html = (filled(part, row, settings, signed) for part in (row.text, row.html))
    try:
        data = envelope(row, text, html, settings.mail, task.clock())
        with connected(settings.mail) as session:
            offer(session, settings.mail.sender, ascii_address(row.address))
            _claim_and_send(task, row.id, session, data)
    except UnconfirmedError as unknown:
        _end(task, row.id, ("sending",), "unconfirmed", str(unknown))
    except NotSentError as refusal:
        return _later(task, row.id, refusal)
    except (ValueError, MessageError) as unfit:
        _end(task, row.id, ("waiting",), "failed", str(unfit))
        return Failed(str(unfit))
    return None


def _claim_and_send(task: Task, mail_id: str, session: smtplib.SMTP, data: bytes) -> None:
    claimed = task.database.commit(lambda tx: mail.begin_sending(tx, mail_id, task.clock()))
    if claimed:
        hand_over(session, data)
        _end(task, mail_id, ("sending", "unconfirmed"), "sent")


def _later(task: Task, mail_id: str, refusal: NotSentError) -> Outcome:
    """Try again with growing pauses for a day, then give up with the server's words."""
    words, at = str(refusal), RETRY(task.job, task.clock())
    _end(task, mail_id, ("waiting", "sending"), "waiting" if at else "failed", words)
    if refusal.is_away:
        until = task.clock() + AWAY
        task.database.commit(lambda tx: jobs.postpone(tx, NAME, until))
    return Again(at, error=words) if at else Failed(words)


def _end(task: Task, mail_id: str, was: tuple[str, ...], state: str, error: str = "") -> None:
    task.database.commit(lambda tx: mail.end(tx, mail_id, was, state, task.clock(), error))
