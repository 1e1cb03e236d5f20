"""What does not fit the language is said in a trainer's words, with the key that was meant."""

from __future__ import annotations

import pytest

from courseware import source
from courseware.authored import law, lines, questions
from courseware.authored.key_messages import problems_of
from courseware.authored.model import Model, keys_of_model
from courseware.authored.reading import InvalidError
from courseware.yaml12.composer import read_document
from tests.courseware.authoring import Author, Mistake, mistakes


@pytest.mark.parametrize("mistake", mistakes("shapes"), ids=str)
def test_a_mistake_is_named_with_its_place_and_its_remedy(author: Author, mistake: Mistake) -> None:
    author.change(mistake.file, mistake.before, mistake.after)
    assert author.problems() == mistake.said


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("course.yaml", "id: gate-duty", "id: gate\u200b-duty"),
        ("lessons/at-the-gate.yaml", "callout:", "callout\u00a0:"),
        ("lessons/at-the-gate.yaml", "content note:", "content\u2009note:"),
        ("lessons/at-the-gate.yaml", "because: It", "\u2060because: It"),
    ],
)
def test_what_cannot_be_seen_in_a_word_is_told(author: Author, file: str, before: str, after: str) -> None:
    author.change(f"course/{file}", before, after)
    (problem,) = author.found()
    word = before.removeprefix("id: ").partition(":")[0]
    assert problem.message == (
        f"an invisible character, or a space that is not an ordinary one, stands in “{word}”"
    )


def test_a_note_beside_a_mistakes_does_not_hide_it(author: Author) -> None:
    author.change("course/lessons/visitors.yaml", "lesson: Visitors", "lessn: All visitors # new")
    assert [(problem.message, problem.severity) for problem in author.found()] == [
        ("“lessn:” is not a key of “lesson:”", "error"),
        ("the text ends before “#”: what follows it is lost", "warning"),
    ]


EVERYTHING = {**vars(source), **vars(lines), **vars(questions)}.values()
MODELS: list[type[Model]] = [one for one in EVERYTHING if isinstance(one, type) and issubclass(one, Model)]


def requires(model: type[Model]) -> bool:
    return bool(keys_of_model(model).needed)


@pytest.mark.parametrize("model", [*filter(requires, MODELS), law.LawFile], ids=lambda model: model.__name__)
def test_a_missing_key_has_a_hint(model: type[Model]) -> None:
    root = read_document("x.yaml", b"{}").root
    with pytest.raises(InvalidError) as raised:
        model.read(root)
    missing = problems_of(root, raised.value)
    assert len(missing) >= 1
    assert all(problem.hint for problem in missing)


def test_all_mistakes_of_a_file_are_named_at_once(author: Author) -> None:
    for before, after in (
        ("minutes: 12", "minuts: 12"),
        ("pass: 80%", "pass: most"),
        ("id: gate-duty\n", ""),
    ):
        author.change("course/course.yaml", before, after)
    assert [problem.split(" error: ")[1].split(" | ")[0] for problem in author.problems()] == [
        "“course:” has no “id:”",
        "“minuts:” is not a key of “course:”",
        "“most” is not a percentage",
    ]


def test_a_mistakes_in_one_file_hides_none_in_another(author: Author) -> None:
    author.change("course/course.yaml", "pass: 80%", "pass: most")
    author.change("course/lessons/at-the-gate.yaml", "alt:", "atl:")
    author.change("course/lessons/visitors.yaml", "contact: office", "contact: ofice")
    author.change("law/school.yaml", "kind: guidance", "kind: advice")
    assert [problem.split(":")[0] for problem in author.problems()] == [
        "course/course.yaml",
        "course/lessons/at-the-gate.yaml",
        "course/lessons/visitors.yaml",
        "law/school.yaml",
    ]


@pytest.mark.parametrize(("letters", "told"), [(500, 2), (5000, 1)])
def test_a_problem_is_one_line_whatever_is_quoted_in_it(author: Author, letters: int, told: int) -> None:
    """What is longer than YAML takes a key to be is none, and hides the rest of its file."""
    hours, key = "hour " * letters, "c" * letters
    author.change("course/course.yaml", "minutes: 12", f'minutes: |\n  one\n  {hours}\n"a\\nb{key}": d')
    found = author.found()
    assert len(found) == told
    for problem in found:
        assert "\n" not in problem.message
        assert len(problem.message) < 200
