"""A file in which something does not fit: the rest of it is judged too, so that all is told at once."""

from __future__ import annotations

from functools import cache
from typing import cast

from pydantic import ValidationError

from courseware.authored.naming import keys_of, likeness
from courseware.source import Course
from courseware.yaml12.composing import read_document
from courseware.yaml12.written import Entries, Items

# Stands in a course.yaml for whatever does not fit: its keys are required, and each is asked for elsewhere.
BLANK = b"""{course: Untitled, id: untitled, edition: none, as of: 2000-01-01, in: [none], for: [none],
  minutes: 1, objectives: {}, lessons: [none]}"""

NAMES = {"objectives", "contacts"}  # one that stands too far out looks like a key of the course


def without(root: Entries, error: ValidationError) -> tuple[Entries, tuple[object, ...]]:
    """The file less what is wrong with it, and that: lines of its lists, what it names, or whole keys."""
    wrong = {detail["loc"][:2] for detail in error.errors(include_url=False)}
    torn: list[object] = []
    rest = like(root)
    for key, value in root.items():
        inside = {loc[1] for loc in wrong if len(loc) > 1 and loc[0] == key}
        if (key,) in wrong or (inside and not isinstance(value, Items | Entries)):
            torn.append(value)
        elif isinstance(value, Items):
            rest[key] = lines = Items(line for at, line in enumerate(value) if at not in inside)
            lines.sheet, lines.start = value.sheet, value.start
            torn += [line for at, line in enumerate(value) if at in inside]
        elif isinstance(value, Entries):
            rest[key] = named = like(value)
            named.update((name, one) for name, one in value.items() if name not in inside)
            torn += [one for name, one in value.items() if name in inside]
        else:
            rest[key] = value
    return rest, tuple(torn)


def filled(root: Entries, error: ValidationError) -> tuple[Entries, tuple[object, ...], frozenset[str]]:
    """A course.yaml with blank values for what does not fit; that; and the keys that it does not tell."""
    wrong = {detail["loc"][0] for detail in error.errors(include_url=False)}
    fits = {key: value for key, value in root.items() if key not in wrong}
    rest = like(root)
    rest.update({**blank(), **fits})
    torn = tuple(value for key, value in root.items() if key in wrong)
    known = keys_of(Course)
    if any(key not in known and not likeness(key, known) for key in root):
        fits = {key: value for key, value in fits.items() if key not in NAMES}
    return rest, torn, frozenset(known).difference(fits)


@cache
def blank() -> Entries:
    """Read when somebody first needs it."""
    return cast(Entries, read_document("", BLANK).root)


def like(entries: Entries) -> Entries:
    """As empty as it began."""
    empty = Entries()
    empty.sheet, empty.start, empty.model = entries.sheet, entries.start, entries.model
    return empty
