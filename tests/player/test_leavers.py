"""Who has left, has it no more or finds it retired starts nothing more; what was done is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from player.links import LaunchError, TokenError
from player.records import courses, training
from player.records.memberships import called
from player.school import enrolling, staffing
from player.school.actor import COMMAND
from tests.player.lms import OPEN, Lms, go, put
from tests.player.packages import scorm_12


def leave(lms: Lms, *, days: int = 0) -> None:
    with lms.database.writing() as tx:
        (stay,) = called(tx, "ann")
        staffing.leave(tx, COMMAND, lms.now, stay, lms.now.date() + timedelta(days=days))


def end(lms: Lms) -> None:
    """The provider ends ann's enrolment."""
    with lms.database.writing() as tx:
        (stay,) = called(tx, "ann")
        (record,) = training.records(tx, person=stay.person_id)
        enrolling.end(tx, COMMAND, lms.now, stay, record.enrolment)


def retire(lms: Lms) -> None:
    with lms.database.writing() as tx:
        (course,) = courses.every(tx)
        course.retired = lms.now


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (leave, "listed as having left"),
        (end, "no longer have this course"),
        (retire, "no longer offered"),
    ],
)
def test_an_open_link_is_delivered_nothing_more_and_says_why(
    lms: Lms, what: Callable[[Lms], None], said: str
) -> None:
    browser = lms.open(lms.add().course)
    what(lms)
    with pytest.raises(TokenError, match=said) as refused:
        browser.deliver()
    assert refused.value.ended
    assert lms.record()["state"] == "not attempted"


@pytest.mark.parametrize("what", [leave, end, retire])
def test_what_a_page_open_by_then_still_sends_is_kept(lms: Lms, what: Callable[[Lms], None]) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    what(lms)
    browser.send(OPEN, put("cmi.core.lesson_status", "passed"), go("suspendAll"))
    assert lms.record()["success_status"] == "passed"


def test_a_new_enrolment_is_a_new_registration_and_the_old_one_stays(lms: Lms) -> None:
    course = lms.add().course
    old = lms.open(course)
    old.deliver()
    end(lms)
    again = lms.open(course)
    assert again.deliver()["session"]["launch"]["values"]["cmi.core.entry"] == "ab-initio"
    assert len(lms.records()) == 2
    with pytest.raises(TokenError):
        old.deliver()


def test_no_new_link_is_made(lms: Lms) -> None:
    course = lms.add().course
    lms.open(course).deliver()
    leave(lms)
    with pytest.raises(LaunchError, match="left on"):
        lms.link(course)


def test_a_retired_course_is_gone_on_with_and_not_begun(lms: Lms) -> None:
    course = lms.add().course
    lms.open(course).deliver()
    lms.link(course, "bea")
    retire(lms)
    lms.open(lms.add(scorm_12(2, "Asbestos")).course, "bea").deliver()
    assert lms.open(course).deliver()["session"]["state"] == "running"
    with pytest.raises(LaunchError, match="is retired"):
        lms.link(course, "bea")


def test_who_leaves_tomorrow_learns_today(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    leave(lms, days=1)
    assert browser.deliver()["session"]["state"] == "running"
    assert lms.link(lms.record()["course"])
    lms.after(days=1)
    with pytest.raises(LaunchError, match="left on"):
        lms.link(lms.record()["course"])
