"""Tries that a course limits stay used until it is completed, or until somebody gives them all again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from player.folding import fold
from player.records import launches, memberships
from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import limited_2004, ours
from tests.player.random_logs import COMMITS, FEW, compare

FORMS = ["scorm12", "scorm2004"]
LEARNERS = count(1)
USED = "1~.2~~3.2.1.abc~"  # decision 2: three tries handed in, the best of them with one right
SUSPEND = {"scorm12": "cmi.core.exit", "scorm2004": "cmi.exit"}


def _judged(form: str, word: str) -> list[list[str]]:
    if form == "scorm12":
        return [put("cmi.core.lesson_status", word)]
    return [put("cmi.completion_status", "completed"), put("cmi.success_status", word)]


def _again(lms: Lms, course: str, learner: str = "ann") -> Browser:
    """As the site's button to start again."""
    link = lms.link(course, learner, again=True)
    lms.after(minutes=1)
    return Browser(lms, link.split("/")[-2])


def _give(lms: Lms, learner: str = "ann") -> None:
    registration = lms.record(learner=learner)["registration"]
    with lms.database.writing() as tx:
        (ann,) = memberships.called(tx, learner)
        launches.give_fresh_start(tx.connection(), registration, ann.person_id, lms.now)
    lms.after(minutes=1)


def _remembered(answer: dict[str, Any]) -> str:
    values: dict[str, str] = answer["session"]["launch"]["values"]
    return values.get("cmi.suspend_data", "")


def _use_up(lms: Lms, form: str, *, ending: bool) -> str:
    """A learner of ours hands in every try, and leaves or ends it."""
    course = lms.add(ours(form, 3)).course
    tab = lms.open(course)
    tab.deliver()
    core = "cmi.core" if form == "scorm12" else "cmi"
    answered = [put("cmi.interactions.0.id", "bell"), put(f"{core}.score.raw", "40")]
    remembered = [put("cmi.suspend_data", USED), put(SUSPEND[form], "suspend")]
    tab.send(OPEN, *answered, *_judged(form, "failed"), *remembered, CLOSE)
    tab.send(go("exitAll" if ending else "suspendAll"))
    lms.after(minutes=1)
    return course


@pytest.fixture
def lms(sqlite_lms: Lms) -> Lms:
    """On SQLite: tries are told from values that were read."""
    return sqlite_lms


@pytest.mark.parametrize("ending", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_used_tries_are_not_given_back_by_starting_again(lms: Lms, form: str, ending: bool) -> None:
    course = _use_up(lms, form, ending=ending)
    assert _remembered(_again(lms, course).deliver()) == USED
    lms.after(minutes=1)
    assert _remembered(lms.open(course).deliver()) == USED


@pytest.mark.parametrize("form", FORMS)
def test_an_attempt_that_was_ended_unseen_forgets_no_try(lms: Lms, form: str) -> None:
    course = _use_up(lms, form, ending=True)
    for _ in range(2):
        lms.open(course).deliver()
        lms.after(minutes=1)
    tab = lms.open(course)
    tab.deliver()
    tab.send(go("exit"))
    tab.send(go("exitAll"))
    lms.after(minutes=1)
    assert _remembered(lms.open(course).deliver()) == USED


@pytest.mark.parametrize("form", FORMS)
def test_an_attempt_after_one_that_was_ended_stands_as_that_did(lms: Lms, form: str) -> None:
    tab = lms.open(_use_up(lms, form, ending=True))
    tab.deliver()
    tab.send(OPEN)
    first, second = lms.record()["attempts"]
    assert second["success_status"] == first["success_status"] == "failed"
    assert second["score"]["raw"] == first["score"]["raw"] == 40
    (before,), (now,) = first["activities"], second["activities"]
    assert [each["id"] for each in before["interactions"]] == ["bell"]
    assert now["interactions"] == [], "answered once, told once"
    assert now["total_time"] == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_fresh_start_counts_though_the_clock_was_set_back(lms: Lms, form: str) -> None:
    course = _use_up(lms, form, ending=False)
    lms.after(hours=-1)
    _give(lms)
    assert _remembered(lms.open(course).deliver()) == ""
    lms.after(minutes=-1)
    tab = lms.open(course)
    assert _remembered(tab.deliver()) == ""
    assert len(lms.record()["attempts"]) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_fresh_start_that_was_given_begins_anew_once(lms: Lms, form: str) -> None:
    course = _use_up(lms, form, ending=False)
    _give(lms)
    tab = lms.open(course)
    assert _remembered(tab.deliver()) == ""
    tab.send(OPEN, put("cmi.suspend_data", "1~~~1.2.0.abc~"), put(SUSPEND[form], "suspend"))
    lms.after(minutes=1)
    assert _remembered(lms.open(course).deliver()) == "1~~~1.2.0.abc~", "one start, not one each time"
    assert [each["state"] for each in lms.record()["attempts"]] == ["ended", "running"]


@pytest.mark.parametrize("form", FORMS)
def test_whoever_has_passed_takes_it_again_with_every_try(lms: Lms, form: str) -> None:
    course = _use_up(lms, form, ending=False)
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, *_judged(form, "passed"))
    _give(lms)
    assert _remembered(lms.open(course).deliver()) == USED, "who has passed is interrupted by nothing"
    assert _remembered(_again(lms, course).deliver()) == ""
    assert lms.record()["success_status"] == "passed"


