"""A package from somebody’s disk, uploaded in the browser."""

from __future__ import annotations

from flask import Flask

from player.compliance import Duty
from player.school.actor import COMMAND
from player.school.duties import provider_duty, set_provider_duty
from tests.player.packages import ours, package, scorm_12, scorm_2004
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words


def _upload(admin: SiteUser, data: bytes, name: str = "course.zip", **form: str) -> tuple[int, str]:
    reply = admin.upload("/provider/upload", "package", data, name, at="/provider/upload", **form)
    return reply.status_code, words(reply)


def test_a_package_is_uploaded(admin: SiteUser, own_sample: Sample) -> None:
    data = package(own_sample.lms.folder / "new.zip", scorm_12(2, "First Aid")).read_bytes()
    status, page = _upload(admin, data)
    assert status == 200
    assert "First Aid This is a new course. Enrol people so that they can start." in page
    assert (
        "You have already uploaded this file: it is version 1. Nothing has changed."
        in _upload(admin, data)[1]
    )
    assert "First Aid" in admin.words("/provider/courses")
    log = admin.words("/provider/activity?what=imported:course")
    assert log.count("Alex Morgan (administrator) Course imported First Aid") == 1


def test_a_package_becomes_a_new_version(admin: SiteUser, own_sample: Sample) -> None:
    data = package(own_sample.lms.folder / "new.zip", scorm_2004(2, "Fire Safety, newer")).read_bytes()
    page = _upload(admin, data, update="fire-safety")[1]
    assert "Version 2 has been added." in page
    assert "The course was called “Fire Safety” until now." in page
    assert "4th Edition" in admin.words("/provider/courses/fire-safety")


def test_a_draft_is_marked_in_the_list_until_a_reviewed_version_comes(
    admin: SiteUser, own_sample: Sample
) -> None:
    folder, marked = own_sample.lms.folder, "Draft: it needs a specialist’s review"
    _upload(admin, package(folder / "draft.zip", ours("scorm12", status="draft")).read_bytes())
    assert admin.words("/provider/courses").count(marked) == 1
    assert "courseware (draft)" in admin.words("/provider/courses/gate-duty")
    assert "Version Edition Imported Standard Made by In use by 1 1 " in admin.words(
        "/provider/courses/gate-duty"
    )
    _upload(admin, package(folder / "reviewed.zip", ours("scorm12", status="reviewed")).read_bytes())
    assert marked not in admin.words("/provider/courses")
    assert "courseware (draft)" in admin.words("/provider/courses/gate-duty"), "version 1 still is one"


def test_a_refresher_is_offered_as_what_its_package_says(admin: SiteUser, own_sample: Sample) -> None:
    """Once the course that it refreshes is here, whichever comes first."""
    folder, at = own_sample.lms.folder, "/provider/courses/gate-refresher-board"
    short = ours("scorm2004", course="gate-refresher", refresher_of="gate", variant="name=board")
    page = _upload(admin, package(folder / "short.zip", short).read_bytes())[1]
    assert "is a refresher of" not in page
    whole = ours("scorm2004", course="gate", variant="name=board")
    page = _upload(admin, package(folder / "whole.zip", whole).read_bytes())[1]
    other = "At present “Fire Safety” renews that course, and would no longer do so."
    assert other not in page
    with own_sample.lms.database.writing() as tx:
        day, duty = own_sample.lms.now.date(), Duty(renewed_by="fire-safety")
        set_provider_duty(tx, COMMAND, own_sample.lms.now, "gate-board", duty, day)
    assert other in admin.words(at)
    offered = "“Gate Duty” is a refresher of “Gate Duty”. It is not offered to anybody as one yet."
    assert offered in page
    assert offered in admin.words(at)
    assert "Write a number of days" in words(admin.post(f"{at}/renew", at=at, lapsed="many"))
    done = admin.post(f"{at}/renew", at=at, lapsed="60")
    page = admin.words(done.headers["Location"])
    assert "Gate Duty renews Gate Duty from today on." in page
    assert "or overdue by no more than 60 days" in page
    assert offered not in admin.words("/provider/courses/gate-board")
    with own_sample.lms.database.reading() as tx:
        duty = provider_duty(tx, "gate-board", own_sample.lms.now.date())
    assert (duty.renewed_by, duty.lapsed) == ("gate-refresher-board", 60)
    assert admin.post("/provider/courses/gate-board/renew", at=at, lapsed="60").status_code == 404


def test_a_version_that_a_wrong_one_replaced_is_brought_back(admin: SiteUser, own_sample: Sample) -> None:
    right = package(own_sample.lms.folder / "right.zip", scorm_2004(1, "Evacuation")).read_bytes()
    wrong = package(own_sample.lms.folder / "wrong.zip", scorm_2004(2, "Evacuation")).read_bytes()
    _upload(admin, right)
    _upload(admin, wrong, update="evacuation")
    page = _upload(admin, right)[1]
    assert "version 1. Nothing has changed. To make it the newest again" in page
    assert "Version 3 has been added. New attempts use it." in _upload(admin, right, update="evacuation")[1]


def test_a_retired_course_is_offered_again_before_it_gets_a_version(
    admin: SiteUser, own_sample: Sample
) -> None:
    right = package(own_sample.lms.folder / "right.zip", scorm_2004(1, "Evacuation")).read_bytes()
    later = package(own_sample.lms.folder / "later.zip", scorm_2004(2, "Evacuation")).read_bytes()
    _upload(admin, right)
    _upload(admin, later, update="evacuation")
    admin.post("/provider/courses/evacuation/retire", at="/provider/courses/evacuation")
    upload = "/provider/upload?update=evacuation"
    assert "Nothing has changed. View course" in _upload(admin, right)[1]
    assert upload not in admin.get("/provider/courses/evacuation").text


def test_a_bad_package_is_sentences_and_changes_nothing(admin: SiteUser, own_sample: Sample) -> None:
    for data, name in ((b"no zip", "C:\\fakepath\\notes.zip"), (b"", "empty.zip")):
        status, page = _upload(admin, data, name)
        assert status == 422
        assert "This package was not imported Nothing has changed." in page
        assert name.split("\\")[-1] in page
        assert str(own_sample.lms.folder) not in page
    assert "3 courses." in admin.words("/provider/courses")
    left = [path.name for path in own_sample.lms.settings.data.iterdir() if path.name.startswith(".upload")]
    assert left == []


def test_no_package_and_no_course(admin: SiteUser, own_sample: Sample) -> None:
    status, page = _upload(admin, b"", "")
    assert (status, "Choose a package first" in page) == (422, True)
    status, page = _upload(admin, b"x", update="no-such")
    assert (status, "This course is no longer offered." in page) == (422, True)
    at = "/provider/upload"
    assert "Choose a package first" in words(admin.post(at, at=at))
    kept = admin.upload(at, "package", b"no zip", "a.zip", at=at, update="asbestos").text
    assert '<option value="asbestos" selected>' in kept


def test_only_uploads_may_be_large(own_app: Flask, own_sample: Sample) -> None:
    big = b"x" * (5 * 1024**2)
    for who, path in (
        ("alex", f"/schools/{own_sample.north}/staff/list"),
        ("sam", "/provider/upload"),
    ):
        reply = SiteUser(own_app, who).upload(path, "package", big, "a.zip", at="/account")
        assert reply.status_code == 413, path
        assert "This file is too large" in words(reply)
