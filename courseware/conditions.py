"""A citation of some variants: `[[kls p2, only in wales]]`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from courseware.errors import Place
from courseware.markdown import without_code
from courseware.yaml12.nodes import SourceText

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


class CutText(SourceText):
    """A text of the author's without some parts of it; its places are those in the file."""

    __slots__ = ("original", "removed")
    original: SourceText
    removed: Sequence[tuple[int, int]]  # for each part, its offset in this text and the characters so far

    def place_of(self, offset: int) -> Place:
        at = bisect_right(self.removed, offset, key=lambda one: one[0])
        return self.original.place_of(offset + (self.removed[at - 1][1] if at else 0))


def without_others(words: SourceText, is_meant: Callable[[Condition], bool]) -> SourceText:
    """The text without citations of other variants, and without the conditions of its own."""
    cuts = [
        one.addition if all(map(is_meant, one.conditions)) else one.whole
        for one in conditional_citations(words)
    ]
    return cut(words, cuts) if cuts else words


def cut(words: SourceText, cuts: Sequence[tuple[int, int]]) -> CutText:
    pieces, removed, here, lost = [], [], 0, 0
    for start, end in cuts:
        pieces.append(words[here:start])
        removed.append((start - lost, lost + end - start))
        here, lost = end, lost + end - start
    made = CutText("".join((*pieces, words[here:])))
    made.source_file, made.start, made.original, made.removed = (
        words.source_file,
        words.start,
        words,
        removed,
    )
    return made
