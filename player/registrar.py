"""The registrar takes a registration's steps on the tables, each in a transaction, and answers the play
page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from random import SystemRandom
from typing import Any

from player import links, registration
from player.ahead import Reads, TakenAheadError, TakenStep, Turn, in_turn
from player.event_time import commit_time, delivery_time
from player.links import TokenError
from player.playing.answer import answer, time_text
from player.playing.global_objectives import incoming
from player.playing.protocol import SentCommit
from player.playing.run_time_state import read_runtime
from player.playing.step import MarkedView, Step, read_state
from player.playing.values import Commit, Registration
from player.playing.version import Version
from player.records import contacts, learner_objectives, log, registrations
from player.records.columns import new_id
from player.records.database import Connection, Database, Transaction
from player.records.glance import glance
from player.records.launches import LaunchLink
from player.records.tables import Enrolment
from player.records.versions import Versions
from player.sequencing import view
from player.session_cache import ParsedSession, SessionCache
from player.settings import Settings
from player.step_writing import Written, logged, set_aside, write_step, written

Answer = dict[str, Any]
KNOWN_LINKS = 10_000


class GapError(Exception):
    """A commit is missing before this one; `wanted` is its number."""

    def __init__(self, wanted: int) -> None:
        super().__init__(f"commit {wanted} is missing")
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A registration with the version and the return address of a link."""

    registration: str
    version: Version
    return_url: str
    keeps_place: bool


@dataclass(frozen=True, slots=True)
class Superseded:
    """A commit came after a later session had committed."""

    have: int
    since: datetime


