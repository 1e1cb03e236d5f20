"""The story of a registration: what a learner, two tabs and a flaky network do to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from player.links import TokenError
from player.registrar import GapError
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import ours, scorm_12, scorm_2004

PASS = (put("cmi.core.score.raw", "90"), put("cmi.core.lesson_status", "passed"))
FAIL = (put("cmi.core.score.raw", "40"), put("cmi.core.lesson_status", "failed"))


def test_a_link_changes_nothing_until_its_page_asks(lms: Lms) -> None:
    course = lms.add().course
    token = lms.open(course).token
    assert lms.registrar.opened(token, lms.now).version.title == "Fire Safety"
    record = lms.record()
    assert record["state"] == "not attempted"
    assert record["attempts"] == []
    assert record["started"] is None


def test_a_delivery_starts_the_attempt_and_tells_the_sco_who_it_is(lms: Lms) -> None:
    answer = lms.open(lms.add().course).deliver()
    assert answer["session"]["kind"] == "sco"
    assert answer["session"]["href"].endswith("/p1.html")
    assert answer["session"]["launch"]["values"]["cmi.core.student_id"] == "ann"
    assert answer["session"]["launch"]["values"]["cmi.core.entry"] == "ab-initio"
    assert lms.record()["state"] == "running"


def test_a_page_that_asks_twice_is_told_the_same(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    assert browser.deliver()["session"] == browser.deliver()["session"]
    assert len(lms.record()["attempts"]) == 1


def test_a_pass_is_in_the_record_before_the_sco_finishes(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    answer = browser.send(OPEN, *PASS)
    assert answer["result"]["success_status"] == "passed"
    record = lms.record()
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    assert record["score"] == {"scaled": 0.9, "raw": 90, "min": None, "max": None}
    assert record["completed"] == "2026-11-24T09:00:00Z"


def test_a_commit_sent_twice_is_applied_once(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_location", "1"))
    browser.send(put("cmi.core.lesson_location", "2"))
    again = browser.send(OPEN, put("cmi.core.lesson_location", "1"), number=1)
    assert again["have"] == 2
    values = lms.open(browser_course(lms)).deliver()["session"]["launch"]["values"]
    assert values["cmi.core.lesson_location"] == "2"


def browser_course(lms: Lms) -> str:
    return str(lms.record()["course"])


def test_a_gap_is_answered_with_the_number_wanted(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    with pytest.raises(GapError) as gap:
        browser.send(OPEN, number=3)
    assert gap.value.wanted == 1


def test_a_call_that_cannot_be_applied_does_not_block_the_next(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_status", "wonderful"), put("no.such", "x"), ["Dance", ""], *PASS)
    assert lms.record()["success_status"] == "passed"


def test_leaving_suspends_and_the_next_launch_resumes(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    browser = lms.open(course)
    browser.deliver()
    left = browser.send(OPEN, put("cmi.location", "page-4"), go("suspendAll"))
    assert left["session"]["state"] == "suspended"
    assert left["session"]["href"] is None
    assert lms.record()["state"] == "suspended"
    values = lms.open(course).deliver()["session"]["launch"]["values"]
    assert values["cmi.location"] == "page-4"
    assert values["cmi.entry"] == "resume"
    assert len(lms.record()["attempts"]) == 1


def test_after_the_end_a_new_attempt_starts_and_the_old_one_stays_listed(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    browser = lms.open(course)
    browser.deliver()
    ended = browser.send(OPEN, put("cmi.location", "4"), CLOSE, go("exitAll"))
    assert ended["session"]["state"] == "ended"
    answer = lms.open(course).deliver()
    assert "cmi.location" not in answer["session"]["launch"]["values"]
    told = [(a["number"], a["state"], a["ended"]) for a in lms.record()["attempts"]]
    assert told == [(1, "ended", "2026-11-24T09:00:00Z"), (2, "running", None)]


@pytest.mark.parametrize(
    ("ending", "entry"),
    [
        ([put("cmi.core.exit", ""), CLOSE], ""),
        ([put("cmi.core.exit", "suspend"), CLOSE], "resume"),
        ([put("cmi.core.exit", "")], "resume"),  # a page that was cut off has not said how it ends
    ],
    ids=["ended", "suspended", "cut off"],
)
def test_a_scorm_12_course_keeps_its_data_whatever_its_exit_says(
    lms: Lms, ending: list[list[str]], entry: str
) -> None:
    course = lms.add().course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.suspend_data", "abc"), *ending, go("suspendAll"))
    values = lms.open(course).deliver()["session"]["launch"]["values"]
    assert values["cmi.suspend_data"] == "abc"
    assert values["cmi.core.entry"] == entry


def test_once_passed_stays_passed_and_keeps_the_best_score(lms: Lms) -> None:
    course = lms.add().course
    for calls in (PASS, FAIL):
        browser = lms.open(course)
        browser.deliver()
        browser.send(OPEN, *calls, CLOSE, go("exitAll"))
        lms.after(hours=1)
    record = lms.record()
    assert (record["success_status"], record["score"]["scaled"]) == ("passed", 0.9)
    assert [a["success_status"] for a in record["attempts"]] == ["passed", "failed"]
    assert [a["score"]["scaled"] for a in record["attempts"]] == [0.9, 0.4]
    assert record["completed"] == "2026-11-24T09:00:00Z"


def test_the_furthest_that_anybody_came_stays_however_the_next_attempt_goes(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    for progress in ("0.25", "1", "0.5"):
        browser = lms.open(course)
        browser.deliver()
        lms.after(seconds=30)
        browser.send(OPEN, put("cmi.progress_measure", progress), CLOSE, go("exitAll"))
    record = lms.record()
    assert (record["progress_measure"], record["total_time"]) == (1, 90)
    assert [(a["progress_measure"], a["total_time"]) for a in record["attempts"]] == [
        (0.25, 30),
        (1, 30),
        (0.5, 30),
    ]


def test_of_two_equal_scores_the_one_that_says_more_is_kept(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    for raw in ([], [put("cmi.score.raw", "5")], []):
        browser = lms.open(course)
        browser.deliver()
        browser.send(OPEN, put("cmi.score.scaled", "0.5"), *raw, CLOSE, go("exitAll"))
    score = lms.record()["score"]
    assert (score["scaled"], score["raw"]) == (0.5, 5)


def test_failing_first_and_passing_later_completes_at_the_pass(lms: Lms) -> None:
    course = lms.add().course
    for calls in (FAIL, PASS):
        browser = lms.open(course)
        browser.deliver()
        browser.send(OPEN, *calls, CLOSE, go("exitAll"))
        lms.after(hours=1)
    record = lms.record()
    assert record["success_status"] == "passed"
    assert record["completed"] == "2026-11-24T10:00:00Z"


@pytest.mark.parametrize(
    ("manifest", "done", "failed", "passed"),
    [
        (scorm_12, *([put("cmi.core.lesson_status", word)] for word in ("completed", "failed", "passed"))),
        (
            scorm_2004,
            [put("cmi.completion_status", "completed")],
            *([put("cmi.success_status", word)] for word in ("failed", "passed")),
        ),
    ],
    ids=["1.2", "2004"],
)
def test_who_completes_the_pages_and_fails_the_questions_has_not_completed(
    lms: Lms,
    manifest: Callable[[], str],
    done: list[list[str]],
    failed: list[list[str]],
    passed: list[list[str]],
) -> None:
    browser = lms.open(lms.add(manifest()).course)
    browser.deliver()
    browser.send(OPEN, *done)
    assert lms.record()["completed"] == "2026-11-24T09:00:00Z"
    browser.send(*failed)
    assert lms.record()["completed"] is None
    lms.after(hours=1)
    browser.send(*passed)
    browser.send(*failed)
    assert lms.record()["completed"] == "2026-11-24T10:00:00Z"


@pytest.mark.parametrize("hours", [1, 0, -1], ids=["on", "still", "set back"])
def test_what_was_completed_stays_so_when_a_later_attempt_fails(lms: Lms, hours: int) -> None:
    """Whatever the clock says between them."""
    course = lms.add().course
    for status in ("completed", "failed"):
        browser = lms.open(course)
        browser.deliver()
        browser.send(OPEN, put("cmi.core.lesson_status", status), CLOSE, go("exitAll"))
        lms.after(hours=hours)
    assert lms.record()["completed"] == "2026-11-24T09:00:00Z"


def test_taking_it_again_starts_afresh_at_the_first_delivery(lms: Lms) -> None:
    course = lms.add().course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.suspend_data", "old"), *PASS, go("suspendAll"))
    lms.after(minutes=1)
    token = lms.link(course, again=True).split("/")[-2]
    assert lms.record()["state"] == "suspended"
    again = lms.open(course)
    again.token = token
    assert "cmi.suspend_data" not in again.deliver()["session"]["launch"]["values"]
    again.send(OPEN, put("cmi.suspend_data", "new"))
    reloaded = lms.open(course)
    reloaded.token = token
    assert reloaded.deliver()["session"]["launch"]["values"]["cmi.suspend_data"] == "new"
    assert [a["state"] for a in lms.record()["attempts"]] == ["ended", "running"]
    assert lms.record()["success_status"] == "passed"


def test_taking_again_what_nobody_has_begun_begins_it(lms: Lms) -> None:
    course = lms.add().course
    tab = lms.open(course)
    tab.token = lms.link(course, again=True).split("/")[-2]
    assert tab.deliver()["session"]["item"] == "i1"
    assert [a["number"] for a in lms.record()["attempts"]] == [1]


def test_a_second_page_takes_over_at_its_delivery_and_has_what_the_first_set(lms: Lms) -> None:
    course = lms.add().course
    first, second = lms.open(course), lms.open(course)
    first.deliver()
    first.send(OPEN, put("cmi.core.lesson_location", "4"))
    values = second.deliver()["session"]["launch"]["values"]
    assert values["cmi.core.lesson_location"] == "4"
    second.send(OPEN)
    late = first.send(put("cmi.core.lesson_location", "5"))
    assert late["superseded"]
    assert late["have"] == 2


def test_a_late_commit_counts_while_the_later_session_has_said_nothing(lms: Lms) -> None:
    course = lms.add().course
    first, second = lms.open(course), lms.open(course)
    first.deliver()
    first.send(OPEN)
    second.deliver()
    answer = first.send(*PASS, go("exitAll"), session=first.session, number=2)
    assert answer["session"]["id"] == second.session
    assert "launch" in answer["session"]
    record = lms.record()
    assert record["success_status"] == "passed"
    assert record["state"] == "running"  # the request of a page that was left moves nothing


def test_what_is_superseded_is_kept_and_never_merged(lms: Lms) -> None:
    course = lms.add().course
    first, second = lms.open(course), lms.open(course)
    first.deliver()
    first.send(OPEN)
    second.deliver()
    second.send(OPEN, *FAIL)
    first.send(*PASS)
    assert first.send(*PASS, number=2)["have"] == 2  # said again, it is there once
    assert lms.record()["success_status"] == "failed"
    assert len(lms.registrar.superseded(lms.record()["registration"])) == 1


def test_records_are_told_by_course_and_learner(lms: Lms) -> None:
    fire = lms.add().course
    aid = lms.add(scorm_12(title="First Aid"), name="aid.zip").course
    asbestos = lms.add(scorm_12(title="Asbestos"), name="asbestos.zip").course
    for course, learner in ((fire, "bob"), (aid, "bob"), (fire, "ann"), (asbestos, "bob"), (aid, "ann")):
        lms.open(course, learner)
    told = [(record["course"], record["learner"]["id"]) for record in lms.records()]
    assert told == [(asbestos, "bob"), (fire, "ann"), (fire, "bob"), (aid, "ann"), (aid, "bob")]


def test_a_link_opens_its_own_sessions_only(lms: Lms) -> None:
    course = lms.add().course
    ann, bob = lms.open(course, "ann"), lms.open(course, "bob")
    ann.deliver()
    bob.deliver()
    with pytest.raises(TokenError):
        bob.send(*PASS, session=ann.session, number=1)
    assert lms.record(learner="ann")["success_status"] == "unknown"


def test_who_reads_the_tables_can_open_no_link(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    browser.deliver()
    browser.send(OPEN)
    with lms.database.connecting() as tx:
        kept = tx.exec_driver_sql("SELECT * FROM launch_token").all()
    assert len(kept) == 1
    assert browser.token not in str(kept)


def test_a_link_ends_twelve_hours_after_its_last_commit(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    lms.after(hours=20)  # a link that waits in a mail still opens
    browser.deliver()
    browser.send(OPEN)
    for hours in (0.2, 11.9):  # counted from each commit, however soon it follows another
        lms.after(hours=hours)
        browser.send(put("cmi.core.lesson_location", "1"))
    lms.after(hours=12.1)
    with pytest.raises(TokenError) as ended:
        browser.send(put("cmi.core.lesson_location", "2"))
    assert ended.value.ended


def test_a_link_that_nobody_uses_ends_after_thirty_days(lms: Lms) -> None:
    browser = lms.open(lms.add().course)
    lms.after(days=29.9)
    assert lms.registrar.opened(browser.token, lms.now).version.number == 1
    lms.after(days=0.2)
    with pytest.raises(TokenError) as ended:
        browser.deliver()
    assert ended.value.ended


def test_time_that_a_sco_does_not_report_is_the_time_that_went_by(lms: Lms) -> None:
    course = lms.add().course
    browser = lms.open(course)
    browser.deliver()
    lms.after(seconds=90)
    browser.send(OPEN, go("suspendAll"))
    assert lms.record()["total_time"] == 90
    browser = lms.open(course)
    values = browser.deliver()["session"]["launch"]["values"]
    assert values["cmi.core.total_time"] == "0000:01:30.00"
    lms.after(seconds=10)
    browser.send(OPEN, put("cmi.core.session_time", "0000:00:05.00"), go("suspendAll"))
    assert lms.record()["total_time"] == 95


def test_two_scos_flow_on_and_each_is_listed(lms: Lms) -> None:
    course = lms.add(scorm_2004(2)).course
    browser = lms.open(course)
    first = browser.deliver()
    assert first["controls"]["continue"] == "enabled"
    done = (put("cmi.completion_status", "completed"), put("cmi.success_status", "passed"))
    second = browser.send(OPEN, *done, CLOSE, go("continue"))
    assert second["session"]["item"] == "i2"
    assert second["session"]["launch"]["values"]["cmi.entry"] == "ab-initio"
    browser.send(OPEN, *done, put("adl.nav.request", "exitAll"), CLOSE)
    record = lms.record()
    assert (record["state"], record["completion_status"]) == ("ended", "completed")
    (attempt,) = record["attempts"]
    assert [a["item"] for a in attempt["activities"]] == ["i1", "i2"]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([("passed", "80"), ("passed", "100")], ("completed", "passed", 0.9)),
        ([("completed", ""), ("passed", "90")], ("completed", "passed", 0.45)),  # RB.1.1.a: none counts as 0
        ([("completed", ""), ("failed", "40")], ("completed", "failed", 0.2)),
        ([("completed", ""), ("completed", "")], ("completed", "unknown", None)),
        ([("incomplete", ""), ("passed", "90")], ("incomplete", "unknown", 0.45)),
        ([("passed", "90")], ("unknown", "unknown", 0.45)),  # RB.1.3: the other has not been tried
    ],
    ids=str,
)
def test_several_scos_of_scorm_12_roll_up_by_the_default_rules(
    lms: Lms, parts: list[tuple[str, str]], told: tuple[str, str, float | None]
) -> None:
    browser = lms.open(lms.add(scorm_12(2)).course)
    browser.deliver()
    for item, (status, raw) in zip(("i1", "i2"), parts, strict=False):
        score = [put("cmi.core.score.raw", raw)] if raw else []
        browser.send(go("choice", item))
        browser.send(OPEN, *score, put("cmi.core.lesson_status", status), CLOSE)
    browser.send(go("suspendAll"))
    record = lms.record()
    assert (record["completion_status"], record["success_status"], record["score"]["scaled"]) == told


@pytest.mark.parametrize("manifest", [scorm_12, scorm_2004])
def test_an_asset_is_listed_as_completed_once_it_is_left(lms: Lms, manifest: Callable[[int], str]) -> None:
    asset = manifest(2).replace('="sco"', '="asset"', 1)
    browser = lms.open(lms.add(asset).course)
    browser.deliver()
    browser.send(go("continue"))
    (attempt,) = lms.record()["attempts"]
    assert attempt["activities"][0]["completion_status"] == "completed"


def test_what_a_sco_sets_opens_ways_before_it_terminates(lms: Lms) -> None:
    course = lms.add(scorm_2004(2)).course
    browser = lms.open(course)
    browser.deliver()
    answer = browser.send(OPEN, put("cmi.completion_status", "completed"))
    entry = next(e for e in answer["contents"] if e["item"] == "i1")
    assert entry["completion_status"] == "completed"


VIEW = {"contents", "controls", "valid"}


def test_contents_and_controls_are_told_again_only_when_they_are_others(lms: Lms) -> None:
    """A course of a hundred SCOs would tell a learner's telephone 22 kB with every commit."""
    browser = lms.open(lms.add(scorm_2004(2)).course)
    first = browser.deliver()
    browser.shows = first["view"]
    same = browser.send(OPEN, put("cmi.location", "1"))
    assert same["view"] == first["view"]
    assert VIEW.isdisjoint(same)
    other = browser.send(put("cmi.completion_status", "completed"))
    assert other["view"] != first["view"]
    assert other.keys() >= VIEW
    assert browser.send(number=2).keys() >= VIEW, "the answer to it may have been lost"
    assert browser.send(put("cmi.location", "2")).keys() >= VIEW, "what it shows is not the latest"
    browser.shows = other["view"]
    assert VIEW.isdisjoint(browser.send(number=3))
    lms.restart()
    assert browser.send(put("cmi.location", "3")).keys() >= VIEW, "nobody knows that mark any more"


