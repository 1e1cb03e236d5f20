"""What folding promises: the log is shorter, and nothing else is other than it was."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from player import folding
from player.folding import fold
from player.playing.snapshot import Snapshot, packed
from player.records import memberships, play_tables, snapshots, tables
from player.records.columns import table
from player.records.database import Database
from tests.chance import examples
from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put
from tests.player.packages import scorm_12, scorm_2004
from tests.player.random_logs import COMMITS, WANDERING, compare, fold_old, rename
from tests.player.threads import at_once

pytestmark = pytest.mark.both_databases

COMMIT, SESSION = table(play_tables.CommitRow), table(play_tables.SessionRow)
LEARNERS = count(1)
ALL = 10_000
BOTH = settings(
    max_examples=examples(20),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def _fold(lms: Lms, learner: str = "ann", most: int = ALL) -> int:
    registration = lms.record(learner=learner)["registration"]
    return lms.database.commit(partial(fold, registration=registration, most=most))


def _log(lms: Lms, learner: str = "ann") -> list[tuple[str, int, str]]:
    """Which commits there still are."""
    wanted = select(COMMIT.c.session_id, COMMIT.c.number, COMMIT.c.outcome)
    mine = wanted.join(SESSION, SESSION.c.id == COMMIT.c.session_id).where(
        SESSION.c.registration_id == lms.record(learner=learner)["registration"]
    )
    with lms.database.connecting() as tx:
        return [tuple(row) for row in tx.execute(mine.order_by(SESSION.c.ordinal, COMMIT.c.number))]


@BOTH
@given(
    rounds=st.lists(st.tuples(COMMITS, st.integers(0, 3), st.sampled_from([0, 1, 3, ALL])), max_size=4),
    clock=st.randoms(use_true_random=False),
)
def test_a_folded_registration_goes_on_as_one_that_never_was(
    lms: Lms, rounds: list[tuple[Any, int, int]], clock: Random
) -> None:
    """Two learners do the same; the log of one is folded now and then, some of it or all."""
    course = lms.add(scorm_2004(3)).course
    number = next(LEARNERS)
    folded, whole = f"folded-{number}", f"whole-{number}"
    pages: dict[str, list[Browser]] = {folded: [], whole: []}
    for commits, which, most in rounds:
        for learner in pages:
            pages[learner].append(lms.open(course, learner))
            rename(lms, f"Ann {which}", learner)
        lms.after(seconds=clock.choice(WANDERING))
        _same(*(pages[learner][-1].deliver() for learner in pages))
        for calls, request in commits:
            lms.after(seconds=clock.choice(WANDERING))
            sent = (*calls, *([request] if request else []))
            _same(*(pages[learner][which % len(pages[learner])].send(*sent) for learner in pages))
        if most:
            before = lms.record(learner=folded)
            _fold(lms, folded, most)
            assert lms.record(learner=folded) == before
        compare(lms, folded)
        lms.restart()
    if rounds:
        assert _told(lms, folded) == _told(lms, whole)
        _fold(lms, folded)
        compare(lms, folded)
        assert {outcome for _, _, outcome in _log(lms, folded)} <= {"superseded"}


def _same(one: Any, other: Any) -> None:
    assert _anonymous(one) == _anonymous(other)


def _anonymous(answer: Any) -> Any:
    """Without the names of those who took part, and the mark of what their pages show."""
    told = json.loads(json.dumps(answer))
    told.pop("view", None)
    for key in ("id", "page"):
        told.get("session", {}).pop(key, None)
    values = told.get("session", {}).get("launch", {}).get("values", {})
    values.pop("cmi.learner_id", None)
    return told


def _told(lms: Lms, learner: str) -> Any:
    record = lms.record(learner=learner)
    late = lms.registrar.superseded(record.pop("registration"))
    record["learner"].pop("id")
    return record, [(each.number, each.received, each.calls, each.outcome) for each in late]


def test_folding_twice_changes_nothing(lms: Lms) -> None:
    _play(lms)
    assert _fold(lms) == 3
    everything = _everything(lms.database)
    assert _fold(lms) == 0
    assert _everything(lms.database) == everything


def _play(lms: Lms, learner: str = "ann") -> Browser:
    course = lms.add(scorm_12(2)).course
    browser = lms.open(course, learner)
    browser.deliver()
    browser.send(OPEN, put("cmi.suspend_data", "one"))
    browser.send(put("cmi.suspend_data", "two"), put("cmi.core.score.raw", "90"))
    browser.send(put("cmi.core.lesson_status", "passed"), CLOSE, go("suspendAll"))
    return browser


def _everything(database: Database) -> list[list[Any]]:
    with database.connecting() as tx:
        return [list(tx.execute(select(each))) for each in tables.Base.metadata.sorted_tables]


def test_what_a_journal_brings_years_later_is_answered_as_before(lms: Lms) -> None:
    """The page's last commits come from a browser that was not opened since."""
    course = lms.add(scorm_2004()).course
    first = lms.open(course)
    first.deliver()
    first.send(OPEN, put("cmi.location", "1"))
    _fold(lms)
    lms.after(days=700)
    back = lms.open(course)
    assert back.send(OPEN, number=1, session=first.session)["have"] == 1
    assert back.send(put("cmi.location", "2"), number=2, session=first.session)["have"] == 2
    assert back.deliver()["session"]["launch"]["values"]["cmi.location"] == "2"
    compare(lms)
    back.send(OPEN, put("cmi.location", "3"))
    _fold(lms)
    late = back.send(put("cmi.location", "4"), number=3, session=first.session)
    assert late == {"superseded": True, "have": 3, "since": late["since"]}
    assert [commit.number for commit in lms.registrar.superseded(lms.record()["registration"])] == [3]
    compare(lms)


