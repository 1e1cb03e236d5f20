"""Who has left, has it no more or finds it retired starts nothing more; what was done is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from player.playing.launching import LaunchError
from player.playing.link import TokenError
from player.records import courses, learning
from player.records.people import called
from player.school import staffing
from tests.player.house import OPEN, House, go, put
from tests.player.packages import scorm_12


def leave(house: House, *, days: int = 0) -> None:
    with house.database.writing() as tx:
        (person,) = called(tx, "ann")
        person.left = house.now.date() + timedelta(days=days)


def end(house: House) -> None:
    """The provider ends ann's enrolment."""
    with house.database.writing() as tx:
        (person,) = called(tx, "ann")
        (taking,) = learning.takings(tx, person=person.id)
        assert staffing.end_enrolment(tx, person.id, taking.enrolment.id, house.now) is not None


def retire(house: House) -> None:
    with house.database.writing() as tx:
        (course,) = courses.every(tx)
        course.retired = house.now


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (leave, "marked as having left"),
        (end, "enrolment on this course"),
        (retire, "no longer offered"),
    ],
)
def test_an_open_link_is_delivered_nothing_more_and_says_why(
    house: House, what: Callable[[House], None], said: str
) -> None:
    browser = house.open(house.add().course)
    what(house)
    with pytest.raises(TokenError, match=said) as refused:
        browser.deliver()
    assert refused.value.ended
    assert house.record()["state"] == "not attempted"


@pytest.mark.parametrize("what", [leave, end, retire])
def test_what_a_page_open_by_then_still_sends_is_kept(house: House, what: Callable[[House], None]) -> None:
    browser = house.open(house.add().course)
    browser.deliver()
    what(house)
    browser.send(OPEN, put("cmi.core.lesson_status", "passed"), go("suspendAll"))
    assert house.record()["success_status"] == "passed"


def test_a_new_enrolment_is_a_new_registration_and_the_old_one_stays(house: House) -> None:
    course = house.add().course
    old = house.open(course)
    old.deliver()
    end(house)
    again = house.open(course)
    assert again.deliver()["session"]["launch"]["values"]["cmi.core.entry"] == "ab-initio"
    assert len(house.records()) == 2
    with pytest.raises(TokenError):
        old.deliver()


def test_no_new_link_is_made(house: House) -> None:
    course = house.add().course
    house.open(course).deliver()
    leave(house)
    with pytest.raises(LaunchError, match="has left"):
        house.link(course)


def test_a_retired_course_is_gone_on_with_and_not_begun(house: House) -> None:
    course = house.add().course
    house.open(course).deliver()
    house.link(course, "bea")
    retire(house)
    house.open(house.add(scorm_12(2, "Asbestos")).course, "bea").deliver()
    assert house.open(course).deliver()["session"]["state"] == "running"
    with pytest.raises(LaunchError, match="is retired"):
        house.link(course, "bea")


def test_who_leaves_tomorrow_learns_today(house: House) -> None:
    browser = house.open(house.add().course)
    leave(house, days=1)
    assert browser.deliver()["session"]["state"] == "running"
    assert house.link(house.record()["course"])
    house.after(days=1)
    with pytest.raises(LaunchError, match="has left"):
        house.link(house.record()["course"])
