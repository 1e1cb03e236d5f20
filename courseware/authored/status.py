"""The status of a law or a part of it: the day from which it is in force, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from courseware.authored.model import Day, Model, Text

Word = Literal["in force", "reported", "commences", "to come", "enacted", "ended", "not stated"]


class State(Struct, frozen=True):
    """The state of a law on one day; `day` is the one since, from or until which it holds, or on which it was
    passed."""

    word: Word
    day: date | None = None


class Status(Model):
    """The status of a law or of a provision; without one, a provision has that of its law."""

    in_force: Literal["yes"] | None = None  # since a day that nobody has looked up
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    reported_in_force_from: Day | None = None  # by somebody else; nobody has confirmed it
    commences: Day | None = None  # the day that the law itself sets, still to come
    enacted: Day | None = None  # Royal Assent; alone, no day is set from which it binds
    expected: Text | None = None  # what is known of that day
    superseded_by: Text | None = None  # a citation
    ground: Literal["seen", "quoted", "reported", "known"] | None = None  # how we know it
    sureness: Literal["high", "medium", "low"] | None = None
    to_check: Text | None = None  # for the specialist who compares it with its source

    def state_on(self, day: date) -> State:
        if self.in_force_until and self.in_force_until < day:
            return State("ended", self.in_force_until)
        if self.in_force_from:
            return State("in force" if self.in_force_from <= day else "to come", self.in_force_from)
        if self.commences:
            return State("in force" if self.commences <= day else "commences", self.commences)
        if self.reported_in_force_from:
            reported = self.reported_in_force_from
            return State("reported" if reported <= day else "commences", reported)
        if self.in_force or self.in_force_until:
            return State("in force")
        return State("enacted", self.enacted) if self.enacted else State("not stated")
