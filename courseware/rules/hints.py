"""The parts of problems that several rules share: hints for names, and one problem for the same message."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from courseware.authored.model import SLUG
from courseware.errors import Problem
from courseware.load import written_files

A_FEW = 2


def grouped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """One problem for the same message at several places: it has one cause, and is reported at the first."""
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
    """The names that a course can use: a folder's files without their ending."""
    stems = (path.stem for path in written_files(folder) if path.suffix == ".yaml")
    return [stem for stem in stems if SLUG.fullmatch(stem)]


def misnamed(folder: Path, name: str) -> str:
    """The hint for a file under another ending, in capitals or with spaces; or an empty text."""
    for file in (path.name for path in written_files(folder)):
        stem, ending, _ = file.lower().partition(".")
        if ending and "-".join(re.findall("[a-z0-9]+", stem)) == name:
            return f"rename {folder.name}/{file} to “{name}.yaml”"
    return ""


def no_folder(folder: Path, holds: str) -> str:
    """The hint for a folder that does not exist, which explains more than a missing file; or an empty
    text."""
    with os.scandir(folder.parent) as there:
        beside = [one.name for one in there if one.is_dir()]
    if folder.name in beside:  # a list, because some systems open “media” as “Media” too
        return ""
    close = likest(folder.name, [name.lower() for name in beside])
    meant = next((name for name in beside if name.lower() == close), "")
    if meant:
        return f"rename the folder “{meant}” to “{folder.name}”"
    return f"make a folder “{folder.name}” beside course.yaml, and put {holds} there"


def did_you_mean(word: str, words: object) -> str:
    """The hint for an unknown name: the name that was probably meant, or all names."""
    known = sorted(str(word) for word in cast("Iterator[str]", words))
    alike = {one.casefold(): one for one in known}
    if close := likest(word.casefold(), alike):
        return f"did you mean “{alike[close]}”?"
    if len(known) == 1:
        return f"there is only “{known[0]}”"
    return f"there are {', '.join(known)}" if known else ""


def likest(word: str, words: Iterable[str]) -> str:
    """The most similar of the words, or an empty text."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, [*words], n=1, cutoff=0.6)), "")
