"""One course, several days: what the edition of a day has, and what is built of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware.authored.variant import variants_of
from courseware.blocks import all_blocks
from courseware.build import build
from courseware.cli import main
from courseware.editions import comes_after
from courseware.pages import Pages
from courseware.plan import plan_pages
from courseware.planning.figures import CourseFigures
from courseware.reading import read_package
from courseware.selecting import select
from courseware.stamps import build_changed
from tests.courseware.authoring import TODAY, Author
from tests.courseware.varied import vary

VISITORS, GATE, LAW = "course/lessons/visitors.yaml", "course/lessons/at-the-gate.yaml", "law/school.yaml"
SPRING = date(2027, 4, 1)


@pytest.fixture
def dated(author: Author) -> Author:
    """From April the law asks for a badge, and the old page goes; nothing is wrong with it."""
    author.change(
        VISITORS, "[[visitors p2]]", "[[visitors p2, until 2027-03-31]] [[ea-2002 s9, from 2027-04-01]]"
    )
    author.change(
        VISITORS,
        "  - contact: office",
        "  - text: A badge is welcome.\n    until: 2027-03-31\n"
        "  - must: Ask for a badge.\n    by: ea-2002 s9\n    from: 2027-04-01\n    changed in: 2026.1\n"
        "  - contact: office",
    )
    author.change(GATE, "  - page: If somebody runs", "  - page: If somebody runs\n    from: 2026-11-24")
    author.change(
        "course/quizzes/final.yaml",
        "      - right: A builder",
        "      - right: A builder\n        until: 2027-03-31\n"
        "      - right: Anybody\n        from: 2027-04-01",
    )
    author.change(
        LAW,
        "    provisions:\n      s175",
        "    provisions:\n      s9: {says: Badges, commences: 2027-04-01}\n      s175",
    )
    return author


def seen(author: Author, day: date | None = None) -> Pages:
    source = select(author.source(), None, day)
    return plan_pages(source, CourseFigures(source))


def words(one: Pages) -> str:
    """All that the lesson on visitors says, with its references."""
    lesson = next(each for each in one.lessons if each.id == "visitors")
    blocks = [block for page in lesson.pages for block in all_blocks(page.blocks)]
    return " ".join(map(str, (*blocks, *lesson.references)))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_nothing_is_wrong_with_a_course_that_will_change(dated: Author) -> None:
    """A duty of April rests on what is in force in April."""
    assert dated.build_problems() == []
    dated.change(LAW, "commences: 2027-04-01", "commences: 2027-09-01")
    (said, *_) = dated.problems()
    assert (
        "error: on 2027-04-01, “must:” states law, and Education Act 2002 section 9 is in force only from"
        in said
    )


@pytest.mark.parametrize(
    ("day", "badge", "cited"),
    [
        (None, "A badge is welcome.", "visitors"),
        (date(2027, 3, 31), "A badge is welcome.", "visitors"),
        (SPRING, "Ask for a badge.", "2002"),
    ],
)
def test_a_part_is_in_the_editions_of_its_days(
    dated: Author, day: date | None, badge: str, cited: str
) -> None:
    said = words(seen(dated, day))
    assert [one in said for one in ("A badge is welcome.", "Ask for a badge.")] == [
        one == badge for one in ("A badge is welcome.", "Ask for a badge.")
    ]
    assert (cited == "visitors") is ("https://www.example.org/visitors" in said)
    assert seen(dated, day).as_of == (day or TODAY).isoformat()


def test_what_both_days_have_keeps_its_name_and_its_fingerprint(dated: Author) -> None:
    before, after = (
        {one.id: one.fingerprint for one in each.assessment.questions}
        for each in (seen(dated), seen(dated, SPRING))
        if each.assessment
    )
    assert before["where"] == after["where"]
    assert before["who"] != after["who"]


def test_changed_in_chooses_nothing(author: Author) -> None:
    before = author.source()
    author.change(VISITORS, "  - contact: office", "  - contact: office\n    changed in: 2026.1")
    source = author.source()
    assert select(source, None) is source
    assert (
        plan_pages(source, CourseFigures(source)).lessons == plan_pages(before, CourseFigures(before)).lessons
    )


def test_the_edition_of_a_day_says_so_and_is_built_again_as_it_was(dated: Author) -> None:
    options = dated.options(on=SPRING, formats=("scorm12", "scorm2004"))
    (one,) = build([dated.course], options)
    assert [path.name for path in one.packages] == ["gate-duty.scorm12.zip", "gate-duty.scorm2004.zip"]
    assert [problem.message for problem in one.warnings] == [
        "“--on 2027-04-01” is in the future, and nobody knows the law of then",
        "it was reviewed on 2026-11-24, before the day of its law, “--on 2027-04-01”",
    ]
    for path in one.packages:
        package = read_package(path).package
        assert package is not None
        assert package.provenance is not None
        assert (package.provenance.as_of, package.provenance.status) == ("2027-04-01", "draft")
    bytes_before = [path.read_bytes() for path in one.packages]
    (again,) = build([dated.course], dated.options(on=SPRING, today=date(2027, 1, 5)))
    assert [path.read_bytes() for path in again.packages] == bytes_before


def test_another_day_is_another_build(dated: Author) -> None:
    options = dated.options(formats=("scorm12",))
    (today,) = build_changed([dated.course], options)
    before = today.packages[0].read_bytes()
    (spring,) = build_changed([dated.course], dated.options(formats=("scorm12",), on=SPRING))
    assert spring.packages == today.packages
    assert spring.packages[0].read_bytes() != before
    build_changed([dated.course], options)
    assert today.packages[0].read_bytes() == before


def test_the_command_takes_a_day(dated: Author) -> None:
    result = run("build", dated.course, "--on", "2027-04-01", "--json", "--out", dated.project / "out")
    assert result.exit_code == 0
    assert "--on 2027-04-01" in json.loads(result.stdout)["problems"][0]["message"]
    wrong = run("build", dated.course, "--on", "1.4.2027")
    assert (wrong.exit_code, "is no day: write it like 2027-04-01" in wrong.stderr) == (2, True)


def test_a_variant_has_its_days_too(dated: Author) -> None:
    vary_dated(dated)
    assert dated.build_problems() == []
    dated.change(VISITORS, "script:\n", "until: 2027-08-31\nscript:\n")
    assert dated.problems()[0].startswith(
        "course/quizzes/final.yaml:18:13: error: on 2027-09-01, the course has no lesson or page “visitors”"
    )
    dated.change("course/quizzes/final.yaml", "    reread: visitors\n", "")
    dated.change(VISITORS, "until: 2027-08-31\n", "")
    dated.change(
        "course/lessons/decisions.yaml",
        "You decide who keeps the gate.",
        "You decide.\n    until: 2027-08-31",
    )
    (said,) = dated.problems()
    assert said.startswith(
        "course/lessons/decisions.yaml:1:1: error: on 2027-09-01, in the variant “governors”, "
        "the lesson “decisions” is empty"
    )


IN_APRIL = """\
Visitors
  Say good morning
    only 2026-11-24: the source “Visitors to our school the last page”, in “Ask for a name and a reason.”
    only 2027-04-01: the source “Education Act 2002 section 9”, in “Ask for a name and a reason.”
    only 2026-11-24: the text “A badge is welcome.”
    only 2027-04-01: the duty “Ask for a badge.”
