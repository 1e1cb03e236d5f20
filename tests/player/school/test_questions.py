"""What was answered, in the words of the option."""

from __future__ import annotations

import pytest

from player.records.training import records
from player.school.history import history
from player.school.questions import Question, questions_of
from tests.player.lms import OPEN, Lms, put
from tests.player.packages import ours_12

PAGE = """
<script type="application/json" id="course">
{"checks": [{"id": "q", "text": "Where – exactly?", "right": ["a"]}]}
</script>
<form data-question="q"><label><input value="a"><span class="said">At the gâte.</span></label></form>
"""

WHERE = Question(
    "where", "Where do you stand?", {"a": "At the gate.", "b": "In the hall"}, ("a", "b"), scored=True
)


@pytest.mark.parametrize("response", ["a,b", "a[,]b", "{a,b}"])
def test_letters_become_words_however_a_standard_joins_them(response: str) -> None:
    assert WHERE.words(response) == "At the gate\nIn the hall"


@pytest.mark.parametrize("response", ["a,c", "", "{}"])
def test_a_letter_that_is_no_option_is_left_as_it_is(response: str) -> None:
    assert WHERE.words(response) == ""


def test_the_words_are_there_again_when_files_that_were_lost_are_put_back(sqlite_lms: Lms) -> None:
    lms = sqlite_lms
    lms.add(ours_12(), files={"p1.html": PAGE})
    version = lms.registrar.versions.get(1)
    folder = lms.settings.packages / version.key
    lost = folder.rename(folder.with_name("lost"))
    assert questions_of(lms.settings.packages, version).by_id == {}
    lost.rename(folder)
    assert questions_of(lms.settings.packages, version).by_id["q"].words("a") == "At the gâte"


def test_a_record_says_what_was_asked_and_what_came_of_it(sqlite_lms: Lms) -> None:
    """SCORM 1.2 tells an LMS no question, and need not say whether an answer is right."""
    lms = sqlite_lms
    tab = lms.open(lms.add(ours_12(), files={"p1.html": PAGE}).course)
    tab.deliver()
    for at, (name, result) in enumerate((("q", ""), ("q", "0.5"), ("q", "correct"), ("not_ours", "wrong"))):
        asked = f"cmi.interactions.{at}"
        tab.send(*([OPEN] if not at else []), put(f"{asked}.id", name), put(f"{asked}.type", "choice"))
        tab.send(put(f"{asked}.student_response", "a"))
        if result:
            tab.send(put(f"{asked}.result", result))
    with lms.database.reading() as tx:
        (record,) = records(tx)
        told = history(tx, lms.registrar.versions, record, lms.settings.packages)
    assert told is not None
    (part,) = told.attempts[0].activities
    assert [(each.question, each.given, each.word) for each in part.answers] == [
        ("Where – exactly?", "At the gâte", "Not judged"),
        ("Where – exactly?", "At the gâte", "0.5"),
        ("Where – exactly?", "At the gâte", "Right"),
        ("not ours", "a", "Not right"),
    ]
