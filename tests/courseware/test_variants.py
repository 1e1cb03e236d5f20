"""One course, several variants: what each has, what is wrong in which, and what only one of two has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from courseware import blocks
from courseware.authored.lines import TextLine
from courseware.authored.variant import variants_of
from courseware.blocks import all_blocks
from courseware.build import build, compile_courses
from courseware.cli import main
from courseware.errors import CoursewareError
from courseware.pages import Pages
from courseware.plan import Plan, plan
from courseware.reading import read_package
from courseware.selecting import select
from courseware.stamps import build_changed
from tests.courseware.authoring import Author, Mistake, mistakes
from tests.courseware.varied import vary

GATE, VISITORS = "course/lessons/at-the-gate.yaml", "course/lessons/visitors.yaml"


@pytest.fixture
def varied(author: Author) -> Author:
    vary(author)
    return author


def planned(author: Author, name: str, form: str = "scorm2004") -> Plan:
    source = author.source()
    variant = variants_of(source.course)[name]
    return plan(select(source, variant), form, variant.facts)


def words(seen: Pages, lesson: str) -> str:
    """All that the blocks of a lesson say, with its references."""
    (one,) = (each for each in seen.lessons if each.id == lesson)
    blocks = [block for page in one.pages for block in all_blocks(page.blocks)]
    return " ".join(map(str, (*blocks, *one.references)))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# What each has


def test_nothing_is_wrong_with_the_variants_that_the_mistakes_are_made_in(varied: Author) -> None:
    assert varied.build_problems() == []


def test_a_variant_has_what_is_for_everybody_and_what_is_for_it(varied: Author) -> None:
    staff, governors, nursery = (planned(varied, name).pages for name in ("staff", "governors", "nursery"))
    assert [[page.title for page in one.lessons[0].pages] for one in (staff, governors)] == [
        ["", "Where to stand", "If somebody runs"],
        ["", "Where to stand"],
    ]
    assert [[lesson.id for lesson in one.lessons] for one in (staff, governors)] == [
        ["at-the-gate", "visitors"],
        ["at-the-gate", "visitors", "decisions"],
    ]
    assert [[option.text for option in next(one.checks()).options] for one in (staff, nursery)] == [
        ["Stop.", "Would you please all wait for a moment?"],
        ["Stop.", "Would you please all wait for a moment?", "Look, a ball."],
    ]
    assert ["Hold small hands" in words(one, "at-the-gate") for one in (staff, nursery)] == [False, True]


def test_a_citation_may_be_of_one_nation(varied: Author) -> None:
    cited = [
        [reference.title for reference in planned(varied, name).pages.lessons[0].references]
        for name in ("staff", "nursery")
    ]
    assert cited == [
        ["Visitors to our school", "Education Act 2002"],
        ["Visitors to our schools in Wales", "Education Act 2002"],
    ]
    assert "only in" not in words(planned(varied, "nursery").pages, "at-the-gate")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ask [[visitors p1, only in wales]] twice.", "Ask twice."),
        ("Ask [[visitors p1]] [[visitors p2, only in wales]], twice.", "Ask [[visitors p1]], twice."),
        ("Ask [[visitors p1 , only in wales or england]].", "Ask [[visitors p1 ]]."),
        ("Ask [[visitors p1, only in england, only for governors]].", "Ask."),
        ("[[visitors p1, only in wales]] Ask.", "Ask."),
        ("Ask `[[visitors p1, only in wales]]`.", "Ask `[[visitors p1, only in wales]]`."),
    ],
)
def test_a_text_reads_on_where_a_citation_is_left_out(varied: Author, written: str, kept: str) -> None:
    varied.change(VISITORS, "Ask for a name and a reason [[visitors p2, only in england]].", f'"{written}"')
    source = varied.source()
    line = select(source, variants_of(source.course)["staff"]).lessons["visitors"].script[1]
    assert isinstance(line, TextLine)
    assert line.text.strip() == kept


def test_a_place_behind_a_citation_that_is_left_out_is_the_place_in_the_file(varied: Author) -> None:
    varied.change(
        VISITORS, "[[visitors p2, only in england]].", "[[visitors p2, only in england]]. <b>Ask</b>."
    )
    html = "HTML (“<b>”) is not taken in text"
    assert [(one.place.line, one.place.column) for one in varied.found() if one.message == html] == [(6, 73)]


def test_an_objective_takes_its_lessons_questions_and_draw_with_it(varied: Author) -> None:
    asked = [planned(varied, name).pages.assessment for name in ("staff", "governors", "nursery")]
    assert [[question.id for question in one.questions] for one in asked if one] == [
        ["where", "who"],
        ["where", "keeper", "who"],
        ["where", "hands", "who"],
    ]
    assert [(one.draw, one.pass_raw) for one in asked if one] == [
        ((("watch", 1), ("greet", 1)), 2),
        ((("watch", 1), ("greet", 1), ("decide", 1)), 3),
        ((("watch", 1), ("greet", 1)), 2),
    ]


def test_a_check_goes_with_its_question_and_a_line_with_its_contact(varied: Author) -> None:
    varied.change("course/quizzes/practice.yaml", "  no-badge:\n", "  no-badge:\n    only in: england\n")
    seen = [planned(varied, name).pages for name in ("governors", "nursery")]
    assert [[type(block) for block in one.lessons[1].pages[0].blocks] for one in seen] == [
        [blocks.Text, blocks.Details, blocks.ContactSlot, blocks.ContactSlot, blocks.Check],
        [blocks.Text, blocks.Details, blocks.ContactSlot],
    ]
    assert [[slot.label for slot in one.contacts] for one in seen] == [
        ["The school office", "The clerk"],
        ["The school office"],
    ]


def test_a_check_may_be_written_once_for_each_nation(varied: Author) -> None:
    check = "  - check: ball\n    ask: A ball rolls into the road. What do you say?\n"
    other = "  - check: ball\n    only in: wales\n    ask: Do you say stop?\n    this is: true\n"
    varied.change(GATE, check, other + check.replace("ball\n", "ball\n    only in: england\n", 1))
    varied.change(GATE, "      - wrong: Look, a ball.\n        only with: early-years", "")
    assert varied.problems() == []
    asked = [next(planned(varied, name).pages.checks()) for name in ("staff", "nursery")]
    assert [(one.id, one.kind) for one in asked] == [("ball", "choose one"), ("ball", "this is")]


def test_what_both_have_keeps_its_name_and_its_fingerprint(varied: Author) -> None:
    """An answer that a learner gave under one variant fits under another."""
    kept = [
        {question.id: question.fingerprint for question in seen.assessment.questions}
        for seen in (planned(varied, name).pages for name in ("staff", "governors"))
        if seen.assessment
    ]
    assert kept[0].items() <= kept[1].items()


# What is built


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_build_makes_them_all_and_each_says_which_it_is(varied: Author, form: str) -> None:
    (one,) = build([varied.course], varied.options(formats=(form,)))
    assert [path.name for path in one.packages] == [
        f"gate-duty-{name}.{form}.zip" for name in ("staff", "governors", "nursery")
    ]
    for path, name in zip(one.packages, ("staff", "governors", "nursery"), strict=True):
        reading = read_package(path)
        assert reading.problems == ()
        assert reading.package == planned(varied, name, form).package
    last = planned(varied, "nursery", form).package
    assert (last.identifier, last.metadata.title) == ("course-gate-duty-nursery", "Gate Duty for nurseries")
    assert last.provenance is not None
    assert last.provenance.variant == "audience=staff jurisdiction=wales name=nursery phase=early-years"
    assert planned(varied, "governors", form).package.metadata.title == "Gate Duty for governors"
    assert planned(varied, "governors", form).pages.minutes == 16


def test_one_stays_the_course_that_was_there_before_there_were_variants(
    author: Author, tmp_path: Path
) -> None:
    build([author.course], author.options())
    before = author.project / "packages" / "gate-duty.scorm2004.zip"
    was = read_package(before).package
    vary(author)
    author.change(
        "course/course.yaml", "for: staff, in: england}", "for: staff, in: england, keeps the name: yes}"
    )
    build([author.course], author.options())
    now = read_package(before).package
    assert was is not None
    assert now is not None
    assert (now.identifier, now.provenance and now.provenance.variant) == (was.identifier, "")
    result = run(
        "build", author.course, "--out", tmp_path, "--format", "scorm12", "--variant", "audience=staff"
    )
    assert [Path(line).name for line in result.stdout.splitlines()] == [
        "gate-duty.scorm12.zip",
        "gate-duty-nursery.scorm12.zip",
    ]


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["governors"], ["governors"]),
        (["nursery", "staff"], ["nursery", "staff"]),
        (["audience=staff"], ["nursery", "staff"]),
        (["jurisdiction=wales", "phase=early-years", "language=en-GB"], ["nursery"]),
    ],
)
def test_one_is_built_by_its_name_or_by_what_it_chooses(
    varied: Author, asked: list[str], made: list[str], tmp_path: Path
) -> None:
    options = [word for one in asked for word in ("--variant", one)]
    result = run("build", varied.course, "--out", tmp_path / "out", "--format", "scorm12", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert sorted(result.stdout.splitlines()) == [
        f"{tmp_path}/out/gate-duty-{name}.scorm12.zip" for name in made
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("governers",), "the course has no variant “governers”\n  hint: did you mean “governors”?"),
        (("audience=governors", "phase=early-years"), "none of the course's variants has audience=governors"),
        (("jurisdiction=scotland",), "the course has no variant jurisdiction=scotland"),
    ],
)
def test_one_that_there_is_not_is_an_error(varied: Author, asked: tuple[str, ...], said: str) -> None:
    result = run("build", varied.course, *(word for one in asked for word in ("--variant", one)))
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_course_without_variants_has_none_to_ask_for(author: Author) -> None:
    (problem,) = author.problems(variants=("staff",))
    assert "the course has no variant “staff” | it names none: leave “--variant” out" in problem


def test_what_is_wrong_in_one_does_not_stop_the_others_from_being_built_by_name(varied: Author) -> None:
    varied.change("course/lessons/decisions.yaml", "  - text", "  - page: Later\n  - page: Then\n  - text")
    assert compile_courses([varied.course], varied.options(variants=("staff",)))
    with pytest.raises(CoursewareError, match="in the variant “governors”, the page “Later” is empty"):
        compile_courses([varied.course], varied.options())


def test_what_planning_finds_names_the_variant(varied: Author) -> None:
    """The largest suspend data of SCORM 1.2 is known only when the pages are planned."""
    many = "".join(
        f"  {'question-' * 9}{n}: {{only for: governors, about: watch, ask: '{n}?', this is: true}}\n"
        for n in range(60)
    )
    varied.change("course/quizzes/final.yaml", "questions:\n", f"questions:\n{many}")
    varied.change("course/course.yaml", "draw: {watch: 1, greet: 1, decide: 1}", "questions: all")
    (problem,) = varied.build_problems()
    assert "error: in the variant “governors”, a learner's answers and place can take" in problem


def test_a_variant_is_a_draft_where_a_law_that_only_it_cites_is(varied: Author, tmp_path: Path) -> None:
    varied.change("law/school.yaml", "ymwelwyr\n    checked: 2026-11-01\n", "ymwelwyr\n")
    (one,) = build([varied.course], varied.options(formats=("scorm12",)))
    assert [problem.message for problem in one.warnings] == [
        "nobody has compared “ymwelwyr” with the source yet"
    ]
    read = [read_package(path).package for path in one.packages]
    assert [package.provenance.status for package in read if package and package.provenance] == [
        "reviewed",
        "reviewed",
        "draft",
    ]
    assert run("build", varied.course, "--release", "--out", tmp_path).exit_code == 1
    assert run("build", varied.course, "--release", "--out", tmp_path, "--variant", "staff").exit_code == 0


def test_the_package_of_a_variant_is_not_that_of_another_course(varied: Author) -> None:
    other = varied.project / "other"
    for file in sorted(varied.course.rglob("*.*")):
        varied.write(f"other/{file.relative_to(varied.course)}", file.read_bytes())
    text = (other / "course.yaml").read_text(encoding="utf-8")
    before, _, after = text.partition("variants:\n")
    _, _, after = after.partition("minutes: 12")
    varied.write("other/course.yaml", before.replace("with: [early-years]\n", "") + "minutes: 12" + after)
    varied.change("other/course.yaml", "id: gate-duty", "id: gate-duty-staff")
    with pytest.raises(CoursewareError, match="its package “gate-duty-staff” has the name of another"):
        build([varied.course, other], varied.options())


def test_what_has_not_changed_is_not_built_again(varied: Author) -> None:
    options = varied.options(formats=("scorm12",))
    (first,) = build_changed([varied.course], options)
    times = [path.stat().st_mtime_ns for path in first.packages]
    assert build_changed([varied.course], options) == [first]
    assert [path.stat().st_mtime_ns for path in first.packages] == times
    (one,) = build_changed([varied.course], varied.options(formats=("scorm12",), variants=("staff",)))
    assert [path.name for path in one.packages] == ["gate-duty-staff.scorm12.zip"]
    varied.change(GATE, "Hold small hands.", "Hold hands.")
    (changed,) = build_changed([varied.course], options)
    assert [path.stat().st_mtime_ns for path in changed.packages] > times


# What is wrong


@pytest.mark.parametrize("mistake", mistakes("variants"), ids=str)
def test_a_mistake_names_the_variant_the_place_and_the_remedy(varied: Author, mistake: Mistake) -> None:
    varied.change(mistake.file, mistake.before, mistake.after)
    assert varied.problems() == mistake.said


# What only one of two has


STAFF_AND_GOVERNORS = """\
The course
  only staff: the title “Gate Duty”
  only governors: the title “Gate Duty for governors”
  only staff: 12 minutes
  only governors: 16 minutes
  only governors: the objective “Decide who keeps the gate”
  only governors: the contact “The clerk”
