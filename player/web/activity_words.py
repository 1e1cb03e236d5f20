"""The rows of the audit log in the words of a school's office."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from player.records import courses, teams
from player.records.database import Transaction
from player.records.work_tables import AuditRow
from player.web.wording import day

ACTIONS = {
    "added:membership": "Added to the staff",
    "changed:membership": "Details changed",
    "left:membership": "Left",
    "came back:membership": "Came back",
    "signed out everywhere:membership": "Signed out everywhere",
    "signed out everywhere:account": "Ended their own sign-ins",
    "invited:membership": "Invited",
    "added:enrolment": "Enrolled",
    "ended:enrolment": "Enrolment ended",
    "gave a fresh start:registration": "Fresh start given",
    "added:team": "Team added",
    "changed:team": "Team renamed",
    "removed:team": "Team removed",
    "joined a team:team": "Joined a team",
    "left a team:team": "Left a team",
    "added:key": "Portal key created",
    "revoked:key": "Portal key revoked",
    "added:school": "School added",
    "changed:school": "School renamed",
    "imported:course": "Course imported",
    "retired:course": "Course retired",
    "offered again:course": "Course offered again",
    "required:requirement": "Course required",
    "made optional:requirement": "Course no longer required",
    "set:duty": "How often a course is retaken",
    "excluded:exclusion": "Excluded from reminders",
    "ended:exclusion": "Exclusion ended",
    "changed:contact": "Contact for Get help changed",
    "added:batch of external records": "External records added",
    "undone:batch of external records": "External records taken back",
    "voided:external record": "External record made void",
    "viewed:record": "Record viewed",
    "viewed:person": "Training record viewed",
    "downloaded:list": "List downloaded",
    "viewed:e-mail": "E-mail viewed",
    "sent again:e-mail": "E-mail sent again",
    "reminded:person": "Reminder sent by hand",
    "changed:reminder days": "Reminder days changed",
    "shown:evidence": "Shown: completed elsewhere",
    "no longer shown:evidence": "No longer shown: completed elsewhere",
    "made a password link:account": "Password link created",
    "sent a password link:account": "Password link sent",
    "changed the password:account": "Password changed",
    "signed in:account": "Signed in",
    "sign-in failed:account": "Sign-in failed",
    "made an administrator:account": "Made an administrator",
    "no longer an administrator:account": "No longer an administrator",
}
FIELDS = {
    "exclusion:until": "until",
    "why": "reason",
    "staff_id": "staff id",
    "job_title": "job title",
    "on_leave": "on long leave",
    "email": "e-mail address",
    "until": "leaves on",
    "of": "who must take it",
    "since": "from",
    "months": "months until it is due again",
    "anchor": "counted from",
    "window": "days in which it is due soon",
    "first": "days for somebody who has never done it",
    "fixed": "day of every year",
    "least": "months at least before that day",
    "renewed_by": "renewed by",
    "lapsed": "days after which a refresher no longer renews it",
}
_TOLD_WHEN_NEW = ("course", "exclusion", "person", "batch of external records", "external record")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """The names that rows have only the ids of."""

    titles: Mapping[str, str]
    teams: Mapping[str, str]

    @classmethod
    def of(cls, tx: Transaction, school: str | None) -> ActivityWords:
        """With the names of all courses and of the teams of a school, or of all."""
        titles = {course.id: course.title for course in courses.every(tx)}
        return cls(titles, teams.names(tx, school))

    def told(self, row: AuditRow) -> str:
        """What was done."""
        return ACTIONS.get(f"{row.action}:{row.noun}") or f"{row.action} {row.noun}".capitalize()

    def about(self, row: AuditRow) -> str:
        """Whom or what it was about, with the course by its title."""
        name, _, course = row.about.rpartition(": ")
        if course not in self.titles:
            return row.about
        return f"{name}: {self.titles[course]}" if name else self.titles[course]

    def changes(self, row: AuditRow) -> list[tuple[str, str, str]]:
        """Each changed value: its name, what it was and what it became."""
        before: Mapping[str, Any] = json.loads(row.before or "{}")
        after: Mapping[str, Any] = json.loads(row.after or "{}")
        if row.before is None and row.action != "changed" and row.noun not in _TOLD_WHEN_NEW:
            return []
        return [
            (
                FIELDS.get(f"{row.noun}:{key}", FIELDS.get(key, key)),
                self._shown(before.get(key)),
                self._shown(after[key]),
            )
            for key in after
            if before.get(key) != after[key]
        ]

    def _shown(self, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self.teams.get(each, each) for each in value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        text = str(value if value is not None else "")
        if _DAY.fullmatch(text):
            return day(date.fromisoformat(text))
        return self.titles.get(text, text)
