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
        # A verdict is kept with its object: the identity of one that is gone may become another's.
        self._known: dict[tuple[object, int], tuple[object, Sequence[Problem]]] = {}

    def problems(
        self, those: Iterable[Judged], judge: Callable[[Judged], Iterable[Problem]]
    ) -> Iterator[Problem]:
        """The problems that this function finds in each of those."""
        for one in those:
            known = self._known.get((judge, id(one)))
            if known is None:
                known = self._known[judge, id(one)] = one, tuple(judge(one))
            yield from known[1]
