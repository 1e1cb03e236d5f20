"""What a learner finds: what to do, where it was left, what is done, and every way into a course."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask

from courseware.formats import MANIFESTS
from courseware.package import Item, Metadata, Organization, Package, Part, Provenance, Resource, ResourceType
from player.records import courses, training
from tests.player import staff
from tests.player.lms import CLOSE, OPEN, Browser, go, put
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words


def _launched(sample: Sample, user: SiteUser, course: str, **form: str) -> Browser:
    reply = user.post(f"/training/{course}/start", at="/training", **form)
    assert reply.status_code == 303
    parts = urlsplit(reply.headers["Location"])
    assert f"{parts.scheme}://{parts.netloc}" == "http://127.0.0.1:8000", "content has an origin of its own"
    return Browser(sample.lms, parts.path.split("/")[2])


def test_where_it_was_left_what_is_to_do_and_what_is_done(app: Flask) -> None:
    page = SiteUser(app, "sam").words("/training")
    assert "One course is in progress, and one more is to do." in page
    assert "Where you left off Asbestos Part 2 Continue" in page
    assert "1 of 4 parts done" in page
    assert "Saved today at 09:" in page
    assert "To do Managing Allegations" in page
    assert "Done Fire Safety Completed 24 November 2026, 2 of 2 (100%)." in page
    assert "Ask Priya Nair, who manages training at your school." in page


def _ours(sample: Sample, form: str, *optional: Part) -> None:
    """A course of ours, whose manifest names its lessons, for Sam."""
    lessons = (Part("gate", "At the gate", 5), Part("rain", "When it rains", 9), Part("end", "The bell", 4))
    made = Package(
        MANIFESTS[form].standard,
        MANIFESTS[form].edition,
        "course-gate-duty",
        metadata=Metadata("Gate Duty", typical_learning_time=20 * 60),
        organizations=(Organization("o", "Gate Duty", (Item("i", "Gate Duty", "r"),)),),
        default_organization="o",
        resources=(Resource("r", ResourceType.SCO, "p1.html", ("p1.html",)),),
        provenance=Provenance(
            "gate-duty", "1", parts=(*lessons, Part("final_questions", "Final questions", 2), *optional)
        ),
    )
    manifest = MANIFESTS[form].write(made).decode()
    sample.lms.add(manifest, name="gate.zip")
    with sample.lms.database.writing() as tx:
        staff.enrol(tx, [staff.member(tx, sample.north, sample.people["sam"])], ["gate-duty"])


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_a_course_of_ours_says_which_lesson_was_open(own_app: Flask, own_sample: Sample, form: str) -> None:
    _ours(own_sample, form)
    sam = SiteUser(own_app, "sam")
    assert "Gate Duty Assigned on 24 November 2026. About 20 minutes." in sam.words("/training")
    own_sample.lms.after(minutes=5)
    tab = _launched(own_sample, sam, "gate-duty")
    tab.deliver()
    tab.send(OPEN, put("cmi.location", "x"), put("cmi.suspend_data", "1"))
    page = sam.words("/training")
    assert "Where you left off Gate Duty Continue" in page, "no lesson that was not reported"
    core = "cmi.core.lesson_" if form == "scorm12" else "cmi."
    status = "status" if form == "scorm12" else "completion_status"
    told = [("gate", "completed"), ("rain", "incomplete"), ("end", ""), ("final_questions", "")]
    calls = [put(f"{core}location", "rain.2")]
    for at, (lesson, word) in enumerate(told):
        calls.append(put(f"cmi.objectives.{at}.id", lesson))
        calls += [put(f"cmi.objectives.{at}.{status}", word)] if word else []
    tab.send(*calls)
    page = sam.words("/training")
    assert "Where you left off Gate Duty Lesson 2, When it rains Continue" in page
    assert "1 of 3 lessons done, about 15 minutes left Saved today at 09:" in page
    assert "%" not in page.replace("(100%)", "")
    page = sam.words("/training/gate-duty")
    assert "Where you left off: Lesson 2, When it rains. Saved today at 09:" in page
    assert "1 of 3 lessons done, about 15 minutes left" in page


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_an_optional_part_is_told_beside_the_course_and_no_progress_counts_it(
    own_app: Flask, own_sample: Sample, form: str
) -> None:
    law = Part("law", "The law", 30, optional="gate-law")
    result = Part("optional_gate-law", "Gate Law", 5, 3, optional="gate-law", result="passed")
    _ours(own_sample, form, law, result)
    sam, priya = SiteUser(own_app, "sam"), SiteUser(own_app, "priya")
    tab = _launched(own_sample, sam, "gate-duty")
    tab.deliver()
    core, status = ("cmi.core.lesson_status", "status") if form == "scorm12" else ("", "completion_status")
    calls = [put(core, "incomplete"), put("cmi.core.exit", "suspend")] if core else []
    for at, name in enumerate(("gate", "law", "optional_gate-law")):
        calls += [put(f"cmi.objectives.{at}.id", name)]
    tab.send(OPEN, *calls, *(put(f"cmi.objectives.{at}.{status}", "completed") for at in (0, 1)))
    page = sam.words("/training/gate-duty")
    assert "1 of 3 lessons done, about 15 minutes left" in page
    assert "Optional part “Gate Law”: in progress. You do not need it to pass this course." in page
    tab.send(put(f"cmi.objectives.2.{'status' if core else 'success_status'}", "passed"))
    page = sam.words("/training/gate-duty")
    assert "Optional part “Gate Law”: passed on 24 November 2026." in page
    with own_sample.lms.database.reading() as tx:
        (record,) = [
            one.registration
            for one in training.records(tx, school=own_sample.north, person=own_sample.people["sam"])
            if one.course.id == "gate-duty"
        ]
    assert record is not None
    assert "Optional part “Gate Law”: passed." in priya.words(
        f"/schools/{own_sample.north}/records/{record.id}"
    )


def test_somebody_without_a_course(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        for name in ("fire-safety", "asbestos", "managing-allegations"):
            priya = staff.member(tx, own_sample.north, own_sample.people["priya"])
            staff.enrolment(tx, priya, name).ended = own_sample.lms.now
    assert "You have no courses yet." in SiteUser(own_app, "priya").words("/training")


@pytest.mark.parametrize(("days", "named"), [(30, True), (0, False)])
def test_whom_to_ask_is_whoever_manages_training_today(
    own_app: Flask, own_sample: Sample, days: int, named: bool
) -> None:
    with own_sample.lms.database.writing() as tx:
        priya = staff.member(tx, own_sample.north, own_sample.people["priya"])
        priya.until = own_sample.lms.now.date() + timedelta(days=days)
    assert ("Ask Priya Nair" in SiteUser(own_app, "sam").words("/training")) is named


def test_nothing_left_to_do(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        for name in ("asbestos", "managing-allegations"):
            sam = staff.member(tx, own_sample.north, own_sample.people["sam"])
            staff.enrolment(tx, sam, name).ended = own_sample.lms.now
    page = SiteUser(own_app, "sam").words("/training")
    assert "Nothing to do today You have completed your course." in page


def test_the_pages_of_a_course_say_how_it_stands(app: Flask) -> None:
    sam, ada = SiteUser(app, "sam"), SiteUser(app, "ada")
    assert "You passed on 24 November 2026, with 2 of 2 (100%)." in sam.words("/training/fire-safety")
    assert "Not passed yet: 1 of 2 (50%) so far." in ada.words("/training/fire-safety")
    page = ada.get("/training/fire-safety").text
    assert "1\u00a0of\u00a02 (50%) so far" in page, "a score is not torn apart"
    assert "with its date, its result and your answers" in ada.words("/training/fire-safety")
    assert "Ada Byron-Whitefield. As at 24 November 2026." in ada.words("/training/fire-safety")
    assert "1 of 4 parts done" in sam.words("/training/asbestos")
    assert "You have not started this course yet." in sam.words("/training/managing-allegations")


@pytest.mark.parametrize("course", ["nothing", "..", "fire-safety%00"])
def test_a_course_that_is_not_theirs_does_not_exist(app: Flask, course: str) -> None:
    cleo_has_none = SiteUser(app, "sam")
    assert cleo_has_none.get(f"/training/{course}").status_code == 404
    assert cleo_has_none.post(f"/training/{course}/start", at="/training").status_code == 404


def test_start_leads_to_the_play_page_and_back(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    tab = _launched(own_sample, sam, "managing-allegations")
    assert "To do Managing Allegations Assigned on" in sam.words("/training"), "until the link is opened"
    answer = tab.deliver()
    assert answer["return"] == "http://localhost:8000/training/managing-allegations"
    assert answer["session"]["state"] == "running"
    assert "Where you left off Asbestos" in sam.words("/training"), "nothing is saved of the other yet"
    own_sample.lms.after(minutes=3)
    tab.send(OPEN)
    assert "Where you left off Managing Allegations" in sam.words("/training")
    tab.send(put("cmi.core.lesson_status", "passed"), put("cmi.core.score.raw", "86"), CLOSE)
    page = sam.words("/training/managing-allegations")
    assert "You passed on 24 November 2026, with 86%." in page


def test_continue_resumes_and_take_again_starts_afresh(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    assert _launched(own_sample, sam, "asbestos").deliver()["session"]["item"] == "i2"
    assert sam.words("/training/asbestos").count("Attempt 1") == 1
    own_sample.lms.after(minutes=1)
    assert _launched(own_sample, sam, "asbestos", again="yes").deliver()["session"]["item"] == "i1"
    page = sam.words("/training/asbestos")
    assert page.index("Attempt 2") < page.index("Attempt 1")
    assert "0 of 4 parts done" in page


def test_who_has_passed_and_left_is_not_sent_back_to_work(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    tab = _launched(own_sample, sam, "asbestos")
    tab.deliver()
    passed = (put("cmi.completion_status", "completed"), put("cmi.success_status", "passed"))
    for part in ("i2", "i3", "i4"):
        tab.send(OPEN, *passed, CLOSE, go("choice", part))
    tab.send(OPEN, *passed, CLOSE, go("suspendAll"))
    page = sam.words("/training/asbestos")
    assert "Look at the course again" in page
    assert "Take it again from the beginning" in page
    assert "Continue" not in page


def test_a_result_once_reached_stays(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    own_sample.lms.after(hours=2)
    tab = _launched(own_sample, sam, "fire-safety", again="yes")
    tab.deliver()
    tab.send(OPEN, put("cmi.success_status", "failed"), put("cmi.score.scaled", "0.1"), CLOSE)
    page = sam.words("/training/fire-safety")
    assert "You passed on 24 November 2026" in page
    assert "Attempt 2" in page
    assert "Done Fire Safety Completed 24 November 2026, 2 of 2 (100%)." in sam.words("/training")


def test_a_retired_course_cannot_be_begun_and_can_be_finished(own_app: Flask, own_sample: Sample) -> None:
    sam = SiteUser(own_app, "sam")
    _launched(own_sample, sam, "managing-allegations")  # a link that nobody opens is no beginning
    with own_sample.lms.database.writing() as tx:
        for name in ("asbestos", "managing-allegations"):
            course = courses.course(tx, name)
            assert course is not None
            courses.set_retired(tx, course, own_sample.lms.now)
    reply = sam.post("/training/managing-allegations/start", at="/training")
    assert reply.headers["Location"] == "/training"
    page = sam.words("/training")
    assert "no longer offered, so you cannot start it" in page
    assert "Managing Allegations Assigned on" not in page
    assert "One course is in progress." in page
    _launched(own_sample, sam, "asbestos")


def test_nobody_is_asked_for_a_course_that_they_cannot_begin(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        course = courses.course(tx, "managing-allegations")
        assert course is not None
        courses.set_retired(tx, course, own_sample.lms.now)
    priya, north = SiteUser(own_app, "priya"), f"/schools/{own_sample.north}"
    for path in ("people", "people.csv", "courses"):
        assert "Managing Allegations" not in priya.words(f"{north}/{path}")
    record = priya.words(f"{north}/people/{own_sample.people['sam']}")
    assert "Managing Allegations Assigned on 24 November 2026. No longer offered" in record


def test_whom_to_ask_comes_in_the_order_of_names(own_app: Flask, own_sample: Sample) -> None:
    with own_sample.lms.database.writing() as tx:
        staff.add(tx, own_sample.north, "Élodie Ray", "elodie@example.org", access="manager")
    assert "Ask Élodie Ray or Priya Nair, who manage" in SiteUser(own_app, "sam").words("/training")


def test_a_page_that_refuses_a_stranger_bears_nobodys_name(app: Flask) -> None:
    refused = words(SiteUser(app).client.post("/training/asbestos/start"))
    assert "This page is out of date" in refused
    assert "Sign in As at" in refused


def test_the_provider_has_no_training_of_its_own(app: Flask) -> None:
    reply = SiteUser(app, "alex").get("/training")
    assert reply.status_code == 403
    assert "You cannot open this page" in words(reply)


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [("/nowhere", 404, "Page not found"), ("/sign-out", 405, "This page cannot be opened this way")],
)
def test_errors_are_pages(app: Flask, path: str, status: int, title: str) -> None:
    reply = SiteUser(app, "sam").get(path)
    assert reply.status_code == status
    assert title in words(reply)


def test_a_fault_of_ours_is_a_page_without_its_insides(own_app: Flask, own_sample: Sample) -> None:
    def broken() -> None:
        raise RuntimeError("secret-detail")

    sam = SiteUser(own_app, "sam")
    own_app.view_functions["learner.courses"] = broken  # type: ignore[assignment]
    reply = sam.get("/training")
    assert reply.status_code == 500
    assert "Something went wrong" in words(reply)
    assert "secret-detail" not in reply.text


def test_a_log_holds_no_link_to_choose_a_password(
    own_app: Flask, caplog: pytest.LogCaptureFixture, own_sample: Sample
) -> None:
    def broken(token: str) -> None:
        raise RuntimeError(f"a fault, {len(token)} letters in")

    own_app.view_functions["auth.welcome"] = broken  # type: ignore[assignment]
    assert SiteUser(own_app).get("/welcome/an-unguessable-token").status_code == 500
    assert "GET /welcome/<token>" in caplog.text
    assert "an-unguessable-token" not in caplog.text
