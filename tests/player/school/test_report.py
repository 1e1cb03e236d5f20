"""The answers of an attempt are told whole, however often its parts were begun; figures as they are meant."""

from __future__ import annotations

from player.records.training import records
from player.school.history import history
from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import scorm_12, scorm_2004


def _answer(at: int, question: str) -> list[list[str]]:
    response = f"cmi.interactions.{at}.learner_response"
    return [
        put(f"cmi.interactions.{at}.id", question),
        put(f"cmi.interactions.{at}.type", "other"),
        put(response, f"to {question}"),
    ]


def _told(lms: Lms, item: str = "i1") -> list[str]:
    """The questions of an item as the record lists them; a manager's page tells the same."""
    listing = lms.record()
    (attempt,) = listing["attempts"]
    listed = {each["item"]: [told["id"] for told in each["interactions"]] for each in attempt["activities"]}
    with lms.database.reading() as tx:
        (record,) = records(tx, registration=listing["registration"])
        whole = history(tx, lms.registrar.versions, record)
    assert whole is not None
    shown = {part.activity.item: len(part.answers) for part in whole.attempts[0].activities}
    assert shown == {each: len(answers) for each, answers in listed.items()}
    return listed[item]


def _begun(lms: Lms, manifest: str) -> Browser:
    browser = lms.open(lms.add(manifest).course)
    browser.deliver()
    return browser


def test_what_was_answered_stays_told_when_an_activity_is_begun_anew(lms: Lms) -> None:
    browser = _begun(lms, scorm_2004(2))
    browser.send(OPEN, *_answer(0, "q1"), *_answer(1, "q2"), put("cmi.exit", "normal"), CLOSE)
    browser.send(go("choice", "i2"))
    browser.send(go("choice", "i1"))
    browser.send(OPEN)
    assert _told(lms) == ["q1", "q2"]
    browser.send(*_answer(0, "q1"), put("cmi.exit", ""), CLOSE, go("choice", "i2"))
    browser.send(go("choice", "i1"))
    browser.send(OPEN, *_answer(0, "q3"))
    assert _told(lms) == ["q1", "q2", "q1", "q3"]
    assert _told(lms, "i2") == []


def test_what_goes_on_is_told_once(lms: Lms) -> None:
    browser = _begun(lms, scorm_2004(2))
    browser.send(OPEN, *_answer(0, "q1"), go("suspendAll"))
    again = lms.open(lms.record()["course"])
    again.deliver()
    again.send(OPEN, *_answer(1, "q2"), put("cmi.exit", "suspend"), CLOSE, go("choice", "i2"))
    again.send(go("choice", "i1"))
    again.send(OPEN, *_answer(2, "q3"))
    assert _told(lms) == ["q1", "q2", "q3"]


def test_scorm_12_goes_on_whatever_its_exit_says(lms: Lms) -> None:
    browser = _begun(lms, scorm_12(2))
    for at, question in enumerate(("q1", "q2")):
        said = put(f"cmi.interactions.{at}.id", question), put("cmi.core.exit", "")
        browser.send(OPEN, *said, CLOSE, go("choice", "i2"))
        browser.send(go("choice", "i1"))
    assert _told(lms) == ["q1", "q2"]


def test_a_share_is_told_without_what_the_computer_adds(lms: Lms) -> None:
    """83.33 / 100 is 0.8332999999999999 in binary, and so is many an average."""
    browser = _begun(lms, scorm_12())
    browser.send(OPEN, put("cmi.core.score.raw", "83.33"))
    assert lms.record()["score"]["scaled"] == 0.8333
    browser.send(put("cmi.core.score.raw", "2"), put("cmi.core.score.max", "3"))
    assert lms.record()["attempts"][0]["score"]["scaled"] == 0.6666667


def test_records_come_by_their_learners_whoever_began_first(lms: Lms) -> None:
    course = lms.add().course
    for learner in ("bea", "ann"):
        lms.open(course, learner).deliver()
    assert [each["learner"]["id"] for each in lms.records()] == ["ann", "bea"]