def _is_open(answer: dict[str, Any], item: str) -> bool:
    (entry,) = (each for each in answer["contents"] if each["item"] == item)
    return bool(entry["selectable"])


def test_a_manifests_attempts_are_not_given_back_by_starting_again(lms: Lms) -> None:
    course = lms.add(limited_2004(1)).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(go("choice", "i2"))
    tab.send(OPEN, put("cmi.success_status", "failed"), put("cmi.exit", "normal"), CLOSE, go("exitAll"))
    lms.after(minutes=1)
    assert not _is_open(_again(lms, course).deliver(), "i2")
    _give(lms)
    assert _is_open(lms.open(course).deliver(), "i2")


@pytest.mark.parametrize("again", [_again, Lms.open], ids=["again", "opened"])
@pytest.mark.parametrize("form", FORMS)
def test_whoever_has_completed_has_every_try_again(
    lms: Lms, form: str, again: Callable[[Lms, str], Browser]
) -> None:
    course = lms.add(ours(form, 3)).course
    tab = lms.open(course)
    tab.deliver()
    remembered = [put("cmi.suspend_data", USED), put(SUSPEND[form], "suspend")]
    tab.send(OPEN, *_judged(form, "passed"), *remembered, CLOSE, go("exitAll"))
    lms.after(minutes=1)
    assert _remembered(again(lms, course).deliver()) == ""


def test_a_course_without_limits_starts_again_as_often_as_one_likes(lms: Lms) -> None:
    course = lms.add(ours("scorm2004")).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, put("cmi.suspend_data", USED), put("cmi.exit", "suspend"), CLOSE, go("suspendAll"))
    lms.after(minutes=1)
    assert _remembered(_again(lms, course).deliver()) == ""


@settings(FEW, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(FORMS),
    rounds=st.lists(
        st.tuples(COMMITS, st.sampled_from(["open", "again", "give", "fold"])), min_size=1, max_size=5
    ),
)
def test_the_log_tells_the_tries_too(sqlite_lms: Lms, form: str, rounds: list[tuple[Any, str]]) -> None:
    """However it was ended, started again, given anew and folded."""
    lms, learner = sqlite_lms, f"learner-{next(LEARNERS)}"
    course = lms.add(ours(form, 3)).course
    lms.open(course, learner).deliver()
    for commits, how in rounds:
        lms.after(seconds=7)
        if how == "give":
            _give(lms, learner)
        if how == "fold":
            registration = lms.record(learner=learner)["registration"]
            lms.database.commit(partial(fold, registration=registration, most=3))
        tab = _again(lms, course, learner) if how == "again" else lms.open(course, learner)
        tab.deliver()
        for calls, request in commits:
            tab.send(*calls, *([request] if request else []))
        lms.restart()
    compare(lms, learner)
