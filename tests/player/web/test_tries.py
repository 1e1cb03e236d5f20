"""A course that limits its tries: who has none left is told whom to ask, and a manager gives them again."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.player import staff
from tests.player.lms import CLOSE, OPEN, Browser, go, put
from tests.player.packages import limited_2004, ours
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words

AFRESH = "Start again from the beginning"


def _given(sample: Sample, manifest: str) -> str:
    """A course for Sam."""
    course = sample.lms.add(manifest, name="limited.zip").course
    with sample.lms.database.writing() as tx:
        staff.enrol(tx, [staff.member(tx, sample.north, sample.people["sam"])], [course])
    return course


def _tab(sample: Sample, user: SiteUser, course: str, **form: str) -> Browser:
    sample.lms.after(minutes=1)
    reply = user.post(f"/training/{course}/start", at="/training", **form)
    tab = Browser(sample.lms, urlsplit(reply.headers["Location"]).path.split("/")[2])
    tab.deliver()
    return tab


def _fails(tab: Browser, tries: int, leaving: str = "suspendAll") -> None:
    """A course of ours with the final questions handed in so often."""
    tab.send(
        OPEN,
        put("cmi.completion_status", "completed"),
        put("cmi.success_status", "failed"),
        *(put("cmi.score.max", "2"), put("cmi.score.raw", "1"), put("cmi.score.scaled", "0.5")),
        put("cmi.suspend_data", f"1~.2~~{tries}.2.1.abc~"),
        *(put("cmi.exit", "suspend"), CLOSE, go(leaving)),
    )


def _record(sample: Sample, course: str) -> str:
    (record,) = sample.lms.records(course=course, learner="sam")
    return f"/schools/{sample.north}/records/{record['registration']}"


def test_who_has_tries_left_goes_on_and_does_not_start_again(own_app: Flask, own_sample: Sample) -> None:
    sam, course = SiteUser(own_app, "sam"), _given(own_sample, ours("scorm2004", 3))
    _fails(_tab(own_sample, sam, course), 2)
    page = sam.words(f"/training/{course}")
    assert "Not passed yet: 1 of 2 (50%) so far." in page
    assert "Continue" in page
    assert AFRESH not in page


def test_who_has_used_all_tries_is_told_whom_to_ask(own_app: Flask, own_sample: Sample) -> None:
    sam, course = SiteUser(own_app, "sam"), _given(own_sample, ours("scorm2004", 3))
    _fails(_tab(own_sample, sam, course), 3)
    page = sam.words(f"/training/{course}")
    assert "You have no attempts left. Your best result is 1 of 2 (50%)." in page
    assert "To try again, ask Priya Nair for a fresh start. Look at the course again" in page
    assert AFRESH not in page
    page = sam.words("/training")
    assert "Gate Duty You have no attempts left. Ask Priya Nair for a fresh start." in page
    assert "See result of Gate Duty" in page
    assert "Where you left off Asbestos" in page, "nobody is led back to where nothing can be done"


def test_who_has_ended_the_attempt_with_the_last_try_is_told_too(own_app: Flask, own_sample: Sample) -> None:
    sam, course = SiteUser(own_app, "sam"), _given(own_sample, ours("scorm2004", 3))
    _fails(_tab(own_sample, sam, course), 3, "exitAll")
    assert own_sample.lms.record(course=course)["state"] == "ended"
    page = sam.words(f"/training/{course}")
    assert "You have no attempts left." in page
    assert "Try again" not in page
    assert "Gate Duty You have no attempts left. Ask Priya Nair" in sam.words("/training")


def test_a_part_whose_attempts_are_used_up_is_told_too(own_app: Flask, own_sample: Sample) -> None:
    sam, course = SiteUser(own_app, "sam"), _given(own_sample, limited_2004(1))
    tab = _tab(own_sample, sam, course)
    tab.send(go("choice", "i2"))
    assert "You have no attempts left" not in sam.words(f"/training/{course}"), "while it goes on"
    tab.send(OPEN, put("cmi.success_status", "failed"), put("cmi.exit", "normal"), CLOSE, go("choice", "i1"))
    assert "You have no attempts left." in sam.words(f"/training/{course}")


@pytest.mark.parametrize(("who", "name"), [("priya", "Priya Nair"), ("alex", "Alex Morgan")])
def test_a_fresh_start_is_given_told_and_kept(
    own_app: Flask, own_sample: Sample, who: str, name: str
) -> None:
    sam, giver = SiteUser(own_app, "sam"), SiteUser(own_app, who)
    course = _given(own_sample, ours("scorm2004", 3))
    _fails(_tab(own_sample, sam, course), 3)
    own_sample.lms.after(minutes=1)
    address = _record(own_sample, course)
    person = f"/schools/{own_sample.north}/people/{own_sample.people['sam']}"
    assert "Not passed yet 1 of 2 (50%) so far No attempts left See answers in Gate Duty" in giver.words(
        person
    )
    assert "No attempts left. Give a fresh start" in giver.words(address)
    giver.post(f"{address}/fresh-start", at=address)
    waiting = giver.words(address)
    assert "Sam Okafor has all attempts again when the course is next opened." in waiting
    assert f"{name} gave a fresh start on 24 November 2026, " in waiting
    assert "Give a fresh start" not in waiting
    giver.post(f"{address}/fresh-start", at=address)
    assert giver.words(address).count("gave a fresh start") == 1
    assert "No attempts left" not in giver.words(person)
    page = sam.words(f"/training/{course}")
    assert "You have been given a fresh start." in page
    assert "Start again" in page
    assert AFRESH not in page
    _tab(own_sample, sam, course)
    assert "You have no attempts left" not in sam.words(f"/training/{course}")
    page = giver.words(address)
    assert f"{name} gave a fresh start on 24 November 2026, " in page
    assert "It begins the next time" not in page
    assert "Attempt 2" in page


@pytest.mark.parametrize("course", ["fire-safety", "asbestos"])
def test_where_nothing_is_limited_there_is_nothing_to_give(
    own_app: Flask, own_sample: Sample, course: str
) -> None:
    priya, address = SiteUser(own_app, "priya"), _record(own_sample, course)
    assert "fresh start" not in priya.words(address)
    priya.post(f"{address}/fresh-start", at="/training")
    assert "Nothing was changed: Sam Okafor needs no fresh start." in priya.words(address)


def test_who_has_passed_a_limited_course_takes_it_again(own_app: Flask, own_sample: Sample) -> None:
    sam, course = SiteUser(own_app, "sam"), _given(own_sample, ours("scorm2004", 3))
    tab = _tab(own_sample, sam, course)
    tab.send(OPEN, put("cmi.completion_status", "completed"), put("cmi.success_status", "passed"))
    tab.send(put("cmi.exit", "normal"), CLOSE, go("exitAll"))
    assert "Take it again" in words(sam.get(f"/training/{course}"))
    _fails(_tab(own_sample, sam, course, again="yes"), 3)
    assert "Take it again from the beginning" in sam.words(f"/training/{course}"), (
        "a refresher is no examination"
    )
