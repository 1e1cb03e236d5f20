"""The e-mails of a round: a reminder to a person, the weekly digest to a manager."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from player.compliance import Renewal
from player.mail.writing import write
from player.records.mail import Message
from player.reminders import Digest, DigestLine, Reminder, ReminderStep
from player.school.senders import Addressee, Sender, course_page, day, of_school
from player.settings import Settings

MOST = 50  # names in a list of a digest


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a person's e-mail follow from: the titles of courses, those that they have never
    done, the refreshers that renew what they have done, and the day."""

    titles: Mapping[str, str]
    never_done: frozenset[str]
    renewals: Mapping[str, Renewal]
    on: date

    def refresher(self, course: str) -> Renewal | None:
        """The refresher that renews the course on that day."""
        known = self.renewals.get(course)
        return known if known is not None and known.is_open(self.on) else None

    def to_take(self, course: str) -> str:
        """The title of the refresher, or of the course itself."""
        renewal = self.refresher(course)
        return self.titles[renewal.refresher if renewal else course]


def reminder(settings: Settings, sender: Sender, to: Addressee, planned: Reminder, words: Words) -> Message:
    """One e-mail with all the courses of a person that are due; a refresher stands for the course that it
    renews, and its link leads to that course's page, where it begins."""
    items = planned.items
    rows = [
        (
            words.to_take(item.course),
            _words(item, words),
            course_page(settings, sender.school_id, item.course),
        )
        for item in items
    ]
    written = write(
        "reminder",
        subject_line=_subject(items, words),
        name=to.name,
        address=to.address,
        school=sender.name,
        rows=rows,
        whom=sender.manager,
    )
    first = items[0]
    key = f"reminder:{sender.school_id}:{to.person}:{first.course}:{first.due}:{first.step}"
    return _message(key, "reminder", sender, to, written.subject, written.text, written.html)


def digest(settings: Settings, sender: Sender, to: Addressee, planned: Digest, on: date) -> Message:
    """A manager's week: who is overdue, due soon, and has not begun."""
    lists = [
        (f"{title} ({len(lines)})", _rows(lines[:MOST], on), max(0, len(lines) - MOST))
        for title, lines in (
            ("Overdue", planned.overdue),
            ("Due soon", planned.due_soon),
            ("Never done", planned.never_done),
        )
        if lines
    ]
    written = write(
        "digest",
        name=to.name,
        school=sender.name,
        summary=f"{len(planned.overdue)} overdue, {len(planned.due_soon)} due soon",
        lists=lists,
        link=f"{settings.site_origin}/schools/{sender.school_id}/compliance",
    )
    key = f"digest:{sender.school_id}:{to.person}:{on}"
    return _message(key, "digest", sender, to, written.subject, written.text, written.html)


def _message(
    key: str, kind: str, sender: Sender, to: Addressee, subject: str, text: str, html: str
) -> Message:
    message = Message(key, kind, to.address, to.name, subject, text, html, person_id=to.person)
    return of_school(message, sender)


def _rows(lines: Iterable[DigestLine], on: date) -> list[tuple[str, str, str]]:
    return [(line.name, f"{line.course}, {_due(line.due, on)}.{_to_take(line)}", "") for line in lines]


def _to_take(line: DigestLine) -> str:
    """The refresher, where it renews the course or came too late for it."""
    known = line.refresher
    if known is None:
        return ""
    if not known.is_open:
        return f" Too late for {known.title}: the course itself is to be taken."
    return f" {known.title} can be taken instead{f' until {day(known.until)}' if known.until else ''}."


def _subject(items: Sequence[ReminderStep], words: Words) -> str:
    late = sum(item.due < words.on for item in items)
    if len(items) == 1:
        [item] = items
        renewal = words.refresher(item.course)
        if late and renewal:
            return (
                f"{words.titles[item.course]} is overdue: {words.titles[renewal.refresher]} still renews it"
            )
        return f"{words.to_take(item.course)} {'is overdue' if late else 'is due on ' + day(item.due)}"
    if late == len(items):
        return f"{len(items)} courses are overdue"
    return f"{len(items)} courses are due" + (f", {late} of them overdue" if late else "")


def _words(item: ReminderStep, words: Words) -> str:
    told, title = _due(item.due, words.on), words.titles[item.course]
    if item.course in words.never_done:
        return f"Not done yet, {told}."
    if renewal := words.refresher(item.course):
        by = f" by {day(renewal.until)}" if renewal.until else ""
        return f"Take it{by} in place of {title}, which {'' if item.due < words.on else 'is '}{told}."
    late = (
        " It is too late for the refresher: take the course itself." if item.course in words.renewals else ""
    )
    return f"{told[0].upper()}{told[1:]}.{late}"


def _due(due: date, on: date) -> str:
    days = (due - on).days
    if days == 0:
        return "due today"
    if days < 0:
        return f"was due on {day(due)}, {_days(-days)} ago"
    return f"due on {day(due)}, in {_days(days)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
