"""A snapshot stands for a log that is gone: whatever changes in the code, what was kept is still read."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from player.playing.snapshot import Snapshot, UnknownSnapshotError, packed, unpacked
from player.playing.values import ActivityResult, Attempt, Registration, Session
from player.runtime import Score
from player.tracking import Result

KEPT = """
{"registration": {"id": "r", "version": 3, "learner_id": "ann", "learner_name": "Ann Ö",
  "state": "ended", "result": {"completion_status": "completed", "success_status": "passed",
    "score": {"scaled": 0.9, "raw": 90.0, "min": 0.0, "max": 100.0},
    "progress_measure": 1.0, "total_time": 61.5},
  "started": "2026-11-24T09:00:00.000250Z", "completed": "2026-11-24T09:00:00.000250Z", "tree": "{}",
  "stores": "{\\"d\\": \\"\\\\ud800\\"}", "attempts": 1, "sessions": 2, "current": "s2"},
 "sessions": {"s2": {"id": "s2", "attempt": "a", "version": 3, "item": "i", "page": "p", "ordinal": 2,
  "started": "2026-11-24T09:00:00.000250Z", "launch": "", "values": "{1}", "draws": "[0.5]", "cause": "again",
  "have": 4, "first_commit": "2026-11-24T09:00:00.000250Z",
  "last_commit": "2026-11-24T09:00:00.000250Z"}},
 "attempts": {"a": {"id": "a", "number": 1, "state": "ended", "started": "2026-11-24T09:00:00.000250Z",
  "ended": "2026-11-24T09:00:00.000250Z", "result": {"score": {"raw": 90.0}}}},
 "activities": {"a": {"i": {"item": "i", "title": "Part 1", "result": {"score": {"raw": 90.0}},
  "session": "s2"}}}}
"""
BARE = """
{"registration": {"id": "r", "version": 3, "learner_id": "ann", "learner_name": "Ann",
  "sessions": 1},
 "sessions": {"s1": {"id": "s1", "attempt": "a", "version": 3, "item": null, "page": "p", "ordinal": 1,
  "started": "2026-11-24T09:00:00.000250Z", "launch": "", "values": ""}},
 "attempts": {"a": {"id": "a", "number": 1, "state": "running", "started": "2026-11-24T09:00:00.000250Z"}},
 "activities": {"a": {"i": {"item": "i", "title": "Part 1"}}}}
"""
FIRST_KEPT = """
{"standing": {"registration": "r", "version": 3, "learner_id": "ann", "learner_name": "Ann Ö",
  "state": "ended", "result": {"completion_status": "completed", "success_status": "passed",
    "score_scaled": 0.9, "score_raw": 90.0, "score_min": 0.0, "score_max": 100.0,
    "progress_measure": 1.0, "total_time": 61.5},
  "started": "2026-11-24T09:00:00.000250Z", "completed": "2026-11-24T09:00:00.000250Z", "tree": "{}",
  "stores": "{\\"d\\": \\"\\\\ud800\\"}", "attempts": 1, "sessions": 2, "current": "s2"},
 "sessions": {"s2": {"id": "s2", "attempt": "a", "version": 3, "item": "i", "page": "p", "ordinal": 2,
  "started": "2026-11-24T09:00:00.000250Z", "launch": "", "values": "{1}", "draws": "[0.5]", "cause": "again",
  "have": 4, "ended": "2026-11-24T09:00:00.000250Z", "first_commit": "2026-11-24T09:00:00.000250Z",
  "last_commit": "2026-11-24T09:00:00.000250Z"}},
 "attempts": {"a": {"id": "a", "number": 1, "state": "ended", "started": "2026-11-24T09:00:00.000250Z",
  "ended": "2026-11-24T09:00:00.000250Z", "result": {"score_raw": 90.0}}},
 "activities": {"a": {"i": {"item": "i", "title": "Part 1", "result": {"score_raw": 90.0}, "session": "s2"}}}}
