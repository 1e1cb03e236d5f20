"""Somebody who has left starts nothing more; what they did is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from player.playing.launching import LaunchError
from player.records.people import person_of_learner_id
from player.registration import TokenError
from tests.player.house import OPEN, House, go, put


def leave(house: House, *, days: int = 0) -> None:
    with house.database.writing() as tx:
        person = person_of_learner_id(tx, "ann")
        assert person is not None
        person.left = house.now.date() + timedelta(days=days)


def test_an_open_link_is_delivered_nothing_more_and_says_why(house: House) -> None:
    browser = house.open(house.add().course)
    leave(house)
    with pytest.raises(TokenError, match="marked as having left") as refused:
        browser.deliver()
    assert refused.value.ended
    assert house.record()["state"] == "not attempted"


def test_what_a_page_open_by_then_still_sends_is_kept(house: House) -> None:
    browser = house.open(house.add().course)
    browser.deliver()
    leave(house)
    browser.send(OPEN, put("cmi.core.lesson_status", "passed"), go("suspendAll"))
    assert house.record()["success_status"] == "passed"


def test_no_new_link_is_made(house: House) -> None:
    course = house.add().course
    house.open(course).deliver()
    leave(house)
    with pytest.raises(LaunchError, match="has left"):
        house.link(course)


def test_who_leaves_tomorrow_learns_today(house: House) -> None:
    browser = house.open(house.add().course)
    leave(house, days=1)
    assert browser.deliver()["session"]["state"] == "running"
    assert house.link(house.record()["course"])
    house.after(days=1)
    with pytest.raises(LaunchError, match="has left"):
        house.link(house.record()["course"])
