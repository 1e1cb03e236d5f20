"""What a format's package says of a course, and what the learner will see of it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from msgspec.structs import replace

from courseware.archive import write_archives
from courseware.blocks import Callout, Check, ContactSlot, ContentNote, Details, Duty, Figure, Steps, Text
from courseware.build import compile_courses
from courseware.errors import CoursewareError
from courseware.formats import MANIFESTS
from courseware.formats.manifest import read_manifest
from courseware.judging import judge
from courseware.package import Part, Provenance, ResourceType, SchoolContact, Standard
from courseware.plan import Plan, plan, plan_formats
from courseware.planning.assessment import fewest_right
from courseware.planning.manifest import COMPILER
from courseware.reading import read_package
from tests.conftest import ROOT, shared
from tests.courseware.authoring import OFFICIAL_SCHEMAS, Author

COURSES = sorted(path.parent for path in (ROOT / "course_src" / "courses").glob("*/course.yaml"))


@pytest.fixture(params=sorted(MANIFESTS))
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def planned(author: Author, form: str = "scorm12", **variant: str) -> Plan:
    return plan(author.source(), form, variant)


# The law: what is built is read back as it was planned


def test_what_is_built_is_what_was_planned(author: Author, form: str) -> None:
    (built,) = compile_courses(
        [author.course], author.options(formats=(form,), variant={"audience": "governors"})
    )
    for target, files in built.packages.items():
        write_archives({target: files})
        reading = read_package(target)
        assert reading.problems == ()
        assert reading.package == planned(author, form, audience="governors").package


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_the_real_courses_are_what_was_planned(course: Path, form: str, tmp_path: Path) -> None:
    author = Author(tmp_path)
    judged = judge(author.loaded(course), author.options())
    (built,) = compile_courses([course], author.options(formats=(form,)))
    target = tmp_path / "course.zip"
    for one, files in zip(judged.chosen, built.packages.values(), strict=True):
        write_archives({target: files})
        reading = read_package(target)
        assert reading.problems == ()
        assert reading.package == plan(one.source, form, one.facts).package
        assert sorted(files) == sorted([*reading.package.resources[0].files, "imsmanifest.xml"])


@pytest.mark.parametrize(
    "course", [None, *COURSES], ids=lambda course: course.name if course else "gate-duty"
)
def test_its_manifest_is_valid(course: Path | None, form: str, author: Author) -> None:
    if form not in OFFICIAL_SCHEMAS:
        pytest.skip("there is no official schema of this edition")
    valid = etree.XMLSchema(etree.parse(shared("xsd") / f"{OFFICIAL_SCHEMAS[form]}.xsd"))
    (built,) = compile_courses([course or author.course], author.options(formats=(form,)))
    for files in built.packages.values():
        manifest = files["imsmanifest.xml"]
        assert isinstance(manifest, bytes)
        valid.assertValid(etree.fromstring(manifest))


SEVERAL = {
    "free": "structure: multi",
    "in order": "structure: multi\norder: as listed",
    "no questions": "structure: multi\norder: as listed",
}


@pytest.mark.parametrize("way", [*SEVERAL, "pre-test"])
def test_a_course_of_several_scos_is_what_was_planned(author: Author, form: str, way: str) -> None:
    """And valid, and each SCO has a page of its own."""
    author.change(
        "course/course.yaml", "minutes: 12", f"{SEVERAL.get(way, SEVERAL['in order'])}\nminutes: 12"
    )
    if way == "pre-test":
        author.change("course/course.yaml", "tries: 3", "tries: 3, pre-test: yes")
    if way == "no questions":
        author.change("course/course.yaml", "assessment: {from: final, pass: 80%, tries: 3}\n", "")
    (built,) = compile_courses([author.course], author.options(formats=(form,)))
    ((target, files),) = built.packages.items()
    write_archives({target: files})
    reading = read_package(target)
    assert reading.problems == ()
    package = reading.package
    assert package is not None
    assert package == planned(author, form).package
    if form in OFFICIAL_SCHEMAS:
        manifest = files["imsmanifest.xml"]
        assert isinstance(manifest, bytes)
        valid = etree.XMLSchema(etree.parse(shared("xsd") / f"{OFFICIAL_SCHEMAS[form]}.xsd"))
        valid.assertValid(etree.fromstring(manifest))
    listed = [file for resource in package.resources for file in resource.files]
    assert sorted(files) == sorted([*listed, "imsmanifest.xml"])
    scos = [item for item in package.organization.walk() if item.resource]
    skips = way == "pre-test" and form != "scorm12"
    assert len(scos) == 2 + (way != "no questions") + skips
    said = [warning.message for warning in built.warnings if "no pre-test" in warning.message]
    assert bool(said) is (way == "pre-test" and not skips)


@pytest.mark.full
def test_the_real_courses_in_several_scos_are_valid_and_come_back(author: Author) -> None:
    schemas = {
        name: etree.XMLSchema(etree.parse(shared("xsd") / f"{schema}.xsd"))
        for name, schema in OFFICIAL_SCHEMAS.items()
    }
    for folder, order in itertools.product(COURSES, ("free", "as listed")):
        for one in judge(author.loaded(folder), author.options()).chosen:
            course = replace(one.source.course, structure="multi", order=order)
            for name, made in plan_formats(replace(one.source, course=course), MANIFESTS, one.facts).items():
                data = MANIFESTS[name].write(made.package)
                again, reader = read_manifest(data, "imsmanifest.xml")
                assert (again, reader.problems) == (made.package, [])
                if name in schemas:
                    schemas[name].assertValid(etree.fromstring(data))


def test_prerequisites_that_are_too_long_are_cut_aloud(author: Author) -> None:
    """CAM 1.2, 2.3.2.5.1: 200 characters. In order, the last lesson is enough."""
    names = [f"a-lesson-with-a-rather-long-name-of-its-own-{n}" for n in range(6)]
    lesson = (author.course / "lessons/visitors.yaml").read_text(encoding="utf-8").partition("  - check")[0]
    for n, name in enumerate(names):
        author.write(f"course/lessons/{name}.yaml", lesson.replace("Visitors", f"Visitors {n}"))
    author.change(
        "course/course.yaml", "[at-the-gate, visitors]", f"[at-the-gate, visitors, {', '.join(names)}]"
    )
    author.change("course/course.yaml", "minutes: 12", "structure: multi\nminutes: 42")
    made = planned(author)
    (warning,) = (one for one in made.warnings if "prerequisites" in one.message)
    assert "“Final questions” waits for the last 3 of 8 lessons" in warning.message
    final = made.package.organization.items[-1]
    assert final.prerequisites == "&".join(f"item-{name}" for name in names[-3:])
    author.change("course/course.yaml", "structure: multi", "structure: multi\norder: as listed")
    last = planned(author).package.organization.items[-1]
    assert last.prerequisites == f"item-{names[-1]}"


# The manifest


def test_scorm12_carries_the_mark_as_a_mastery_score(author: Author) -> None:
    package = planned(author).package
    (item,) = package.organization.items
    assert (package.standard, package.edition, item.mastery_score) == (Standard.SCORM_12, "1.2", 80.0)
    assert not item.sequencing.objectives


def test_scorm2004_carries_the_mark_as_a_measure(author: Author) -> None:
    package = planned(author, "scorm2004").package
    (item,) = package.organization.items
    (objective,) = item.sequencing.objectives
    assert (objective.primary, objective.satisfied_by_measure) == (True, True)
    assert objective.minimum_normalized_measure == 0.8
    assert item.sequencing.delivery_controls.completion_set_by_content
    assert item.sequencing.delivery_controls.objective_set_by_content
    assert package.organization.sequencing.control_mode.flow
    assert item.mastery_score is None


def test_without_an_assessment_there_is_no_mark(author: Author) -> None:
    author.change("course/course.yaml", "assessment: {from: final, pass: 80%, tries: 3}\n", "")
    assert planned(author).package.organization.items[0].mastery_score is None
    assert planned(author, "scorm2004").package.organization.items[0].sequencing.objectives == ()
    assert planned(author).pages.assessment is None


def test_the_metadata_is_for_a_catalogue(author: Author, form: str) -> None:
    package = planned(author, form).package
    metadata = package.metadata
    assert (metadata.title, metadata.language) == ("Gate Duty", "en-GB")
    assert metadata.description == "How to watch a gate, and whom to let in."
    assert metadata.typical_learning_time == 12 * 60
    assert metadata.keywords == ("staff", "governors", "england")
    assert package.version == "2026.1"


def test_it_says_where_it_comes_from(author: Author, form: str) -> None:
    package = planned(author, form, jurisdiction="wales", audience="governors").package
    variant = "audience=governors jurisdiction=wales"
    parts = (
        Part("at-the-gate", "At the gate", 5),
        Part("visitors", "Visitors", 5),
        Part("final_questions", "Final questions", 2, 3),
    )
    contacts = (SchoolContact("office", "The school office"),)
    assert package.provenance == Provenance(
        *("gate-duty", "2026.1", variant, COMPILER, parts, "reviewed", contacts, "2026-11-24", "left out")
    )


def test_every_file_is_listed(author: Author, form: str) -> None:
    (resource,) = planned(author, form).package.resources
    assert resource.scorm_type is ResourceType.SCO
    assert resource.href == "index.html"
    assert resource.files[0] == "index.html"


@pytest.mark.parametrize("title", ["الحماية", "Bullying 😀 & “<you>”", "a'b\"c ]]> &amp;"])
def test_any_title_survives(author: Author, form: str, title: str) -> None:
    author.change("course/course.yaml", "course: Gate Duty", f"course: |-\n  {title}")
    package = planned(author, form).package
    target = author.project / "course.zip"
    write_archives({target: {"imsmanifest.xml": MANIFESTS[form].write(package), "index.html": b""}})
    read = read_package(target).package
    assert read is not None
    assert read.organization.items[0].title == read.metadata.title == title


def test_what_scorm12_cannot_hold_is_dropped_aloud(author: Author) -> None:
    title = "Gate " * 50 + "Duty"
    author.change("course/course.yaml", "course: Gate Duty", f"course: {title}")
    author.change("course/course.yaml", "edition: 2026.1", "edition: 2026.1 of the first of September")
    plan_12, plan_2004 = planned(author), planned(author, "scorm2004")
    assert [warning.severity for warning in plan_12.warnings] == ["warning", "warning"]
    assert [str(warning.place).rpartition("/")[2] for warning in plan_12.warnings] == [
        "course.yaml:1:9",
        "course.yaml:3:10",
    ]
    assert len(plan_12.package.organization.title) <= 200
    assert plan_12.package.version == ""
    assert plan_12.package.metadata.title == title
    assert plan_2004.warnings == ()
    assert plan_2004.package.organization.title == title


def test_a_broken_percentage_is_the_measure_of_scorm_2004(author: Author) -> None:
    author.change("course/course.yaml", "80%", "66.5%")
    (item,) = planned(author, "scorm2004").package.organization.items
    assert item.sequencing.objectives[0].minimum_normalized_measure == 0.665


def test_too_much_to_remember_is_an_error_in_scorm12(author: Author) -> None:
    names = [f"{'a-question-with-a-long-name-' * 2}{number}" for number in range(75)]
    options = "choose one: [{right: Yes}, {wrong: No}]"
    questions = "".join(f"  {name}: {{ask: Is it {name}?, {options}}}\n" for name in names)
    author.write("course/quizzes/final.yaml", f"bank: Final\nquestions:\n{questions}")
    with pytest.raises(
        CoursewareError, match=r"can take 5,\d\d\d characters, and scorm12 keeps 4,096"
    ) as caught:
        planned(author)
    assert names[10] in caught.value.problems[0].hint
    planned(author, "scorm2004")


def test_a_bank_that_shorter_names_cannot_save_has_another_remedy(author: Author) -> None:
    options = "choose one: [{right: Yes}, {wrong: No}]"
    questions = "".join(f"  q{number}: {{ask: Is it {number}?, {options}}}\n" for number in range(300))
    author.write("course/quizzes/final.yaml", f"bank: Final\nquestions:\n{questions}")
    with pytest.raises(CoursewareError, match="scorm12 keeps 4,096") as caught:
        planned(author)
    (problem,) = caught.value.problems
    left_out = re.fullmatch(
        r"leave out (\d+) questions or so, or make two courses of it; "
        r"or build with “--format scorm2004” only, which keeps more",
        problem.hint,
    )
    assert left_out is not None
    fewer = questions.splitlines()[: 300 - int(left_out[1])]
    author.write("course/quizzes/final.yaml", "bank: Final\nquestions:\n" + "\n".join(fewer))
    planned(author)


# The mark


def marks() -> Iterator[tuple[Fraction, int]]:
    percents = [
        Fraction(number, 10_000) for number in (1, 500_000, 666_600, 666_666, 666_667, 999_999, 10**6)
    ]
    for percent in [*percents, *map(Fraction, range(1, 101))]:
        yield from ((percent, total) for total in (1, 2, 3, 7, 15, 29, 97))


def test_the_mark_is_the_fewest_that_reach_the_percentage() -> None:
    for percent, total in marks():
        raw = fewest_right(percent, total)
        assert Fraction(raw, total) >= percent / 100
        assert raw == 0 or Fraction(raw - 1, total) < percent / 100


@given(st.integers(1, 1_000_000), st.integers(1, 500))
def test_a_scaled_score_never_crosses_the_mark(ten_thousandths: int, total: int) -> None:
    """The course reports floor(raw / total * 10^7) / 10^7, the manifest the percentage: one verdict."""
    percent = Fraction(ten_thousandths, 10_000)
    measure = float(percent / 100)
    raw = fewest_right(percent, total)
    for right in (raw - 1, raw):
        scaled = math.floor(right * 10**7 / total) / 10**7
        assert (scaled >= measure) is (right >= raw)


def test_the_assessment(author: Author) -> None:
    assessment = planned(author).pages.assessment
    assert assessment is not None
    assert (assessment.pass_raw, assessment.pass_percent, assessment.tries) == (2, "80", 3)
    where, who = assessment.questions
    assert where.kind == "choose one"
    assert [(option.letter, option.right) for option in where.options] == [("a", True), ("b", False)]
    assert where.reread == ("at-the-gate", 0), "the lesson that teaches its objective"
    assert who.reread == ("visitors", 0), "what its author says"
    assert who.options[2].because == "<p>You know it.</p>"


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("If somebody runs", ("at-the-gate", 2)),
        ("say good  morning", ("visitors", 0)),
        ("visitors", ("visitors", 0)),
    ],
)
def test_a_question_leads_back_to_the_page_that_teaches_it(
    author: Author, named: str, place: tuple[str, int]
) -> None:
    author.change("course/quizzes/final.yaml", "reread: visitors", f"reread: {named}")
    author.change("course/quizzes/practice.yaml", "    ask:", f"    reread: {named}\n    ask:")
    pages = planned(author).pages
    assert pages.assessment
    assert pages.assessment.questions[1].reread == place
    assert [check.reread for check in pages.checks() if check.id == "no-badge"] == [place]


# The pages


def test_a_script_becomes_pages(author: Author) -> None:
    gate, visitors = planned(author).pages.lessons
    assert (gate.id, gate.title, gate.minutes, gate.objective) == ("at-the-gate", "At the gate", 5, "watch")
    assert gate.summary == "Stand where you see <strong>both</strong> ways."
    assert [page.title for page in gate.pages] == ["", "Where to stand", "If somebody runs"]
    kinds = [type(block) for block in gate.pages[1].blocks]
    assert kinds[:4] == [Text, Figure, Duty, Duty]
    assert gate.pages[1].blocks[-1] == Steps(("Unlock it", "Stand by it", "Lock it"))
    assert [type(block) for block in visitors.pages[0].blocks] == [Text, Details, ContactSlot, Check]
    assert visitors.pages[0].blocks[2] == ContactSlot("office", "The school office")


def test_a_content_note_covers_the_rest_of_its_page(author: Author) -> None:
    (note,) = planned(author).pages.lessons[0].pages[2].blocks
    assert isinstance(note, ContentNote)
    assert note.title == "Near a road"
    assert [type(block) for block in note.blocks] == [Text, Check]


@pytest.mark.parametrize(("line", "title"), [("    title: Remember\n", "Remember"), ("", "")])
def test_a_callout_has_the_title_that_it_was_given(author: Author, line: str, title: str) -> None:
    author.change("course/lessons/at-the-gate.yaml", "    title: Remember\n", line)
    blocks = planned(author).pages.lessons[0].pages[1].blocks
    assert [block.title for block in blocks if isinstance(block, Callout)] == [title]


def test_references_are_numbered_as_they_are_cited(author: Author) -> None:
    gate, visitors = planned(author).pages.lessons
    assert [(one.number, one.title, one.provision, one.kind) for one in gate.references] == [
        (1, "Visitors to our school", "part 1", "guidance"),
        (2, "Education Act 2002", "section 175", "law"),
    ]
    assert gate.references[1].citation == "2002 c. 32"
    assert [one.says for one in gate.references] == [
        "What to do at the gate",
        "Duties in relation to the welfare of children",
    ]
    assert [(one.number, one.provision, one.says) for one in visitors.references] == [
        (1, "the last page", "")
    ]
    text, _, must, should, *_ = gate.pages[1].blocks
    assert isinstance(text, Text)
    assert (
        '<span class="cite">(<a href="#at-the-gate.r1" id="at-the-gate.c1">'
        "Visitors to our school, part\u00a01</a>)</span>"
    ) in text.html
    assert isinstance(must, Duty)
    assert isinstance(should, Duty)
    assert (must.source, must.audience) == (gate.references[1], "governors")
    assert should.source == gate.references[0]


def test_a_citation_names_its_law_in_short_and_once(author: Author) -> None:
    """An abbreviation is explained where the lesson first uses it; a day that lies ahead is told."""
    author.change(
        "law/school.yaml",
        "title: Visitors to our school",
        "title: Visitors\n    short: VTS\n    edition: 2026",
    )
    author.change(
        "law/school.yaml", "      s175:", "      s9: {says: Badges, commences: 2027-04-01}\n      s175:"
    )
    author.change(
        "course/lessons/visitors.yaml",
        "[[visitors p2]].",
        "[[visitors p2]] [[visitors p1]] [[ea-2002 s9]] [[ea-2002 s175]]. Again [[visitors]].",
    )
    text = planned(author).pages.lessons[1].pages[0].blocks[0]
    assert isinstance(text, Text)
    assert re.sub("<[^>]*>", "", text.html).replace("\u00a0", " ") == (
        "Ask for a name and a reason (Visitors 2026 [VTS 2026], the last page, part 1; Education Act 2002, "
        "section 9 [from 1 April 2027], section 175). Again (VTS 2026)."
    )


def test_a_source_cited_by_a_duty_alone_leads_back_to_it(author: Author) -> None:
    author.change(
        "course/lessons/at-the-gate.yaml",
        "Never turn your back on the road.\n    by: visitors p1",
        "Never turn your back on the road.\n    by: visitors p2",
    )
    should = planned(author).pages.lessons[0].pages[1].blocks[3]
    assert isinstance(should, Duty)
    assert should.html == '<p id="at-the-gate.c3">Never turn your back on the road.</p>'


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_every_link_within_a_course_leads_somewhere(course: Path, tmp_path: Path) -> None:
    (built,) = compile_courses([course], Author(tmp_path).options(formats=("scorm2004",)))
    files = next(iter(built.packages.values()))
    content = files["index.html"]
    assert isinstance(content, bytes)
    page = html.document_fromstring(content)
    names = [str(one.get("id")) for one in page.iter() if one.get("id")]
    links = {str(one.get("href")) for one in page.iter("a", "use") if str(one.get("href")).startswith("#")}
    assert len(names) == len(set(names))
    assert {link[1:] for link in links if len(link) > 1} <= set(names)


def test_a_check_leads_back_to_its_page(author: Author) -> None:
    ball, badge = planned(author).pages.checks()
    assert (ball.id, ball.reread, ball.objective) == ("ball", ("at-the-gate", 2), "watch")
    assert (badge.id, badge.reread, badge.text) == (
        "no-badge",
        ("visitors", 0),
        "A visitor wears no badge. What now?",
    )


def test_final_questions_without_minutes_take_what_the_lessons_leave(author: Author) -> None:
    author.change("course/course.yaml", "minutes: 12\n", "minutes: 15\n")
    asked = planned(author).pages.assessment
    assert asked
    assert asked.minutes == 15 - 5 - 5
    author.change("course/lessons/visitors.yaml", "minutes: 5\n", "")
    asked = planned(author).pages.assessment
    assert asked
    assert asked.minutes == 2  # by their number, which is two


def test_the_same_in_every_format(author: Author) -> None:
    assert planned(author, "scorm12").pages == planned(author, "scorm2004").pages


def test_the_compiler_says_its_version() -> None:
    from importlib.metadata import version

    assert f"courseware {version('courseware')}" == COMPILER