def test_a_page_that_shows_nothing_yet_is_told_all(lms: Lms) -> None:
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    browser.shows = None
    assert browser.send(OPEN).keys() >= VIEW


def test_the_request_of_a_sco_waits_until_it_has_ended(lms: Lms) -> None:
    """SN 5.6.4."""
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    assert browser.send(OPEN, put("adl.nav.request", "continue"))["session"]["item"] == "i1"
    assert browser.send(CLOSE)["session"]["item"] == "i2"


@pytest.mark.parametrize("mastery", ["", "80"])
def test_a_score_comes_back_to_its_sco_while_its_mark_is_the_same(lms: Lms, mastery: str) -> None:
    course = lms.add(scorm_12(mastery=mastery)).course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.score.raw", "60"), put("cmi.core.exit", "suspend"), CLOSE)
    browser.send(go("suspendAll"))
    assert lms.open(course).deliver()["session"]["launch"]["values"]["cmi.core.score.raw"] == "60"


def test_the_learners_request_beats_the_one_the_sco_leaves_behind(lms: Lms) -> None:
    course = lms.add(scorm_2004(3)).course
    browser = lms.open(course)
    browser.deliver()
    answer = browser.send(OPEN, put("adl.nav.request", "exitAll"), CLOSE, go("choice", "i3"))
    assert answer["session"]["item"] == "i3"


