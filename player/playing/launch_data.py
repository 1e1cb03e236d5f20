"""The data that a SCO is launched with: what the tree knows, and what the item's last session left."""

from __future__ import annotations

import json
from typing import Any

from player.playing.elapsed import elapsed, reports_time
from player.playing.run_time_state import read_runtime
from player.playing.step import Step
from player.playing.values import Session
from player.runtime import Runtime, carry
from player.runtime.table import table
from player.runtime.timespan import parse, write
from player.tracking import Learner, launch_for, mark_of


def launch_data(step: Step, item: str, *, resumed: bool, afresh: bool) -> Any:
    """The launch of an item's next session, as JSON; `afresh` where the learner takes the course again."""
    registration = step.registration
    last = _last_in_attempt(step, item)
    carried = _carried(step, *last, resumed=resumed) if last else {}
    if last is None and (whole := _of_the_one_sco(step)) is not None:
        carried, resumed = _translated(whole, step.version.standard.value), True
    if not carried and not afresh and step.version.tries and registration.completed is None:
        last = _last_in_any_attempt(step, item)
        carried = _used_tries(step, last[1]) if last else {}
        resumed = resumed or bool(carried)
    return launch_for(
        step.state,
        item,
        Learner(registration.learner_id, registration.learner_name),
        carried=carried,
        resumed=resumed,
        stores=json.loads(registration.stores),
        room=_room(step, item),
        held_against=mark_of(last[1]) if last else None,
    )


def _room(step: Step, item: str) -> int | None:
    """The characters that the session may hold, where the rest of the registration leaves few; else None."""
    registration, most = step.registration, table().characters
    if registration.attempt is None:
        return None
    sizes = dict(step.sizes_of(registration.attempt.id))
    if registration.session is not None:  # what this very step has set is not in the tables yet
        sizes[registration.session.id] = registration.session.size
    others = [activity.session for activity in registration.activities.values() if activity.item != item]
    held = len(registration.stores) + sum(sizes.get(session or "", 0) for session in others)
    left = max(most.registration - held, most.assured)
    return left if left < most.session else None


def _last_in_attempt(step: Step, item: str) -> tuple[Session, Runtime] | None:
    """The item's last session in this attempt, with its data."""
    activity = step.registration.activities.get(item)
    return _with_data(_session(step, activity.session) if activity and activity.session else None)


def _of_the_one_sco(step: Step) -> Runtime | None:
    """The data of the SCO that was the whole course before a new version made several of it: each of these
    reads what is its own."""
    known, ours = step.version.tree, step.version.ours
    gone = [one for one in step.registration.activities.values() if known.get(one.item) is None]
    if not ours or len(gone) != 1 or len(known.leaves) < 2:
        return None
    last = _with_data(_session(step, gone[0].session) if gone[0].session else None)
    return last[1] if last else None


def _last_in_any_attempt(step: Step, item: str) -> tuple[Session, Runtime] | None:
    """The item's last session, whichever attempt it was in, with its data."""
    last, attempt = step.left, step.before.attempt
    if last is None or last.item != item:
        activity = step.activities_of(attempt.id).get(item) if attempt is not None else None
        last = step.session_of(activity.session) if activity is not None and activity.session else None
    return _with_data(last)


def _session(step: Step, session: str) -> Session | None:
    """A session by its id, also the present one: an activity may follow itself, and what this very commit set
    is not in the tables yet."""
    present = step.registration.session
    return present if present is not None and present.id == session else step.session_of(session)


def _with_data(session: Session | None) -> tuple[Session, Runtime] | None:
    runtime = read_runtime(session)
    return (session, runtime) if session is not None and runtime is not None else None


def _carried(step: Step, last: Session, runtime: Runtime, *, resumed: bool) -> dict[str, str]:
    """The data that the item's last session left: all of them in 1.2, in 2004 those that were suspended."""
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


def _used_tries(step: Step, runtime: Runtime) -> dict[str, str]:
    """The tries that were used outlive an attempt that was ended before it was completed: ending it would
    give them all back. Answers and objectives stay in the attempt in which they were reported."""
    wanted, roles = step.version.standard.value, runtime.standard.roles
    if runtime.standard.name != wanted:
        return _translated(runtime, wanted)
    lists = (f"{roles['interactions']}.", f"{roles['objectives']}.", roles["total_time"])
    kept = {
        name: value for name, value in carry(runtime, suspended=True).items() if not name.startswith(lists)
    }
    return kept | {roles["entry"]: "resume"}


def _translated(runtime: Runtime, wanted: str) -> dict[str, str]:
    """The data of a course of ours that moved between standards: suspend data and location are the same in
    both."""
    names = {"suspend_data": "cmi.suspend_data", "location": "cmi.core.lesson_location"}
    if wanted == "2004":
        names["location"] = "cmi.location"
    values = ((name, runtime.get(runtime.standard.roles[role])) for role, name in names.items())
    entry = "cmi.entry" if wanted == "2004" else "cmi.core.entry"
    return {name: value for name, value in values if value is not None} | {entry: "resume"}
