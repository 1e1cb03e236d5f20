"""A build writes all it was asked for, or nothing and says everything."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from courseware import archive
from courseware.build import build
from courseware.errors import CoursewareError
from courseware.formats import MANIFESTS
from courseware.plan import plan
from courseware.reading import read_package
from courseware.stamps import build_changed
from tests.conftest import shared
from tests.courseware.authoring import OFFICIAL_SCHEMAS, Author


def test_each_format_is_a_package_that_a_reader_takes(author: Author) -> None:
    (one,) = build([author.course], author.options())
    assert [path.name for path in one.packages] == ["gate-duty.scorm12.zip", "gate-duty.scorm2004.zip"]
    for path in one.packages:
        reading = read_package(path)
        assert reading.problems == ()
        assert reading.package is not None
        assert reading.package.metadata.title == "Gate Duty"


def test_a_variant_is_in_the_package_s_name(author: Author) -> None:
    options = author.options(
        variant={"jurisdiction": "england", "audience": "governors"}, formats=("scorm12",)
    )
    (one,) = build([author.course], options)
    assert [path.name for path in one.packages] == ["gate-duty-governors-england.scorm12.zip"]


def test_the_same_course_is_the_same_bytes_wherever_it_lies(author: Author, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(author.project, tmp_path / "else where")
    for path in elsewhere.rglob("*"):
        path.touch()
    first = build([author.course], author.options())[0].packages
    second = build([elsewhere / "course"], author.options(out=tmp_path / "out"))[0].packages
    digests = [[sha256(path.read_bytes()).hexdigest() for path in packages] for packages in (first, second)]
    assert digests[0] == digests[1]


def test_a_failed_build_says_all_and_leaves_the_old_package(author: Author) -> None:
    (one,) = build([author.course], author.options(formats=("scorm12",)))
    (package,) = one.packages
    before = package.read_bytes()
    author.change("course/course.yaml", "minutes: 12", "minuts: 12")
    author.change("course/lessons/visitors.yaml", "teaches: greet", "teaches: grete")
    author.change("law/school.yaml", "in: [england]", "in: England")
    with pytest.raises(CoursewareError) as raised:
        build([author.course], author.options(formats=("scorm12",)))
    assert len(raised.value.problems) == 3
    assert package.read_bytes() == before
    assert [path.name for path in package.parent.glob("*.*") if path.is_file()] == [package.name]


def test_a_course_yaml_that_cannot_be_read_hides_nothing_that_its_files_say_by_themselves(
    author: Author,
) -> None:
    author.change("course/course.yaml", "minutes: 12", "minutes: [12")
    author.change("course/lessons/at-the-gate.yaml", "right: Stop.", "wrong: Stop.")
    author.change("course/lessons/at-the-gate.yaml", "*first* child", "**first child")
    author.change("course/lessons/at-the-gate.yaml", "gate.svg", "gait.svg")
    author.change("course/lessons/visitors.yaml", "teaches: greet", "teaches: great")  # which only it can say
    said = [line.partition(" | ")[0] for line in author.build_problems()]
    assert said == [
        "course/course.yaml:7:10: error: “[” begins a list or keys here, and they do not end as they should",
        "course/lessons/at-the-gate.yaml:6:31: warning: “**” would be shown as it is",
        "course/lessons/at-the-gate.yaml:13:12: error: there is no media/gait.svg",
        "course/lessons/at-the-gate.yaml:31:7: error: none of the options is right",
    ]


def test_one_wrong_course_keeps_the_others_from_being_written_by_halves(author: Author) -> None:
    other = shutil.copytree(author.course, author.project / "other")
    author.change("other/course.yaml", "id: gate-duty", "id: other")
    author.change("other/course.yaml", "pass: 80%", "pass: 0%")
    with pytest.raises(CoursewareError):
        build([author.course, other], author.options())
    assert not (author.project / "packages").exists()


def test_two_courses_with_one_id_are_refused(author: Author) -> None:
    other = shutil.copytree(author.course, author.project / "other")
    for together in ([author.course, other], [other]):
        with pytest.raises(CoursewareError, match="the id “gate-duty” is also that of another course"):
            build_changed([author.course, *together], author.options())
        build_changed([author.course], author.options())


def test_two_courses_that_do_not_tell_their_ids_are_not_taken_for_one(author: Author) -> None:
    author.change("course/course.yaml", "id: gate-duty", "id: Gate Duty")
    other = shutil.copytree(author.course, author.project / "other")
    with pytest.raises(CoursewareError) as raised:
        build([author.course, other], author.options())
    told = [problem.message for problem in raised.value.problems if problem.severity == "error"]
    assert told == ["“Gate Duty” is not an id"] * 2


def test_a_package_that_cannot_be_written_leaves_all_others_as_they_were(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk is full at the last of them."""
    packages = [path for one in build([author.course], author.options()) for path in one.packages]
    before = [path.read_bytes() for path in packages]
    other = shutil.copytree(author.course, author.project / "other")
    author.change("other/course.yaml", "id: gate-duty", "id: other")
    author.write("other/media/road.png", b"\x89PNG\r\n\x1a\n" + bytes(200_000))
    author.change(
        "other/lessons/visitors.yaml", "script:\n", "script:\n  - image: road.png\n    alt: A road\n"
    )
    author.change("course/course.yaml", "minutes: 12", "minutes: 13")
    monkeypatch.setattr(archive, "LARGEST", 100_000)
    with pytest.raises(CoursewareError, match="shorten, compress or leave out some media"):
        build([author.course, other], author.options())
    assert [path.read_bytes() for path in packages] == before
    assert sorted(
        path.name for path in (author.project / "packages").glob("*.*") if path.is_file()
    ) == sorted(path.name for path in packages)