Final questions
  only 2026-11-24: the answer “A builder”, in “Whom do you ask for a name?”
  only 2027-04-01: the answer “Anybody”, in “Whom do you ask for a name?”
"""


def test_diff_says_what_only_the_edition_of_one_day_has(dated: Author) -> None:
    result = run("diff", dated.course, "--on", "2027-04-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == IN_APRIL
    same = run("diff", dated.course, "--on", "2026-12-01", "--on", "2027-03-31")
    assert same.stdout == "2026-12-01 and 2027-03-31 have the same.\n"
    vary_dated(dated)
    of_which = run("diff", dated.course, "--on", "2027-04-01")
    assert (of_which.exit_code, "add “--variant”, one of staff, governors" in of_which.stderr) == (1, True)
    nursery = run("diff", dated.course, "--on", "2027-04-01", "--variant", "nursery")
    assert "only 2027-04-01: the duty “Ask for a badge.”" in nursery.stdout
    wrong = run("diff", dated.course, "--on", "2027-04-01", "--variant", "staff", "--variant", "nursery")
    assert wrong.exit_code == 2


def vary_dated(author: Author) -> None:
    """The variants of Gate Duty, of which one citation has other words by now."""
    author.change(
        VISITORS, "[[visitors p2, until 2027-03-31]] [[ea-2002 s9, from 2027-04-01]]", "[[visitors p2]]"
    )
    vary(author)
    author.change(
        VISITORS,
        "[[visitors p2, only in england]]",
        "[[visitors p2, only in england, until 2027-03-31]] [[ea-2002 s9, from 2027-04-01]]",
    )


def test_a_help_line_may_be_for_some(author: Author) -> None:
    author.change("catalogue.yaml", "provider:", LINES + "provider:")
    author.change(
        "course/course.yaml",
        "contacts:",
        "help lines: [meic, {line: nspcc, until: 2027-03-31}, "
        "{line: Fire, number: 01 23, from: 2027-04-01}]\n"
        "contacts:",
    )
    assert [line.name for line in seen(author).help_lines] == ["NSPCC"]
    assert [line.name for line in seen(author, SPRING).help_lines] == ["Fire"]
    vary(author)
    assert author.problems() == []
    source = author.source()
    of_nursery = select(source, variants_of(source.course)["nursery"], SPRING)
    assert [str(line.line) for line in of_nursery.help_lines] == ["Meic", "Fire"]


LINES = """\
help lines:
  meic: {line: Meic, number: 080880 23456, only in: wales}
  nspcc: {line: NSPCC, number: 0808 800 5000, only in: [england, wales]}
"""


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026.2", "2026.10"),
        ("2026.9", "2027.1"),
        ("2026", "2026.1"),
        ("1", "2"),
        ("spring 2026", "spring 2027"),
    ],
)
def test_editions_come_in_the_order_of_their_figures(earlier: str, later: str) -> None:
    assert comes_after(later, earlier)
    assert not comes_after(earlier, later)
    assert not comes_after(later, later)
