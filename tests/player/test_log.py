"""What the log promises: any order, repeats and crashes give one record, and the log alone gives it again."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from player.playing.values import Commit
from player.records import log, registrations
from player.registrar import GapError
from tests.player import staff
from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import FLOW, scorm_12, scorm_2004
from tests.player.random_logs import (
    COMMITS,
    FEW,
    SHUFFLED,
    VALUES,
    WANDERING,
    compare,
    quick_lms,
    recounting,
    rename,
)
from tests.player.threads import at_once

pytestmark = pytest.mark.both_databases

BODIES = st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=6)


def _told(lms: Lms) -> Any:
    record = lms.record()
    record.pop("registration")
    return record


@FEW
@given(bodies=BODIES, data=st.data())
def test_any_order_and_any_repeats_give_the_same_record(
    bodies: list[list[list[str]]], data: st.DataObject
) -> None:
    numbered = list(enumerate(bodies, start=1))
    arriving = data.draw(st.lists(st.sampled_from(numbered), max_size=12)) + numbered
    with quick_lms() as in_order, quick_lms() as out_of_order:
        for lms, sent in ((in_order, numbered), (out_of_order, arriving)):
            browser = lms.open(lms.add(scorm_2004(2)).course)
            browser.deliver()
            first = browser.session
            for number, calls in sent:
                _try(browser, number, first, calls)
                lms.restart()
        assert _told(out_of_order) == _told(in_order)


def _try(browser: Browser, number: int, session: str, calls: list[list[str]]) -> None:
    """As a page does: a gap is sent again later."""
    with suppress(GapError):
        browser.send(*calls, number=number, session=session)


@FEW
@given(
    rounds=st.lists(st.tuples(COMMITS, st.integers(0, 3)), min_size=1, max_size=4),
    sequencing=st.sampled_from([FLOW, SHUFFLED]),
    clock=st.randoms(use_true_random=False),
)
def test_the_log_alone_gives_the_record_again(
    rounds: list[tuple[Any, int]], sequencing: str, clock: Random
) -> None:
    """Whatever the clock says: who waits for a lock has looked at it before those who came first.
    A commit that says nothing new is not rolled up, and comes to the same."""
    with recounting(), quick_lms() as lms:
        course = lms.add(scorm_2004(3, sequencing=sequencing)).course
        browsers: list[Browser] = []
        for commits, which in rounds:
            rename(lms, f"Ann {which}")
            browsers.append(lms.open(course))
            lms.after(seconds=clock.choice(WANDERING))
            browsers[-1].deliver()
            for calls, request in commits:
                lms.after(seconds=clock.choice(WANDERING))
                browser = browsers[which % len(browsers)]
                browser.send(*calls, *([request] if request else []))
        compare(lms)


def test_a_registration_that_moved_between_versions_is_replayed_too(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(scorm_12(2)).course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_status", "completed"), CLOSE, go("continue"))
    browser.send(OPEN, go("exitAll"))
    lms.add(scorm_12(3), update=course)
    lms.after(minutes=5)
    late = lms.open(course)
    late.deliver()
    late.send(OPEN, put("cmi.core.lesson_status", "passed"), go("choice", "i3"))
    compare(lms)


def test_the_log_says_what_was_passed_over(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(scorm_2004(2)).course
    first = lms.open(course)
    first.deliver()
    first.send(OPEN, ["Dance", ""], put("no.such", "1"))
    first.send(go("choice", "nowhere"))
    first.send(go("home"))
    lms.open(course).deliver()
    first.send(go("continue"), session=first.session, number=4)
    with lms.database.connecting() as tx:
        notes = [json.loads(each.notes) for each in log.read(tx, lms.record()["registration"]).commits]
    assert notes == [
        [
            "The course’s call Dance() could not be applied: no such call changes anything.",
            "The course’s call SetValue(no.such, 1) could not be applied: error 401.",
        ],
        ["The choice of another part was refused: There is no activity “nowhere”. (NB.2.1-11)"],
        ["A request was passed over: there is none that is called “home”."],
        ["Continue was passed over: its page had been left already."],
    ]


def test_what_came_too_late_is_counted_whichever_way_the_clock_was_set(sqlite_lms: Lms) -> None:
    """Nothing that counts is dated by it, so that no time holds one such commit behind another."""
    lms = sqlite_lms
    course = lms.add().course
    early, late = lms.open(course), lms.open(course)
    early.deliver()
    lms.after(seconds=1)
    late.deliver()
    late.send(OPEN)
    lms.after(hours=1)
    early.send(OPEN)
    lms.after(minutes=-30)
    assert early.send(CLOSE, number=2, session=early.session)["have"] == 2
    compare(lms)


def test_eight_pages_take_over_at_once_and_the_last_goes_on(lms: Lms) -> None:
    """Each says where it is: what a later page's word had overtaken does not count, and the log agrees."""
    course = lms.add(scorm_2004(3)).course
    pages = [lms.open(course) for _ in range(8)]
    heard: dict[str, Any] = {}

    def work(page: Browser) -> None:
        page.deliver()
        heard[page.session] = page.send(OPEN, put("cmi.location", page.page), session=page.session)

    at_once(*(partial(work, page) for page in pages))
    (attempt,) = lms.record()["attempts"]
    assert attempt["state"] == "running"
    last = lms.open(course)
    resumed = last.deliver()["session"]["launch"]["values"]["cmi.location"]
    in_force = [page for page in pages if not heard[page.session].get("superseded")]
    assert resumed == max(in_force, key=lambda page: _ordinal(lms, page.session)).page
    assert len(lms.registrar.superseded(lms.record()["registration"])) == 8 - len(in_force)
    compare(lms)