"""
FIRST_BARE = """
{"standing": {"registration": "r", "version": 3, "learner_id": "ann", "learner_name": "Ann",
  "sessions": 1},
 "sessions": {"s1": {"id": "s1", "attempt": "a", "version": 3, "item": null, "page": "p", "ordinal": 1,
  "started": "2026-11-24T09:00:00.000250Z", "launch": "", "values": ""}},
 "attempts": {"a": {"id": "a", "number": 1, "state": "running", "started": "2026-11-24T09:00:00.000250Z"}},
 "activities": {"a": {"i": {"item": "i", "title": "Part 1"}}}}
"""
AT = datetime(2026, 11, 24, 9, 0, 0, 250, tzinfo=UTC)


def _read(kept: str, form: bytes, session: Session) -> Snapshot:
    return unpacked(form + zlib.compress(kept.encode()), [session])


@pytest.mark.parametrize(("kept", "form"), [(KEPT, b"2"), (FIRST_KEPT, b"")])
def test_a_snapshot_is_read_as_it_was_kept(kept: str, form: bytes) -> None:
    passed = Result("completed", "passed", Score(0.9, 90.0, 0.0, 100.0), 1.0, 61.5)
    scored = Result("unknown", "unknown", Score(raw=90.0), None, 0.0)
    stores = '{"d": "\\ud800"}'
    session = Session("s2", "a", 3, "i", "p", 2, AT, "{0}", "{1}", "[0.5]", "again", 4, AT, AT)
    assert _read(kept, form, session) == Snapshot(
        Registration("r", 3, "ann", "Ann Ö", "ended", passed, AT, AT, "{}", stores, 1, 2, "s2"),
        {"s2": session},
        {"a": Attempt("a", 1, "ended", AT, AT, scored)},
        {"a": {"i": ActivityResult("i", "Part 1", scored, "s2")}},
    )


@pytest.mark.parametrize(("kept", "form"), [(BARE, b"2"), (FIRST_BARE, b"")])
def test_what_was_left_out_still_means_the_same(kept: str, form: bytes) -> None:
    nothing = Result("unknown", "unknown", Score(None, None, None, None), None, 0.0)
    session = Session("s1", "a", 3, None, "p", 1, AT, "{}", "{}", "[]", "launch", 0, None, None)
    assert _read(kept, form, session) == Snapshot(
        Registration("r", 3, "ann", "Ann", "not attempted", nothing, None, None, "", "{}", 0, 1, None),
        {"s1": session},
        {"a": Attempt("a", 1, "running", AT, None, nothing)},
        {"a": {"i": ActivityResult("i", "Part 1", nothing, None)}},
    )


def test_a_snapshot_is_written_in_the_newest_format() -> None:
    session = Session("s1", "a", 3, None, "p", 1, AT, "{}", "{}")
    taken = Snapshot(Registration("r", 3, "ann", "Ann", sessions=1), {"s1": session})
    assert packed(taken).startswith(b"2")
    assert unpacked(packed(taken), [session]) == taken


def test_an_earlier_snapshot_has_the_records_of_a_session_within_its_values() -> None:
    alone, answer = '{"values": {"cmi.location": "1"}}', '{"cmi.interactions.0.id": "q"}'
    now = Session("s1", "a", 3, "i", "p", 1, AT, alone, alone, records={"cmi.interactions.0": answer})
    earlier = replace(
        now, values='{"values": {"cmi.location": "1", "cmi.interactions.0.id": "q"}}', records={}
    )
    registration = Registration("r", 3, "ann", "Ann", sessions=1)
    for kept in (now, earlier):
        snapshot = unpacked(packed(Snapshot(registration, {"s1": kept})), [now])
        assert snapshot == Snapshot(registration, {"s1": now})


def test_a_snapshot_of_a_later_version_is_refused() -> None:
    with pytest.raises(UnknownSnapshotError, match="format b'3'"):
        unpacked(b"3" + zlib.compress(KEPT.encode()), [])
