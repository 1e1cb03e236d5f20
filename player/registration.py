"""The story of one learner in one course: launch, deliver, commit, terminate, roll up, award.

A **launch** makes a link. Opening it changes nothing; its page asks for a **delivery**, which takes over
from any earlier page and begins a session. What the SCO then sets comes in numbered **commits**, folded in
order: the calls are run again here (`commit`), the activity learns from them (`tracking`), the tree rolls
them up (`sequencing`), and a request, the learner's or the SCO's own on **Terminate**, leads on or ends the
attempt. After each commit the result is **awarded** (`results`): once passed stays passed.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from threading import Lock
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session as Transaction

from player import links
from player.links import TokenError
from player.playing import commit, sessions
from player.playing.answer import answer, time_text
from player.playing.protocol import SentCommit
from player.playing.step import MarkedView, Step, read_runtime, read_state
from player.playing.values import Standing
from player.playing.versions import Version, Versions
from player.records import commits, courses, launches, people, registrations
from player.records.columns import new_id
from player.records.database import Database
from player.runtime import Runtime
from player.sequencing import State, view
from player.settings import Settings

WARM = 2_000
Answer = dict[str, Any]


class GapError(Exception):
    """A commit is missing before this one; `wanted` is its number."""

    def __init__(self, wanted: int) -> None:
        super().__init__(f"commit {wanted} is missing")
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a link opens."""

    registration: str
    version: Version
    return_url: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """A commit that came after another page had gone on."""

    have: int
    since: datetime


@dataclass(frozen=True, slots=True)
class _Warm:
    """A session's parsed state after `have` commits; good only while the tables say the same."""

    session: str
    have: int
    tree: str
    state: State
    runtime: Runtime | None
    judged: MarkedView


