"""Case 13: a round and its sending, killed by SIGKILL at random points and run again, on both databases."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from player.records import rounds, schools
from player.records.database import Database
from player.records.round_tables import MailItemRow
from player.records.work_tables import MailRow
from player.school import reminding, requiring
from player.school.actor import COMMAND
from player.school.settling import settle
from player.settings import Settings
from player.work import SEND, worker
from tests.player.lms import Lms
from tests.player.mail.post_office import post_office
from tests.player.packages import scorm_12
from tests.player.training.staff import join

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = NOW.date()
SCHOOL = "Northfield Academy"


def fill(lms: Lms, people: int) -> str:
    """People who have never done a course that is required; the id of their school."""
    course = lms.add(scorm_12(title="Fire")).course
    with lms.database.writing() as tx:
        school = schools.school_named(tx, SCHOOL).id
        requiring.require(tx, COMMAND, NOW, school, course, (), date(2026, 9, 1))
        for number in range(people):
            join(tx, SCHOOL, f"Person {number}", f"person-{number:02}@example.org", date(2026, 9, 1), "")
        settle(tx, [school], NOW)
    return school


def _round(url: str, settings: Settings, school: str, minutes: int) -> None:
    """A process of its own, with a clock on which the leases of the killed ones have run out."""
    at, database = NOW + timedelta(minutes=minutes), Database(url)
    reminding.BATCH = 3
    reminding.run_round(database, settings, school, TODAY, at)
    worker(database, settings, lambda: at, (SEND,)).run_due()


def _kill_at_random_points(lms: Lms, settings: Settings, school: str, times: int) -> int:
    """Run the round in one process after the other until none is killed and nothing waits."""
    chance, killed = random.Random(7), 0  # noqa: S311
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.player.training.test_killed", "player.records.postgres"])
    for run in range(1, 100):
        arguments = (lms.database.url_text, settings, school, run * 15)
        process = processes.Process(target=_round, args=arguments, daemon=True)
        process.start()
        process.join(chance.uniform(0.03, 0.25) if killed < times else 60)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
            killed += 1
        process.join()
        if process.exitcode == 0 and not _waits(lms):
            return killed
    raise AssertionError("the round does not come to its end")


def _waits(lms: Lms) -> bool:
    with lms.database.reading() as tx:
        return bool({"waiting", "sending"} & set(tx.scalars(select(MailRow.state))))


@pytest.mark.parametrize(
    "times", [pytest.param(4, id="4"), pytest.param(20, id="20", marks=pytest.mark.full)]
)
def test_case_13_killed_at_random_points_nobody_has_two(lms: Lms, times: int) -> None:
    people = 3 * times
    school = fill(lms, people)
    with post_office(seconds=0.01) as office:
        killed = _kill_at_random_points(lms, office.settings(lms.settings), school, times)
    with lms.database.reading() as tx:
        states = {row.address: row.state for row in tx.scalars(select(MailRow))}
        steps = Counter(tx.scalars(select(MailItemRow.person_id).where(MailItemRow.state == "sent")))
        assert rounds.last_ended(tx, school, TODAY) == TODAY
    taken = Counter(office.recipients)
    assert killed > 0
    assert max(taken.values()) == 1, [address for address, number in taken.items() if number > 1]
    assert (len(states), len(steps), set(steps.values())) == (people, people, {1}), "everybody has a reminder"
    assert set(states.values()) <= {"sent", "unconfirmed"}
    assert all(taken[address] == 1 for address, state in states.items() if state == "sent")
    assert sum(state == "unconfirmed" for state in states.values()) <= killed