@pytest.mark.parametrize("kept", [True, False])
def test_what_scos_share_outlives_an_attempt_where_the_package_says_so(lms: Lms, kept: bool) -> None:
    """Where it says nothing, what is in adl.data is kept."""
    shares = '</title><adlcp:data><adlcp:map targetID="box"/></adlcp:data></item>'
    manifest = scorm_2004(2).replace("</title></item>", shares)
    if not kept:
        own = '<organization adlcp:sharedDataGlobalToSystem="false" '
        manifest = manifest.replace("<organization ", own)
    course = lms.add(manifest).course
    browser = lms.open(course)
    browser.deliver()
    answer = browser.send(OPEN, put("adl.data.0.store", "kept"), CLOSE, go("continue"))
    assert [store["value"] for store in answer["session"]["launch"]["stores"]] == ["kept"]
    browser.send(go("exitAll"))
    again = lms.open(course).deliver()
    assert [store["value"] for store in again["session"]["launch"]["stores"]] == ["kept" if kept else None]


def test_without_flow_at_the_root_the_contents_are_shown_and_a_choice_delivers(lms: Lms) -> None:
    sequencing = '<imsss:sequencing><imsss:controlMode choice="true" flow="false"/></imsss:sequencing>'
    course = lms.add(scorm_2004(2, sequencing=sequencing)).course
    browser = lms.open(course)
    shown = browser.deliver()
    assert (shown["session"]["state"], shown["session"]["kind"]) == ("running", "none")
    assert shown["session"]["href"] is None
    assert browser.send(go("choice", "i2"))["session"]["item"] == "i2"


