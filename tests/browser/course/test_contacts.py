"""Get help: the contacts of the learner's own school, of no other, and never a blank (decision 15)."""

from __future__ import annotations

import re

import pytest

from tests.browser.course.conftest import Launching

pytestmark = pytest.mark.browser
MISSING = "Your school has not added this contact yet. Ask the school office."
BEA = {"name": "Bea <Sample>", "phone": "01234 567 890", "email": "bea@example.org", "note": "Room 4"}


def test_an_lms_offers_those_of_the_learners_school(lms: Launching) -> None:
    course = lms()
    course.contacts = {"dsl": BEA, "unknown": BEA}
    frame = course.launch()
    frame.click(".bar [data-opens=help]")
    row = frame.locator("#help [data-contact=dsl]")
    assert row.inner_text().split("\n")[:2] == ["Bea <Sample>", "Your designated safeguarding lead · Room 4"]
    assert [link.get_attribute("href") for link in row.locator("a").all()] == [
        "tel:01234567890",
        "mailto:bea@example.org",
    ]
    other = frame.inner_text("#help [data-contact=lado]").split("\n")
    assert other == ["Your local authority designated officer", MISSING]


@pytest.mark.parametrize("offered", [{}, {"dsl": {}}, {"dsl": {"note": "Room 4"}}, {"dsl": {"name": 4}}])
def test_what_the_lms_offers_is_never_mixed_with_a_file_for_another_school(
    lms: Launching, offered: object
) -> None:
    course = lms()
    written = course.files["contacts.js"].decode()
    course.files["contacts.js"] = re.sub(r'name: "", phone: ""', 'name: "Another School"', written).encode()
    course.contacts = offered
    frame = course.launch()
    frame.click(".bar [data-opens=help]")
    assert "Another School" not in frame.inner_text("body")
    assert frame.inner_text("#help [data-contact=dsl]").split("\n")[-1] == MISSING


def test_an_lms_that_offers_none_leaves_it_to_the_file(lms: Launching) -> None:
    course = lms()
    written = course.files["contacts.js"].decode()
    course.files["contacts.js"] = re.sub(r'name: "", phone: ""', 'name: "Bea"', written, count=1).encode()
    frame = course.launch()
    frame.click(".bar [data-opens=help]")
    assert frame.inner_text("#help [data-contact=dsl]").split("\n")[0] == "Bea"
    assert MISSING in frame.inner_text("#help [data-contact=lado]")
    assert "NSPCC" in frame.inner_text("#help .contact:nth-child(2)"), "before those who cannot be reached"


def test_the_help_lines_and_the_emergency_are_the_courses_own(lms: Launching) -> None:
    frame = lms().launch()
    frame.click(".bar [data-opens=help]")
    assert frame.inner_text(".emergency") == "If a child is in immediate danger, call 999."
    called = [link.get_attribute("href") for link in frame.locator("#help a[href^='tel:']").all()]
    assert called == ["tel:999", "tel:08088005000", "tel:116123"]