class Registrar:
    """One for each process, used by all its threads."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.versions = Versions(database)
        self._draw = SystemRandom().random
        self._cache = SessionCache()
        self._courses: dict[str, str] = {}

    def launch(
        self,
        tx: Transaction,
        enrolment: Enrolment,
        now: datetime,
        *,
        return_url: str = "",
        again: bool = False,
    ) -> str:
        """A link that starts or resumes a registration."""
        token = registration.launch(tx, self.versions, enrolment, now, return_url=return_url, again=again)
        return f"{self.settings.content_origin_of(enrolment.course_id)}/play/{token}/"

    def opened(self, token: str, now: datetime) -> OpenedLink:
        """The registration that a link opens; it changes nothing, because mail scanners open links too."""
        with self.database.connecting() as tx:
            link = links.opened(tx, token, now)
            known = registrations.load(tx, link.registration)
        version = self.versions.get(known.version)
        keeps_place = bool(version.tries) and known.completed is None  # playing/launch_data.py, `_used_tries`
        return OpenedLink(known.id, version, link.return_url, keeps_place)

    def course_of(self, token: str, now: datetime) -> str:
        """The course that a link opens. It never changes, so a busy link is looked up once."""
        known = self._courses.get(token)
        if known is None:
            known = self.opened(token, now).version.course
            if len(self._courses) >= KNOWN_LINKS:
                self._courses.clear()
            self._courses[token] = known
        return known

    def superseded(self, registration_id: str) -> list[Commit]:
        """Commits that came after a later session had committed."""
        with self.database.connecting() as tx:
            return log.superseded(tx, registration_id)

    def deliver(self, token: str, page: str, now: datetime) -> Answer:
        """Take over and start or resume; the same page asking again is answered the same."""
        taken = in_turn(self.database, partial(self._deliver, token=token, page=page, now=now))
        return self._answer(taken) | {"contacts": self._contacts(taken.step)}

    def _contacts(self, step: Step) -> dict[str, contacts.Texts]:
        """The contacts of the learner's school that this version asks for, and no others (decision 15)."""
        asked = {contact.slot for contact in step.version.contacts}
        if not asked:
            return {}
        with self.database.connecting() as tx:
            return contacts.of_registration(tx, step.registration.id, asked)

    def _deliver(self, tx: Connection, turn: Turn, token: str, page: str, now: datetime) -> Written:
        link = links.opened(tx, token, now)
        links.still_entitled(tx, link.registration, now)
        known = registrations.load(tx, link.registration)
        now = delivery_time(tx, known, now)
        if known.session is not None and known.session.page == page:
            return written(tx, link, self._step(Reads(tx), known, now))
        again = links.starts_afresh(tx, link, known)
        version = self.versions.get(known.version)
        newest = self.versions.newest(version.course)
        work = partial(registration.deliver, newest=newest, page=page, again=again)
        shares = version.shares_objectives or newest.shares_objectives
        return written(tx, link, self._take(tx, turn, known, (now, newest.id, again), work, shares=shares))

    def commit(self, token: str, sent: SentCommit, now: datetime) -> Answer:
        """Fold one commit, or set it aside; when this returns it is on disk."""
        calls = sent.calls_text
        work = partial(self._commit, token=token, sent=sent, calls=calls, now=now)
        weight = len(calls) + self._cache.weight_of(sent.session, whole=_leads_on(sent))
        done = in_turn(self.database, work, weight)
        if isinstance(done, Superseded):
            return {"superseded": True, "have": done.have, "since": time_text(done.since)}
        taken, have = done
        return self._answer(taken, sent, have)

    def _commit(
        self, tx: Connection, turn: Turn, token: str, sent: SentCommit, calls: str, now: datetime
    ) -> Superseded | tuple[Written, int]:
        link, known, parsed = self._named(tx, turn, token, sent, now)
        if known is None or known.session is None:
            raise TokenError("The commit belongs to a session that this link does not open.", ended=False)
        have = known.session.have
        if sent.number > have + 1:
            raise GapError(have + 1)
        is_new, have = sent.number == have + 1, max(have, sent.number)
        time = commit_time(tx, known, now)
        since = registrations.superseded_since(tx, known)
        if since is not None:
            if is_new and turn.writes:
                links.touch(tx, token, link, now)
                set_aside(tx, known, sent, calls, time)
            return Superseded(have, since)
        if not is_new:
            return written(tx, link, self._latest(tx, self._step(Reads(tx), known, time, parsed))), have
        work = partial(registration.commit, number=sent.number, calls=sent.calls)
        shares = self.versions.get(known.version).shares_objectives
        step = self._take(tx, turn, known, (time,), work, len(calls), shares=shares, parsed=parsed)
        link = links.touch(tx, token, link, now)
        log.append(tx, logged(step, sent, calls))
        return written(tx, link, self._latest(tx, step)), have

    def _named(
        self, tx: Connection, turn: Turn, token: str, sent: SentCommit, now: datetime
    ) -> tuple[LaunchLink, Registration | None, ParsedSession | None]:
        """The link, and the registration with the session that a commit names: as this process keeps them,
        where a glance at the tables shows that they have not changed, else from their rows."""
        if turn.is_plain and not _leads_on(sent):
            row = glance(tx, links.hash_of(token), sent.session)
            kept = self._cache.seen(row) if row is not None else None
            if kept is not None and kept.link is not None:
                return links.still_open(kept.link, now), kept.registration, kept
        link = links.opened(tx, token, now)
        return link, registrations.load_session(tx, link.registration, sent.session), None

    def _latest(self, tx: Connection, step: Step) -> Step:
        """The step that the answer is about: that of the registration's latest session."""
        if step.registration.current == step.session.id:
            return step
        return self._step(Reads(tx), registrations.load(tx, step.registration.id), step.now)

    def _take(
        self,
        tx: Connection,
        turn: Turn,
        known: Registration,
        inputs: tuple[datetime, *tuple[object, ...]],
        work: Callable[[Step], None],
        sent: int = 0,
        *,
        shares: bool,
        parsed: ParsedSession | None = None,
    ) -> Step:
        """Take a step, or the one that was taken ahead if it holds, and write it. `inputs` begin with its
        time; `sent` is how many characters came; `shares` says whether the course shares its global
        objectives."""
        taken = turn.ahead
        if taken is None or not taken.holds(tx, known, inputs):
            reads = Reads(tx, turn.most)
            reads.weigh(sent + (parsed.weight if parsed else known.session.size if known.session else 0))
            step = self._step(reads, known, inputs[0], parsed)
            objectives = None
            if shares:
                objectives = reads.ask(partial(learner_objectives.load, registration=known.id))
                step.incoming = incoming(step.version.course, objectives.by_course)
            work(step)
            taken = TakenStep(step, known, inputs, reads, objectives)
        if not turn.writes:
            raise TakenAheadError(taken)
        write_step(tx, taken)
        return taken.step

    def _step(
        self, reads: Reads, known: Registration, now: datetime, parsed: ParsedSession | None = None
    ) -> Step:
        version, parsed = self.versions.get(known.version), parsed or self._cache.take(known)
        return Step(
            version=version,
            registration=known,
            state=parsed.state if parsed else read_state(version, known.tree),
            runtime=parsed.runtime if parsed else read_runtime(known.session),
            view=parsed.view if parsed else None,
            now=now,
            draw=self._draw,
            new_id=new_id,
            session_of=reads.session,
            activities_of=reads.activities,
            sizes_of=reads.sizes,
        )

    def _answer(self, taken: Written, sent: SentCommit | None = None, have: int | None = None) -> Answer:
        step = taken.step
        marked = step.view
        if marked is None or not marked.shows(step.state):
            marked = MarkedView(new_id(), view(step.state), step.state)
        self._cache.keep(taken.kept(marked))
        return answer(
            step.registration,
            step.version,
            marked,
            have=step.session.have if have is None else have,
            named=sent.session if sent else None,
            shown=sent.view if sent else None,
            resumable=step.state.suspended is not None,
            return_url=taken.link.return_url,
            now=step.now,
        )


def _leads_on(sent: SentCommit) -> bool:
    """True where a commit may lead to another session, which needs more of the registration than is kept."""
    return any(call[1] not in ("SetValue", "Initialize") for call in sent.calls)
