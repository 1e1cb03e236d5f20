"""Many people invited from one page, in slices, so that nobody else's write waits long."""

from __future__ import annotations

from collections.abc import Sequence

from player.records import memberships
from player.school import notices
from player.web.context import database, now, settings
from player.web.signing import actor

SLICE = 100


def invite_people(school: str, persons: Sequence[str]) -> int:
    """Invite these people of a school where they have an address and no password; returns how many."""
    sent = 0
    for at in range(0, len(persons), SLICE):
        with database().writing() as tx:
            stays = [memberships.at_school(tx, school, person) for person in persons[at : at + SLICE]]
            known = [stay for stay in stays if stay is not None]
            sent += notices.invite_all(tx, settings(), actor(school), now(), known)
    return sent
