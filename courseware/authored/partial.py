"""A file in which something is invalid, without that part, so that the rules can judge the rest of it."""

from __future__ import annotations

from functools import cache
from typing import cast

from courseware.authored.key_names import closest_word, keys_of
from courseware.authored.reading import InvalidError
from courseware.source import CourseFile
from courseware.yaml12.composer import read_document
from courseware.yaml12.nodes import SourceList, SourceMap

# These values stand in for invalid ones of a course.yaml, all of whose keys are required.
BLANK = b"""{course: Untitled, id: untitled, edition: none, as of: 2000-01-01, in: [none], for: [none],
  minutes: 1, objectives: {}, lessons: [none]}"""

NAMED_BY_AUTHOR = {
    "objectives",
    "contacts",
}  # an item of these that is not indented looks like a key of the course


def without_invalid(root: SourceMap, error: InvalidError) -> tuple[SourceMap, tuple[object, ...]]:
    """The file without its invalid items, named values or whole keys, and those."""
    wrong = {fault.path[:2] for fault in error.faults}
    rejected: list[object] = []
    rest = empty_copy(root)
    for key, value in root.items():
        inside = {loc[1] for loc in wrong if len(loc) > 1 and loc[0] == key}
        if (key,) in wrong or (inside and not isinstance(value, SourceList | SourceMap)):
            rejected.append(value)
        elif isinstance(value, SourceList):
            rest[key] = lines = SourceList(line for at, line in enumerate(value) if at not in inside)
            lines.source_file, lines.start = value.source_file, value.start
            rejected += [line for at, line in enumerate(value) if at in inside]
        elif isinstance(value, SourceMap):
            rest[key] = named = empty_copy(value)
            named.update((name, one) for name, one in value.items() if name not in inside)
            rejected += [one for name, one in value.items() if name in inside]
        else:
            rest[key] = value
    return rest, tuple(rejected)


def with_blanks(root: SourceMap, error: InvalidError) -> tuple[SourceMap, tuple[object, ...], frozenset[str]]:
    """A course.yaml with blank values in place of invalid ones; the invalid values; and the keys that are
    blank."""
    wrong = {fault.path[0] for fault in error.faults}
    fits = {key: value for key, value in root.items() if key not in wrong}
    rest = empty_copy(root)
    rest.update({**blank_course(), **fits})
    rejected = tuple(value for key, value in root.items() if key in wrong)
    known = keys_of(CourseFile)
    if any(key not in known and not closest_word(key, known) for key in root):
        fits = {key: value for key, value in fits.items() if key not in NAMED_BY_AUTHOR}
    return rest, rejected, frozenset(known).difference(fits)


@cache
def blank_course() -> SourceMap:
    """Parsed at its first use: most builds need none."""
    return cast(SourceMap, read_document("", BLANK).root)


def empty_copy(entries: SourceMap) -> SourceMap:
    """An empty map with the same place and model."""
    empty = SourceMap()
    empty.source_file, empty.start, empty.model = entries.source_file, entries.start, entries.model
    return empty
