"""As much as a registration holds: nothing is lost of what is there, and there is room for every activity."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from player import step_writing
from player.playing import launch_data
from player.playing.values import Commit
from player.records import log
from player.runtime.table import Characters, table
from tests.player.lms import CLOSE, OPEN, Answer, Browser, Lms, go, put
from tests.player.packages import scorm_12, scorm_2004
from tests.player.random_logs import compare

ANSWER = "[,]".join(["a" * 990 + "[.]b"] * 260)
LONG = [
    put(f"cmi.interactions.{at}.{name}", value)
    for at in range(20)
    for name, value in (("id", f"q{at}"), ("type", "matching"), ("learner_response", ANSWER))
]


def _room(answer: Answer) -> int | None:
    room: int | None = answer["session"]["launch"].get("room")
    return room


def test_a_full_session_keeps_what_it_has_and_goes_on(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    tab = lms.open(lms.add(scorm_2004(1)).course)
    tab.deliver()
    tab.send(OPEN, put("cmi.location", "7"), put("cmi.success_status", "unknown"), *LONG)
    tab.send(put("cmi.suspend_data", "s" * 262_144), put("cmi.success_status", "passed"))
    tab.send(put("cmi.exit", "suspend"), go("suspendAll"))
    record = lms.record()
    assert record["success_status"] == "passed"
    (activity,) = record["attempts"][0]["activities"]
    kept = [each["id"] for each in activity["interactions"] if each["learner_response"]]
    assert kept == [f"q{at}" for at in range(15)]
    again = lms.open(record["course"]).deliver()
    assert len(json.dumps(again)) < 1.1 * table().characters.session
    assert again["session"]["launch"]["values"]["cmi.location"] == "7"
    notes = [note for commit in _log(lms) for note in json.loads(commit.notes)]
    assert notes[0].startswith("The course’s call SetValue(cmi.interactions.15.learner_response, a")
    assert notes[0].endswith("error 351.")
    compare(lms)


def _log(lms: Lms) -> tuple[Commit, ...]:
    with lms.database.connecting() as tx:
        return log.read(tx, lms.record()["registration"]).commits


def test_a_log_tells_of_a_hundred_calls_that_were_refused_and_counts_the_others(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    tab = lms.open(lms.add(scorm_12()).course)
    tab.deliver()
    tab.send(OPEN, *[put("cmi.core.lesson_status", "x" * 1000)] * 250)
    (commit,) = _log(lms)
    notes = json.loads(commit.notes)
    assert len(notes) == 101
    assert notes[-1] == "150 other calls could not be applied."


def test_of_what_comes_too_late_no_more_is_kept_than_of_data(
    lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(table(), characters=replace(table().characters, registration=10_000))
    monkeypatch.setattr(step_writing, "table", lambda: few)
    course = lms.add(scorm_12()).course
    early, late = lms.open(course), lms.open(course)
    early.deliver()
    late.deliver()
    late.send(OPEN)
    for number, size in ((1, 6_000), (2, 6_000), (3, 10)):
        call = put("cmi.suspend_data", "x" * size)
        assert early.send(call, session=early.session, number=number)["superseded"]
    kept = lms.registrar.superseded(lms.record()["registration"])
    assert [len(json.loads(commit.calls)) for commit in kept] == [1, 0, 1]
    assert json.loads(kept[1].notes) == ["Calls that came too late: 1, more than is kept of such."]


@pytest.mark.parametrize("manifest", [scorm_12, scorm_2004])
def test_what_other_activities_hold_leaves_less_room_but_never_none(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch, manifest: object
) -> None:
    lms = sqlite_lms
    few = replace(table(), characters=Characters(session=4_096_000, registration=600_000, assured=256_000))
    monkeypatch.setattr(launch_data, "table", lambda: few)
    assert callable(manifest)
    tab = lms.open(lms.add(manifest(3)).course)
    data = put("cmi.suspend_data", "s" * 60_000)
    comment = [put("cmi.comments", "c" * 60_000)] if manifest is scorm_12 else []
    first = _room(tab.deliver())
    assert first is not None
    assert 590_000 < first <= 600_000
    second = _room(tab.send(OPEN, data, *comment, CLOSE, go("continue")))
    assert second is not None
    assert second <= first - 60_000
    _fill(tab)
    third = tab.send(CLOSE, go("continue"))
    assert _room(third) == 256_000
    tab.send(OPEN, data, go("choice", "i1"))
    compare(lms)


def _fill(tab: Browser) -> None:
    names = ("cmi.comments_from_learner.{}.comment", "cmi.objectives.{}.id")
    tab.send(OPEN, *[put(name.format(at), f"{at:04}" * 1000) for at in range(90) for name in names])
