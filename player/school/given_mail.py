"""The e-mail that says which courses somebody has been given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from player.jobs import Task
from player.mail.sending import MARK, Withdrawn, post_all
from player.mail.writing import write
from player.password_links import Purpose, address
from player.records import courses, enrolments, mail, memberships, training
from player.records.database import Transaction
from player.records.mail import Message
from player.records.tables import Membership
from player.records.work_tables import MailRow
from player.school import auditing, excluding, notices, refreshers, senders
from player.school.actor import Actor
from player.school.refreshers import Renewals
from player.school.senders import Sender, course_page, day
from player.school.settling import school_today
from player.settings import Settings

KIND = "given"
TAKEN_BACK = "The course was taken back before this was sent."


class NotTold(NamedTuple):
    """Somebody who gets no e-mail about what they were given, and why."""

    name: str
    reason: str


class Told(NamedTuple):
    """The number of e-mails that were written, and who gets none."""

    mails: int = 0
    not_told: Sequence[NotTold] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The facts from which the words of these e-mails are made."""

    settings: Settings
    sender: Sender
    titles: Mapping[str, str]
    minutes: Mapping[str, int]
    renewals: Renewals
    excluded: Mapping[str, Mapping[str, str]]  # the reasons by course and person, under "" for everybody

    def reason_against(self, stay: Membership, course_ids: Iterable[str]) -> str:
        """The reason why somebody gets no e-mail about these courses; "" where they get one."""
        if not stay.email:
            return "no e-mail address"
        if stay.on_leave:
            return "on long leave"
        reasons = [self._exclusion(stay, course) for course in course_ids]
        return f"excluded from e-mails: {reasons[0]}" if all(reasons) else ""

    def rows(self, stay: Membership, course_ids: Iterable[str]) -> list[tuple[str, str, str]]:
        """Title, words and address of each course that they may be told of."""
        told = [course for course in course_ids if not self._exclusion(stay, course)]
        told.sort(key=lambda course: self.titles[course])
        at = stay.school_id
        return [
            (self.titles[one], self._about(stay, one), course_page(self.settings, at, one)) for one in told
        ]

    def _exclusion(self, stay: Membership, course: str) -> str:
        known = self.excluded[course]
        return known.get(stay.person_id) or known.get("") or ""

    def _about(self, stay: Membership, course: str) -> str:
        parts = [
            f"If you complete it by {day(each.until)}, it renews {each.course.title}."
            if each.until
            else f"It renews {each.course.title}."
            for each in self.renewals.of.get((stay.person_id, course), ())
        ]
        minutes = self.minutes.get(course)
        parts += [f"About {minutes} minute{'s' if minutes > 1 else ''}."] if minutes else []
        return " ".join(parts) or "Ready to start."


def tell(
    tx: Transaction,
    settings: Settings,
    actor: Actor,
    now: datetime,
    stays: Collection[Membership],
    given: Mapping[str, Sequence[str]],
    renewals: Renewals,
) -> Told:
    """Write one e-mail to each of these people of a school with the courses that they were given at this
    moment; who has no password is invited in it to choose one."""
    new = [stay for stay in stays if stay.person_id in given]
    if not new:
        return Told()
    words = _words(tx, settings, now, new[0], {one for each in given.values() for one in each}, renewals)
    reasons = [(stay, words.reason_against(stay, given[stay.person_id])) for stay in new]
    told = [stay for stay, reason in reasons if not reason]
    messages = [_message(words, now, stay, given[stay.person_id]) for stay in told]
    post_all(tx, messages, now)
    invited = [notices.invited(stay) for stay in told if not stay.has_password]
    auditing.write(tx, actor, now, new[0].school_id, *invited)
    return Told(len(messages), [NotTold(stay.name, reason) for stay, reason in reasons if reason])


def recheck(task: Task, row: MailRow) -> MailRow | Withdrawn:
    """The e-mail as it is to go out: without the courses that were taken back since it was written, and
    withdrawn where none is left or where they are told nothing now."""
    if row.school_id is None or row.person_id is None:
        return row
    with task.database.reading() as tx:
        checked = _checked(tx, task, row, row.person_id, row.school_id)
    if not isinstance(checked, Message):
        return checked
    with task.database.writing() as tx:
        return mail.rewrite(tx, row.id, checked)


def _checked(
    tx: Transaction, task: Task, row: MailRow, person_id: str, school_id: str
) -> MailRow | Withdrawn | Message:
    """The e-mail where it is right as it is, the reason why it is not sent, or the message of today."""
    made = enrolments.made_at(tx, person_id, school_id, row.written)
    left = [one.course_id for one in made if one.ended is None]
    today = school_today(tx, school_id, task.clock())
    here = memberships.on_day(tx, school_id, today, [person_id])
    if not left or not here:
        return Withdrawn("Has left." if left else TAKEN_BACK)
    renewals = refreshers.renewals(tx, school_id, today, left, [person_id])
    words = _words(tx, task.settings, task.clock(), here[0], left, renewals)
    if reason := words.reason_against(here[0], left):
        return Withdrawn(f"{reason[0].upper()}{reason[1:]}.")
    if here[0].email == row.address and len(left) == len(made):
        return row
    return _message(words, row.written, here[0], left)


def _words(
    tx: Transaction,
    settings: Settings,
    now: datetime,
    stay: Membership,
    course_ids: Collection[str],
    renewals: Renewals,
) -> Words:
    today = school_today(tx, stay.school_id, now)
    return Words(
        settings,
        senders.sender(tx, stay.school, now),
        {course.id: course.title for course in courses.every(tx)},
        training.minutes(tx),
        renewals,
        {course: excluding.reasons(tx, stay.school_id, course, today) for course in course_ids},
    )


def _message(words: Words, written: datetime, stay: Membership, course_ids: Iterable[str]) -> Message:
    link = "" if stay.has_password else Purpose.INVITATION
    told = write(
        KIND,
        name=stay.name,
        school=words.sender.name,
        rows=words.rows(stay, course_ids),
        address=stay.email or "",
        site=words.settings.site_origin,
        link=address(words.settings, MARK) if link else "",
        whom=words.sender.manager,
    )
    key = f"{KIND}:{stay.school_id}:{stay.person_id}:{written.isoformat()}"
    message = Message(
        key,
        KIND,
        stay.email or "",
        stay.name,
        told.subject,
        told.text,
        told.html,
        person_id=stay.person_id,
        link=link,
    )
    return senders.of_school(message, words.sender)
