"""How a session ends, and how the next one goes on: save and close, abandon, suspend."""

from __future__ import annotations

import pytest

from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import scorm_2004

SAVE_AND_CLOSE = [put("cmi.exit", "suspend"), put("adl.nav.request", "exitAll"), CLOSE]


def test_a_sco_that_suspends_itself_and_asks_for_the_end_keeps_its_place(sqlite_lms: Lms) -> None:
    """So do tools say “save and close”; the learner's own end of the attempt is one all the same."""
    course = sqlite_lms.add(scorm_2004()).course
    browser = sqlite_lms.open(course)
    browser.deliver()
    session = browser.send(OPEN, put("cmi.location", "4"), *SAVE_AND_CLOSE)["session"]
    assert (session["state"], session["kept"]) == ("ended", True)
    assert [attempt["state"] for attempt in sqlite_lms.record()["attempts"]] == ["suspended"]
    again = sqlite_lms.open(course)
    values = again.deliver()["session"]["launch"]["values"]
    assert (values["cmi.location"], values["cmi.entry"]) == ("4", "resume")
    assert len(sqlite_lms.record()["attempts"]) == 1
    session = again.send(OPEN, *SAVE_AND_CLOSE, go("exitAll"))["session"]
    assert (session["state"], "kept" in session) == ("ended", False)
    values = sqlite_lms.open(course).deliver()["session"]["launch"]["values"]
    assert values["cmi.entry"] == "ab-initio"
    assert len(sqlite_lms.record()["attempts"]) == 2


def test_what_follows_such_an_end_is_a_start_from_the_root(sqlite_lms: Lms) -> None:
    """UP.4, SB.2.5: nothing is resumed at once; the activity that suspended itself goes on once delivered."""
    course = sqlite_lms.add(scorm_2004(2)).course
    browser = sqlite_lms.open(course)
    browser.deliver()
    browser.send(OPEN, CLOSE, go("continue"))
    browser.send(OPEN, put("cmi.location", "4"), *SAVE_AND_CLOSE)
    again = sqlite_lms.open(course)
    answer = again.deliver()
    assert (answer["session"]["item"], answer["session"]["state"]) == ("i1", "running")
    assert answer["session"]["launch"]["values"]["cmi.entry"] == "ab-initio"
    values = again.send(go("choice", "i2"))["session"]["launch"]["values"]
    assert (values["cmi.location"], values["cmi.entry"]) == ("4", "resume")
    assert [attempt["number"] for attempt in sqlite_lms.record()["attempts"]] == [1]


@pytest.mark.parametrize("earlier", [False, True], ids=["in the last commit", "earlier"])
@pytest.mark.parametrize("request_name", ["abandon", "abandonAll"])
def test_what_is_abandoned_counts_nowhere(sqlite_lms: Lms, request_name: str, *, earlier: bool) -> None:
    """TB.2.3 6 and 7."""
    lms = sqlite_lms
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    said = [OPEN, *PASSES, put("cmi.exit", "suspend")]
    if earlier:
        browser.send(*said)
        said = []
    answer = browser.send(*said, put("adl.nav.request", request_name), CLOSE)
    assert answer["session"]["state"] == ("running" if request_name == "abandon" else "ended")
    assert answer["session"]["item"] is None or request_name == "abandonAll"
    assert "kept" not in answer["session"]
    entries = {each["item"]: each for each in answer["contents"]}
    assert (entries["i1"]["completion_status"], entries["i1"]["success_status"]) == ("unknown", "unknown")
    assert answer["result"]["completion_status"] == "unknown"
    record = lms.record()
    assert (record["completed"], record["success_status"], record["score"]["scaled"]) == (
        None,
        "unknown",
        None,
    )
    (attempt,) = record["attempts"]
    (activity,) = attempt["activities"]
    assert (activity["completion_status"], activity["score"]["scaled"]) == ("unknown", None)
    again = lms.open(browser_course(lms))
    values = again.deliver()["session"]["launch"]
    if request_name == "abandon":
        values = again.send(go("choice", "i1"))["session"]["launch"]
    assert values["values"]["cmi.entry"] == "ab-initio"
    assert len(lms.record()["attempts"]) == (1 if request_name == "abandon" else 2)


PASSES = [
    put("cmi.completion_status", "completed"),
    put("cmi.success_status", "passed"),
    put("cmi.score.scaled", "0.9"),
]


def browser_course(lms: Lms) -> str:
    course: str = lms.record()["course"]
    return course


def test_what_was_awarded_before_stays_when_a_later_session_is_abandoned(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    browser = lms.open(lms.add(scorm_2004(1)).course)
    browser.deliver()
    browser.send(OPEN, *PASSES, CLOSE, go("exitAll"))
    before = lms.record()
    lms.after(seconds=1)
    again = lms.open(browser_course(lms))
    again.deliver()
    again.send(OPEN, put("cmi.score.scaled", "1"))
    assert lms.record()["score"]["scaled"] == 1
    again.send(CLOSE, go("abandonAll"))
    after = lms.record()
    same = ("completed", "completion_status", "success_status", "score")
    assert [after[name] for name in same] == [before[name] for name in same]


ONCE = (
    "<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
    '<imsss:ruleCondition condition="attemptLimitExceeded"/></imsss:ruleConditions>'
    '<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>'
    '<imsss:limitConditions attemptLimit="1"/></imsss:sequencing>'
)


def pretest(lms: Lms) -> tuple[str, Browser]:
    """A course whose first part may be attempted once, as a public sample of the 3rd Edition has it."""
    manifest = scorm_2004(2).replace("<title>Part 1</title>", f"<title>Part 1</title>{ONCE}")
    course = lms.add(manifest).course
    return course, lms.open(course)


def test_a_pre_test_that_may_be_attempted_once_is_resumed(sqlite_lms: Lms) -> None:
    course, browser = pretest(sqlite_lms)
    browser.deliver()
    browser.send(OPEN, put("cmi.location", "question 3"), go("suspendAll"))
    session = sqlite_lms.open(course).deliver()["session"]
    assert session["item"] == "i1"
    assert session["launch"]["values"]["cmi.location"] == "question 3"
    taken_over = sqlite_lms.open(course).deliver()["session"]
    assert taken_over["item"] == "i1"


def test_a_pre_test_that_may_be_attempted_once_is_shut_once_it_has_ended(sqlite_lms: Lms) -> None:
    _, browser = pretest(sqlite_lms)
    browser.deliver()
    answer = browser.send(OPEN, CLOSE, go("continue"))
    assert answer["valid"]["choice"]["i1"] == "false"
    assert answer["controls"]["previous"] == "disabled"
