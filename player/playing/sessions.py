"""Attempts and sessions of a registration: how they begin, how another page takes over, how they end."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace

from player.playing.awards import award_text
from player.playing.launch_data import launch_data
from player.playing.run_time_state import read_runtime, separated
from player.playing.step import Step
from player.playing.values import ActivityResult, Attempt, Session
from player.playing.version import Version
from player.runtime import outcome
from player.sequencing import Decision, Request, State, Tree, process
from player.tracking import learned, rejudged, result_of_sco, split


def take_over(step: Step) -> None:
    """End the earlier page's session as if the learner had suspended it: what it set is kept, and its
    place."""
    item = step.session.item
    if step.runtime is not None and item is not None:
        said = outcome(step.runtime)
        step.state = learned(said, step.state, item)
        known = step.registration.activities.get(item)
        if known is not None:
            step.list_activity(replace(known, result=result_of_sco(said, known.result.total_time)))
    step.state = process(step.state, Request("suspendAll"), step.drawn).state
    end_attempt(step, "suspended")


def move(step: Step, newest: Version) -> None:
    """Move to a new version: ours takes all data along, as far as both versions have the same identifiers."""
    if newest.ours and step.version.ours:
        before = step.version.tree
        step.state = rejudged(before, State.from_json(newest.tree, step.state.to_json()))
        runtime = read_runtime(step.registration.session)
        if runtime is not None and step.registration.state == "suspended" and is_split(before, newest.tree):
            step.state = split(outcome(runtime), step.state)
    else:
        step.begin_tree(newest.tree)
    step.version = newest
    step.change(version=newest.id)


def is_split(before: Tree, now: Tree) -> bool:
    """The course was one SCO, which is gone, and is several."""
    return len(before.leaves) == 1 < len(now.leaves) and now.get(before.leaves[0].identifier) is None


def begin_attempt(step: Step) -> None:
    """The next attempt; one that has not ended is ended first."""
    registration = step.registration
    if registration.attempt is not None and registration.attempt.state != "ended":
        end_attempt(step, "ended")
        step.finished = step.registration.attempt
    number = registration.attempts + 1
    attempt = Attempt(step.new_id(), number, "running", step.now)
    if not step.version.tree.shared_data_global_to_system:
        step.change(stores="{}")
    started = registration.started or step.now
    step.change(attempt=attempt, attempts=number, activities={}, started=started)


def end_attempt(step: Step, state: str) -> None:
    """The attempt is `suspended` and waits for the next session, or `ended`."""
    attempt = step.registration.attempt
    if attempt is None:
        return
    ended = step.now if state == "ended" else None
    step.change(state=state, attempt=replace(attempt, state=state, ended=ended))


def open_session(step: Step, decision: Decision, page: str, cause: str) -> None:
    """A new session of what was delivered, or of the contents page where nothing was."""
    registration = step.registration
    step.left = registration.session
    attempt = registration.attempt
    if attempt is None:
        raise LookupError("a session belongs to an attempt")
    launch: Any = {}
    item = decision.delivered
    if item is not None:
        step.load_activities()
        launch = launch_data(step, item, resumed=decision.resumed, afresh=cause == "again")
        if item not in step.registration.activities:  # an asset reports nothing: being delivered lists it
            step.list_activity(ActivityResult(item, step.version.tree[item].title))
    text = json.dumps(launch)
    values, records = separated(text)
    ordinal = registration.sessions + 1
    session = Session(
        id=step.new_id(),
        attempt=attempt.id,
        version=step.version.id,
        item=item,
        page=page,
        ordinal=ordinal,
        started=step.now,
        launch=text,
        values=values,
        draws=json.dumps(step.draws) if cause != "commit" else "[]",
        cause=cause,
        objectives=json.dumps(step.received) if cause != "commit" else "{}",
        awarded=award_text(registration),
        notes=json.dumps(step.notes) if cause != "commit" else "[]",
        records=records,
    )
    step.runtime = read_runtime(session)
    step.change(
        session=session,
        current=session.id,
        sessions=ordinal,
        state="running",
        attempt=replace(attempt, state="running"),
    )