def test_replay_starts_from_what_the_sco_had_said_by_then(lms: Lms) -> None:
    """What it says later is in the session's row too, and means something else the second time."""
    browser = lms.open(lms.add(scorm_2004()).course)
    browser.deliver()
    browser.send(OPEN, put("cmi.session_time", "PT10S"))
    _fold(lms)
    browser.send(put("cmi.session_time", "PT30S"), put("adl.nav.request", "exitAll"), CLOSE)
    assert lms.record()["state"] == "ended"
    compare(lms)


def _taken_over(lms: Lms) -> Browser:
    """Another page has gone on since."""
    course = lms.add().course
    early, late = lms.open(course), lms.open(course)
    early.deliver()
    late.deliver()
    late.send(OPEN)
    return early


def test_superseded_commits_stay(lms: Lms) -> None:
    early = _taken_over(lms)
    early.send(OPEN, put("cmi.suspend_data", "too late"), session=early.session)
    assert _fold(lms) == 1
    assert _log(lms) == [(early.session, 1, "superseded")]
    compare(lms)
    with lms.database.connecting() as tx:
        mine = [lms.record()["registration"]]
        assert snapshots.old(tx, mine, lms.now + timedelta(days=31), most=0, most_characters=0) == []


def test_what_came_too_late_makes_no_log_too_long(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    """It never goes, and must not make go at once what was said today."""
    monkeypatch.setattr("player.folding.LONG", 2)
    early = _taken_over(lms)
    for number in (1, 2):
        early.send(OPEN, number=number, session=early.session)
    assert list(fold_old(lms.database, lms.now)) == [0]
    lms.after(days=31)
    assert list(fold_old(lms.database, lms.now)) == [1, 0]


def test_a_fold_that_fails_half_way_leaves_everything(lms: Lms) -> None:
    _play(lms)
    everything, registration = _everything(lms.database), lms.record()["registration"]

    def fail(tx: Any) -> None:
        assert fold(tx, registration, 2) == 2
        raise KeyError("the power is gone")

    with pytest.raises(KeyError, match="power"):
        lms.database.commit(fail)
    assert _everything(lms.database) == everything


def test_one_that_cannot_be_folded_keeps_none_of_the_others(
    lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    for learner in ("ann", "bob", "cid"):
        _play(lms, learner)
    odd, log = lms.record(learner="bob")["registration"], _log(lms, "bob")

    def pack(snapshot: Snapshot) -> bytes:
        if snapshot.registration.id == odd:
            raise ValueError("what is in there?")
        return packed(snapshot)

    monkeypatch.setattr("player.folding.packed", pack)
    lms.after(days=31)
    failed: list[tuple[str, str]] = []
    steps = folding.fold_old(lms.database, lms.now, lambda one, why: failed.append((one, str(why))))
    assert sum(step.commits for step in steps) == 6
    assert failed == [(odd, "what is in there?")]
    assert (_log(lms, "ann"), _log(lms, "bob"), _log(lms, "cid")) == ([], log, [])


def test_a_fold_that_was_broken_off_goes_on_later(lms: Lms) -> None:
    _play(lms)
    assert _fold(lms, most=2) == 2
    lms.restart()
    compare(lms)
    assert _fold(lms, most=2) == 1
    assert _log(lms) == []
    compare(lms)


def test_a_log_folds_thirty_days_after_its_last_word(lms: Lms) -> None:
    _play(lms, "early")
    lms.after(days=20)
    _play(lms, "late")
    lms.after(days=10)
    assert sum(fold_old(lms.database, lms.now)) == 0
    lms.after(seconds=1)
    assert sum(fold_old(lms.database, lms.now)) == 3
    assert (len(_log(lms, "early")), len(_log(lms, "late"))) == (0, 3)
    assert sum(fold_old(lms.database, lms.now, timedelta(0))) == 3


def test_a_log_that_grows_too_long_folds_under_its_learner(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.folding.LONG", 4)
    monkeypatch.setattr("player.folding.STEP", 2)
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN)
    for at in range(4):
        assert list(fold_old(lms.database, lms.now)) == [0]
        browser.send(put("cmi.core.lesson_location", str(at)))
    assert list(fold_old(lms.database, lms.now)) == [2, 2, 1, 0]
    browser.send(put("cmi.core.lesson_location", "on"), go("suspendAll"))
    assert len(_log(lms)) == 1
    compare(lms)


def test_a_log_of_much_text_folds_under_its_learner(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.folding.LONG_CHARACTERS", 10_000)
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN, put("cmi.suspend_data", "x" * 6_000))
    assert list(fold_old(lms.database, lms.now)) == [0]
    browser.send(put("cmi.suspend_data", "y" * 6_000))
    assert list(fold_old(lms.database, lms.now)) == [2, 0]
    compare(lms)


def test_every_registration_is_come_to(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.folding.LOOK", 2)
    for number in range(5):
        _play(lms, f"learner-{number}")
    lms.after(days=31)
    steps = list(fold_old(lms.database, lms.now))
    assert sum(steps) == 15
    assert steps.count(0) == 3


def _nothing_fails(_: str, error: Exception) -> None:
    raise error


def test_folding_goes_on_after_the_step_at_which_it_stopped(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    for number in range(5):
        _play(lms, f"learner-{number}")
    lms.after(days=31)
    folded, after = 0, ""
    while step := next(folding.fold_old(lms.database, lms.now, _nothing_fails, after=after), None):
        folded, after = folded + step.commits, step.before
    assert folded == 15


def test_learners_go_on_while_their_logs_are_folded(lms: Lms) -> None:
    """At the same time, again and again: whoever comes first, the log agrees with the record."""
    course = lms.add().course
    browsers = [lms.open(course, f"learner-{n}") for n in range(4)]

    def work(browser: Browser) -> None:
        browser.deliver()
        browser.send(OPEN)
        for number in range(20):
            browser.send(put("cmi.core.score.raw", str(number)))

    def folding() -> None:
        for _ in range(20):
            sum(fold_old(lms.database, lms.now + timedelta(seconds=1), timedelta(0)))

    at_once(folding, folding, *(partial(work, browser) for browser in browsers))
    for learner in range(4):
        compare(lms, f"learner-{learner}")
        assert lms.record(learner=f"learner-{learner}")["score"]["raw"] == 19


def test_a_snapshot_holds_what_a_heavy_sco_said_last_and_no_more(lms: Lms) -> None:
    """Data that are deflated already, as such a SCO's are."""
    browser = lms.open(lms.add(scorm_2004()).course)
    browser.deliver()
    browser.send(OPEN)
    random = Random(1)  # noqa: S311
    for _ in range(5):
        browser.send(put("cmi.suspend_data", b64encode(random.randbytes(45_000)).decode()))
    _fold(lms)
    with lms.database.connecting() as tx:
        (told,) = tx.execute(select(table(play_tables.SnapshotRow).c.packed)).scalars()
    assert len(told) < 50_000
    compare(lms)


@pytest.mark.parametrize("manifest", [scorm_12(), scorm_2004()])
@pytest.mark.parametrize("folded", [0, ALL])
def test_who_is_given_another_id_is_replayed_under_the_one_of_then(
    lms: Lms, manifest: str, folded: int
) -> None:
    course = lms.add(manifest).course
    before = lms.open(course)
    before.deliver()
    before.send(OPEN, go("exitAll"))
    _fold(lms, most=folded)
    with lms.database.writing() as tx:
        (stay,) = memberships.called(tx, "ann")
        stay.staff_id, stay.name = "ann-2", "Ann Otherwise"
    after = lms.open(course, "ann-2")
    after.deliver()
    after.send(OPEN)
    compare(lms, "ann-2")


def test_a_registration_moves_between_versions_after_its_log_was_folded(lms: Lms) -> None:
    course = lms.add(scorm_12(2)).course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_status", "completed"), CLOSE, go("continue"))
    browser.send(OPEN, go("exitAll"))
    _fold(lms)
    lms.add(scorm_12(3), update=course)
    lms.after(minutes=5)
    moved = lms.open(course)
    moved.deliver()
    moved.send(OPEN, put("cmi.core.lesson_status", "passed"), go("choice", "i3"))
    compare(lms)
    _fold(lms)
    moved.send(OPEN, put("cmi.core.lesson_status", "failed"))
    compare(lms)
