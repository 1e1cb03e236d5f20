"""A course and its legal companion: separate, in one package, or left out (decision 25)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from courseware.archive import MANIFEST, write_archives
from courseware.build import build
from courseware.formats.manifest import read_manifest
from courseware.reading import read_package
from courseware.republishing import losses
from courseware.stamps import build_changed
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
        assert len(said) == 3  # and in the data of the result page
        assert all("list of courses" in line for line in said)
        assert "gate-law.zip" not in made


def test_a_line_leads_to_the_lesson_of_the_companion(provider: Provider) -> None:
    made = document(provider)
    assert "The lesson “The law of gates” in the course “Gate Keeping: Legislation”" in made
    assert "The law of gates" not in document(provider, legislation=LEFT_OUT)
    assert TITLE not in document(provider, legislation=LEFT_OUT)


@pytest.mark.parametrize("word", [SEPARATE, OPTIONAL, LEFT_OUT])
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
        for word, table in (
            ("", "legislation"),
            (LEFT_OUT, "legislation_left_out"),
            (OPTIONAL, "legislation_optional"),
        )
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


def test_a_contact_is_called_the_same_in_both(provider: Provider) -> None:
    for name, label in ((MAIN, "The office"), (COMPANION, "The gatehouse")):
        provider.change(
            f"{name}/course.yaml", "help lines: none", f"contacts: {{office: {label}}}\nhelp lines: none"
        )
    assert provider.problems() == []
    (said,) = provider.problems(legislation=OPTIONAL)
    assert said.startswith(
        "gate-law/course.yaml:13:20: the contact “office” is “The office” at gate-keeping/course"
    )
    assert said.endswith("call it the same in both courses, or give one of them another name")
    provider.change(f"{COMPANION}/course.yaml", "The gatehouse", "The office")
    (plan,) = provider.plans(legislation=OPTIONAL, formats=("scorm12",)).values()
    assert [slot.slot for slot in plan.pages.contacts] == ["office"]


def test_an_optional_part_is_a_part_with_a_result_of_its_own(provider: Provider) -> None:
    (plan,) = provider.plans(legislation=OPTIONAL, formats=("scorm2004",)).values()
    main, part = plan.pages.parts
    assert (main.is_optional, part.is_optional) == (False, True)
    assert part.final_objective == "optional_gate-law"
    assert plan.package.metadata.typical_learning_time == 5 * 60
    assert plan.package.provenance
    assert [(one.objective, one.optional, one.result) for one in plan.package.provenance.parts] == [
        ("at-your-gate", "", ""),
        ("final_questions", "", ""),
        ("the-law-of-gates", COMPANION, ""),
        ("optional_gate-law", COMPANION, "passed"),
    ]
    described = json.loads(text_of(provider, MAIN, "course.json", legislation=OPTIONAL))
    (optional,) = described["optional"]
    assert (optional["id"], optional["title"], optional["edition"]) == (COMPANION, TITLE, "2026.1")
    assert [one["id"] for one in optional["assessment"]["questions"]] == ["premises"]


def test_what_a_companion_s_reviewer_has_not_seen_keeps_the_package_a_draft(provider: Provider) -> None:
    reviewed = 'reviewed: {by: A. Reader, role: Lawyer, on: 2026-11-24, edition: "2026.1"}\nhelp lines: none'
    provider.change(f"{MAIN}/course.yaml", "help lines: none", reviewed)
    for word, status in ((SEPARATE, "reviewed"), (OPTIONAL, "draft")):
        (plan,) = provider.plans(legislation=word, formats=("scorm12",)).values()
        assert plan.package.provenance
        assert plan.package.provenance.status == status
    provider.change(f"{COMPANION}/course.yaml", "help lines: none", reviewed)
    (plan,) = provider.plans(legislation=OPTIONAL, formats=("scorm12",)).values()
    assert plan.package.provenance
    assert plan.package.provenance.status == "reviewed"


def test_a_companion_for_all_is_in_each_variant_and_one_with_variants_has_that_of_its_readers(
    provider: Provider,
) -> None:
    variants = "variants: {staff: {for: staff}, governors: {for: governors}}\nhelp lines: none"
    for_both = ("for: [staff]", "for: [staff, governors]")
    provider.change(f"{MAIN}/course.yaml", *for_both)
    provider.change(f"{MAIN}/course.yaml", "help lines: none", variants)
    assert provider.problems(legislation=OPTIONAL) == []
    provider.change(f"{COMPANION}/course.yaml", *for_both)
    provider.change(
        f"{COMPANION}/course.yaml", "help lines: none", variants.replace("governors: {", "board: {")
    )
    assert provider.problems(legislation=OPTIONAL) == []
    provider.change(
        f"{COMPANION}/lessons/the-law-of-gates.yaml",
        "  - text:",
        "  - text: You are a governor.\n    only for: governors\n  - text:",
    )
    packages = provider.compiled(legislation=OPTIONAL, formats=("scorm12",)).packages
    read = [read_manifest(bytes(files[MANIFEST]), MANIFEST)[0].provenance for files in packages.values()]
    parts = [part for origin in read if origin for part in origin.parts if part.result]
    assert [part.variant for part in parts] == ["staff", "board"]
    told = {
        path.name: b"You are a governor" in bytes(files["index.html"]) for path, files in packages.items()
    }
    assert told == {"gate-keeping-staff.scorm12.zip": False, "gate-keeping-governors.scorm12.zip": True}


def test_what_is_built_depends_on_the_companion(provider: Provider) -> None:
    def built(word: str = OPTIONAL) -> tuple[str, ...]:
        (stamp,) = build_changed([provider.folder / MAIN], provider.options(legislation=word))
        return stamp.states

    first = built()
    assert built() == first
    assert built(LEFT_OUT) != first
    before = built()
    provider.change(f"{COMPANION}/lessons/the-law-of-gates.yaml", "to be safe", "to be very safe")
    assert built() != before


def test_an_optional_part_of_several_scos_is_a_sco_outside_the_rollup(provider: Provider) -> None:
    provider.change(f"{MAIN}/course.yaml", "minutes:", "structure: multi\nminutes:")
    asked = {"legislation": OPTIONAL, "formats": ("scorm2004",)}
    ((path, files),) = provider.compiled(MAIN, **asked).packages.items()
    write_archives({path: files})
    package, problems = read_package(path)
    assert problems == ()
    assert package == provider.plans(MAIN, **asked)["scorm2004"].package
    last = package.organization.items[-1]
    controls = last.sequencing.rollup_controls
    assert (last.title, last.identifier) == (f"Optional: {TITLE}", f"item-optional_{COMPANION}")
    assert (controls.objective_satisfied, controls.progress_completion) == (False, False)
    assert controls.objective_measure_weight == 0
    made = files[f"optional_{COMPANION}.html"]
    assert isinstance(made, bytes)
    assert "The law of gates" in made.decode()
    assert all(
        b'href="#the-law' not in content
        for name, content in files.items()
        if name != f"optional_{COMPANION}.html" and isinstance(content, bytes)
    )
    questions = files["final_questions.html"]
    assert isinstance(questions, bytes)
    assert b'"onward":"suspendAll"' in questions  # an attempt that is ended would forget what is optional
    (problem,) = provider.problems(MAIN, legislation=OPTIONAL, formats=("scorm12",))
    assert "a SCORM 1.2 package of several SCOs cannot have an optional part" in problem


def test_what_is_lost_by_another_word_or_in_another_edition_is_told(provider: Provider) -> None:
    def package(word: str, course: str = MAIN) -> Path:
        (one,) = build([provider.folder / course], provider.options(formats=("scorm12",), legislation=word))
        (path,) = one.packages
        return path.rename(path.with_name(f"{course}-{word}.zip"))

    def told(old: Path, word: str, course: str = MAIN) -> list[str]:
        found = losses(provider.folder / course, old, provider.options(legislation=word))
        said = [f"{one.place.file}:{one.place.line}: {one.message}" for one in found]
        return [one.removeprefix(f"{provider.folder}/") for one in said]

    separate, optional, companion = package(SEPARATE), package(OPTIONAL), package(SEPARATE, COMPANION)
    assert told(separate, OPTIONAL) == []
    assert told(optional, OPTIONAL) == []
    gone = f"{MAIN}/course.yaml:1: the optional part “{TITLE}” is gone, and what learners have done in it"
    assert told(optional, SEPARATE) == [gone]
    assert told(optional, LEFT_OUT) == [gone]
    provider.change(f"{COMPANION}/quizzes/gate-law.yaml", "No law is about", "No law at all is about")
    provider.change(f"{COMPANION}/course.yaml", "pass: 100%", "pass: 50%")
    lesson = "lessons/the-law-of-gates.yaml"
    provider.change(f"{COMPANION}/{lesson}", "  - text:", "  - page: Whose gate\n  - text:")
    lost = [
        "course.yaml:1: the edition is “2026.1”, as in {}, and the course is another",
        f"{lesson}:0: the page “The law of gates” of “The law of gates” is gone",
        f"{lesson}:0: the page “Whose gate” of “The law of gates” is new",
        "quizzes/gate-law.yaml:3: the words of “premises” have changed: answers to it are dropped",
        (
            "course.yaml:1: the pass mark is 50%, and was 100%,"
            " and the final questions are others: results count anew"
        ),
    ]
    for old, course in ((optional, MAIN), (companion, COMPANION)):
        assert told(old, OPTIONAL, course) == [f"{COMPANION}/{one}".format(old.name) for one in lost]
    assert told(separate, SEPARATE) == []


def test_a_variant_may_have_another_word(provider: Provider) -> None:
    provider.change(f"{MAIN}/course.yaml", "in: [england]", "in: [england, wales]")
    england, wales = "{in: england, legislation: optional}", "{in: wales, legislation: left out}"
    variants = f"variants: {{england: {england}, wales: {wales}}}"
    provider.change(f"{MAIN}/course.yaml", "help lines: none", f"{variants}\nhelp lines: none")
    assert provider.problems() == []
    packages = provider.compiled(formats=("scorm12",)).packages
    told = {path.name: json.loads(bytes(files["course.json"])) for path, files in packages.items()}
    words = {name: (one["legislation"], "optional" in one) for name, one in told.items()}
    assert words == {
        "gate-keeping-england.scorm12.zip": (OPTIONAL, True),
        "gate-keeping-wales.scorm12.zip": (LEFT_OUT, False),
    }
    (of_wales,) = (files for path, files in packages.items() if "wales" in path.name)
    assert b"The law of gates" not in bytes(of_wales["index.html"])
    (said,) = provider.problems(legislation=SEPARATE)
    assert "in the variant “wales”, its legislation, “Gate Keeping: Legislation”, is not for wales" in said
