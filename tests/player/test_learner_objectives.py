"""Global objectives are the learner's: what one course has written the next delivery of any other finds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.player.lms import CLOSE, OPEN, Answer, Browser, Lms, go, put
from tests.player.random_logs import FEW, compare, fold_old, quick_lms
from tests.player.shared import sharing, sharing_in_a_cluster
from tests.player.threads import at_once

SAID = {
    "success_status": "passed",
    "score.scaled": "0.9",
    "score.raw": "9",
    "score.min": "1",
    "score.max": "10",
    "completion_status": "completed",
    "progress_measure": "0.75",
}

INCOMPLETE = {"score.scaled": "0.3", "completion_status": "incomplete", "success_status": "failed"}


def report(browser: Browser, values: Mapping[str, str] = SAID, then: str = "exitAll") -> Answer:
    """The SCO on the screen reports, and the learner goes on."""
    return browser.send(OPEN, *(put(f"cmi.{name}", value) for name, value in values.items()), CLOSE, go(then))


def found(answer: Answer) -> dict[str, str]:
    """What the SCO that is delivered finds in cmi.objectives."""
    values: dict[str, str] = answer["session"]["launch"]["values"]
    return {
        name.removeprefix("cmi.objectives.0."): value
        for name, value in values.items()
        if name.startswith("cmi.objectives.0.") and not name.endswith(".id")
    }


def writer(lms: Lms, title: str = "Writer", **more: Any) -> str:
    return lms.add(sharing(title, "w", "", **more), name=f"{title}.zip").course


def reader(lms: Lms, title: str = "Reader", parts: tuple[str, ...] = ("r", ""), **more: Any) -> str:
    return lms.add(sharing(title, *parts, **more), name=f"{title}.zip").course


def begin(lms: Lms, course: str) -> tuple[Browser, Answer]:
    lms.after(seconds=1)
    browser = lms.open(course)
    return browser, browser.deliver()


def test_every_value_is_found_at_the_next_delivery_in_another_course(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    browser, _ = begin(lms, writer(lms))
    report(browser, then="continue")
    _, answer = begin(lms, reader(lms))
    assert found(answer) == SAID


def test_a_course_that_is_open_finds_them_at_its_next_delivery(sqlite_lms: Lms) -> None:
    """In cmi.objectives and in rules: what has been satisfied meanwhile is skipped."""
    lms = sqlite_lms
    open_already, _ = begin(lms, reader(lms, parts=("", "r", ""), skipped=True))
    plain, _ = begin(lms, reader(lms, "Plain", parts=("", "r")))
    report(begin(lms, writer(lms))[0])
    entries = {each["item"]: each for each in open_already.send(OPEN)["contents"]}
    assert entries["i2"]["success_status"] == "passed"
    assert open_already.send(go("continue"))["session"]["item"] == "i3"
    assert found(plain.send(OPEN, go("continue"))) == SAID
    compare(lms, course="reader")


def test_a_cluster_that_rolls_up_what_another_course_has_written_is_skipped(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing_in_a_cluster("Clustered"), name="clustered.zip").course
    assert begin(lms, course)[1]["session"]["item"] == "i1"
    report(begin(lms, writer(lms))[0])
    again, _ = begin(lms, course)
    again.send(go("exitAll"))
    assert begin(lms, course)[1]["session"]["item"] == "i2"


def test_a_course_that_keeps_its_objectives_neither_finds_nor_leaves_any(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    report(begin(lms, writer(lms, "Own", own=True))[0])
    assert found(begin(lms, reader(lms))[1]) == {}
    report(begin(lms, writer(lms))[0])
    assert found(begin(lms, reader(lms, "Other", own=True))[1]) == {}
    with lms.database.reading() as tx:
        courses = tx.execute(text("SELECT course_id FROM learner_objectives")).scalars().all()
    assert courses == ["writer"]


def test_the_value_that_was_written_last_counts_whichever_course_wrote_it(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    both = [lms.add(sharing(title, "rw", ""), name=f"{title}.zip").course for title in ("One", "Two")]
    seen = []
    for number, course in enumerate([*both, *both]):
        browser, answer = begin(lms, course)
        seen.append(found(answer).get("score.scaled"))
        report(browser, {"score.scaled": f"0.{number + 1}", "completion_status": "incomplete"})
    assert seen == [None, "0.1", "0.2", "0.3"]


def test_a_page_that_is_open_does_not_write_again_what_it_was_told_or_reported_before(
    sqlite_lms: Lms,
) -> None:
    lms = sqlite_lms
    both = [lms.add(sharing(title, "rw", ""), name=f"{title}.zip").course for title in ("One", "Two")]
    one, two = (begin(lms, course)[0] for course in both)
    one.send(OPEN, put("cmi.success_status", "passed"))
    two.send(OPEN, put("cmi.success_status", "failed"))
    one.send(put("cmi.location", "2"))
    assert found(begin(lms, reader(lms))[1])["success_status"] == "failed"
    one.send(put("cmi.success_status", "passed"))
    two.send(put("cmi.location", "2"))
    assert found(begin(lms, reader(lms))[1])["success_status"] == "passed"


def test_a_course_that_only_found_a_value_has_not_written_it(sqlite_lms: Lms) -> None:
    """Else a renewal would find its own value again, as another course's."""
    lms = sqlite_lms
    course = lms.add(sharing("Renewed", "rw"), name="renewed.zip").course
    report(begin(lms, course)[0])
    other = lms.add(sharing("Other", "rw", ""), name="other.zip").course
    browser, answer = begin(lms, other)
    assert found(answer) == SAID
    browser.send(OPEN, put("cmi.location", "1"), CLOSE, go("exitAll"))
    assert found(begin(lms, course)[1]) == {}


