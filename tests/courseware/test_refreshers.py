"""A refresher: what it takes of its parent, what is the author's own, and what is wrong with it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from courseware import blocks
from courseware.authored.variant import variants_of
from courseware.blocks import Lesson
from courseware.build import build
from courseware.cli import main
from courseware.pages import Pages
from courseware.plan import Plan, plan
from courseware.reading import read_package
from courseware.republishing import losses
from courseware.selecting import select
from courseware.stamps import build_changed
from tests.courseware.authoring import Author, Mistake, mistakes
from tests.courseware.refreshed import RefresherAuthor, refresh, statistics

COURSE = "refresher/course.yaml"


@pytest.fixture
def refresher(author: Author) -> RefresherAuthor:
    return refresh(author)


def planned(author: Author, form: str = "scorm2004") -> Plan:
    return plan(author.source(), form, {})


def titles(seen: Pages) -> dict[str, list[str]]:
    """The titles of each lesson's pages."""
    return {lesson.id: [page.title for page in lesson.pages] for lesson in seen.lessons}


def html(lesson: Lesson, page: int) -> str:
    return " ".join(map(str, lesson.pages[page].blocks))


def take(author: Author, what: str, more: str = "") -> None:
    author.change(COURSE, '{objectives: [greet], changed since: "2026.1"}', f"{what}\n{more}".rstrip("\n"))


# What it takes


def test_nothing_is_wrong_with_the_refresher_that_the_mistakes_are_made_in(
    refresher: RefresherAuthor,
) -> None:
    assert Author(refresher.project).build_problems() == []
    assert refresher.build_problems() == []


def test_it_takes_the_lessons_of_an_objective_and_the_pages_that_have_changed(
    refresher: RefresherAuthor,
) -> None:
    seen = planned(refresher).pages
    assert titles(seen) == {
        "what-is-new": ["", "If somebody runs", "New: Say good morning", "If a key is lost"],
        "visitors": ["Say good morning"],
    }
    new, visitors = seen.lessons
    assert not new.objective, "nobody is spared what is new"
    assert [type(block) for block in new.pages[2].blocks] == [blocks.Duty], "only what has changed of it"
    assert "A visitor wears no badge" in html(visitors, 0), "and the page stays whole in its lesson"
    assert [type(block) for block in new.pages[1].blocks] == [blocks.ContentNote], "with what warns of it"


def test_the_page_what_is_new_says_it_in_words(refresher: RefresherAuthor) -> None:
    (told,) = planned(refresher).pages.lessons[0].pages[0].blocks
    assert isinstance(told, blocks.Text)
    assert told.html == (
        "<p>This has changed in “Gate Duty” since its edition 2026.1:</p>\n<ul>\n"
        "<li><strong>If somebody runs</strong>, in “At the gate”</li>\n"
        "<li><strong>Say good morning</strong>, in “Visitors”: "
        "“Ask a drone’s pilot for their name, too.”</li>\n"
        "<li><strong>If a key is lost</strong>, a new page of “Keys”</li>\n"
        "<li>One of the final questions is new, or asks something else now.</li>\n</ul>"
    ), "what stands behind a content note is not told before it"


def test_a_check_that_has_changed_is_asked_among_what_is_new(refresher: RefresherAuthor) -> None:
    refresher.change(
        "course/quizzes/practice.yaml", "  no-badge:\n", '  no-badge:\n    changed in: "2026.2"\n'
    )
    new, visitors = planned(refresher).pages.lessons
    assert "A visitor wears no badge" in html(new, 2)
    assert "A visitor wears no badge" not in html(visitors, 0)


