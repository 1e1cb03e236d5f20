"""Heavy commits on SQLite: others write while one is folded, and what they change is not overwritten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from player import ahead, registrar
from player.registrar import GapError
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import scorm_2004
from tests.player.random_logs import compare
from tests.player.shared import sharing
from tests.player.threads import at_once

LONG = put("cmi.suspend_data", "s" * 200_000)


@contextmanager
def _taken_ahead(monkeypatch: pytest.MonkeyPatch, work: Callable[[], Any]) -> Iterator[list[Any]]:
    """The work, held once its step is taken and before its turn to write, until the block is left; what it
    returned comes then."""
    taken, go_on = threading.Event(), threading.Event()
    answer: list[Any] = []

    def held(*arguments: Any) -> ahead.TakenStep:
        step = ahead.TakenStep(*arguments)
        if threading.current_thread() is not threading.main_thread() and not taken.is_set():
            taken.set()
            assert go_on.wait(20)
        return step

    monkeypatch.setattr(registrar, "TakenStep", held)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(work)
        assert taken.wait(20)
        try:
            yield answer
        finally:
            go_on.set()
        answer.append(running.result(20))


def test_others_are_written_while_a_heavy_commit_is_folded(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    lms = sqlite_lms
    course = lms.add(scorm_2004(1)).course
    heavy, other = lms.open(course, "heavy"), lms.open(course, "other")
    heavy.deliver()
    other.deliver()
    with _taken_ahead(monkeypatch, lambda: heavy.send(OPEN, LONG)) as answer:
        assert other.send(OPEN, put("cmi.location", "2"))["have"] == 1
    assert answer[0]["have"] == 1
    assert heavy.send(put("cmi.location", "3"))["have"] == 2  # heavy by the data that it meets
    compare(lms, "heavy")


def test_what_has_changed_meanwhile_is_read_again(sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page takes over while a commit is folded; it has said nothing, so that the commit counts."""
    lms = sqlite_lms
    course = lms.add(scorm_2004(2)).course
    early, late = lms.open(course), lms.open(course)
    early.deliver()
    lms.after(minutes=1)
    commit = partial(early.send, OPEN, LONG, put("cmi.completion_status", "completed"), session=early.session)
    with _taken_ahead(monkeypatch, commit) as answer:
        late.deliver()
    assert answer[0]["session"]["id"] == late.session
    told = {entry["item"]: entry["completion_status"] for entry in late.send(go("choice", "i2"))["contents"]}
    assert told["i1"] == "completed"
    compare(lms)


def test_a_commit_that_comes_twice_at_once_is_folded_once(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    lms = sqlite_lms
    tab = lms.open(lms.add(scorm_2004(1)).course)
    tab.deliver()
    calls = (OPEN, LONG, put("cmi.interactions.0.id", "q"))
    with _taken_ahead(monkeypatch, partial(tab.send, *calls, number=1, session=tab.session)) as answer:
        assert tab.send(*calls, number=1, session=tab.session)["have"] == 1
    assert answer[0]["have"] == 1
    compare(lms)


def test_a_commit_that_a_later_page_has_overtaken_is_set_aside(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    lms = sqlite_lms
    course = lms.add(scorm_2004(1)).course
    early, late = lms.open(course), lms.open(course)
    early.deliver()
    with _taken_ahead(monkeypatch, partial(early.send, OPEN, LONG, session=early.session)) as answer:
        late.deliver()
        late.send(OPEN)
    assert answer[0]["superseded"]
    assert len(lms.registrar.superseded(lms.record()["registration"])) == 1
    compare(lms)


def test_windows_that_take_every_step_ahead_lose_nothing(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four windows and a page that takes over, again and again, with every step too heavy for its turn."""
    monkeypatch.setattr(ahead, "HEAVY", -1)
    lms = sqlite_lms
    course = lms.add(scorm_2004(3)).course
    windows = [lms.open(course) for _ in range(4)]
    windows[0].deliver()
    session = windows[0].session

    def send(number: int) -> None:
        calls = [OPEN] if number == 1 else [put(f"cmi.interactions.{number - 2}.id", f"q{number}")]
        for window in windows:
            while True:
                try:
                    assert window.send(*calls, number=number, session=session)["have"] >= number
                    break
                except GapError:
                    continue

    at_once(*(partial(send, number) for number in range(1, 9)))
    (activity,) = lms.record()["attempts"][0]["activities"]
    assert [each["id"] for each in activity["interactions"]] == [f"q{number}" for number in range(2, 9)]
    windows[0].number = 8
    windows[0].send(put("cmi.exit", "suspend"), CLOSE, go("continue"))
    windows[0].send(OPEN, go("previous"))
    lms.after(minutes=1)
    lms.open(course).deliver()
    compare(lms)


def test_what_another_course_writes_meanwhile_is_found(
    sqlite_lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The learner's global objectives are read again before a step that was taken ahead is written."""
    lms = sqlite_lms
    one, two = (lms.add(sharing(title, "rw"), name=f"{title}.zip").course for title in ("One", "Two"))
    heavy, other = lms.open(one), lms.open(two)
    heavy.deliver()
    other.deliver()
    with _taken_ahead(monkeypatch, lambda: heavy.send(OPEN, LONG, put("cmi.score.raw", "5"))) as answer:
        other.send(OPEN, put("cmi.success_status", "failed"))
    (entry,) = (each for each in answer[0]["contents"] if each["item"] == "i1")
    assert entry["success_status"] == "failed"
    assert other.send(put("cmi.location", "2"))["result"]["score"]["raw"] == 5
    for course in (one, two):
        compare(lms, course=course)
