"""What is for some readers only: an audience, a nation, a phase of education (decision 23)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field

from courseware.authored.model import Model, Slug
from courseware.yaml12.nodes import SourceText


def listed(value: object) -> object:
    """One word is a list of one."""
    return [value] if isinstance(value, SourceText) else value


OneOrMore = Annotated[tuple[Slug, ...], BeforeValidator(listed), Field(min_length=1)]
ONLY = ("only for", "only in", "only with")


class Selective(Model):
    """The base of what a variant may have or lack; a list is “any of these”, and all keys have to fit."""

    only_for: OneOrMore | None = None  # audiences
    only_in: OneOrMore | None = None  # nations
    only_with: OneOrMore | None = None  # phases

    @property
    def conditions(self) -> Iterator[tuple[str, tuple[SourceText, ...]]]:
        """The keys that the author wrote, each with its words."""
        for key, words in zip(ONLY, (self.only_for, self.only_in, self.only_with), strict=True):
            if words is not None:
                yield key, words