class Registrar:
    """Takes registrations through their story; one a process, used by all its threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.versions = Versions(database)
        self._draw = SystemRandom().random
        self._warm: OrderedDict[str, _Warm] = OrderedDict()
        self._lock = Lock()

    # Launch

    def launch(
        self,
        tx: Transaction,
        person_id: str,
        course_id: str,
        now: datetime,
        *,
        return_url: str = "",
        again: bool = False,
    ) -> str:
        """A link that starts or resumes a registration; `again` starts it afresh at its first delivery, where
        that gives no limited tries back to somebody who has not completed it."""
        newest = courses.newest_version(tx, course_id)
        enrolment = people.open_enrolment(tx, person_id, course_id)
        if newest is None or enrolment is None:
            raise LookupError(f"nobody is enrolled on “{course_id}” by that id")
        registration = launches.registration_of(tx, enrolment, newest.id)
        if again and registration.completed is None:
            again = not self.versions.get(newest.id).limits_tries
        token = links.make(tx.connection(), registration.id, return_url, now, again=again)
        return f"{self.settings.content_origin_of(course_id)}/play/{token}/"

    def opened(self, token: str, now: datetime) -> OpenedLink:
        """What a link opens; changes nothing, because mail scanners open links too."""
        with self.database.connecting() as tx:
            launch = links.opened(tx, token, now)
            found = registrations.standing(tx, launch.registration)
        if found is None:
            raise LookupError("a link opens a registration")
        return OpenedLink(launch.registration, self.versions.get(found.version), launch.return_url)

    def superseded(self, registration: str) -> list[commits.Commit]:
        """Commits that came after another page had gone on: a manager may look at them."""
        with self.database.connecting() as tx:
            return commits.superseded(tx, registration)

    # Deliver

    def deliver(self, token: str, page: str, now: datetime) -> Answer:
        """Take over and start or resume; the same page asking again is told the same."""
        launch, step = self.database.commit(lambda tx: self._deliver(tx, token, page, now))
        return self._answer(step, launch.return_url)

    def _deliver(
        self, tx: Connection, token: str, page: str, now: datetime
    ) -> tuple[launches.LaunchLink, Step]:
        launch = links.opened(tx, token, now)
        links.still_entitled(tx, launch.registration, now)
        standing = registrations.standing(tx, launch.registration)
        if standing is None:
            raise LookupError("a link opens a registration")
        step = self._step(tx, standing, _after(tx, standing, now))
        if standing.session is None or standing.session.page != page:
            again = links.starts_afresh(tx, launch, standing)
            sessions.deliver(step, self._newest(step.version.course), page, again=again)
            registrations.save(tx, step.before, step.standing, step.left, step.finished)
        return launch, step

    def _newest(self, course: str) -> Version:
        with self.database.reading() as tx:
            newest = courses.newest_version(tx, course)
        if newest is None:
            raise LookupError(f"the course “{course}” has no version")
        return self.versions.get(newest.id)

    # Commit

    def commit(self, token: str, sent: SentCommit, now: datetime) -> Answer:
        """Fold one commit, or set it aside; when this returns it is on disk."""
        launch, came = self.database.commit(lambda tx: self._commit(tx, token, sent, now))
        if isinstance(came, Superseded):
            return {"superseded": True, "have": came.have, "since": time_text(came.since)}
        step, have = came
        return self._answer(step, launch.return_url, sent, have)

    def _commit(
        self, tx: Connection, token: str, sent: SentCommit, now: datetime
    ) -> tuple[launches.LaunchLink, Superseded | tuple[Step, int]]:
        launch = links.opened(tx, token, now)
        standing = registrations.standing(tx, launch.registration, sent.session)
        if standing is None or standing.session is None:
            raise TokenError("The commit belongs to a session that this link does not open.", ended=False)
        have = standing.session.have
        if sent.number > have + 1:
            raise GapError(have + 1)
        is_new, have = sent.number == have + 1, max(have, sent.number)
        if is_new:
            links.touch(tx, token, launch, now)
        now = _not_before(tx, standing, now)
        since = self._superseded(tx, standing)
        if since is not None:
            if is_new:
                _set_aside(tx, standing, sent, now)
            return launch, Superseded(have, since)
        step = self._step(tx, standing, now)
        if is_new:
            self._fold(tx, step, sent)
        return launch, (self._present(tx, step), have)

    def _superseded(self, tx: Connection, standing: Standing) -> datetime | None:
        """Since when a later session has spoken: what this one still sends is not merged any more."""
        if standing.session is None or standing.current == standing.session.id:
            return None
        return registrations.later_commit(tx, standing.registration, standing.session.ordinal)

    def _fold(self, tx: Connection, step: Step, sent: SentCommit) -> None:
        commit.commit(step, sent.number, sent.calls)
        registrations.save(tx, step.before, step.standing, step.left, step.finished)
        row = commits.Commit(
            sent.session,
            sent.number,
            step.now,
            json.dumps(sent.calls),
            json.dumps(step.draws),
            "applied",
            json.dumps(step.notes),
        )
        commits.append(tx, row)

    def _present(self, tx: Connection, step: Step) -> Step:
        """The step that the answer tells of: that of the registration's latest session."""
        if step.standing.current == step.session.id:
            return step
        standing = registrations.standing(tx, step.standing.registration)
        if standing is None:
            raise LookupError("a registration cannot vanish")
        return self._step(tx, standing, step.now)

    # What all of them need

    def _step(self, tx: Connection, standing: Standing, now: datetime) -> Step:
        version, session = self.versions.get(standing.version), standing.session
        warm = self._take(standing)
        return Step(
            version=version,
            standing=standing,
            state=warm.state if warm else read_state(version, standing.tree),
            runtime=warm.runtime if warm else read_runtime(session),
            judged=warm.judged if warm else None,
            now=now,
            draw=self._draw,
            new_id=new_id,
            session_of=lambda session: registrations.one_session(tx, session),
            activities_of=lambda attempt: registrations.activities(tx, attempt),
        )

    def _take(self, standing: Standing) -> _Warm | None:
        with self._lock:
            warm = self._warm.pop(standing.registration, None)
        session = standing.session
        if warm is None or session is None or (warm.session, warm.have) != (session.id, session.have):
            return None
        return warm if warm.tree == standing.tree else None

    def _judged(self, step: Step) -> MarkedView:
        """Contents and controls; judged anew only where the tree has learned something."""
        standing, session, judged = step.standing, step.session, step.judged
        if judged is None or standing.tree != step.before.tree:
            judged = MarkedView(new_id(), view(step.state))
        kept = _Warm(session.id, session.have, standing.tree, step.state, step.runtime, judged)
        with self._lock:
            self._warm[standing.registration] = kept
            if len(self._warm) > WARM:
                self._warm.popitem(last=False)
        return judged

    def _answer(
        self, step: Step, return_url: str, sent: SentCommit | None = None, have: int | None = None
    ) -> Answer:
        return answer(
            step.standing,
            step.version,
            self._judged(step),
            have=step.session.have if have is None else have,
            named=sent.session if sent else None,
            shown=sent.view if sent else None,
            resumable=step.state.suspended is not None,
            return_url=return_url,
            now=step.now,
        )


def _set_aside(tx: Connection, standing: Standing, sent: SentCommit, now: datetime) -> None:
    """Another page has gone on since: the commit is kept for a manager to see, and never merged."""
    session = standing.session
    if session is None:
        return
    commits.append(
        tx, commits.Commit(sent.session, sent.number, now, json.dumps(sent.calls), outcome="superseded")
    )
    registrations.save(tx, standing, replace(standing, session=replace(session, have=sent.number)))


def _after(tx: Connection, standing: Standing, now: datetime) -> datetime:
    """A delivery is later than all before it, whatever the clock says: what an earlier attempt completed
    is known by its time."""
    if standing.session is None:
        return now
    return max(now, registrations.latest_event(tx, standing.registration) + timedelta.resolution)


def _not_before(tx: Connection, standing: Standing, now: datetime) -> datetime:
    """The log is read by its times: a clock that was set back, or looked at before a wait for the lock, must
    not put anything before what it follows. Once a session has spoken, no other's commits count."""
    session = standing.session
    if session is None:
        return now
    is_current = standing.current == session.id
    if is_current and session.first_commit and session.last_commit:
        return max(now, session.last_commit)
    latest = registrations.latest_event(tx, standing.registration)
    return max(now, latest if is_current else latest + timedelta.resolution)
