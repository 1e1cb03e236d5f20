"""The courses in course_src: what is warned of, and what a specialist and a learner find in them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from courseware.archive import write_archives
from courseware.authored.lines import DetailsLine
from courseware.authored.variant import variants_of
from courseware.build import CompiledCourse, compile_courses
from courseware.options import BuildOptions
from courseware.reading import read_package
from courseware.rules.law import written_citations
from courseware.rules.walk import checks
from courseware.selecting import select
from tests.conftest import ROOT

COURSES = ROOT / "course_src" / "courses"
FOLDERS = sorted(path.parent for path in COURSES.glob("*/course.yaml"))
LARGEST, MOST_FILES = 110_000, 30  # bytes of a package, its pictures left out
PICTURE = re.compile(rb'<figure.*?</figure>|<div role="img"[^>]*><svg.*?</svg></div>', re.DOTALL)
TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def course(request: pytest.FixtureRequest) -> CompiledCourse:
    (one,) = compile_courses([request.param], BuildOptions(TODAY))
    return one


def test_only_what_keeps_it_a_draft_is_warned_of(course: CompiledCourse) -> None:
    assert [str(warning) for warning in course.warnings if not warning.keeps_draft] == []


def test_every_source_stands_in_the_list_for_the_specialist(course: CompiledCourse) -> None:
    review = (course.source.folder / "review.md").read_text(encoding="utf-8")
    listed = set(re.findall("`([^`]+)`", review))
    cited = {one.reference for one in written_citations(course.source)}
    assert cited - listed == set()
    assert f"Edition {course.source.course.edition}" in review


def test_every_lesson_asks(course: CompiledCourse) -> None:
    asking = {
        name
        for name, lesson in course.source.lessons.items()
        if any("check" in line.node for line in lesson.script)
    }
    assert set(course.source.lessons) - asking == set()


def test_how_many_answers_are_right_cannot_be_guessed(course: CompiledCourse) -> None:
    banks = [question for bank in course.source.banks.values() for question in bank.questions.values()]
    asked = [*checks(course.source), *banks]
    right = {sum(option.is_right for option in one.choose_all) for one in asked if one.choose_all}
    some = {2, 3} if course.source.derived else {1, 2, 3}  # a refresher has a part of its parent's
    assert right >= some


def test_no_sign_of_harm_is_folded_away(course: CompiledCourse) -> None:
    folded = [
        line
        for lesson in course.source.lessons.values()
        for line in lesson.script
        if isinstance(line, DetailsLine)
    ]
    assert [line.details for line in folded if not line.details.endswith("?") or "\n- " in line.text] == []


def test_its_packages_are_small(course: CompiledCourse, tmp_path: Path) -> None:
    write_archives({tmp_path / path.name: files for path, files in course.packages.items()})
    for package in tmp_path.glob("*.zip"):
        with zipfile.ZipFile(package) as files:
            page = files.read("index.html")
        pictures = len(zlib.compress(page, 9)) - len(zlib.compress(PICTURE.sub(b"", page), 9))
        assert package.stat().st_size - pictures <= LARGEST
        assert len(zipfile.ZipFile(package).namelist()) <= MOST_FILES


def test_three_tries_ask_nothing_twice_but_what_everybody_is_asked(course: CompiledCourse) -> None:
    variants = variants_of(course.source.course).values()
    for source in [select(course.source, one) for one in variants] or [course.source]:
        settings = source.course.assessment
        assert settings is not None
        assert settings.draw
        bank = source.banks[settings.from_].questions.values()
        always = Counter(one.about for one in bank if one.always)
        others = Counter(one.about for one in bank if not one.always)
        repeated = {
            about for about, number in settings.draw.items() if others[about] < 3 * (number - always[about])
        }
        assert repeated == set()


def test_each_final_answer_is_told_why(course: CompiledCourse) -> None:
    silent = [
        f"{name}: {option.text}"
        for bank in course.source.banks.values()
        for name, question in bank.questions.items()
        for option in question.choose_one or question.choose_all or ()
        if not option.because
    ]
    assert silent == []


# Secrecy and danger to life in both; the head's own conduct; and an image that somebody holds out.
EVERYBODY = {
    "child-protection": {"first-words", "man-at-the-gate", "about-the-head"},
    "child-on-child-abuse": {"not-a-word", "bottle-on-the-field", "into-your-hand"},
    "child-on-child-abuse-refresher": {"not-a-word", "bottle-on-the-field", "into-your-hand"},
}


def test_nobody_passes_without_what_a_childs_safety_hangs_on(course: CompiledCourse) -> None:
    bank = course.source.banks["final"].questions
    everybody = {str(name) for name, one in bank.items() if one.always and one.must_be_right}
    assert everybody == EVERYBODY.get(course.source.folder.name, set())


def test_an_annex_of_a_yearly_document_is_cited_by_its_subject(course: CompiledCourse) -> None:
    lettered = re.compile("annex-[A-Z]")
    yearly = {key for key, law in course.source.laws.items() if law.edition and law.kind != "law"}
    cited = {one.reference for one in written_citations(course.source)}
    assert [one for one in cited if one.split()[0] in yearly and lettered.search(one)] == []


@pytest.mark.parametrize("word", ["separate", "optional", "left out"])
def test_child_protection_builds_with_its_legislation_in_each_way(tmp_path: Path, word: str) -> None:
    """Each variant in both standards, read back without a problem; only its draft is warned of."""
    options = BuildOptions(TODAY, out=tmp_path, legislation=word)
    (one,) = compile_courses([COURSES / "child-protection"], options)
    assert [str(warning) for warning in one.warnings if not warning.keeps_draft] == []
    write_archives(one.packages)
    for path in one.packages:
        reading = read_package(path)
        assert reading.problems == ()
        assert reading.package
        assert reading.package.provenance
        assert reading.package.provenance.legislation == word
        assert bool([part for part in reading.package.provenance.parts if part.result]) is (
            word == "optional"
        )