def test_a_refused_request_leaves_the_learner_where_they_are(lms: Lms) -> None:
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    answer = browser.send(OPEN, go("choice", "no-such-item"))
    assert answer["session"]["item"] == "i1"
    assert answer["session"]["state"] == "running"


def test_every_string_comes_back_as_it_was(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    browser = lms.open(course)
    browser.deliver()
    text = "\0\ud800 lone, 😀, \u2028, \x7f"
    browser.send(OPEN, put("cmi.suspend_data", text), go("suspendAll"))
    lms.restart()
    assert lms.open(course).deliver()["session"]["launch"]["values"]["cmi.suspend_data"] == text


def test_a_foreign_registration_finishes_on_its_version_and_starts_again_on_the_new(lms: Lms) -> None:
    course = lms.add().course
    browser = lms.open(course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_location", "4"), go("suspendAll"))
    assert lms.add(scorm_12(2), update=course).version == 2
    browser = lms.open(course)
    assert browser.deliver()["session"]["launch"]["values"]["cmi.core.lesson_location"] == "4"
    assert lms.record()["version"] == 1
    browser.send(OPEN, go("exitAll"))
    lms.open(course).deliver()
    assert lms.record()["version"] == 2


def test_what_scorm_12_completes_without_a_verdict_is_no_pass_when_the_course_moves_to_2004(
    lms: Lms,
) -> None:
    browser = lms.open(lms.add(ours("scorm12")).course)
    browser.deliver()
    browser.send(OPEN, put("cmi.core.lesson_status", "completed"), CLOSE, go("suspendAll"))
    again = lms.open(lms.add(ours("scorm2004"), name="newer.zip").course)
    again.deliver()
    again.send(OPEN)
    record = lms.record()
    assert (record["version"], record["completion_status"]) == (2, "completed")
    assert record["success_status"] == "unknown"


def test_nothing_is_lost_when_the_server_is_started_again(lms: Lms) -> None:
    browser = lms.open(lms.add(scorm_2004(2)).course)
    browser.deliver()
    browser.send(OPEN, put("cmi.location", "1"))
    lms.restart()
    browser.send(put("cmi.location", "2"), put("cmi.exit", "suspend"), CLOSE, go("suspendAll"))
    lms.restart()
    answer = lms.open(lms.record()["course"]).deliver()
    assert answer["session"]["launch"]["values"]["cmi.location"] == "2"
