"""The nightly rounds as jobs: one for each school and day, at seven in the morning of its time zone."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

from player.compliance import LONDON, zone_named
from player.jobs import Again, Kind, Task, growing
from player.records import jobs, schools
from player.school import standings
from player.school.planned_round import EarlierRoundError
from player.school.reminding import run_round
from player.school.settling import school_today, settle_day

log = logging.getLogger(__name__)
AT = time(7)
EVERY = timedelta(hours=1)


def _plan_rounds(task: Task) -> Again:
    """Add today's round of each school; the key keeps it from being added twice."""
    now = task.clock()
    with task.database.writing() as tx:
        for school_id in schools.ids(tx):
            known = schools.school(tx, school_id)
            zone = zone_named(known.time_zone if known else LONDON)
            day = now.astimezone(zone).date()
            at = datetime.combine(day, AT, zone).astimezone(UTC)
            payload = {"school": school_id, "day": day.isoformat()}
            jobs.add(tx, ROUND.name, f"round:{school_id}:{day}", at, payload)
    return Again(now + EVERY)


def _run(task: Task) -> None:
    """Run a round, unless its day is over: the next day's round sends what is reached."""
    school_id, now = str(task.job.payload["school"]), task.clock()
    with task.database.writing() as tx:
        today = school_today(tx, school_id, now)
        if today != date.fromisoformat(str(task.job.payload["day"])):
            return
        settle_day(tx, school_id, today, now)
    standings.count(task.database, school_id, today)
    try:
        run_round(task.database, task.settings, school_id, today, now)
    except EarlierRoundError as earlier:
        log.warning("%s", earlier)


UNTIL_DONE = growing(longest=EVERY)
ROUND = Kind("round", _run, UNTIL_DONE, lease=timedelta(minutes=30))
PLAN_ROUNDS = Kind("rounds", _plan_rounds, UNTIL_DONE)
