"""A citation for some readers or days: `[[kls p2, only in wales]]`, `[[kcsie p1, from 2027-09-01]]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from courseware.authored.model import DATE
from courseware.authored.selective import DAYS
from courseware.markdown import without_code
from courseware.yaml12.nodes import SourceText, without_parts

CITED = re.compile(
    r"(?P<before>\s*)\[\[(?P<reference>[^\[\],]*)(?P<conditions>(?:,\s*(?:only|from|until)\s[^\[\],]*)+)\]\]"
)
CONDITION = re.compile(r",\s*(?:only\s+(?:(?P<key>for|in|with)\s+)?|(?P<day>from|until)\s+)(?P<words>[^,]*)")
WORD = re.compile(r"(?!or\b)\S+")


class Condition(Struct, frozen=True):
    """One key of a citation, with its words and where they stand in the text."""

    key: str  # “only in”, “from”; empty where the author left it half
    words: tuple[tuple[str, int], ...]


class ConditionalCitation(Struct, frozen=True):
    """A citation with its conditions, and the parts of the text that go: all of it, or its conditions."""

    conditions: tuple[Condition, ...]
    whole: tuple[int, int]
    addition: tuple[int, int]


def conditional_citations(words: SourceText) -> tuple[ConditionalCitation, ...]:
    """The citations of a text that have conditions; the space before one goes with it, unless it begins a
    paragraph."""
    return found_in(words) if "[[" in words and "," in words else ()


@lru_cache(maxsize=4096)
def found_in(words: str) -> tuple[ConditionalCitation, ...]:
    """Cached: rules and each variant ask again."""
    return (*_citations(words),)


def _citations(words: str) -> Iterator[ConditionalCitation]:
    for match in CITED.finditer(without_code(words)):
        at = match.start("conditions")
        conditions = tuple(
            Condition(
                f"only {one['key']}" if one["key"] else one["day"] or "",
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


def day_of(condition: Condition) -> date | None:
    """The day of `from …` or `until …`; None where there is not one day of the calendar."""
    try:
        ((word, _),) = condition.words
        return date.fromisoformat(word) if DATE.fullmatch(word) else None
    except ValueError:
        return None


def without_others(
    words: SourceText, is_meant: Callable[[Condition], bool], *, only_of_days: bool = False
) -> SourceText:
    """The text without citations of other variants or days, and without the conditions of its own."""
    cuts = [
        one.addition if all(map(is_meant, one.conditions)) else one.whole
        for one in conditional_citations(words)
        if not only_of_days or any(condition.key in DAYS for condition in one.conditions)
    ]
    return without_parts(words, cuts) if cuts else words