def test_another_learner_finds_nothing(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    report(begin(lms, writer(lms))[0])
    assert found(lms.open(reader(lms), "ben").deliver()) == {}


def test_a_course_taken_again_after_it_was_completed_starts_without_its_own(sqlite_lms: Lms) -> None:
    """A renewal is not skipped; other courses still find what was written, until it is written anew."""
    lms = sqlite_lms
    course = lms.add(sharing("Renewed", "rw", "rw", skipped=True), name="renewed.zip").course
    other = reader(lms)
    browser, _ = begin(lms, course)
    report(browser, then="continue")
    assert lms.record(course=course)["completed"]
    browser.send(OPEN, CLOSE, go("exitAll"))
    again, answer = begin(lms, course)
    assert (answer["session"]["item"], found(answer)) == ("i1", {})
    assert found(begin(lms, other)[1]) == SAID
    report(again, {"score.scaled": "0.2", "success_status": "failed"})
    assert found(begin(lms, other)[1])["success_status"] == "failed"
    for each in (course, other):
        compare(lms, course=each)


def test_a_renewal_still_finds_what_other_courses_have_written(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing("Renewed", "rw"), name="renewed.zip").course
    report(begin(lms, course)[0])
    report(begin(lms, writer(lms))[0], INCOMPLETE)
    _, answer = begin(lms, course)
    assert found(answer) == INCOMPLETE
    link = lms.link(course, again=True).split("/")[-2]
    lms.after(seconds=1)
    assert found(Browser(lms, link).deliver()) == INCOMPLETE
    compare(lms, course=course)


def test_a_course_that_is_not_complete_goes_on_with_its_own_in_its_next_attempt(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing("Course", "rw", ""), name="course.zip").course
    report(begin(lms, course)[0], INCOMPLETE)
    _, answer = begin(lms, course)
    assert found(answer) == INCOMPLETE
    assert len(lms.record(course=course)["attempts"]) == 2


def test_a_new_version_of_a_course_finds_them(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing("Course", "rw", ""), name="course.zip").course
    report(begin(lms, course)[0], INCOMPLETE)
    lms.add(sharing("Course, revised", "rw", ""), update=course, name="revised.zip")
    assert found(begin(lms, course)[1]) == INCOMPLETE
    compare(lms, course=course)


def test_an_abandoned_attempt_leaves_nothing_to_other_courses(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    browser, _ = begin(lms, writer(lms))
    browser.send(OPEN, put("cmi.success_status", "passed"))
    course = reader(lms)
    assert found(begin(lms, course)[1]) == {"success_status": "passed"}
    browser.send(CLOSE, go("abandon"))
    assert found(begin(lms, course)[1]) == {}


def test_a_page_that_is_taken_over_has_written_before_the_course_began_anew(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing("Renewed", "rw"), name="renewed.zip").course
    browser, _ = begin(lms, course)
    browser.send(OPEN, *(put(f"cmi.{name}", value) for name, value in SAID.items()))
    lms.after(seconds=1)
    answer = Browser(lms, lms.link(course, again=True).split("/")[-2]).deliver()
    assert found(answer) == {}
    assert found(begin(lms, reader(lms))[1]) == SAID
    compare(lms, course=course)


def test_a_folded_log_still_comes_to_the_record(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(sharing("One", "rw", "rw"), name="one.zip").course
    browser, _ = begin(lms, course)
    report(begin(lms, writer(lms))[0])
    report(browser, {"score.scaled": "0.5"}, then="continue")
    lms.after(seconds=1)
    assert sum(fold_old(lms.database, lms.now, timedelta(0))) > 0
    browser.send(OPEN, put("cmi.score.scaled", "0.6"))
    for each in (course, "writer"):
        compare(lms, course=each)


@pytest.mark.both_databases
def test_two_courses_open_at_once_lose_nothing_of_each_other(lms: Lms) -> None:
    """On either database: the steps of one learner's courses follow each other."""
    courses = [lms.add(sharing(f"Course {n}", "rw", "r"), name=f"{n}.zip").course for n in range(3)]
    browsers = [begin(lms, course)[0] for course in courses]

    def play(at: int) -> None:
        browsers[at].send(OPEN)
        for number in range(8):
            browsers[at].send(put("cmi.score.raw", str(10 * number + at)))

    at_once(*[lambda at=at: play(at) for at in range(3)])
    with lms.database.reading() as tx:
        rows = tx.execute(text("SELECT present FROM learner_objectives")).scalars().all()
    orders = [json.loads(row)["G"]["raw"] for row in rows]
    assert len({order for _, order in orders}) == 3
    last = max(orders, key=lambda value: value[1])[0]
    assert {found(begin(lms, course)[1])["score.raw"] for course in courses} == {f"{last:g}"}
    for course in courses:
        compare(lms, course=course)


@pytest.mark.both_databases
def test_what_registrations_had_kept_for_themselves_is_the_learners_from_the_first_day(lms: Lms) -> None:
    """The migration gathers it: neither the course itself nor another one loses it."""
    shared, own = writer(lms, "Shared"), writer(lms, "Own", own=True)
    report(begin(lms, own)[0], {"score.scaled": "0.1"}, then="suspendAll")
    report(begin(lms, shared)[0], INCOMPLETE, then="suspendAll")
    with lms.database.writing() as tx:
        for statement in EARLIER.split(";"):
            tx.execute(text(statement))
        with Operations.context(MigrationContext.configure(tx.connection())):
            import_module("player.records.migrations.versions.0008_learner_objectives").upgrade()
    assert found(begin(lms, reader(lms))[1]) == INCOMPLETE
    assert begin(lms, shared)[1]["session"]["state"] == "running"
    assert found(begin(lms, reader(lms, "Second"))[1]) == INCOMPLETE


EARLIER = """
DROP TABLE learner_objectives;
ALTER TABLE session DROP COLUMN objectives;
ALTER TABLE session DROP COLUMN awarded;
ALTER TABLE session DROP COLUMN notes;
ALTER TABLE "commit" DROP COLUMN objectives
"""
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["begin", "again", "report", "abandon", "exitAll", "continue", "suspendAll", "fold"]),
        st.sampled_from([{"success_status": "passed"}, {"score.scaled": "0.3"}, SAID, {"cmi": ""}]),
    ),
    min_size=2,
    max_size=12,
)


@FEW
@given(steps=STEPS)
def test_any_story_of_three_courses_is_told_by_its_logs(steps: list[tuple[int, str, dict[str, str]]]) -> None:
    with quick_lms() as lms:
        courses = [
            lms.add(sharing("One", "rw", "r", skipped=True), name="1.zip").course,
            lms.add(sharing("Two", "rw", "rw"), name="2.zip").course,
            lms.add(sharing("Three", "w", "r", own=True), name="3.zip").course,
        ]
        browsers: dict[int, Browser] = {}
        for at, what, values in steps:
            lms.after(seconds=1)
            if what == "fold":
                sum(fold_old(lms.database, lms.now, timedelta(0)))
            elif what in ("begin", "again") or at not in browsers:
                link = lms.link(courses[at], again=what == "again").split("/")[-2]
                browsers[at] = Browser(lms, link)
                browsers[at].deliver()
            elif what == "report":
                said = [put(f"cmi.{name}", value) for name, value in values.items()]
                browsers[at].send(OPEN, *said)
            else:
                browsers[at].send(CLOSE, go(what))
        for at in browsers:
            compare(lms, course=courses[at])