def test_editions_are_compared_by_their_numbers(refresher: RefresherAuthor) -> None:
    """What changed in 2026.10 is later than 2026.9, and what changed in 2026.2 is not."""
    refresher.change("course/course.yaml", 'edition: "2026.2"', 'edition: "2026.10"')
    refresher.change("course/course.yaml", '["2026.1"]', '["2026.1", "2026.2", "2026.9"]')
    refresher.change("course/quizzes/final.yaml", 'changed in: "2026.2"', 'changed in: "2026.10"')
    refresher.change(COURSE, '"2026.1"}', '"2026.9"}')
    assert titles(planned(refresher).pages) == {
        "what-is-new": [""],
        "visitors": ["Say good morning"],
    }


def test_it_asks_a_pool_of_the_parents_questions(refresher: RefresherAuthor) -> None:
    asked = planned(refresher).pages.assessment
    assert asked
    assert [(one.id, one.always) for one in asked.questions] == [
        ("who", False),
        ("badge", False),
        ("drone", True),
        ("van", False),
    ]
    assert (asked.draw, asked.pass_percent, asked.tries) == ((("greet-2026-2", 2),), "80", 3)
    assert asked.pre_test == (("greet-2026-2", 3),)


def test_its_objectives_carry_its_edition(refresher: RefresherAuthor) -> None:
    """A pre-test passed in an earlier edition spares nothing in this one."""
    made = planned(refresher)
    assert [name for name, _ in made.pages.objectives] == ["greet-2026-2"]
    assert {one.objective for one in made.pages.assessment.questions} == {"greet-2026-2"}  # type: ignore[union-attr]
    assert made.package.provenance
    assert [part.teaches for part in made.package.provenance.parts] == ["", "greet-2026-2", ""]


def test_an_answer_that_was_given_in_the_parent_fits(refresher: RefresherAuthor) -> None:
    parent, own = planned(Author(refresher.project)).pages, planned(refresher).pages
    kept = [
        {
            one.id: one.fingerprint
            for one in (*seen.checks(), *(seen.assessment.questions if seen.assessment else ()))
        }
        for seen in (own, parent)
    ]
    assert kept[0].items() <= kept[1].items()
    assert {"ball", "no-badge", "who", "drone"} <= kept[0].keys()


def test_it_takes_what_is_most_missed_and_where_that_is_taught(refresher: RefresherAuthor) -> None:
    take(refresher, "{most missed: 2}", "statistics: questions.json")
    said = statistics(keys=0.4, ball=0.5, where=0.6, who=0.99, gone=0.1, last=None)
    refresher.write("refresher/questions.json", said)
    made = planned(refresher)
    assert titles(made.pages) == {"at-the-gate": ["If somebody runs"], "keys": ["Where the keys are"]}
    assert [block for block in made.pages.lessons[1].pages[0].blocks if isinstance(block, blocks.Figure)]
    asked = made.pages.assessment
    assert asked
    assert [(one.id, one.always, one.reread) for one in asked.questions] == [("keys", True, ("keys", 0))]
    assert asked.pre_test == (), "what is read in part is read by everybody"
    digest = sha256(said.encode()).hexdigest()
    assert made.package.provenance
    assert (made.package.provenance.refresher_of, made.package.provenance.statistics) == ("gate-duty", digest)


def test_a_question_that_too_few_have_answered_is_not_taken(refresher: RefresherAuthor) -> None:
    take(refresher, "{most missed: 2}", "statistics: questions.json")
    refresher.write("refresher/questions.json", statistics(n=29, keys=0.4, ball=0.5))
    (problem,) = refresher.problems()
    assert problem == (
        "refresher/course.yaml:5:21: error: no questions of “gate-duty” can be taken as most missed,"
        " and 2 are asked for: others have fewer than 30 answers, are never missed, or are no longer there"
        " | wait for more answers, or leave “most missed:” out"
    )
    refresher.write("refresher/questions.json", statistics(keys=0.4))
    (problem,) = refresher.problems()
    assert "warning: one question of “gate-duty” can be taken" in problem
    assert "wait for more answers, take 1, or leave" in problem
    refresher.change(COURSE, "statistics: questions.json", "statistics: [questions.json, others.json]")
    refresher.write("refresher/questions.json", statistics(n=20, keys=0.4, ball=1.0))
    refresher.write("refresher/others.json", statistics(n=20, keys=0.2, ball=0.9))
    assert refresher.problems() == []
    refresher.change(COURSE, "[questions.json, others.json]", "questions.json")
    for text in ("{}", "[{}]", "no JSON", "[1]"):
        refresher.write("refresher/questions.json", text)
        (problem,) = refresher.problems()
        assert "“questions.json” is not what “player questions COURSE --json” prints" in problem


