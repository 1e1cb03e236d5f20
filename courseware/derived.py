"""The facts that a refresher takes from its parent, beside lessons and questions (decision 27)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from courseware.pages import RefreshedCourse
from courseware.yaml12.nodes import SourceText


class NewsEntry(Struct, frozen=True):
    """A page of the parent on which something has changed."""

    said: str  # Markdown: its title and its lesson
    lines: tuple[
        tuple[int, str], ...
    ]  # the node of each change, and its words: empty where they are not told

    def told(self, shown: Collection[int]) -> str:
        """In words, for readers who are shown these nodes; an empty text where nothing here is for them."""
        if not any(node in shown for node, _ in self.lines):
            return ""
        words = " ".join(words for node, words in self.lines if words and node in shown)
        return f"{self.said}: {words}" if words else self.said


class News(Struct, frozen=True):
    """The changes of its parent that a refresher tells; nodes are known by their identity."""

    head: str  # Markdown
    since: str
    line: int  # the node of the line that tells it in words
    entries: tuple[NewsEntry, ...]
    pages: Mapping[int, frozenset[int]]  # which changes a page is shown for, where that is why it is shown


class PoolNumbers(Struct, frozen=True):
    """The numbers of questions that a refresher asks; those of its parent, where it names none itself."""

    tested: frozenset[str]  # objectives that it teaches as a whole, so that a pre-test may spare them
    draw: Mapping[SourceText, int] | None = None  # the parent's
    questions: int | None = None  # as many as the parent asks, where it has no draw
    in_bank: int = 0  # the questions of the parent's bank


class Derived(Struct, frozen=True):
    """The parent of a refresher, and what each variant of the refresher is told and asked by it."""

    folder: Path  # the parent's
    course: RefreshedCourse
    titles: Mapping[str, str]  # of the parent's variants that have one of their own
    pool: PoolNumbers
    news: News | None
