"""A SCO that ends and begins again within one delivery: a window opened again, pages that each finish."""

from __future__ import annotations

import pytest

from player.records import log
from player.runtime import Runtime, reopened
from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import scorm_12, scorm_2004

AGAIN = ["Reopen", ""]


def started(lms: Lms, manifest: str) -> Browser:
    browser = lms.open(lms.add(manifest).course)
    browser.deliver()
    return browser


def activity(lms: Lms) -> dict[str, object]:
    found: dict[str, object] = lms.record()["attempts"][0]["activities"][0]
    return found


def test_what_the_next_page_says_is_kept_beside_what_the_first_said(lms: Lms) -> None:
    browser = started(lms, scorm_12())
    browser.send(OPEN, put("cmi.suspend_data", "one"), put("cmi.core.session_time", "00:01:00"), CLOSE)
    browser.send(AGAIN, OPEN, put("cmi.core.lesson_location", "2"))
    browser.send(put("cmi.core.lesson_status", "passed"), put("cmi.core.session_time", "00:00:30"), CLOSE)
    assert activity(lms)["success_status"] == "passed"
    assert (activity(lms)["total_time"], lms.record()["total_time"]) == (90, 90)
    browser.send(go("suspendAll"))
    values = lms.open(lms.record()["course"]).deliver()["session"]["launch"]["values"]
    assert (values["cmi.suspend_data"], values["cmi.core.lesson_location"]) == ("one", "2")
    assert values["cmi.core.total_time"] == "0000:01:30.00"


def test_in_2004_the_data_go_on_however_the_first_page_ended(lms: Lms) -> None:
    browser = started(lms, scorm_2004())
    browser.send(OPEN, put("cmi.location", "1"), put("cmi.exit", "normal"), CLOSE)
    browser.send(AGAIN, OPEN, put("cmi.completion_status", "completed"), CLOSE)
    assert activity(lms)["completion_status"] == "completed"


def test_a_page_that_ends_in_silence_completes_nothing_while_another_may_speak(lms: Lms) -> None:
    browser = started(lms, scorm_12())
    browser.send(OPEN, CLOSE)
    assert activity(lms)["completion_status"] == "incomplete"
    assert lms.record()["completed"] is None
    browser.send(AGAIN, OPEN, put("cmi.core.lesson_status", "incomplete"), CLOSE)
    browser.send(go("suspendAll"))
    assert lms.record()["completion_status"] == "incomplete"


@pytest.mark.parametrize("how", ["leaves", "leaves in one", "is cut off", "is heard late"])
def test_silence_completes_once_the_sco_is_left(lms: Lms, how: str) -> None:
    browser = started(lms, scorm_12())
    if how == "leaves in one":
        browser.send(OPEN, CLOSE, go("suspendAll"))
    elif how == "is heard late":
        browser.send(OPEN, go("suspendAll"))
        browser.send(CLOSE)
    else:
        browser.send(OPEN, CLOSE)
        browser.send(go("suspendAll")) if how == "leaves" else lms.open(lms.record()["course"]).deliver()
    assert activity(lms)["completion_status"] == "completed"
    assert lms.record()["completion_status"] == "completed"


def test_a_page_that_ends_with_a_word_of_its_own_is_taken_at_its_word(lms: Lms) -> None:
    browser = started(lms, scorm_12())
    browser.send(OPEN, put("cmi.core.lesson_status", "completed"), CLOSE)
    assert activity(lms)["completion_status"] == "completed"
    assert lms.record()["completion_status"] == "completed"


def test_what_has_not_ended_is_not_begun_anew(lms: Lms) -> None:
    browser = started(lms, scorm_12())
    browser.send(OPEN, put("cmi.core.session_time", "00:01:00"), AGAIN, put("cmi.core.lesson_location", "3"))
    with lms.database.connecting() as tx:
        (sent,) = log.read(tx, lms.record()["registration"]).commits
    assert "it had not ended" in sent.notes


def test_a_request_left_in_the_log_asks_for_nothing_once_the_sco_went_on(lms: Lms) -> None:
    browser = started(lms, scorm_2004())
    answer = browser.send(OPEN, put("adl.nav.request", "exitAll"), CLOSE, AGAIN, OPEN)
    assert answer["session"]["state"] == "running"


def test_all_is_kept_but_how_it_ended() -> None:
    given = {
        "cmi.session_time": "PT1H",
        "cmi.total_time": "P1YT2.5S",
        "cmi.exit": "suspend",
        "cmi.location": "3",
    }
    runtime = Runtime({"standard": "2004", "values": given, "state": "ended"})
    assert reopened(runtime) == {
        "standard": "2004",
        "values": {"cmi.total_time": "P1YT1H2.50S", "cmi.location": "3", "cmi.entry": "resume"},
        "stores": [],
        "state": "new",
    }
