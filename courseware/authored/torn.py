"""A file in which something does not fit: the rest of it is judged too, so that all is told at once."""

from __future__ import annotations

from pydantic import ValidationError

from courseware.yaml12.written import Entries, Items


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


def like(entries: Entries) -> Entries:
    """As empty as it began."""
    empty = Entries()
    empty.sheet, empty.start, empty.model = entries.sheet, entries.start, entries.model
    return empty
