"""The candidates of a round: who must take a course by the facts of a school, or had to until they left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from player.compliance import Colleague, Line, Renewal, SchoolFacts, Span, positions, renewal, stand

from .exclusions import Exclusion, Exclusions
from .round import LOOKED_BACK, Candidate, Recipient
from .steps import StepDone

Done = Mapping[tuple[str, str], Sequence[StepDone]]


def candidates(facts: SchoolFacts, done: Done, on: date) -> Iterator[Candidate]:
    """Everybody in each course that is required of them. Who left in the last month and a course that was
    retired in it are told as such: their lines are those of somebody who stayed, and of a course that goes
    on."""
    left = {one.person for one in facts.people if not one.is_here(on)}
    people = [_as_if_here(one, on) if one.person in left else one for one in facts.people]
    retired = {course: day for course, day in facts.retired.items() if day <= on - LOOKED_BACK}
    recipients: dict[str, Recipient] = {}
    for line in positions(replace(facts, people=[one for one in people if one], retired=retired), on):
        if line.required_since is None:
            continue
        person = line.colleague.person
        recipient = recipients.get(person)
        if recipient is None:
            told = (line.colleague.email, person in left, line.colleague.on_leave)
            recipient = recipients[person] = Recipient(person, *told)
        yield Candidate(
            recipient,
            line.course,
            line.position.due,
            line.days[-1] if line.days else None,
            _due_before(line, on),
            done.get((person, line.course), ()),
            facts.retired.get(line.course, date.max) <= on,
            _renewal(facts, line, on),
        )


def exclusions(facts: SchoolFacts, on: date) -> Exclusions:
    """The school's exclusions as a round reads them: with their last day, the newest first."""
    return Exclusions(
        (
            Exclusion(
                one.course,
                one.person,
                one.span.since,
                one.span.until and one.span.until - timedelta(1),
                "",
                one.why,
            )
            for one in reversed(facts.exclusions)
        ),
        on,
    )


def _as_if_here(colleague: Colleague, on: date) -> Colleague | None:
    """Somebody who left in the last month, with their stay and their teams going on."""
    ended = max((stay.until for stay in colleague.stays if stay.until is not None), default=None)
    if ended is None or not on - LOOKED_BACK < ended <= on:
        return None
    teams = {team: _going_on(spans, ended) for team, spans in colleague.teams.items()}
    return replace(colleague, stays=_going_on(colleague.stays, ended), teams=teams)


def _going_on(spans: Sequence[Span], ended: date) -> tuple[Span, ...]:
    return tuple(Span(span.since) if span.until == ended else span for span in spans)


def _renewal(facts: SchoolFacts, line: Line, on: date) -> Renewal | None:
    """The refresher of a line, where it can be begun on that day."""
    known = renewal(line.duty, line.days[-1] if line.days else None, line.position.due)
    if known is None or facts.retired.get(known.refresher, date.max) <= on:
        return None
    return known


def _due_before(line: Line, on: date) -> date | None:
    """The due day that the latest evidence has replaced."""
    if not line.days:
        return None
    return stand(line.duty, line.required_since, line.days[:-1], on).due
