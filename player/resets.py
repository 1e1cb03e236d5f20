"""The job of a forgotten password: a link goes to whoever has the address and may sign in, else nothing."""

from __future__ import annotations

from datetime import timedelta

from player.jobs import Kind, Task, growing
from player.records import people
from player.school.notices import send_reset


def _send(task: Task) -> None:
    now = task.clock()
    with task.database.writing() as tx:
        person = people.person_of_email(tx, str(task.job.payload["email"]))
        if person is not None and people.may_sign_in(tx, person, now):
            send_reset(tx, task.settings, person, now)


RESET = Kind("reset", _send, growing(longest=timedelta(hours=1), given_up_after=timedelta(days=1)))
