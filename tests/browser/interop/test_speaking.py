"""A SCO with every bad manner at once: what can be kept is kept, the rest refused, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.interop.api_pages import page
from tests.browser.interop.conftest import Play
from tests.browser.play.learner import Learner

pytestmark = pytest.mark.browser

# As compressors leave it: half a pair, the other half, U+0000, and far more than the standard promises.
PACKED = "'\\ud800a\\udc00\\u0000\\uffff' + 'é😀'.repeat(19_998)"
MANNERS: tuple[tuple[str, Any], ...] = (
    ("put('cmi.core.lesson_location', 'too early')", "false 301"),
    ("get('cmi.core.student_id')", ""),
    ("save()", "false"),
    ("end()", "false"),
    ("api.LMSInitialize(null)", "true"),
    ("start() + fault()", "false101"),
    ("put('cmi.core.lesson_status', 'passed')", "true 0"),
    ("put('cmi.core.score.raw', 66.66666666666667)", "true 0"),
    ("put('cmi.core.score.max', 100)", "true 0"),
    ("put('cmi.core.score.raw', 150)", "false 405"),
    ("put('cmi.core.score.raw', NaN)", "false 405"),
    ("put('cmi.core.lesson_location', true)", "true 0"),
    ("get('cmi.core.lesson_location')", "true"),
    ("put('cmi.core.lesson_location', undefined)", "true 0"),
    ("get('cmi.core.lesson_location')", ""),
    ("put('cmi.core.lesson_location', 12)", "true 0"),
    ("put('cmi.comments', 'A word to the teacher')", "true 0"),
    ("put('cmi.core.session_time', '0000:00:12.34')", "true 0"),
    ("put('cmi.core.session_time', '00:00:12.3456')", "false 405"),
    ("put('cmi.core.session_time', 'NaN:NaN:NaN')", "false 405"),
    ("put('cmi.core.exit', 'logout')", "true 0"),
    ("put('cmi.core.exit', 'normal')", "false 405"),
    ("put('cmi.core.exit', 'suspend')", "true 0"),
    (f"put('cmi.suspend_data', {PACKED})", "true 0"),
    (f"get('cmi.suspend_data') === {PACKED}", True),
    ("put('cmi.objectives.0.id', 'Scene_1.Slide-2')", "true 0"),
    ("put('cmi.objectives.0.score.raw', 50)", "true 0"),
    ("put('cmi.objectives.0.status', 'passed')", "true 0"),
    ("put('cmi.interactions.0.id', 'My first question')", "false 405"),
    ("put('cmi.core.lesson_status', 'incomplete') && put('cmi.core.lesson_status', 'passed')", "true 0"),
)  # fmt: skip
JOURNAL = """() => {
  const answers = new Set();
  for (let n = 0; n < 300; n += 1) {
    const of = `cmi.interactions.${n}.`;
    const said = { id: `Q${n}_${n % 7}`, type: "fill-in", student_response: "word ".repeat(100) };
    Object.assign(said, { result: n % 2 ? "correct" : "wrong", latency: "00:00:03", weighting: 1 });
    for (const [name, value] of Object.entries(said)) answers.add(put(of + name, value));
    answers.add(api.LMSCommit(""));
  }
  return [...answers];
}"""
FLOOD = """() => {
  const start = performance.now();
  for (let n = 0; n < 6000; n += 1) api.LMSSetValue("cmi.core.lesson_location", `slide ${n}`);
  return performance.now() - start;
}"""


def test_bad_manners(play: Play) -> None:
    played = play("1.2", {"index.html": page("1.2")})
    sco = played.tab.sco
    heard = [(said, sco.evaluate(said)) for said, _ in MANNERS]
    assert heard == list(MANNERS)
    assert sco.evaluate(JOURNAL) == ["true 0", "true"]
    assert sco.evaluate(FLOOD) < 20_000
    assert sco.evaluate("end() + end()") == "truefalse"
    played.tab.saved()
    record = played.activity()
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
    assert record["score"]["raw"] == pytest.approx(66.6666667)
    assert record["total_time"] == pytest.approx(12.34)
    answers = record["interactions"]
    assert [answer["id"] for answer in answers] == [f"Q{n}_{n % 7}" for n in range(300)]
    assert {answer["learner_response"] for answer in answers} == {"word " * 100}
    again = Learner(played.context, played.link(), played.tab.page)
    again.sco.evaluate("start()")
    assert again.sco.evaluate(f"get('cmi.suspend_data') === {PACKED}")
    assert again.sco.evaluate("[get('cmi.core.lesson_location'), get('cmi.core.entry')]") == [
        "slide 5999",
        "resume",
    ]


def test_an_answer_whose_id_is_refused_is_kept_all_the_same(play: Play) -> None:
    """SCORM 1.2 allows no space in an identifier; tools that write one go on with the rest of the answer."""
    played = play("1.2", {"index.html": page("1.2")})
    said = [
        ("id", "My first question", "false 405"),
        ("type", "choice", "true 0"),
        ("student_response", "b", "true 0"),
        ("result", "correct", "true 0"),
    ]
    sco = played.tab.sco
    sco.evaluate("start()")
    for name, value, answer in said:
        assert sco.evaluate(f"put('cmi.interactions.0.{name}', '{value}')") == answer
    sco.evaluate("save()")
    played.tab.saved()
    (answer,) = played.activity()["interactions"]
    assert (answer["type"], answer["learner_response"], answer["result"]) == ("choice", "b", "correct")


def test_a_status_that_is_never_said_and_a_time_that_is_broken(play: Play) -> None:
    """SCORM 1.2, 3.4.4: such a SCO is completed by finishing and being left; its time is as measured."""
    played = play("1.2", {"index.html": page("1.2")})
    assert played.tab.sco.evaluate("[start(), put('cmi.core.session_time', '0:0:5'), end()]") == [
        "true",
        "false 405",
        "true",
    ]
    played.tab.press("suspendAll")
    played.tab.saved()
    record = played.activity()
    assert record["completion_status"] == "completed"
    assert record["total_time"] > 0