# What is the author's own


def test_own_lessons_and_questions_stand_in_the_places_of_others(refresher: RefresherAuthor) -> None:
    refresher.change(COURSE, "minutes: 6", "minutes: 6\ninstead: {visitors: guests, who: whom, ball: kite}")
    refresher.write(
        "refresher/lessons/guests.yaml", "lesson: Guests\nteaches: greet\nscript:\n  - text: Hello.\n"
    )
    refresher.write("refresher/lessons/what-is-new.yaml", "lesson: News\nscript:\n  - text: Look.\n")
    refresher.write(
        "refresher/quizzes/own.yaml",
        "bank: Own\nquestions:\n  whom: {ask: You ask a builder., this is: true}\n"
        "  kite: {ask: A kite is caught in the gate. You run., this is: false}\n",
    )
    refresher.write(
        "refresher/quizzes/final.yaml",
        "bank: Own\nquestions:\n  badge: {about: greet, ask: A badge is enough., this is: false}\n"
        "  more: {about: greet, ask: You greet everybody., this is: true}\n",
    )
    assert refresher.build_problems() == []
    seen = planned(refresher).pages
    assert titles(seen) == {
        "what-is-new": ["", "If somebody runs", "New: Say good morning", "If a key is lost"],
        "guests": [""],
    }
    assert [one.id for one in seen.checks()] == ["kite"]
    asked = seen.assessment
    assert asked
    assert [(one.id, one.text, one.objective) for one in asked.questions] == [
        ("whom", "You ask a builder.", "greet-2026-2"),
        ("badge", "A badge is enough.", "greet-2026-2"),
        ("drone", "A drone over the yard is a visitor.", "greet-2026-2"),
        ("van", "A van may drive in without a word.", "greet-2026-2"),
        ("more", "You greet everybody.", "greet-2026-2"),
    ]


def test_lessons_of_its_own_come_after_what_is_new_or_where_it_lists_them(refresher: RefresherAuthor) -> None:
    refresher.write("refresher/lessons/hello.yaml", "lesson: Hello\nscript:\n  - text: Hello again.\n")
    assert list(titles(planned(refresher).pages)) == ["what-is-new", "hello", "visitors"]
    refresher.change(COURSE, "minutes: 6", "minutes: 6\nlessons: [hello, visitors]")
    assert refresher.build_problems() == []
    assert list(titles(planned(refresher).pages)) == ["hello", "visitors", "what-is-new"]


def test_it_may_have_an_assessment_of_its_own(refresher: RefresherAuthor) -> None:
    refresher.change(COURSE, "minutes: 6", "minutes: 6\nassessment: {from: final, questions: 3, pass: 100%}")
    asked = planned(refresher).pages.assessment
    assert asked
    assert (asked.number, asked.pass_raw, dict(asked.pre_test)) == (3, 3, {"greet-2026-2": 3})
    refresher.change(COURSE, "pass: 100%", "pass: 100%, pre-test: no")
    asked = planned(refresher).pages.assessment
    assert asked
    assert asked.pre_test == ()


def in_variants(refresher: RefresherAuthor) -> None:
    """The course and its refresher, each for staff and for governors."""
    variants = "variants: {staff: {for: staff}, governors: {for: governors, called: For governors}}\n"
    refresher.change("course/course.yaml", "minutes: 20\n", f"{variants}minutes: 20\n")
    refresher.change(COURSE, "minutes: 6\n", f"{variants}minutes: 6\n")


