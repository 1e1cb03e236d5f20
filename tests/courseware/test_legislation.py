"""A course and its legal companion: separate, in one package, or left out (decision 25)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from courseware.archive import write_archives
from courseware.reading import read_package
from tests.courseware.authoring import Mistake, mistakes
from tests.courseware.legislation import COMPANION, MAIN, Provider

SEPARATE, OPTIONAL, LEFT_OUT = "separate", "optional", "left out"
TITLE = "Gate Keeping: Legislation"


@pytest.fixture
def provider(tmp_path: Path) -> Provider:
    return Provider(tmp_path)


def document(provider: Provider, course: str = MAIN, **asked: object) -> str:
    return text_of(provider, course, "index.html", **asked)


def text_of(provider: Provider, course: str, file: str, **asked: object) -> str:
    content = next(iter(provider.compiled(course, **asked).packages.values()))[file]
    assert isinstance(content, bytes)
    return content.decode()


def test_two_packages_name_each_other_on_their_first_and_last_page(provider: Provider) -> None:
    for course, other in ((MAIN, TITLE), (COMPANION, "Gate Keeping")):
        made = document(provider, course)
        said = [line for line in made.split("\n") if f"“{other}” (about 5\xa0minutes)" in line]
        assert len(said) == 2, made
        assert all("list of courses" in line for line in said)
        assert "gate-law.zip" not in made


def test_a_line_leads_to_the_lesson_of_the_companion(provider: Provider) -> None:
    made = document(provider)
    assert "The lesson “The law of gates” in the course “Gate Keeping: Legislation”" in made
    assert "The law of gates" not in document(provider, legislation=LEFT_OUT)
    assert TITLE not in document(provider, legislation=LEFT_OUT)


@pytest.mark.parametrize("word", [SEPARATE, LEFT_OUT])
@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_a_package_says_which_it_is_and_is_read_as_it_was_planned(
    provider: Provider, word: str, form: str
) -> None:
    for course in (MAIN, COMPANION):
        asked = {"legislation": word, "formats": (form,)}
        ((path, files),) = provider.compiled(course, **asked).packages.items()
        write_archives({path: files})
        reading = read_package(path)
        assert reading.problems == ()
        assert reading.package == provider.plans(course, **asked)[form].package
        assert reading.package.provenance
        told = reading.package.provenance.legislation, reading.package.provenance.legislation_of
        assert told == ((word, "") if course == MAIN else ("", MAIN))
        described = json.loads(text_of(provider, course, "course.json", **asked))
        key, value = ("legislation", word) if course == MAIN else ("legislation of", MAIN)
        assert described[key] == value


def test_a_word_of_the_build_is_for_courses_that_have_a_companion(provider: Provider) -> None:
    provider.change("gate-law/course.yaml", "legislation of: gate-keeping\n", "")
    provider.change("gate-keeping/course.yaml", "legislation: separate\n", "")
    provider.change("gate-keeping/lessons/at-your-gate.yaml", "  - legislation: the-law-of-gates\n", "")
    assert provider.problems(legislation=OPTIONAL) == []
    assert provider.problems(COMPANION, legislation=OPTIONAL) == []


@pytest.mark.parametrize(
    ("word", "made"),
    [
        (word, made)
        for word, table in (("", "legislation"), (LEFT_OUT, "legislation_left_out"))
        for made in mistakes(table)
    ],
    ids=str,
)
def test_a_mistake_is_named_with_its_place_and_its_remedy(
    provider: Provider, word: str, made: Mistake
) -> None:
    provider.change(made.file, made.before, made.after)
    found = {*provider.problems(MAIN, legislation=word), *provider.problems(COMPANION, legislation=word)}
    assert sorted(found) == made.said


def test_two_companions_are_one_too_many(provider: Provider) -> None:
    text = (provider.folder / "gate-law/course.yaml").read_text(encoding="utf-8")
    provider.write("gate-law-2/course.yaml", text.replace("id: gate-law", "id: gate-law-2"))
    for course in (MAIN, COMPANION):
        (said,) = provider.problems(course)
        assert "several courses say “legislation of: gate-keeping”" in said
        assert said.endswith("keep that line in one of them")