def _ordinal(lms: Lms, session: str) -> int:
    with lms.database.connecting() as tx:
        found = registrations.one_session(tx, session)
    assert found is not None
    return found.ordinal


def test_eight_windows_of_one_learner_lose_nothing_and_apply_nothing_twice(lms: Lms) -> None:
    """Each window sends as fast as it can, and each commit twice; what is acknowledged is in the log once."""
    course = lms.add().course
    windows = [lms.open(course) for _ in range(8)]
    windows[0].deliver()
    acknowledged: dict[int, int] = {}

    def work(at: int, window: Browser) -> None:
        window.session, window.number = windows[0].session, 0
        for number in range(1, 26):
            while True:
                try:
                    told = window.send(*_answer(number), number=number, session=window.session)
                except GapError:
                    continue
                acknowledged[at] = max(acknowledged.get(at, 0), number)
                assert told["have"] >= number
                break

    at_once(*(partial(work, *pair) for pair in enumerate(windows)))
    assert acknowledged == dict.fromkeys(range(8), 25)
    with lms.database.connecting() as tx:
        whole = log.read(tx, lms.record()["registration"])
    assert [commit.number for commit in whole.commits] == list(range(1, 26))
    (activity,) = lms.record()["attempts"][0]["activities"]
    assert [each["id"] for each in activity["interactions"]] == [f"q{n}" for n in range(2, 26)]


def _answer(number: int) -> list[list[str]]:
    return [OPEN] if number == 1 else [put(f"cmi.interactions.{number - 2}.id", f"q{number}")]


def test_eight_learners_at_once_each_keep_their_own(lms: Lms) -> None:
    course = lms.add().course
    browsers = [lms.open(course, f"learner-{n}") for n in range(8)]

    def work(browser: Browser) -> None:
        browser.deliver()
        browser.send(OPEN)
        for number in range(20):
            browser.send(put("cmi.core.score.raw", str(number)))

    at_once(*(partial(work, browser) for browser in browsers))
    assert [record["score"]["raw"] for record in lms.records()] == [19.0] * 8


def test_one_failure_in_a_shared_trip_to_the_disk_undoes_nothing_else(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add().course
    good, bad, broken = (lms.open(course, name) for name in ("good", "bad", "broken"))
    for browser in (good, bad, broken):
        browser.deliver()
    with lms.database.writing() as tx:  # a row that no player writes: the commit fails half-written
        log.append(tx.connection(), Commit(broken.session, 1, lms.now, "[]"))
    refused: list[type[Exception]] = []

    def sent(browser: Browser, *calls: list[str], number: int = 1) -> None:
        try:
            browser.send(*calls, number=number)
        except (GapError, IntegrityError) as error:
            refused.append(type(error))

    work = (
        partial(sent, bad, OPEN, number=5),
        partial(sent, broken, OPEN, put("cmi.core.score.raw", "9")),
        partial(sent, good, OPEN, put("cmi.core.score.raw", "7")),
    )
    threads = [threading.Thread(target=one) for one in work]
    with lms.database.writing():
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    assert set(refused) == {GapError, IntegrityError}
    assert lms.record(learner="good")["score"]["raw"] == 7
    assert lms.record(learner="broken")["score"]["raw"] is None
    good.send(put("cmi.core.score.raw", "8"))
    assert lms.record(learner="good")["score"]["raw"] == 8


def test_launches_of_a_new_learner_at_once_make_one_person_and_one_registration(lms: Lms) -> None:
    course = lms.add().course
    at_once(*[lambda: lms.link(course)] * 8)
    assert lms.record()["learner"]["id"] == "ann"


def test_starting_twice_at_once_is_one_registration(lms: Lms) -> None:
    """A double click on “Start”."""
    course = lms.add().course
    with lms.database.writing() as tx:
        stay = staff.launched(tx, "Northfield", "ann")
        staff.enrol(tx, [stay], [course])
        enrolment = staff.enrolment(tx, stay, course)

    def start() -> str:
        with lms.database.writing() as tx:
            return lms.registrar.launch(tx, enrolment, lms.now)

    assert len(set(at_once(*[start] * 8))) == 8
    assert lms.record()["state"] == "not attempted"


def test_two_servers_on_one_database_fold_one_after_the_other(lms: Lms) -> None:
    """What each has in memory is good only while the tables say the same."""
    browser = lms.open(lms.add(scorm_2004(2)).course)
    first = lms.registrar
    lms.restart()
    second = lms.registrar
    browser.deliver()
    for number in range(10):
        lms.registrar = (first, second)[number % 2]
        browser.send(*([OPEN] if number == 0 else []), put(f"cmi.interactions.{number}.id", f"q{number}"))
    (activity,) = lms.record()["attempts"][0]["activities"]
    assert [each["id"] for each in activity["interactions"]] == [f"q{n}" for n in range(10)]


def test_a_late_commit_on_another_server_is_not_forgotten_by_the_one_that_went_on(lms: Lms) -> None:
    course = lms.add(scorm_2004(2)).course
    early, late = lms.open(course), lms.open(course)
    first = lms.registrar
    lms.restart()
    early.deliver()
    late.deliver()
    second, lms.registrar = lms.registrar, first
    early.send(OPEN, put("cmi.success_status", "failed"), session=early.session, number=1)
    lms.registrar = second
    told = {entry["item"]: entry["success_status"] for entry in late.send(go("choice", "i2"))["contents"]}
    assert told["i1"] == "failed"