def test_a_variant_is_told_and_shown_what_is_new_for_it(refresher: RefresherAuthor) -> None:
    in_variants(refresher)
    keep = "  keep: {objective: Keep the keys, only for: governors}"
    refresher.change("course/course.yaml", "  keep: Keep the keys", keep)
    gate = "course/lessons/at-the-gate.yaml"
    refresher.change(gate, "    changed in: 2026.2", "    changed in: 2026.2\n    only for: governors")
    refresher.change("course/quizzes/final.yaml", "drone: {", "drone: {reread: If somebody runs, ")
    drone = '    changed in: "2026.2"\n    only for: staff\n'
    refresher.change("course/lessons/visitors.yaml", '    changed in: "2026.2"\n', drone)
    assert Author(refresher.project).problems() == []
    assert refresher.problems() == []
    source = refresher.source()
    seen = {
        name: plan(select(source, variant), "scorm12", variant.facts).pages
        for name, variant in variants_of(source.course).items()
    }
    assert titles(seen["staff"])["what-is-new"] == ["", "New: Say good morning"]
    assert titles(seen["governors"])["what-is-new"] == ["", "If somebody runs", "If a key is lost"]
    targets = [
        {one.id: one.reread for one in each.assessment.questions} for each in seen.values() if each.assessment
    ]
    assert [each["drone"] for each in targets] == [("visitors", 0), ("what-is-new", 1)]
    told = {name: html(one.lessons[0], 0) for name, one in seen.items()}
    assert ["key is lost" in one for one in told.values()] == [False, True]
    assert ["drone" in one for one in told.values()] == [True, False]


def test_a_variant_without_anything_new_has_no_such_lesson(refresher: RefresherAuthor) -> None:
    in_variants(refresher)
    for file, before in (
        ("lessons/at-the-gate.yaml", "    changed in: 2026.2"),
        ("lessons/keys.yaml", '    changed in: "2026.2"'),
        ("lessons/visitors.yaml", '    changed in: "2026.2"'),
    ):
        refresher.change(f"course/{file}", before, f"{before}\n    only for: governors")
    refresher.change("course/quizzes/final.yaml", "drone: {", "drone: {only for: governors, ")
    assert refresher.problems() == []
    source = refresher.source()
    staff = select(source, variants_of(source.course)["staff"])
    assert list(titles(plan(staff, "scorm12", {}).pages)) == ["visitors"]


def test_a_variant_that_has_nothing_of_the_pool_is_complete_when_read(refresher: RefresherAuthor) -> None:
    in_variants(refresher)
    greet = "  greet: {objective: Greet a visitor, only for: governors}"
    refresher.change("course/course.yaml", "  greet: Greet a visitor, and ask who they are", greet)
    assert refresher.problems() == []
    source = refresher.source()
    seen = [plan(select(source, one), "scorm12", {}).pages for one in variants_of(source.course).values()]
    assert [one.assessment is None for one in seen] == [True, False]
    assert [list(titles(one)) for one in seen] == [["what-is-new"], ["what-is-new", "visitors"]]


def test_a_variant_draws_and_tests_what_it_has_of_the_pool(refresher: RefresherAuthor) -> None:
    in_variants(refresher)
    for name in ("drone", "van"):
        refresher.change("course/quizzes/final.yaml", f"{name}: {{", f"{name}: {{only for: governors, ")
    assert refresher.problems() == []
    source = refresher.source()
    asked = [
        plan(select(source, variant), "scorm12", variant.facts).pages.assessment
        for variant in variants_of(source.course).values()
    ]
    assert [(dict(one.draw), dict(one.pre_test)) for one in asked if one] == [
        ({"greet-2026-2": 2}, {}),
        ({"greet-2026-2": 2}, {"greet-2026-2": 3}),
    ]


