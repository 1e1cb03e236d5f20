"""Delivery: taking over from an earlier page, starting or resuming, and the session that comes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from player.playing import results
from player.playing.elapsed import elapsed, reports_time
from player.playing.step import Step, read_runtime
from player.playing.values import ActivityResult, Attempt, Session
from player.playing.versions import Version
from player.runtime import Outcome, Runtime, carry, outcome
from player.runtime.timespan import parse, write
from player.sequencing import Decision, Request, State, opening, process
from player.tracking import Learner, launch_for, learned, mark_of, rejudged, summary


def deliver(step: Step, newest: Version, page: str, *, again: bool) -> None:
    """Take over from an earlier page, move to the newest version where allowed, then start or resume."""
    before = step.standing
    if before.state == "running":
        _take_over(step)
    fresh = again or before.state in ("not attempted", "ended")
    if newest.id != step.version.id and ((newest.ours and step.version.ours) or fresh):
        _move(step, newest)
    if again:
        step.state, step.standing = State(step.version.tree), replace(step.standing, stores="{}")
    if fresh:
        _begin_attempt(step)
    request = opening(step.state)
    decision = process(step.state, request, step.drawn)
    if decision.exception and request.name == "resumeAll":
        step.note(f"What was suspended cannot be resumed ({decision.exception}): the course starts instead.")
        decision = process(decision.state, Request("start"), step.drawn)
    step.state = decision.state
    open_session(step, decision, page, cause="again" if again else "launch")
    settle(step)
    step.keep_tree()


def _take_over(step: Step) -> None:
    """The earlier page is left as if it had been suspended: what it set is kept, and its place."""
    if step.runtime is not None and step.session.item is not None:
        said = outcome(step.runtime)
        step.state = learned(said, step.state, step.session.item)
        _list_as_left(step, step.session.item, said)
    step.state = process(step.state, Request("suspendAll"), step.drawn).state
    close(step, "suspended")


def _list_as_left(step: Step, item: str, said: Outcome) -> None:
    """What ending in silence amounts to counts from here on."""
    known = step.standing.activities.get(item)
    if known is not None:
        listed = replace(known, result=results.of_activity(said, known.result.total_time))
        step.change(activities={**step.standing.activities, item: listed})


def _move(step: Step, newest: Version) -> None:
    """Onto a new version with all its data: the tree keeps what both versions know by the same identifier."""
    if newest.ours and step.version.ours:
        step.state = rejudged(step.version.tree, State.from_json(newest.tree, step.state.to_json()))
    else:
        step.state = State(newest.tree)
    step.version = newest
    step.change(version=newest.id)


def _begin_attempt(step: Step) -> None:
    standing = step.standing
    if standing.attempt is not None and standing.attempt.state != "ended":
        _end_attempt(step, "ended")
        step.finished = step.standing.attempt
    number = standing.attempts + 1
    attempt = Attempt(step.new_id(), number, "running", step.now)
    if not step.version.tree.shared_data_global_to_system:
        step.change(stores="{}")
    step.change(attempt=attempt, attempts=number, activities={}, started=standing.started or step.now)


def _end_attempt(step: Step, state: str) -> None:
    attempt = step.standing.attempt
    if attempt is None:
        return
    ended = step.now if state == "ended" else None
    step.change(state=state, attempt=replace(attempt, state=state, ended=ended))


def close(step: Step, state: str) -> None:
    """The session is over; the attempt waits for the next one or has ended."""
    step.change(session=replace(step.session, ended=step.session.ended or step.now))
    _end_attempt(step, state)


def open_session(step: Step, decision: Decision, page: str, cause: str) -> None:
    """A new session of what was delivered, or of the contents page where nothing was."""
    standing = step.standing
    if standing.session is not None:
        step.left = replace(standing.session, ended=standing.session.ended or step.now)
    attempt = standing.attempt
    if attempt is None:
        raise LookupError("a session belongs to an attempt")
    launch: Any = {}
    item = decision.delivered
    if item is not None:
        step.load_activities()
        launch = _launch(step, item, resumed=decision.resumed, afresh=cause == "again")
        _enter(step, item)
    text = json.dumps(launch)
    ordinal = standing.sessions + 1
    session = Session(
        id=step.new_id(),
        attempt=attempt.id,
        version=step.version.id,
        item=item,
        page=page,
        ordinal=ordinal,
        started=step.now,
        launch=text,
        values=text,
        draws=json.dumps(step.draws) if cause != "commit" else "[]",
        cause=cause,
    )
    step.runtime = read_runtime(session)
    step.change(
        session=session,
        current=session.id,
        sessions=ordinal,
        state="running",
        attempt=replace(attempt, state="running"),
    )


def settle(step: Step) -> None:
    """Ending an activity may decide what was open: the attempt's result is read once more."""
    attempt = step.standing.attempt
    if attempt is None:
        return
    result = results.of_attempt(summary(step.state), attempt.result.total_time)
    step.standing = results.award(step.standing, result, step.now)


