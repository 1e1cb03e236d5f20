"""Everything that an author wrote, found wherever it stands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import cast

from courseware.authored.model import SLUG, Model
from courseware.errors import Problem
from courseware.load import written_files
from courseware.material import Material
from courseware.source import CheckLine, DutyLine, LessonFile, MustLine, ScriptLine, ShouldLine
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText

A_FEW = 2
# Keys whose text is Markdown, wherever they occur.
MARKDOWN_KEYS = frozenset(
    {"text", "must", "should", "caption", "callout", "steps", "content note"}
    | {"ask", "right", "wrong", "because", "summary", "description"}
)
PLAIN_KEYS = frozenset({"course", "lesson", "page", "alt", "title", "details", "bank"})


@cache
def fields_with_keys(model: type[Model], keys: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name, field in model.model_fields.items() if field.alias in keys)


def markdown_texts(material: Material) -> Iterator[SourceText]:
    """Every piece of Markdown in the course."""
    yield from markdown_texts_in(material.models)
    for node in material.rejected:
        yield from markdown_texts_below(node)


def markdown_texts_in(models: Iterable[Model]) -> Iterator[SourceText]:
    for model in models:
        for name in fields_with_keys(type(model), MARKDOWN_KEYS):
            found = getattr(model, name)
            if found is not None:
                yield from found if isinstance(found, tuple) else (found,)


def markdown_texts_below(node: object) -> Iterator[SourceText]:
    """The same in what fits no model: whatever stands under such a key."""
    for key, value in node.items() if isinstance(node, SourceMap) else ():
        for one in value if isinstance(value, SourceList) else (value,):
            is_prose = key in MARKDOWN_KEYS and (key == "steps") is (one is not value)
            if isinstance(one, SourceMap):
                yield from markdown_texts_below(one)
            elif isinstance(one, SourceText) and is_prose and one.strip():
                yield one


def plain_texts(material: Material) -> Iterator[SourceText]:
    """What is shown as it was written: titles and descriptions of pictures."""
    for model in material.models:
        for name in fields_with_keys(type(model), PLAIN_KEYS):
            if words := getattr(model, name):
                yield words


def whole_lessons(material: Material) -> Iterator[LessonFile]:
    """Those whose script has all its lines, so that one says something of the next."""
    for name, lesson in material.lessons.items():
        if f"lessons/{name}" not in material.broken:
            yield lesson


def blocks(material: Material) -> Iterator[tuple[LessonFile, ScriptLine]]:
    for lesson in material.lessons.values():
        for block in lesson.script:
            yield lesson, block


def checks(material: Material) -> Iterator[CheckLine]:
    yield from (block for _, block in blocks(material) if isinstance(block, CheckLine))


def duties(material: Material) -> Iterator[DutyLine]:
    yield from (block for _, block in blocks(material) if isinstance(block, MustLine | ShouldLine))


def grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What is said of several places has one cause, and is told at the first of them."""
    places: dict[str, list[Problem]] = {}
    for problem in problems:
        places.setdefault(problem.message, []).append(problem)
    for message, same in places.items():
        if len(same) > A_FEW:
            first = min(same)
            yield replace(first, message=f"{message}, here and in {len(same) - 1} more places")
        else:
            yield from same


def yaml_names(folder: Path) -> list[str]:
    """What a course can name of a folder: its files without their ending."""
    stems = (path.stem for path in written_files(folder) if path.suffix == ".yaml")
    return [stem for stem in stems if SLUG.fullmatch(stem)]


def misnamed(folder: Path, name: str) -> str:
    """The hint for a file that is there under another ending, in capitals or with spaces, or nothing."""
    for file in (path.name for path in written_files(folder)):
        stem, ending, _ = file.lower().partition(".")
        if ending and "-".join(re.findall("[a-z0-9]+", stem)) == name:
            return f"rename {folder.name}/{file} to “{name}.yaml”"
    return ""


def no_folder(folder: Path, holds: str) -> str:
    """The hint for a folder that is not there, which says more than what is missing in it; or nothing."""
    with os.scandir(folder.parent) as there:
        beside = [one.name for one in there if one.is_dir()]
    if folder.name in beside:  # a list, because some systems find “Media” where there is “media”
        return ""
    close = get_close_matches(folder.name, [name.lower() for name in beside], n=1, cutoff=0.6)
    meant = next((name for name in beside if name.lower() in close), "")
    if meant:
        return f"rename the folder “{meant}” to “{folder.name}”"
    return f"make a folder “{folder.name}” beside course.yaml, and put {holds} there"


def did_you_mean(word: str, words: object) -> str:
    """The hint for a name that nobody has: the one that was probably meant, or all there are."""
    known = sorted(str(word) for word in cast("Iterator[str]", words))
    alike = {one.casefold(): one for one in known}
    close = get_close_matches(word.casefold(), alike, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{alike[close[0]]}”?"
    return f"there are {', '.join(known)}" if known else ""
