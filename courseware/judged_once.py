"""The problems of texts and questions, each judged once: variants and days share most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from courseware.errors import Problem

Judged = TypeVar("Judged")


class JudgedOnce:
    """The verdicts of one course. An object is known by its identity, since a text has its place in its
    file: the same words elsewhere are another text."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, Sequence[Problem]]] = {}  # the object stays, and so its identity

    def problems(
        self, those: Iterable[Judged], judge: Callable[[Judged], Iterable[Problem]]
    ) -> Iterator[Problem]:
        """What is wrong with each of those, which are always judged by this function."""
        for one in those:
            if id(one) not in self._known:
                self._known[id(one)] = one, tuple(judge(one))
            yield from self._known[id(one)][1]
