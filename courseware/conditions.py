"""A citation of some variants: `[[kls p2, only in wales]]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from courseware.markdown import without_code
from courseware.yaml12.nodes import SourceText, without_parts

CITED = re.compile(r"(?P<before>\s*)\[\[(?P<reference>[^\[\],]*)(?P<conditions>(?:,\s*only\s[^\[\],]*)+)\]\]")
CONDITION = re.compile(r",\s*only\s+(?:(?P<key>for|in|with)\s+)?(?P<words>[^,]*)")
WORD = re.compile(r"(?!or\b)\S+")


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of a citation, with its words and where they stand in the text."""

    key: str  # “only in”; empty where the author left it half
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ConditionalCitation:
    """A citation with its conditions, and the parts of the text that go: all of it, or its conditions."""

    conditions: tuple[Condition, ...]
    whole: tuple[int, int]
    addition: tuple[int, int]


def conditional_citations(words: SourceText) -> Iterator[ConditionalCitation]:
    """Those of a text; the space before one goes with it, unless it begins a paragraph."""
    if "[[" not in words or "only" not in words:
        return
    for match in CITED.finditer(without_code(words)):
        at = match.start("conditions")
        conditions = tuple(
            Condition(
                f"only {one['key']}" if one["key"] else "",
                tuple(
                    (word[0], at + one.start("words") + word.start()) for word in WORD.finditer(one["words"])
                ),
            )
            for one in CONDITION.finditer(match["conditions"])
        )
        is_start = not match.start() or match["before"].count("\n") > 1
        yield ConditionalCitation(
            conditions,
            (match.end("before") if is_start else match.start(), match.end()),
            match.span("conditions"),
        )


def without_others(words: SourceText, is_meant: Callable[[Condition], bool]) -> SourceText:
    """The text without citations of other variants, and without the conditions of its own."""
    cuts = [
        one.addition if all(map(is_meant, one.conditions)) else one.whole
        for one in conditional_citations(words)
    ]
    return without_parts(words, cuts) if cuts else words
