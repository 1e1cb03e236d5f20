"""The JSON Schemas accept what the compiler's readers accept, and refuse what those refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator, FormatChecker

from courseware.authored.key_names import FILE_MODELS, keys_of
from courseware.authored.lines import LINES, CheckLine
from courseware.authored.model import Model
from courseware.authored.reading import InvalidError
from courseware.authored.vocabulary import HINTS
from courseware.cli import main
from courseware.load import is_refresher
from courseware.schema.descriptions import MEANINGS, sentence
from courseware.schema.files import FILES, schema_of
from courseware.schema.questions import KEYS_OF_KINDS
from courseware.schema.values import SchemaMaker, name_of
from courseware.source import RefresherFile
from courseware.yaml12.composer import read_document
from courseware.yaml12.nodes import SourceMap, SourceText
from tests.conftest import ROOT
from tests.courseware.authoring import FIXTURES, mistakes
from tests.courseware.test_authoring import EXAMPLES, GUIDE

SCHEMAS = {name: schema_of(name) for name in FILES}
DATES = FormatChecker(["date"])
VALIDATORS = {name: Draft7Validator(schema, format_checker=DATES) for name, schema in SCHEMAS.items()}
FOLDERS = {"lessons": "lesson", "quizzes": "bank", "law": "law", "journeys": "journey"}
# YAML 1.2, 10.3.2: what a plain text is for an editor.
EDITORS_VALUES: list[tuple[str, Any]] = [
    (r"~|null|Null|NULL|", lambda _: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", float),
]


def as_editors_read(node: object) -> Any:
    if isinstance(node, SourceMap):
        return {str(key): as_editors_read(value) for key, value in node.items()}
    if isinstance(node, SourceText):
        text = str(node)
        values = (make(text) for pattern, make in EDITORS_VALUES if re.fullmatch(pattern, text))
        return next(values, text) if node.style == "plain" else text
    assert isinstance(node, list)
    return [as_editors_read(one) for one in node]


def kind_of_file(file: str) -> str:
    path = Path(file.split(",")[0])
    return FOLDERS.get(path.parent.name) or path.stem


def is_refused_by_schema(kind: str, root: object) -> bool:
    return not VALIDATORS[kind].is_valid(as_editors_read(root))


def faults_of_reader(kind: str, root: object) -> set[str]:
    """The kinds of faults for which the compiler refuses a file."""
    model = RefresherFile if is_refresher(root) else FILES[kind][-1]
    try:
        model.read(root)
    except InvalidError as error:
        return {fault.kind for fault in error.faults}
    return set()


def problems_of(kind: str, file: str, text: str) -> list[str]:
    root = read_document(file, text.encode()).root
    return [f"{file}: {one.message[:200]}" for one in VALIDATORS[kind].iter_errors(as_editors_read(root))]


def examples() -> Iterator[tuple[str, str]]:
    """Those of the guide, each with the kind of its file, but not what is a part of a course.yaml only."""
    for file, text in EXAMPLES:
        if file == "script":
            yield "lesson", f"lesson: Blocks\nscript:\n{text}"
        elif "," not in file:
            yield kind_of_file(file), text


def test_a_schema_is_one_of_draft_7() -> None:
    for schema in SCHEMAS.values():
        Draft7Validator.check_schema(schema)


def test_every_file_of_ours_and_every_example_of_the_guide_is_valid() -> None:
    files = [*(ROOT / "course_src").rglob("*.yaml"), *FIXTURES.rglob("*.yaml")]
    assert len(files) > 40
    for path in files:
        assert problems_of(kind_of_file(str(path)), str(path), path.read_text(encoding="utf-8")) == []
    for kind, text in examples():
        assert problems_of(kind, f"an example of a {kind}", text) == []


# What a schema cannot say: which key comes first, and that “%” stands on both sides or on neither.
UNSAID = {
    ("unknown kind", "- title: Remember\n    callout: Nobody"),
    ("unknown kind", "- because: One word is heard.\n        right: Stop."),
    ("unknown kind", "      - {at: 50% across and 50% down, right: Behind the wall}"),
    ("no spot", "      - {right: Behind the wall, at: 50 across and 50% down}"),
}


@pytest.mark.parametrize("name", ["shapes", "silent", "remedies", "questions", "places", "days", "rules"])
def test_a_schema_refuses_the_mistakes_that_the_compiler_refuses_as_it_reads(name: str) -> None:
    compared = 0
    for mistake in mistakes(name):
        before = (FIXTURES / "gate-duty" / mistake.file).read_text(encoding="utf-8")
        assert mistake.before in before
        root = read_document(mistake.file, before.replace(mistake.before, mistake.after, 1).encode()).root
        if root is None:  # it is no YAML
            continue
        kind = kind_of_file(mistake.file)
        faults = faults_of_reader(kind, root)
        is_unsaid = any(fault in faults and words in mistake.after for fault, words in UNSAID)
        assert is_refused_by_schema(kind, root) is (bool(faults) and not is_unsaid), mistake.after
        compared += 1
    assert compared > 10


ODD = [5, 0, 2.5, -1, True, "some words", "yes", "", "2026-02-30", "80%", "none"]
ODD_PARTS: list[Any] = [[], {}, ["some words"], {"a": "b"}, {"text": "b"}]
ODD_KEYS: list[dict[str, Any]] = [{"unheard of": "x"}, {"because": "x"}, {"only for": ["x"]}, {"also": ["x"]}]


def changed(value: Any) -> Iterator[Any]:
    """The value with one odd part, each in turn."""
    yield from (*ODD, *ODD_PARTS)
    if isinstance(value, dict):
        yield from ({**value, **keys} for keys in ODD_KEYS)
        for key, inner in value.items():
            yield {other: one for other, one in value.items() if other != key}
            yield from ({**value, key: one} for one in changed(inner))
    if isinstance(value, list):
        for at, inner in enumerate(value):
            yield [*value[:at], *value[at + 1 :]]
            yield from ([*value[:at], one, *value[at + 1 :]] for one in changed(inner))


@pytest.mark.parametrize("step", [61, pytest.param(3, marks=pytest.mark.full)])
def test_schema_and_compiler_agree_whatever_is_changed(step: int) -> None:
    every = [
        (kind, one)
        for kind, text in examples()
        for one in changed(as_editors_read(read_document(kind, text.encode()).root))
    ]
    assert len(every) > 10_000
    for kind, one in every[::step]:
        text = json.dumps(one, ensure_ascii=False)
        root = read_document(kind, text.encode()).root
        assert is_refused_by_schema(kind, root) is bool(faults_of_reader(kind, root)), text


def inner_models(model: type[Model]) -> Iterator[type[Model]]:
    for one in model.__subclasses__():
        yield from inner_models(one)
        if one.__module__.startswith("courseware.") and (not one.__subclasses__() or one in LINES.values()):
            yield one


def keys_in(schema: Any) -> dict[str, Any]:
    """The keys of an object, whichever of its kinds it is."""
    found: dict[str, Any] = dict(schema.get("properties", {}))
    for branch in {"then", "else"} & schema.keys():
        found |= keys_in(schema[branch])
    return found


def test_every_model_and_every_key_is_in_a_schema_with_a_description() -> None:
    known: dict[str, Any] = {name_of(FILES[name][-1]): schema for name, schema in SCHEMAS.items()}
    for schema in SCHEMAS.values():
        known |= schema["definitions"]
    models = {*inner_models(Model)}
    assert {*LINES.values(), *FILE_MODELS} <= models
    for model in models:
        said = keys_in(known[name_of(model)])
        of_other_lines = {"scenes"} if model is CheckLine else KEYS_OF_KINDS - {"scenes"}
        missing = {*keys_of(model)}.difference(said)
        assert missing == (of_other_lines if issubclass(model, CheckLine) else set()), model
        for key, value in said.items():
            named = known[value["$ref"].rpartition("/")[2]] if "$ref" in value else value
            assert named.get("description"), f"{model}: {key}"


def test_a_key_that_no_schema_can_say_is_named() -> None:
    class OddFile(Model):
        odd: Annotated[str, str]

    with pytest.raises(NotImplementedError, match="knows no reader"):
        SchemaMaker().model(OddFile, "odd")


def test_a_key_is_described_in_one_place() -> None:
    assert not MEANINGS.keys() & HINTS.keys()
    said = re.findall(r'"description": ("(?:[^"\\]|\\.)*")', json.dumps(SCHEMAS))
    assert {sentence(words) for words in MEANINGS.values()} <= {*map(json.loads, said)}


def test_the_command_writes_each_schema_and_prints_its_path(tmp_path: Path) -> None:
    for _ in range(2):
        result = CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "schemas")])
        assert (result.exit_code, result.stderr) == (0, "")
        written = {
            Path(line).name: json.loads(Path(line).read_bytes()) for line in result.stdout.splitlines()
        }
        assert written == {f"{name}.schema.json": schema for name, schema in SCHEMAS.items()}
    (tmp_path / "file").write_bytes(b"")
    assert CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "file" / "in")]).exit_code == 1


def test_the_settings_in_the_guide_lead_each_file_to_its_schema() -> None:
    (written,) = re.findall(r"```json\n(.*?yaml\.schemas.*?)```", GUIDE, re.DOTALL)
    patterns = json.loads(written)["yaml.schemas"]
    assert patterns.keys() == {f"./schema/{name}.schema.json" for name in FILES}
    for path in (*(ROOT / "course_src").rglob("*.yaml"), *FIXTURES.rglob("*.yaml")):
        (schema,) = [name for name, pattern in patterns.items() if path.match(pattern.removeprefix("**/"))]
        assert schema == f"./schema/{kind_of_file(str(path))}.schema.json"
