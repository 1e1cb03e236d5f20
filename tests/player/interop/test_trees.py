"""Courses of several SCOs as tools of every edition write them: which ways are open, and what is recorded."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.player.lms import CLOSE, OPEN, Browser, Lms, go, put

PASSED = {"1.2": put("cmi.core.lesson_status", "passed"), "2004": put("cmi.success_status", "passed")}
DONE = {"1.2": put("cmi.core.lesson_status", "completed"), "2004": put("cmi.completion_status", "completed")}
HEADS = {
    "1.2": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    ),
    "2004": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
    ),
}


def item(name: str, more: str = "", inside: str = "") -> str:
    """One with a resource, or a folder of those inside it."""
    reference = "" if inside else f' identifierref="r-{name}"'
    return f'<item identifier="{name}"{reference}><title>{name}</title>{inside}{more}</item>'


def mode(flow: str, choice: str) -> str:
    return f'<imsss:sequencing><imsss:controlMode flow="{flow}" choice="{choice}"/></imsss:sequencing>'


@dataclass(frozen=True)
class Course:
    """What a manifest says, and which ways are open at first."""

    name: str
    version: str
    items: str
    root: str = ""
    first: str | None = "a"
    continues: bool = True
    xfail: str = ""

    @property
    def standard(self) -> str:
        return "1.2" if self.version == "1.2" else "2004"

    def manifest(self) -> str:
        kind = "scormtype" if self.standard == "1.2" else "scormType"
        resources = "".join(
            f'<resource identifier="r-{name}" type="webcontent" adlcp:{kind}="sco" href="{name}.html"/>'
            for name in "abc"
        )
        return (
            f'<?xml version="1.0"?><manifest identifier="M" {HEADS[self.standard]}><metadata>'
            f"<schema>ADL SCORM</schema><schemaversion>{self.version}</schemaversion></metadata>"
            f'<organizations default="O"><organization identifier="O"><title>T</title>{self.items}{self.root}'
            f"</organization></organizations><resources>{resources}</resources></manifest>"
        )


FLAT = item("a") + item("b") + item("c")
TITLE = "<item identifier='t'><title>t</title></item>"
NEEDS = "<adlcp:prerequisites type='aicc_script'>a</adlcp:prerequisites>"
COURSES = (
    Course("1.2 side by side", "1.2", FLAT),
    Course(
        "1.2 in folders", "1.2", item("one", inside=item("a") + item("b")) + item("two", inside=item("c"))
    ),
    Course(
        "1.2 with prerequisites, which an LMS may leave aside",
        "1.2",
        item("a") + item("b", NEEDS) + item("c"),
    ),
    Course(
        "1.2 with a title that launches nothing",
        "1.2",
        TITLE + FLAT,
    ),
    Course("1.2 with a title in the middle", "1.2", item("a") + TITLE + item("b") + item("c")),
    Course("1.2 with a title at the end", "1.2", FLAT + TITLE),
    Course("1.2 with a folder of titles only", "1.2", item("f", inside=TITLE) + FLAT),
    Course("2004 with a title that launches nothing", "2004 4th Edition", TITLE + FLAT, mode("true", "true")),
    Course(
        "2004 with a title, choice only", "2004 3rd Edition", FLAT + TITLE, mode("false", "true"), None, False
    ),
    Course("2nd Edition, flow and choice", "CAM 1.3", FLAT, mode("true", "true")),
    Course("3rd Edition, flow only", "2004 3rd Edition", FLAT, mode("true", "false")),
    Course(
        "3rd Edition, choice only", "2004 3rd Edition", FLAT, mode("false", "true"), None, continues=False
    ),
    Course("3rd Edition, nothing said", "2004 3rd Edition", FLAT, "", None, continues=False),
    Course(
        "4th Edition in folders",
        "2004 4th Edition",
        item("one", mode("true", "true"), item("a") + item("b"))
        + item("two", mode("true", "true"), item("c")),
        mode("true", "true"),
    ),
)


def added(lms: Lms, course: Course) -> Browser:
    files = {f"{name}.html": "<!doctype html><title>A page</title>" for name in "abc"}
    return lms.open(lms.add(course.manifest(), files=files).course)


EACH = pytest.mark.parametrize(
    "course",
    [
        pytest.param(
            one, id=one.name, marks=[pytest.mark.xfail(strict=True, reason=one.xfail)] if one.xfail else []
        )
        for one in COURSES
    ],
)


@EACH
def test_the_ways_that_are_open(sqlite_lms: Lms, course: Course) -> None:
    answer = added(sqlite_lms, course).deliver()
    assert answer["session"].get("item") == course.first
    assert (answer["controls"]["continue"] == "enabled") == course.continues


@EACH
def test_all_parts_done_is_the_course_done(sqlite_lms: Lms, course: Course) -> None:
    browser = added(sqlite_lms, course)
    answer = browser.deliver()
    for name in "abc":
        if answer["session"].get("item") != name:
            answer = browser.send(go("continue") if course.continues else go("choice", name))
        assert answer["session"]["item"] == name
        answer = browser.send(OPEN, DONE[course.standard], PASSED[course.standard], CLOSE)
    browser.send(go("exitAll"))
    record = sqlite_lms.record()
    assert (record["completion_status"], record["success_status"]) == ("completed", "passed")
