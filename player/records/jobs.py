"""Jobs: work outside a request. A worker claims a job with a lease; a lease that runs out frees the job."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session as Transaction

from player.records import work_tables
from player.records.columns import new_id, table

JOB = table(work_tables.JobRow)
LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job. `claim` marks this claim; `first_tried` and `attempts` count this run's tries."""

    id: str
    kind: str
    key: str
    payload: Mapping[str, Any]
    claim: str
    attempts: int
    first_tried: datetime


def add(
    tx: Transaction | Connection,
    kind: str,
    key: str,
    run_at: datetime,
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """Add a job in the transaction of its cause. False where a job of that key is there already."""
    if tx.execute(select(JOB.c.id).where(JOB.c.key == key)).scalar() is not None:
        return False
    add_new(tx, kind, {key: payload or {}}, run_at)
    return True


def add_new(
    tx: Transaction | Connection, kind: str, payloads: Mapping[str, Mapping[str, Any]], run_at: datetime
) -> None:
    """Add jobs whose keys are new, by their keys."""
    told = {"kind": kind, "run_at": run_at, "state": "waiting", "attempts": 0, "error": ""}
    rows = [{"id": new_id(), "key": key, "payload": _packed(one), **told} for key, one in payloads.items()]
    if rows:
        tx.execute(insert(JOB), rows)


def claim(tx: Connection, kinds: Collection[str], now: datetime, lease: timedelta) -> Job | None:
    """Take the job that has been due for longest; nobody else takes it before the lease runs out."""
    oldest = (
        select(JOB.c.id)
        .where(JOB.c.kind.in_(kinds), _is_due(now))
        .order_by(JOB.c.run_at, JOB.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = {
        "state": "running",
        "claim": new_id(),
        "lease_until": now + lease,
        "attempts": JOB.c.attempts + 1,
        "first_tried": func.coalesce(JOB.c.first_tried, now),
    }
    row = tx.execute(
        update(JOB).where(JOB.c.id == oldest.scalar_subquery()).values(taken).returning(*JOB.c)
    ).first()
    return None if row is None else _job(row)


def is_due(tx: Connection, kinds: Collection[str], now: datetime) -> bool:
    """True where a job waits to be claimed: a look that takes no lock."""
    return (
        tx.execute(select(JOB.c.id).where(JOB.c.kind.in_(kinds), _is_due(now)).limit(1)).first() is not None
    )


def open_ones(prefix: str) -> Exists:
    """Condition: a job whose key begins so waits or is being done."""
    begins = JOB.c.key.startswith(prefix, autoescape=True)
    return select(JOB.c.id).where(begins, JOB.c.state.in_(("waiting", "running"))).exists()


def open_keys(tx: Transaction | Connection, prefix: str) -> Sequence[str]:
    """The keys that begin so, of jobs that wait or are being done."""
    begins = JOB.c.key.startswith(prefix, autoescape=True)
    wanted = select(JOB.c.key).where(begins, JOB.c.state.in_(("waiting", "running")))
    return tx.execute(wanted).scalars().all()


def open_payloads(tx: Transaction | Connection, prefix: str) -> list[Mapping[str, Any]]:
    """What is left to do of the jobs whose keys begin so, and that wait or are being done."""
    begins = JOB.c.key.startswith(prefix, autoescape=True)
    wanted = select(JOB.c.payload).where(begins, JOB.c.state.in_(("waiting", "running")))
    return [json.loads(payload) for payload in tx.execute(wanted).scalars()]


def is_open(tx: Transaction | Connection, prefix: str) -> bool:
    """True where a job whose key begins so waits or is being done."""
    return bool(tx.execute(select(open_ones(prefix))).scalar())


def lies_idle(prefix: str, since: datetime, now: datetime) -> ColumnElement[bool]:
    """Condition: a job whose key begins so could have begun then, and no worker has done anything since."""
    works = or_(
        and_(JOB.c.state == "running", JOB.c.lease_until > now),
        and_(JOB.c.state == "done", JOB.c.run_at > since),
    )
    waits = and_(JOB.c.key.startswith(prefix, autoescape=True), _is_due(since))
    return and_(select(JOB.c.id).where(waits).exists(), ~select(JOB.c.id).where(works).exists())


def finish(tx: Transaction | Connection, job: Job, now: datetime) -> bool:
    """The job is done. False where its lease has run out and somebody else has taken it."""
    return _end_claim(tx, job, state="done", run_at=now, error="")


def fail(tx: Transaction | Connection, job: Job, now: datetime, error: str) -> bool:
    """The job is given up; it is kept with its error."""
    return _end_claim(tx, job, state="failed", run_at=now, error=error[:LONGEST_ERROR])


def retry(tx: Transaction | Connection, job: Job, at: datetime, error: str) -> bool:
    """The job is tried again later."""
    return _end_claim(tx, job, state="waiting", run_at=at, error=error[:LONGEST_ERROR])


def run_again(
    tx: Transaction | Connection, job: Job, at: datetime, payload: Mapping[str, Any] | None = None
) -> bool:
    """The job is done for now, and runs anew at that time: its tries count from nothing."""
    anew = {"attempts": 0, "first_tried": None, "payload": _packed(payload)}
    return _end_claim(tx, job, state="waiting", run_at=at, error="", **anew)


def extend(tx: Connection, job: Job, until: datetime) -> bool:
    """Lengthen the lease of a job that is still being done."""
    held = update(JOB).where(JOB.c.id == job.id, JOB.c.claim == job.claim)
    return bool(tx.execute(held.values(lease_until=until)).rowcount)


def postpone(tx: Transaction | Connection, kind: str, until: datetime) -> None:
    """Let all waiting jobs of a kind wait until then: what they need is away."""
    waiting = update(JOB).where(JOB.c.kind == kind, JOB.c.state == "waiting", JOB.c.run_at < until)
    tx.execute(waiting.values(run_at=until))


def forget(tx: Transaction | Connection, before: datetime) -> None:
    """Delete the jobs that were done before then; those that failed are kept."""
    tx.execute(delete(JOB).where(JOB.c.state == "done", JOB.c.run_at < before))


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(JOB.c.state == "waiting", JOB.c.run_at <= now),
        and_(JOB.c.state == "running", JOB.c.lease_until <= now),
    )


def _end_claim(tx: Transaction | Connection, job: Job, **values: Any) -> bool:
    held = update(JOB).where(JOB.c.id == job.id, JOB.c.claim == job.claim)
    done = tx.execute(held.values(claim=None, lease_until=None, **values))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _packed(payload: Mapping[str, Any] | None) -> str:
    return json.dumps(dict(payload or {}))


def _job(row: Row[Any]) -> Job:
    return Job(row.id, row.kind, row.key, json.loads(row.payload), row.claim, row.attempts, row.first_tried)