def _launch(step: Step, item: str, *, resumed: bool, afresh: bool) -> Any:
    standing = step.standing
    learner = Learner(standing.learner_id, standing.learner_name)
    stores = json.loads(standing.stores)
    last = _last_runtime(step, item)
    carried = _carried(step, *last, resumed=resumed) if last else {}
    if not carried and not afresh and step.version.tries and standing.completed is None:
        last = _latest(step, item)
        carried = _with_its_tries(step, last[1]) if last else {}
        resumed = resumed or bool(carried)
    return launch_for(
        step.state,
        item,
        learner,
        carried=carried,
        resumed=resumed,
        stores=stores,
        held_against=mark_of(last[1]) if last else None,
    )


def _latest(step: Step, item: str) -> tuple[Session, Runtime] | None:
    """The item's latest session, whichever attempt it was in, with its data."""
    found, attempt = step.left, step.before.attempt
    if found is None or found.item != item:
        activity = step.activities_of(attempt.id).get(item) if attempt is not None else None
        found = step.session_of(activity.session) if activity is not None and activity.session else None
    runtime = read_runtime(found)
    return (found, runtime) if found is not None and runtime is not None else None


def _with_its_tries(step: Step, runtime: Runtime) -> dict[str, str]:
    """What a course of ours that limits its tries remembers outlives an attempt that was ended before it was
    completed, as they would all be given back; what was answered stays where it was answered."""
    wanted, roles = step.version.standard.value, runtime.standard.roles
    if runtime.standard.name != wanted:
        return _translated(runtime, wanted)
    lists = (f"{roles['interactions']}.", f"{roles['objectives']}.", roles["total_time"])
    kept = {
        name: value for name, value in carry(runtime, suspended=True).items() if not name.startswith(lists)
    }
    return kept | {roles["entry"]: "resume"}


def _enter(step: Step, item: str) -> None:
    """An activity is listed from its first delivery on; an asset says nothing, being shown is all it does."""
    activities = dict(step.standing.activities)
    if item not in activities:
        activities[item] = ActivityResult(item, step.version.tree[item].title)
        step.change(activities=activities)


def _last_runtime(step: Step, item: str) -> tuple[Session, Runtime] | None:
    """The item's last session in this attempt, with its data."""
    activity = step.standing.activities.get(item)
    last = _last_session(step, activity.session) if activity and activity.session else None
    runtime = read_runtime(last)
    return (last, runtime) if last is not None and runtime is not None else None


def _carried(step: Step, last: Session, runtime: Runtime, *, resumed: bool) -> dict[str, str]:
    """What the item's last session left: all of it in 1.2, in 2004 what was suspended."""
    wanted = step.version.standard.value
    if runtime.standard.name != wanted:
        return _translated(runtime, wanted)
    if wanted == "2004" and not resumed:
        return {}
    kept = carry(runtime, suspended=resumed)
    if wanted == "1.2" and not runtime.terminated:
        kept["cmi.core.entry"] = "resume"
    name = runtime.standard.roles["total_time"]
    if not reports_time(runtime, last):
        kept[name] = write(wanted, parse(wanted, kept.get(name)) + elapsed(last, last.last_commit))
    return kept


def _last_session(step: Step, session: str) -> Session | None:
    """An activity may follow itself: what this very commit set is not in the tables yet."""
    present = step.standing.session
    return present if present is not None and present.id == session else step.session_of(session)


def _translated(runtime: Runtime, wanted: str) -> dict[str, str]:
    """A course that moved between standards keeps its place: our suspend data are the same in both."""
    there = {"suspend_data": "cmi.suspend_data", "location": "cmi.core.lesson_location"}
    if wanted == "2004":
        there["location"] = "cmi.location"
    values = ((name, runtime.get(runtime.standard.roles[role])) for role, name in there.items())
    entry = "cmi.entry" if wanted == "2004" else "cmi.core.entry"
    return {name: value for name, value in values if value is not None} | {entry: "resume"}
