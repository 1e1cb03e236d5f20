"""The story of one learner in one course: launch, deliver, commit, terminate, roll up, award.

A **launch** makes a link. Opening it changes nothing; its page asks for a **delivery**, which takes over from
any earlier page and begins a session. What the SCO then sets comes in numbered **commits**: their calls are
run again here. A request, the learner's or the SCO's own when it has **terminated**, leads to another
activity or ends the attempt. What the SCO has set is **rolled up** through the activity tree, and the result
is **awarded**: once passed stays passed.

Each function but the first takes a step from what a registration was to what it becomes, without a database:
`registrar` takes the steps on the tables, `replay` takes them again on the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from courseware.package import Standard
from player import links
from player.playing.awards import awarded, without_session
from player.playing.calls import Call, run_calls
from player.playing.elapsed import spent
from player.playing.explanations import asked, explain
from player.playing.optional_parts import passed_parts
from player.playing.sessions import begin_attempt, end_attempt, move, open_session, take_over
from player.playing.step import Step
from player.playing.values import Session
from player.playing.version import Version
from player.records import courses, launches
from player.records.database import Transaction
from player.records.tables import Enrolment
from player.records.versions import Versions
from player.runtime import Outcome, Runtime, outcome
from player.sequencing import Decision, Request, opening, process
from player.tracking import Result, is_completed, learned, result_of_sco, result_of_tree, teaches


def launch(
    tx: Transaction,
    versions: Versions,
    enrolment: Enrolment,
    now: datetime,
    *,
    return_url: str = "",
    again: bool = False,
) -> str:
    """Make a link's token. Its first delivery starts or resumes the registration; with `again` it starts
    afresh, unless that would give limited tries back to a learner who has not completed the course."""
    newest = courses.newest_version(tx, enrolment.course_id)
    if newest is None:
        raise LookupError(f"the course “{enrolment.course_id}” has no version")
    registration = launches.registration_of(tx, enrolment, newest.id)
    if again and registration.completed is None:
        again = not versions.get(newest.id).limits_tries
    return links.make(tx.connection(), registration.id, return_url, now, again=again)


def deliver(step: Step, newest: Version, page: str, *, again: bool) -> None:
    """Take over from an earlier page, move to the newest version where allowed, then start or resume."""
    was = step.before.state
    fresh = again or was in ("not attempted", "ended")
    if was == "running":
        take_over(step)
    if newest.id != step.version.id and ((newest.ours and step.version.ours) or fresh):
        move(step, newest)
    if again:
        step.begin_tree(step.version.tree)
        step.change(stores="{}")
    anew = again or (fresh and (was == "not attempted" or step.registration.completed is not None))
    if fresh:
        begin_attempt(step)
    step.receive(anew=anew)
    request = opening(step.state)
    decision = process(step.state, request, step.drawn)
    explain(step, request, decision)
    if decision.exception and request.name == "resumeAll":
        request = Request("start")
        decision = process(decision.state, request, step.drawn)
        explain(step, request, decision)
    step.state = decision.state
    open_session(step, decision, page, cause="again" if again else "launch")
    award(step)
    step.keep_tree()


def commit(step: Step, number: int, calls: Sequence[Call]) -> None:
    """Run the calls of a commit again, roll up what they set, and follow the request that they lead to."""
    step.receive()
    session = step.session
    before = spent(step.runtime, session, session.last_commit)
    known = passed_parts(step.version, session.item, step.runtime)
    request = run_calls(step, number, calls)
    step.passed_parts = tuple(sorted(passed_parts(step.version, session.item, step.runtime) - known))
    if step.runtime is not None and session.item is not None:
        seconds = spent(step.runtime, step.session, step.now) - before
        if request is None and _says_nothing_new(step, session, calls):
            add_time(step, session.item, seconds)
        else:
            said = _outcome(step.runtime, stays=request is None and step.is_present)
            roll_up(step, session.item, None if _abandons(step, request) else said, seconds)
        step.runtime.reported.clear()
    if request is not None:
        terminate(step, request)
    step.keep_tree()


def terminate(step: Step, request: Request) -> None:
    """Follow a request of the learner, or of a SCO that has terminated: sequencing delivers another activity,
    or none, or ends the session. The request of a page that has been left moves nothing."""
    if not step.is_present:
        step.note(f"{asked(request)} was passed over: its page had been left already.")
        return
    abandoned = _abandons(step, request)
    decision = process(step.state, request, step.drawn)
    step.state = decision.state
    _list_completed(step)
    explain(step, request, decision)
    if abandoned:
        step.is_abandoned = True
        step.registration = without_session(step.registration, step.session)
    if decision.ended:
        end_attempt(step, "suspended" if decision.suspended else "ended")
        award(step)
    elif decision.delivered is not None or _is_left(step, decision):
        award(step)
        open_session(step, decision, step.session.page, cause="commit")


def roll_up(step: Step, item: str, said: Outcome | None, seconds: float) -> None:
    """Roll up what the SCO has set so far, as if it ended now, to its activity, the attempt and the
    registration; of an attempt that is abandoned (`said` is None) only the time counts."""
    attempt = step.registration.attempt
    if attempt is None:
        return
    known = step.registration.activities[item]
    result = result_of_sco(said, known.result.total_time + seconds)
    step.list_activity(replace(known, result=result, session=step.session.id))
    if said is not None and attempt.state != "ended" and step.state.tree.get(item) is not None:
        step.state = learned(said, step.state, item)
        award(step, result_of_tree(step.state, attempt.result.total_time + seconds))
    else:
        award(step, _longer(attempt.result, seconds))


def add_time(step: Step, item: str, seconds: float) -> None:
    """Count the time of a commit from which the activity learns nothing: all else stays as it is."""
    attempt = step.registration.attempt
    if attempt is None:
        return
    known = step.registration.activities[item]
    step.list_activity(replace(known, result=_longer(known.result, seconds), session=step.session.id))
    award(step, _longer(attempt.result, seconds))


def _longer(result: Result, seconds: float) -> Result:
    return replace(result, total_time=result.total_time + seconds)


def _says_nothing_new(step: Step, before: Session, calls: Sequence[Call]) -> bool:
    """True where a commit leaves what the session's first one has taught: it only sets elements from which
    nothing is learned, its page is the latest, and no other course has written an objective meanwhile."""
    if step.runtime is None or before.first_commit is None or not step.is_present or step.received:
        return False
    return all(call[1] == "SetValue" for call in calls) and not teaches(step.runtime.reported)


def award(step: Step, result: Result | None = None) -> None:
    """Give the attempt its new result, that of the tree where none is given, and the registration what
    counts."""
    attempt = step.registration.attempt
    if attempt is None:
        return
    result = result or result_of_tree(step.state, attempt.result.total_time)
    step.registration = awarded(step.registration, result, step.now)


def _outcome(runtime: Runtime, *, stays: bool) -> Outcome:
    """SCORM 1.2 completes a SCO that terminates without a status (RTE 3.4.4). While it `stays` before the
    learner, its next document may still report one, and a completion once awarded is never taken back."""
    said = outcome(runtime)
    silent = runtime.standard.name == "1.2" and runtime.get("cmi.core.lesson_status") == "not attempted"
    if stays and silent and runtime.terminated and said.success_status == "unknown":
        return replace(said, completion_status="incomplete")
    return said


def _abandons(step: Step, request: Request | None) -> bool:
    """True where the request abandons the attempt under way (TB.2.3 6 and 7); SCORM 1.2 has no attempts."""
    if request is None or request.name not in ("abandon", "abandonAll") or not step.is_present:
        return False
    current = step.state.current
    is_active = current is not None and step.state.record(current).active
    return is_active and step.version.standard is not Standard.SCORM_12


def _list_completed(step: Step) -> None:
    """An activity that is completed by being left without a status, as an asset is, is listed as
    completed."""
    known = step.registration.activities.get(step.session.item or "")
    if known is None or known.result.completion_status not in ("unknown", "not attempted"):
        return
    if is_completed(step.state, known.item):
        step.list_activity(replace(known, result=replace(known.result, completion_status="completed")))


def _is_left(step: Step, decision: Decision) -> bool:
    """Exit and abandon can end the activity and leave the session with nothing delivered."""
    current = decision.state.current
    return step.session.item is not None and (current is None or not decision.state.record(current).active)
