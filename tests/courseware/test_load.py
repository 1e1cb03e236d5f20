"""A course's folder is read with what it borrows from above, and works without."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from courseware.authored.law import Citation, spelt_out
from courseware.load import LANGUAGES, SourceReader, display_path, load
from courseware.material import CourseSource
from tests.courseware.authoring import FIXTURES, Author


def test_a_course_comes_with_its_lessons_banks_laws_and_words(author: Author) -> None:
    source = author.source()
    assert list(source.lessons) == ["at-the-gate", "visitors"]
    assert list(source.banks) == ["final", "practice"]
    assert list(source.laws) == ["ea-2002", "visitors"]
    assert source.words["close"] == "Close"
    assert source.language == "en-GB"
    assert source.course.edition == "2026.1"
    assert source.course.assessment is not None
    assert source.course.assessment.pass_.text == "80"


def test_the_nearest_catalogue_above_is_taken(author: Author) -> None:
    author.write("courses/catalogue.yaml", "provider: Nearer\n")
    shutil.move(author.course, author.project / "courses" / "gate-duty")
    source = load(author.project / "courses" / "gate-duty", SourceReader())
    assert source is not None
    assert source.catalogue is not None
    assert source.catalogue.provider == "Nearer"
    assert source.laws == {}


def test_a_course_works_without_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "one.yaml").write_text(
        "lesson: One\nscript: [{text: Hello.}]\n", encoding="utf-8"
    )
    course = (
        "course: One\nid: one\nedition: 1\nas of: 2026-01-01\nin: [england]\nfor: [staff]\nminutes: 1\n"
        "objectives: {}\nlessons: [one]\n"
    )
    (tmp_path / "course.yaml").write_text(course, encoding="utf-8")
    reader = SourceReader()
    source = load(tmp_path, reader)
    assert reader.problems == []
    assert isinstance(source, CourseSource)
    assert source.catalogue is None
    assert source.language == "en-GB"


def test_a_folder_without_a_course_is_a_sentence(tmp_path: Path) -> None:
    reader = SourceReader()
    assert load(tmp_path, reader) is None
    (problem,) = reader.problems
    assert problem.message == "there is no course here"
    assert problem.hint == "name the folder that holds the course's course.yaml"


@pytest.mark.parametrize("name", ["course.yml", "Course.yaml", "course.yaml.txt"])
def test_a_course_under_another_name_is_found(author: Author, name: str) -> None:
    (author.course / "course.yaml").rename(author.course / name)
    reader = SourceReader()
    assert load(author.course, reader) is None
    assert [problem.hint for problem in reader.problems] == [f"rename {name} to “course.yaml”"]


def test_a_course_one_folder_further_in_is_found(author: Author) -> None:
    reader = SourceReader()
    assert load(author.project, reader) is None
    assert [problem.hint for problem in reader.problems] == [
        f"name the folder “{display_path(author.course)}”"
    ]


def test_a_folder_of_several_courses_is_told_one_of_them(author: Author) -> None:
    shutil.copytree(author.course, author.project / "other")
    reader = SourceReader()
    assert load(author.project, reader) is None
    such_as = f"name a course's folder, such as “{display_path(author.course)}”"
    assert [problem.hint for problem in reader.problems] == [such_as]


def test_what_systems_leave_beside_files_is_passed_over(author: Author) -> None:
    author.write("course/quizzes/._final.yaml", b"\0\x05\x16\x07")
    author.write("course/lessons/~$visitors.yaml", b"\0")
    assert author.problems() == []


def test_laws_are_shared_and_read_once(author: Author) -> None:
    other = author.project / "other"
    shutil.copytree(author.course, other)
    author.change("law/school.yaml", "kind: guidance", "kind: advice")
    reader = SourceReader()
    load(author.course, reader)
    load(other, reader)
    assert len(reader.problems) == 1


def test_a_law_has_one_entry(author: Author) -> None:
    author.write("law/again.yaml", (author.project / "law/school.yaml").read_bytes())
    found = [(problem.place.file, problem.message.partition(", first at ")) for problem in author.found()]
    assert [message for _, (message, _, _) in found] == [
        "the law “ea-2002” is here twice",
        "the law “visitors” is here twice",
    ]
    assert [first.rsplit("/", 1)[-1] for _, (_, _, first) in found] == ["again.yaml:2:3", "again.yaml:10:3"]
    assert {Path(file).name for file, _ in found} == {"school.yaml"}


def test_a_citation_says_its_provision_as_a_reader_would(author: Author) -> None:
    source = author.source()
    names = [cited(source.cited(reference)) for reference in ("ea-2002 s175", "visitors p2", "visitors")]
    assert names == ["section 175", "the last page", ""]
    assert source.cited("visitors p9") is None
    assert source.cited("nobody s1") is None


def cited(citation: Citation | None) -> str:
    assert citation is not None
    return citation.provision_name


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("s5B", "section 5B"),
        ("sch-1-para-18", "schedule 1, paragraph 18"),
        ("annex-A", "annex A"),
        ("art-5", "article 5"),
        ("s16(2)(a)", "section 16(2)(a)"),
        ("p1", "part 1"),
        ("foreword", "foreword"),
    ],
)
def test_a_provision_s_key_is_spelt_out(key: str, name: str) -> None:
    assert spelt_out(key) == name


def test_every_language_has_all_the_frame_s_words() -> None:
    languages = {
        path.stem: json.loads(path.read_bytes(), object_pairs_hook=list) for path in LANGUAGES.glob("*.json")
    }
    british = dict(languages["en-GB"])
    for name, pairs in languages.items():
        assert len(pairs) == len(dict(pairs)), f"{name} has a key twice"
        assert dict(pairs).keys() == british.keys(), name
        assert all(words.strip() for _, words in pairs), name


def test_a_word_that_a_language_lacks_is_an_error(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = json.loads((LANGUAGES / "en-GB.json").read_bytes())
    (tmp_path / "en-GB.json").write_text(json.dumps(words), encoding="utf-8")
    del words["close"]
    (tmp_path / "cy.json").write_text(json.dumps(words), encoding="utf-8")
    monkeypatch.setattr("courseware.load.LANGUAGES", tmp_path)
    author.change("course/course.yaml", "minutes: 12", "minutes: 12\nlanguage: cy")
    (problem,) = author.found()
    assert problem.message == "the frame has no word for “close” in “cy”"


@pytest.mark.parametrize("seed", range(12))
def test_no_damage_to_a_file_makes_it_stumble(author: Author, seed: int) -> None:
    """Each time some of a course's bytes are lost, doubled or replaced by what YAML has a meaning for."""
    dice = random.Random(seed)  # noqa: S311 - a test that can be run again
    files = sorted(path for path in (FIXTURES / "gate-duty").rglob("*.yaml"))
    for _ in range(25):
        path = dice.choice(files)
        data = bytearray(path.read_bytes())
        for _ in range(dice.randint(1, 4)):
            start = dice.randrange(len(data))
            end = start + dice.choice((0, 1, 3, 20))
            data[start:end] = dice.choice((b"", bytes(data[start:end] * 2), *DAMAGE))
        file = path.relative_to(FIXTURES / "gate-duty").as_posix()
        author.write(file, bytes(data))
        for problem in author.found():
            assert problem.place.file.startswith("/")
            assert problem.message
        author.write(file, path.read_bytes())


DAMAGE = (
    b": ",
    b"\n",
    b" #",
    b"'",
    b'"',
    b"[",
    b"]",
    b"{",
    b"}",
    b"- ",
    b"|",
    b"\t",
    b"*",
    b"&a ",
    b"!",
    b"\xff",
    b"\x00",
)
