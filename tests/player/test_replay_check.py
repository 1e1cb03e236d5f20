"""`player replay` says whether the log comes to the record, and field by field where it does not."""

from __future__ import annotations

from sqlalchemy import text

from player.replay_check import Difference, check, check_all
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import scorm_2004


def _played(lms: Lms) -> str:
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    lms.after(seconds=5)
    browser.send(OPEN, put("cmi.location", "4"), put("cmi.success_status", "passed"), CLOSE, go("continue"))
    registration: str = lms.record()["registration"]
    return registration


def test_a_log_that_comes_to_its_record(sqlite_lms: Lms) -> None:
    registration = _played(sqlite_lms)
    found = list(check_all(sqlite_lms.database, sqlite_lms.registrar.versions))
    assert [(each.registration, each.learner, each.differences) for each in found] == [
        (registration, "ann", ())
    ]


def test_what_somebody_changed_in_the_tables_is_told_field_by_field(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    registration = _played(lms)
    with lms.database.writing() as tx:
        tx.execute(text("UPDATE registration SET success_status = 'failed'"))
        tx.execute(text("UPDATE activity SET title = 'Another' WHERE item = 'i2'"))
    found = check(lms.database, lms.registrar.versions, registration).differences
    assert [(each.where, each.field) for each in found] == [
        ("registration", "result"),
        ("attempt 1, i2", "title"),
    ]
    assert found[1] == Difference("attempt 1, i2", "title", "Another", "Part 2")
    assert str(found[1]) == 'attempt 1, i2: title is "Another", and the log comes to "Part 2"'


def test_a_log_that_cannot_be_replayed_is_a_difference(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    registration = _played(lms)
    with lms.database.writing() as tx:
        tx.execute(text("UPDATE \"commit\" SET calls = 'no JSON'"))
    (found,) = check(lms.database, lms.registrar.versions, registration).differences
    assert (found.field, found.record) == ("replay", "possible")