WORDS = (
    "البوّابة & <Gate> “Duty” 🚸 'now'",
    "\u200fשער\u202e duty\u202c",
    "👩‍🏫" * 60,
    "]]> &amp; &#0; {lang=ar}",
    "\u00a0 between \u2003 spaces \u00a0",
    " tab\there and\nthere ",
)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("form", sorted(MANIFESTS))
def test_any_words_survive(author: Author, words: str, form: str) -> None:
    """What was planned is what a reader finds, by the official schema, in every place that a manifest has."""
    written = json.dumps(words, ensure_ascii=False)
    author.change("course/course.yaml", "course: Gate Duty", f"course: {written}")
    author.change("course/course.yaml", "edition: 2026.1", f"edition: {written}")
    prose = json.dumps(words.replace("<", "\\<"), ensure_ascii=False)
    author.change("course/course.yaml", "description: How to watch a gate", f"description: {prose}  #")
    author.change("course/lessons/visitors.yaml", "lesson: Visitors", f"lesson: {written}")
    (one,) = build([author.course], author.options(formats=(form,)))
    (path,) = one.packages
    reading = read_package(path)
    assert reading.problems == ()
    assert reading.package == plan(one.source, form, {}).package
    with zipfile.ZipFile(path) as opened:
        if schema := OFFICIAL_SCHEMAS.get(form):
            valid = etree.XMLSchema(etree.parse(shared("xsd") / f"{schema}.xsd"))
            valid.assertValid(etree.fromstring(opened.read("imsmanifest.xml")))


def test_what_planning_finds_is_said_of_every_course(author: Author) -> None:
    """The largest suspend data of SCORM 1.2 is known only when the pages are planned."""
    many = "".join(
        f"  {'question-' * 9}{n}: {{ask: '{n}?', choose one: [{{right: a}}, {{wrong: b}}]}}\n"
        for n in range(60)
    )
    author.write("course/quizzes/final.yaml", f"bank: Final\nquestions:\n{many}")
    other = shutil.copytree(author.course, author.project / "other")
    author.change("other/course.yaml", "id: gate-duty", "id: other")
    with pytest.raises(CoursewareError) as raised:
        build([author.course, other], author.options())
    assert [problem.place.file.split("/")[-2] for problem in raised.value.problems] == ["course", "other"]


def test_a_website_is_the_course_without_a_manifest(author: Author) -> None:
    """And it stands beside packages of the same pages, of which some are several SCOs."""
    author.change("course/course.yaml", "minutes: 12", "structure: multi\nminutes: 12")
    (built,) = build([author.course], author.options(formats=("scorm2004", "web")))
    several, website = built.packages.values()
    assert sorted(website) == ["contacts.js", "course.css", "course.js", "course.json", "index.html"]
    assert "index.html" not in several
    assert website["course.css"] == several["course.css"]
    (problem,) = read_package(author.project / "packages/gate-duty.web.zip").errors
    assert "one of our courses as a website" in problem.message
