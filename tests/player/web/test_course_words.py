"""The words of a learner's pages: a table of a course's states, and what its page and its row say of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from player.compliance import Standing
from player.records.play_tables import RegistrationRow
from player.records.tables import Course, Enrolment, Membership, School
from player.records.training import TrainingRecord
from player.school.optional_parts import OptionalPart
from player.school.progress import CourseProgress, Segment
from player.school.refreshers import Offer, Renewed
from player.school.tries import Tries
from player.web import own_training
from player.web.course_words import NEW_ATTEMPT, course_words
from player.web.own_course import OwnCourse
from player.web.row_words import panel_words, row_words

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAVED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DONE, DUE, LATE = date(2025, 12, 1), date(2026, 12, 1), date(2026, 11, 1)
FIRE, SHORT = Course(id="fire", title="Fire"), Course(id="short", title="Short Fire")
HALF = CourseProgress((Segment("done", 1.0), Segment("current")), "1 of 2 parts done", "At the gate")
MANAGERS = ["Priya Nair"]
AGAIN = "You can stop at any time and carry on later."


def _taken(state: str = "ended", **told: Any) -> RegistrationRow:
    """A registration; where nothing else is said, of an attempt that ended without a result."""
    known = {"completion_status": "incomplete", "success_status": "unknown", "completed": None, **told}
    return RegistrationRow(id="r", state=state, attempts=1, **known)


PASSED = _taken(
    completion_status="completed",
    success_status="passed",
    completed=datetime(2025, 12, 1, 12, tzinfo=UTC),
    score_scaled=0.9,
    score_raw=9.0,
    score_max=10.0,
)
FAILED = _taken(
    completion_status="completed", success_status="failed", score_scaled=0.5, score_raw=5.0, score_max=10.0
)
OPEN = _taken("suspended")
REQUIRED = {"standing": Standing.NEVER_DONE, "due": DUE}
OVERDUE = {"standing": Standing.OVERDUE, "due": LATE}
IN_DATE = {"standing": Standing.IN_DATE, "due": DUE, "done": DONE, "holds": True}
SOON = {**IN_DATE, "standing": Standing.DUE_SOON}
LAPSED = {**OVERDUE, "done": DONE}


def _course(
    registration: RegistrationRow | None = None, record: dict[str, Any] | None = None, **more: Any
) -> OwnCourse:
    stay = Membership(name="Sam", school=School(id="n", name="Northfield"))
    enrolment = Enrolment(since=datetime(2026, 11, 2, 9, tzinfo=UTC))
    saved = SAVED if registration is not None and registration.state == "suspended" else None
    known = TrainingRecord(stay, FIRE, enrolment, registration, saved, **(record or {}))
    return replace(OwnCourse(known, 20), **more)


def _offer(until: date | None = date(2027, 1, 1), *, is_open: bool = True) -> Offer:
    return Offer(SHORT, until, is_open)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


TABLE: dict[str, tuple[OwnCourse, str, list[str], str, str]] = {
    # the state: the course; its first paragraph; its buttons; its row; the row's button
    "new": (
        _course(),
        f"About 20 minutes. {AGAIN}",
        ["Start!"],
        "Assigned on 2 November 2026. About 20 minutes.",
        "Start",
    ),
    "new, of no known length": (
        _course(minutes=None),
        AGAIN,
        ["Start!"],
        "Assigned on 2 November 2026.",
        "Start",
    ),
    "new and required": (
        _course(None, REQUIRED),
        f"About 20 minutes. {AGAIN} This is due on 1 December 2026.",
        ["Start!"],
        "Assigned on 2 November 2026, due 1 December 2026. About 20 minutes.",
        "Start",
    ),
    "never done and overdue": (
        _course(None, OVERDUE),
        f"About 20 minutes. {AGAIN} This was due on 1 November 2026.",
        ["Start!"],
        "Assigned on 2 November 2026, was due 1 November 2026. About 20 minutes.",
        "Start",
    ),
    "half-way": (
        _course(OPEN, progress=HALF),
        "Where you left off: At the gate. Saved today at 09:30.",
        ["Continue!", "Start again from the beginning?"],
        "Assigned on 2 November 2026. 1 of 2 parts done.",
        "Continue",
    ),
    "ended before it was done": (
        _course(_taken()),
        "Your last attempt ended before the course was done. You can try again whenever you are ready.",
        ["Try again!"],
        "Assigned on 2 November 2026. About 20 minutes.",
        "Try again",
    ),
    "failed": (
        _course(FAILED),
        "Not passed yet: 5 of 10 (50%) so far. You can try again whenever you are ready.",
        ["Try again!"],
        "Assigned on 2 November 2026. 5 of 10 (50%) so far. About 20 minutes.",
        "Try again",
    ),
    "failed, and no attempts left": (
        _course(FAILED, tries=Tries(limited=True, used_up=True)),
        (
            "You have no attempts left. Your best result is 5 of 10 (50%). To try again, ask"
            " Priya Nair for a fresh start."
        ),
        [],
        "You have no attempts left. Ask Priya Nair for a fresh start.",
        "See result",
    ),
    "a fresh start": (
        _course(FAILED, tries=Tries(limited=True, given=True)),
        (
            "You have been given a fresh start. When you next open this course, it starts from"
            " the beginning with all its attempts. Your record so far is kept."
        ),
        ["Start again!"],
        "You have been given a fresh start.",
        "Start again",
    ),
    "passed": (
        _course(PASSED),
        "You passed on 1 December 2025, with 9 of 10 (90%). Your school has it on record.",
        ["Take it again"],
        "Completed 1 December 2025, 9 of 10 (90%).",
        "See result",
    ),
    "in date": (
        _course(PASSED, IN_DATE),
        "You passed on 1 December 2025, with 9 of 10 (90%). It is due again on 1 December 2026.",
        ["Take it again"],
        "Completed 1 December 2025, 9 of 10 (90%). Due again 1 December 2026.",
        "See result",
    ),
    "due soon": (
        _course(PASSED, SOON),
        "You passed on 1 December 2025, with 9 of 10 (90%). It is due again on 1 December 2026.",
        ["Take it again!"],
        "Completed 1 December 2025, due 1 December 2026.",
        "Take it again",
    ),
    "due soon, with a refresher": (
        _course(PASSED, SOON, refresher=_offer()),
        "You passed on 1 December 2025, with 9 of 10 (90%). It is due again on 1 December 2026.",
        ["Start the refresher!", "Take it again"],
        (
            "Completed 1 December 2025, due 1 December 2026. Until 1 January 2027 you can take Short Fire"
            " instead of the whole course."
        ),
        "Start the refresher",
    ),
    "overdue, and the refresher begun": (
        _course(PASSED, LAPSED, refresher=_offer(None), is_refresher_open=True),
        "You passed on 1 December 2025, with 9 of 10 (90%). It was due again on 1 November 2026.",
        ["Continue the refresher!", "Take it again"],
        (
            "Completed 1 December 2025, was due 1 November 2026. You can take Short Fire instead of the"
            " whole course."
        ),
        "Continue the refresher",
    ),
    "overdue, and too late for the refresher": (
        _course(PASSED, LAPSED, refresher=_offer(is_open=False)),
        "You passed on 1 December 2025, with 9 of 10 (90%). It was due again on 1 November 2026.",
        ["Take it again!"],
        (
            "Completed 1 December 2025, was due 1 November 2026. It is too late for the"
            " refresher: take the course itself. About 20 minutes."
        ),
        "Take it again",
    ),
    "renewed by a refresher": (
        _course(PASSED, IN_DATE, refresher=_offer(), renewed_on=DONE),
        "You renewed this on 1 December 2025 with Short Fire. It is due again on 1 December 2026.",
        ["Take it again", "Start the refresher"],
        (
            "Renewed 1 December 2025 with Short Fire. Due again 1 December 2026."
            " Until 1 January 2027 you can take Short Fire instead of the whole course."
        ),
        "See result",
    ),
    "completed elsewhere": (
        _course(None, IN_DATE),
        (
            "You completed this elsewhere on 1 December 2025. It counts at Northfield, so you"
            " need not take it now. It is due again on 1 December 2026."
        ),
        ["Start"],
        "Completed elsewhere 1 December 2025. Due again 1 December 2026.",
        "See the course",
    ),
    "completed elsewhere, and due soon": (
        _course(None, SOON),
        (
            "You completed this elsewhere on 1 December 2025. It counts at Northfield. It is due again on"
            " 1 December 2026."
        ),
        ["Start!"],
        "Completed elsewhere 1 December 2025, due 1 December 2026.",
        "Start",
    ),
    "completed elsewhere, and lapsed": (
        _course(None, LAPSED),
        "You completed this elsewhere on 1 December 2025. It was due again on 1 November 2026.",
        ["Start!"],
        "Completed elsewhere 1 December 2025, was due 1 November 2026. About 20 minutes.",
        "Start",
    ),
    "completed, and taken back": (
        _course(PASSED, {"standing": Standing.NEVER_DONE}),
        "You completed this on 1 December 2025. That does not count now, so take it again.",
        ["Take it again!"],
        "Assigned on 2 November 2026. About 20 minutes.",
        "Take it again",
    ),
    "at a school of two": (
        _course(None, REQUIRED, school="n"),
        f"About 20 minutes. {AGAIN} This is due on 1 December 2026.",
        ["Start!"],
        "Northfield. Assigned on 2 November 2026, due 1 December 2026. About 20 minutes.",
        "Start",
    ),
}


def test_each_state_has_its_words() -> None:
    for state, (course, lede, buttons, about, button) in TABLE.items():
        page, row = course_words(course, MANAGERS, NOW), row_words(course, MANAGERS, NOW)
        assert _plain(page.lede) == lede, state
        marks = [
            f"{each.words}{'!' if each.is_main else '?' if each.warning else ''}" for each in page.buttons
        ]
        assert marks == buttons, state
        assert page.refusal == "", state
        assert _plain(row.about) == about, state
        assert row.button.words == button, state


def test_a_page_has_one_main_button_at_most_and_none_where_nothing_is_to_do() -> None:
    for state, (course, *_) in TABLE.items():
        main = [each for each in course_words(course, MANAGERS, NOW).buttons if each.is_main]
        is_to_do = course.is_to_do and not course.tries.used_up
        assert len(main) == is_to_do, state


def test_only_what_is_over_is_begun_anew_and_a_place_is_lost_with_a_warning() -> None:
    half, passed = course_words(TABLE["half-way"][0], (), NOW), course_words(TABLE["passed"][0], (), NOW)
    assert [(each.is_again, each.warning) for each in half.buttons] == [(False, ""), (True, NEW_ATTEMPT)]
    assert [each.is_again for each in passed.buttons] == [True]
    assert half.shows_progress
    assert not passed.shows_progress
    assert row_words(TABLE["half-way"][0], (), NOW).saved == "saved today at\u00a009:30"


def test_who_may_not_take_it_is_told_and_has_no_button() -> None:
    left = course_words(_course(PASSED, has_left=True), (), NOW)
    assert (
        left.refusal == "You have left Northfield, so you cannot take this course there. Your record is kept."
    )
    retired = _course(None)
    retired.record.course.retired = NOW
    try:
        told = course_words(retired, (), NOW)
    finally:
        retired.record.course.retired = None
    assert told.lede == "This course is no longer offered.", (
        "nothing was done, and there is nothing else to say"
    )
    back = _course(PASSED)
    back.record.enrolment.ended = NOW
    ended = course_words(back, MANAGERS, NOW)
    assert ended.refusal == "You no longer have this course at Northfield. If you need it, ask Priya Nair."
    assert ended.lede.startswith("You passed on"), "the result stays to be read"
    assert left.buttons == told.buttons == ended.buttons == ()


def test_notes_stand_below_the_first_paragraph() -> None:
    parts = OptionalPart("Legislation", "passed", DONE), OptionalPart("Annex", "not started")
    course = _course(PASSED, IN_DATE, refresher=_offer(), optional=parts, renews=[Renewed(SHORT, DUE)])
    assert [_plain(note) for note in course_words(course, (), NOW).notes] == [
        "Until 1 January 2027 you can take Short Fire instead of the whole course.",
        "Optional part “Legislation”: passed on 1 December 2025.",
        "Optional part “Annex”: not started. You do not need it to pass this course.",
        "If you complete this by 1 December 2026, it renews Short Fire.",
    ]


def test_the_panel_says_where_it_was_left_and_when_it_was_due() -> None:
    late = _course(OPEN, {**LAPSED, "done": None}, progress=HALF, school="n")
    panel = panel_words(late, NOW)
    assert (panel.place, panel.here) == ("Where you left off at Northfield", "At the gate")
    assert _plain(panel.note) == "Overdue, was due 1 November 2026."
    failed = panel_words(_course(_taken("suspended", success_status="failed"), progress=HALF), NOW)
    assert failed.note == "Not passed yet."
    assert (panel.progress, _plain(panel.saved)) == ("1 of 2 parts done", "Saved today at 09:30")


def test_the_sentence_above_the_lists_counts_them() -> None:
    half, new, late = (TABLE[state][0] for state in ("half-way", "new", "never done and overdue"))
    passed, soon = TABLE["passed"][0], TABLE["due soon"][0]
    for courses, told in (
        ([], "You have no courses yet. They will appear here when your school assigns them."),
        ([half, new], "One course is in progress, and one more is to do."),
        ([half], "One course is in progress."),
        ([new, late], "You have two courses to do. One of them is overdue."),
        ([late], "You have one course to do. It is overdue."),
        ([late, late], "You have two courses to do. Both are overdue."),
        ([soon, passed], "One course is due soon. Nothing else is to do."),
        ([passed], "You have completed your course. Your school has this on record."),
        ([passed, passed], "You have completed all two courses. Your school has this on record."),
    ):
        training = own_training.arranged(courses)
        assert own_training.lede(training) == told
    assert own_training.heading(own_training.arranged([passed])) == "Nothing to do today"
    assert own_training.heading(own_training.arranged([])) == "Your training"
    spare = replace(new, is_optional=True)
    rest = own_training.arranged([passed, spare])
    assert (rest.optional, own_training.heading(rest)) == ([spare], "Nothing to do today")
    assert own_training.lede(rest).startswith("You have done all that your school requires now.")
    assert (
        own_training.lede(own_training.arranged([late, spare])) == "You have one course to do. It is overdue."
    )
    note = "This course is optional: your school does not require it of you."
    assert course_words(spare, (), NOW).notes == (note,)
    listed = own_training.arranged([new, late, half])
    assert (listed.latest, list(listed.to_do)) == (half, [late, new]), "what is overdue comes first"
    assert own_training.foot([("Northfield", ["Priya"]), ("Southbrook", ["Olu", "Bo"])]) == (
        "Is something wrong here? Ask Priya at Northfield or Olu or Bo at Southbrook."
    )
    assert own_training.foot([]) == "Is something wrong here? Ask your school’s training manager."