def test_a_parent_without_final_questions_has_a_refresher_without(refresher: RefresherAuthor) -> None:
    text = (refresher.project / "course/course.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("assessment:")]
    refresher.write("course/course.yaml", "\n".join(kept) + "\n")
    assert planned(refresher).pages.assessment is None


# For whom


def test_variants_are_those_of_the_parent_or_its_own_of_the_parents_words(refresher: RefresherAuthor) -> None:
    variants = (
        "[staff, governors]\nvariants:\n  staff: {for: staff}\n"
        "  governors: {for: governors, called: Gate Duty for governors, minutes: 30}\n"
    )
    refresher.change("course/course.yaml", "[staff, governors]\n", variants)
    refresher.change(
        "course/lessons/visitors.yaml",
        "  - details",
        "  - text: Smile.\n    only for: governors\n  - details",
    )
    options = refresher.options(formats=("scorm12",))
    (one,) = build([refresher.course], options)
    assert [path.name for path in one.packages] == [
        f"gate-duty-refresher-{name}.scorm12.zip" for name in ("staff", "governors")
    ]
    read = [read_package(path).package for path in one.packages]
    assert {package.metadata.title for package in read if package} == {"Gate Duty: Refresher"}
    described = [json.loads(files["course.json"])["refresher of"]["title"] for files in one.packages.values()]  # type: ignore[arg-type]
    assert described == ["Gate Duty", "Gate Duty for governors"]
    (told,) = refresher.problems()
    assert told.startswith(
        "refresher/course.yaml:1:1: warning: the variants “staff” and “governors” have the"
    )
    assert "same title, “Gate Duty: Refresher” | name the variants under “variants:” here too" in told
    refresher.change(COURSE, "minutes: 6", "minutes: 6\nvariants: {staff: {for: staff}}")
    (one,) = build([refresher.course], options)
    assert [path.name for path in one.packages] == ["gate-duty-refresher-staff.scorm12.zip"]
    assert refresher.problems() == []


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_its_package_says_what_it_refreshes(refresher: RefresherAuthor, form: str, tmp_path: Path) -> None:
    (one,) = build([refresher.course], refresher.options(formats=(form,), out=tmp_path / "first"))
    (path,) = one.packages
    reading = read_package(path)
    made = planned(refresher, form).package
    assert (reading.problems, reading.package) == ((), made)
    assert made.provenance
    assert made.provenance.refresher_of == "gate-duty"
    described = next(iter(one.packages.values()))["course.json"]
    assert isinstance(described, bytes)
    assert json.loads(described)["refresher of"] == {
        "course": "gate-duty",
        "title": "Gate Duty",
        "edition": "2026.2",
        "changed since": "2026.1",
    }
    build([refresher.course], refresher.options(formats=(form,), out=tmp_path / "second"))
    assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


LISTED = """\
What is new
  in words
  If somebody runs: the whole page, of “At the gate”
  New: Say good morning: 1 of 5 lines, of “Visitors”
  If a key is lost: the whole page, of “Keys”
Visitors
  the whole lesson
Final questions
  4 of 10 are taken
"""


def test_diff_says_what_it_takes(refresher: RefresherAuthor) -> None:
    told = CliRunner().invoke(main, ["diff", str(refresher.course)])
    assert (told.exit_code, told.stdout) == (0, LISTED)
    told = CliRunner().invoke(main, ["diff", str(refresher.course), "--json"])
    assert json.loads(told.stdout)[1] == {
        "lesson": "What is new",
        "page": "If somebody runs",
        "what": "the whole page",
        "of": "At the gate",
    }
    assert CliRunner().invoke(main, ["diff", str(refresher.project / "course")]).exit_code == 2


# What is wrong, and what has changed


@pytest.mark.parametrize("mistake", mistakes("refreshers"), ids=str)
def test_a_mistake_is_named_with_its_place_and_its_remedy(
    refresher: RefresherAuthor, mistake: Mistake
) -> None:
    refresher.change(mistake.file, mistake.before, mistake.after)
    assert refresher.problems() == mistake.said


def test_the_lesson_about_what_is_new_shares_its_name_with_no_other(refresher: RefresherAuthor) -> None:
    lessons = refresher.project / "course/lessons"
    (lessons / "visitors.yaml").rename(lessons / "what-is-new.yaml")
    refresher.change("course/course.yaml", "visitors,", "what-is-new,")
    refresher.change("course/quizzes/final.yaml", "reread: visitors", "reread: what-is-new")
    called = "the refresher's lesson about what has changed is called “what-is-new”"
    (problem,) = refresher.problems()
    assert problem == (
        f"{COURSE}:5:44: error: {called}, and it takes a lesson of that name from “gate-duty”"
        " | rename that one; or write it anew under another name, and “instead: {what-is-new: that-name}”"
    )
    refresher.write(
        "refresher/lessons/guests.yaml", "lesson: Guests\nteaches: greet\nscript:\n  - text: Hello.\n"
    )
    refresher.change(COURSE, "minutes: 6", "minutes: 6\ninstead: {what-is-new: guests}")
    assert refresher.problems() == []
    (refresher.course / "lessons/guests.yaml").rename(refresher.course / "lessons/what-is-new.yaml")
    refresher.change(COURSE, "{what-is-new: guests}", "{keys: what-is-new}")
    refresher.change(COURSE, "[greet]", "[keep]")
    (problem,) = refresher.problems()
    assert problem == (
        f"{COURSE}:7:17: error: {called}, and cannot stand instead of “keys”"
        " | give your own lesson another name"
    )


def test_what_is_wrong_in_the_parent_is_told_with_its_place(refresher: RefresherAuthor) -> None:
    visitors = "course/lessons/visitors.yaml"
    refresher.change(visitors, "- check: no-badge", "- check: no-bage\n  - page: Nothing yet")
    refresher.change("course/quizzes/final.yaml", "reread: visitors", "reread: visiters")
    said = refresher.problems()
    assert any("error: no bank has a question “no-bage”" in one for one in said)
    assert all(one.startswith("course/") for one in said)


def test_a_refresher_has_no_refresher(refresher: RefresherAuthor) -> None:
    text = (refresher.project / COURSE).read_text(encoding="utf-8")
    refresher.write("yard/course.yaml", text.replace("id: gate-duty-refresher", "id: yard-refresher"))
    refresher.change(COURSE, "refresher of: gate-duty", "refresher of: yard-refresher")
    (problem,) = refresher.problems()
    assert problem == (
        "refresher/course.yaml:4:15: error: “yard-refresher” is a refresher itself"
        " | name the course that it refreshes: “refresher of: gate-duty”"
    )


def test_a_refresher_is_built_again_where_its_parent_has_changed(refresher: RefresherAuthor) -> None:
    options = refresher.options(formats=("scorm12",))
    first = build_changed([refresher.course], options)
    assert build_changed([refresher.course], options) == first
    refresher.change("course/lessons/visitors.yaml", "They wait outside", "They have to wait")
    assert build_changed([refresher.course], options) != first


def test_the_next_edition_says_what_its_learners_do_again(refresher: RefresherAuthor) -> None:
    (one,) = build([refresher.course], refresher.options(formats=("scorm12",)))
    (old,) = one.packages
    refresher.change(COURSE, 'edition: "2026.2"\nref', 'edition: "2026.3"\nref')
    refresher.change(COURSE, 'edition: "2026.2"}', 'edition: "2026.3"}')
    said = [problem.message for problem in losses(refresher.course, old, refresher.options())]
    assert said == [
        "edition 2026.3 of a refresher draws its own questions: results count anew",
        "edition 2026.3 of a refresher asks its pre-test anew",
    ]