At the gate
  If somebody runs
    only staff: the whole page
Visitors
  Say good morning
    only governors: the contact “The clerk”
What governors decide
  only governors: the whole lesson
Final questions
  only staff: 2 questions, of which 2 right pass
  only governors: 3 questions, of which 3 right pass
  only governors: the question “Who decides who keeps the gate?”
"""
STAFF_AND_NURSERY = """\
The course
  only staff: the title “Gate Duty”
  only nursery: the title “Gate Duty for nurseries”
At the gate
  Where to stand
    only staff: the source “Visitors to our school part 1”, in “Stand with your back to the wall. See the road. See the yard…”
    only nursery: the source “Visitors to our schools in Wales part 1”, in “Stand with your back to the wall. See the road. See the yard…”
    only nursery: the text “Hold small hands.”
    only staff: the guidance “Never turn your back on the road.”
  If somebody runs
    only nursery: the answer “Look, a ball.”, in “A ball rolls into the road. What do you say?”
Visitors
  Say good morning
    only staff: the source “Visitors to our school the last page”, in “Ask for a name and a reason.”
Final questions
  only nursery: the question “You hold small hands.”
"""  # noqa: E501


@pytest.mark.parametrize(
    ("second", "said"), [("governors", STAFF_AND_GOVERNORS), ("nursery", STAFF_AND_NURSERY)]
)
def test_diff_says_by_lesson_and_page_what_only_one_has(varied: Author, second: str, said: str) -> None:
    result = run("diff", varied.course, "--variant", "staff", "--variant", second)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == said


def test_diff_is_for_programs_too(varied: Author) -> None:
    result = run("diff", varied.course, "--variant", "governors", "--variant", "nursery", "--json")
    assert {
        "lesson": "Visitors",
        "page": "Say good morning",
        "only": "governors",
        "what": "the contact",
        "words": "The clerk",
        "inside": "",
    } in json.loads(result.stdout)


def test_diff_of_what_is_wrong_says_so(varied: Author) -> None:
    one = run("diff", varied.course, "--variant", "staff")
    assert (one.exit_code, "give two variants" in one.stderr) == (2, True)
    unknown = run("diff", varied.course, "--variant", "staff", "--variant", "nurses")
    assert (unknown.exit_code, "did you mean “nursery”?" in unknown.stderr) == (1, True)
    varied.change(VISITORS, "teaches: greet", "teaches: great")
    wrong = run("diff", varied.course, "--variant", "staff", "--variant", "nursery")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "the course has no objective “great”" in wrong.stderr
