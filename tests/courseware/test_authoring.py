"""docs/authoring.md cannot lie: its examples compile, and it lists every key, block and option there is."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from courseware import source
from courseware.authored import journeys, law, lines, questions, selective
from courseware.authored.key_names import keys_of
from courseware.authored.model import Model
from courseware.build import compile_courses
from courseware.cli import main
from courseware.comparing import compare, report
from courseware.forecast import changes_of
from courseware.forecast_report import change_in_words
from courseware.formats import FORMATS
from courseware.journeys.playing import Played
from courseware.journeys.report import line, summary
from courseware.options import DEFAULT_FORMATS, BuildOptions
from courseware.questions import choose, find_in, scenes
from courseware.refreshing import listing
from tests.conftest import ROOT
from tests.courseware.authoring import FIXTURES, TODAY

GUIDE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n# ([^\n]+)\n(.*?)```", GUIDE, re.DOTALL)
DRAWINGS = dict(re.findall(r"```svg\n<!-- ([^\n]+) -->\n(.*?)```", GUIDE, re.DOTALL))
OF_DAYS = {name.removeprefix("days/"): text for name, text in EXAMPLES if name.startswith("days/")}
OF_LEGISLATION = {
    name: text for name, text in EXAMPLES if name.startswith(("gate-keeping/", "gate-law/", "law/premises"))
}
OF_VARIANTS = {name: text for name, text in EXAMPLES if name.startswith(("gate-watch/", "law/gates"))}
OF_REFRESHER = {name: text for name, text in EXAMPLES if name.startswith("gate-keys")}
KEYS_IN_TABLES = {
    key for row in re.findall(r"^\| (`[^|]*) \|", GUIDE, re.MULTILINE) for key in re.findall("`(.*?)`", row)
}


@pytest.mark.parametrize("has_pre_test", [False, True])
def test_the_examples_are_a_course_without_a_problem(tmp_path: Path, has_pre_test: bool) -> None:
    course = tmp_path / "gate-duty"
    blocks = [text for name, text in EXAMPLES if name == "script"]
    others = ("script", "days/", *OF_VARIANTS, *OF_LEGISLATION, *OF_REFRESHER)
    files = {name: text for name, text in EXAMPLES if not name.startswith(others)}
    files["lessons/blocks.yaml"] = "lesson: Blocks\nscript:\n" + "".join(blocks)
    files["course.yaml"] = files["course.yaml"].replace("[at-the-gate]", "[at-the-gate, blocks, quotes]")
    more = files.pop("course.yaml, more")
    files["course.yaml"] = files["course.yaml"].replace("contacts: {office: The school office}\n", more)
    tested, bank = files.pop("course.yaml, pre-test"), files.pop("quizzes/gate.yaml")
    several = files.pop("course.yaml, several")
    if has_pre_test:
        plain = "assessment: {from: final, pass: 80%}\n"
        assert plain in files["course.yaml"]
        files["course.yaml"] = files["course.yaml"].replace(plain, tested)
        files["quizzes/gate.yaml"] = bank
        del files["quizzes/final.yaml"]
    else:
        files["course.yaml"] += several
    gate = (FIXTURES / "gate-duty/course/media/gate.svg").read_text(encoding="utf-8")
    files |= {**DRAWINGS, "media/gate.svg": gate, "../logo.svg": gate}
    for name, text in files.items():
        path = (course / name).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (one,) = compile_courses([course], BuildOptions(TODAY, out=tmp_path / "packages"))
    assert [warning.message for warning in one.warnings] == [
        "nobody has reviewed edition 2026.1, so that it is a draft"
    ]
    described = next(iter(one.packages.values()))["course.json"]
    assert isinstance(described, bytes)
    assert (b'"pre-test":{"watch":3}' in described) is has_pre_test
    ((name, journey),) = one.source.journeys.items()
    steps = len(journey.steps)
    done = [
        Played("gate-duty", name, str(journey.journey), "", FORMATS[form].title, steps, done=steps)
        for form in DEFAULT_FORMATS
    ]
    said = "\n".join([*map(line, done), summary(done)])
    assert f"```text\n{said}\n```" in GUIDE


def test_the_example_of_variants_is_a_course_without_a_problem(tmp_path: Path) -> None:
    catalogue = dict(EXAMPLES)["../catalogue.yaml"].replace("logo:", "# logo:")
    for name, text in {**OF_VARIANTS, "catalogue.yaml": catalogue}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (one,) = compile_courses([tmp_path / "gate-watch"], BuildOptions(TODAY, out=tmp_path))
    assert [warning.message for warning in one.warnings] == [
        "nobody has reviewed edition 2026.1, so that it is a draft"
    ]
    assert sorted(path.name for path in one.packages) == [
        f"gate-watch-{name}.{form}.zip"
        for name in ("governors", "nursery", "staff")
        for form in ("scorm12", "scorm2004")
    ]
    options = BuildOptions(TODAY, variants=("staff", "nursery"))
    said = "\n".join(report(compare(tmp_path / "gate-watch", options)))
    assert f"```text\n{said}\n```" in GUIDE


def test_the_example_of_days_is_a_course_without_a_problem(tmp_path: Path) -> None:
    for name, text in {**OF_DAYS, "../catalogue.yaml": "provider: Us\n"}.items():
        path = tmp_path / name if name.startswith("law/") else (tmp_path / "course" / name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    said = []
    for day in (None, date(2027, 4, 1)):
        options = BuildOptions(day or TODAY, on=day, out=tmp_path)
        (one,) = compile_courses([tmp_path / "course"], options)
        assert [warning.message for warning in one.warnings] == [
            "nobody has reviewed edition 2026.2, so that it is a draft",
            *(["“badges-2026” was to commence on 2027-04-01, which has passed"] if day else []),
        ]
        said.append(str(next(iter(one.packages.values()))["index.html"]))
    (change,) = changes_of(one.source)
    assert f"```text\n{change_in_words(change)}\n```" in GUIDE
    assert ["A badge is welcome" in one for one in said] == [True, False]
    assert ["Ask every visitor for a badge" in one for one in said] == [False, True]


@pytest.mark.parametrize("word", ["separate", "optional", "left out"])
def test_the_example_of_legislation_is_two_courses_without_a_problem(tmp_path: Path, word: str) -> None:
    catalogue = dict(EXAMPLES)["../catalogue.yaml"].replace("logo:", "# logo:")
    for name, text in {**OF_LEGISLATION, "catalogue.yaml": catalogue}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    both = [tmp_path / "gate-keeping", tmp_path / "gate-law"]
    for one in compile_courses(both, BuildOptions(TODAY, out=tmp_path, legislation=word)):
        assert {warning.message for warning in one.warnings} == {
            "nobody has reviewed edition 2026.1, so that it is a draft"
        }


def test_the_example_of_a_refresher_is_derived_without_a_problem(tmp_path: Path) -> None:
    statistics = [
        {"question": "night", "n": 40, "facility": 0.5},
        {"question": "desk", "n": 40, "facility": 1},
    ]
    files = {**OF_REFRESHER, "gate-keys-refresher/questions.json": json.dumps(statistics)}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    both = [tmp_path / "gate-keys", tmp_path / "gate-keys-refresher"]
    for one in compile_courses(both, BuildOptions(TODAY, out=tmp_path)):
        assert [warning.message for warning in one.warnings] == [
            "nobody has reviewed edition 2026.2, so that it is a draft"
        ]
    described = json.loads(next(iter(one.packages.values()))["course.json"])  # type: ignore[arg-type]
    assert [(lesson["title"], lesson["pages"]) for lesson in described["lessons"]] == [
        ("What is new", ["", "In the office"]),
        ("Keep them", ["At night"]),
        ("Lose one", [""]),
    ]
    assert [asked["id"] for asked in described["assessment"]["questions"]] == [
        *("home", "weekend", "tell", "wait", "search")
    ]
    taken = listing.list_taken(both[1], BuildOptions(TODAY))
    assert taken
    said = "\n".join(listing.report(taken))
    assert f"```text\n{said}\n```" in GUIDE


@pytest.mark.parametrize(
    "model",
    [
        source.CourseFile,
        source.RefresherFile,
        source.TakeSettings,
        source.AssessmentSettings,
        source.LessonFile,
        questions.BankFile,
        questions.BankQuestion,
        source.CatalogueFile,
        law.Law,
        journeys.JourneyFile,
        journeys.Expected,
    ],
)
def test_every_key_is_in_a_table(model: type[Model]) -> None:
    assert set(keys_of(model)) <= KEYS_IN_TABLES


@pytest.mark.parametrize(
    "model",
    [
        *lines.LINES.values(),
        find_in.RightPlace,
        find_in.WrongPlace,
        *journeys.STEPS.values(),
        scenes.Scene,
        scenes.SayChoice,
        scenes.DoChoice,
        choose.RightOption,
        choose.WrongOption,
        law.Provision,
        source.Theme,
        source.LogoSettings,
        source.HelpLineEntry,
        source.ReviewSettings,
        source.VariantEntry,
        source.ObjectiveEntry,
        source.ContactEntry,
    ],
)
def test_every_block_s_keys_are_explained(model: type[Model]) -> None:
    for key in keys_of(model):
        assert re.search(rf"`{key}:?`", GUIDE), key


def test_no_table_lists_a_key_that_there_is_not() -> None:
    everything = {
        **vars(source),
        **vars(lines),
        **vars(questions),
        **vars(choose),
        **vars(scenes),
        **vars(find_in),
        **vars(law),
        **vars(selective),
        **vars(journeys),
    }.values()
    models = [one for one in everything if isinstance(one, type) and issubclass(one, Model)]
    known = {key for model in models for key in keys_of(model)}
    assert {key for key in KEYS_IN_TABLES if not key.startswith("courseware ")} <= known


def test_every_command_and_option_is_documented() -> None:
    for name, command in main.commands.items():
        assert f"`courseware {name} " in GUIDE
        for option in (option for parameter in command.params for option in parameter.opts):
            if option.startswith("--"):
                assert option in GUIDE, option
