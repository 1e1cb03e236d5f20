"""Shared data stores (RTE 4.3.1) through a registration: each activity that maps one reads its last value."""

from __future__ import annotations

from player.runtime import Runtime
from tests.player.lms import CLOSE, OPEN, Answer, Lms, go, put
from tests.player.packages import scorm_2004

MAPPED = '</title><adlcp:data><adlcp:map targetID="notes"/></adlcp:data></item>'


def test_what_an_earlier_session_set_late_is_not_overwritten_by_what_a_later_one_was_given(
    sqlite_lms: Lms,
) -> None:
    lms = sqlite_lms
    tab = lms.open(lms.add(scorm_2004(2).replace("</title></item>", MAPPED)).course)
    tab.deliver()
    first = tab.session
    given = tab.send(OPEN, put("adl.data.0.store", "before"), go("continue"))
    assert _read(given) == ("before", "0")
    tab.send(put("adl.data.0.store", ""), session=first, number=2)
    assert _read(tab.send(OPEN, put("cmi.location", "2"), CLOSE, go("previous"))) == ("", "403")


def _read(answer: Answer) -> tuple[str, str]:
    """What the SCO that was delivered reads of the store, and the error code."""
    runtime = Runtime(answer["session"]["launch"])
    runtime.call("Initialize", "")
    return runtime.call("GetValue", "adl.data.0.store"), runtime.last_error


def test_a_store_set_to_nothing_has_nothing_for_whoever_maps_it(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    course = lms.add(scorm_2004(2).replace("</title></item>", MAPPED)).course
    tab = lms.open(course)
    assert _read(tab.deliver()) == ("", "403")
    second = tab.send(OPEN, put("adl.data.0.store", "before"), CLOSE, go("continue"))
    assert _read(second) == ("before", "0")
    first = tab.send(OPEN, put("adl.data.0.store", ""), CLOSE, go("previous"))
    assert _read(first) == ("", "403")
    tab.send(OPEN, go("exitAll"))
    lms.restart()
    assert _read(lms.open(course).deliver()) == ("", "403")
