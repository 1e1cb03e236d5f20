"""Values that no two records of a collection may share, looked up by hash."""

from __future__ import annotations

from collections.abc import Mapping

from player.runtime.formats import pattern_key
from player.runtime.table import Address, Grammar

IDENTIFIER = Grammar(items=())


class Uniqueness:
    """Counts the records that hold each value; an index is built at the first look-up.

    Correct patterns of an interaction have an index for each way in which they are compared, because a SCO
    may change the type of the interaction.
    """

    def __init__(self, values: Mapping[str, str], counts: Mapping[str, int]) -> None:
        self._values, self._counts = values, counts
        self._indexes: dict[str, dict[str, _Index]] = {}

    def is_taken(self, address: Address, value: str, grammar: Grammar = IDENTIFIER) -> bool:
        """Return True where another record of the collection holds the value."""
        indexes = self._indexes.setdefault(address.group, {})
        index = indexes.get(grammar.unique)
        if index is None:
            index = indexes[grammar.unique] = _Index(grammar)
            for name in self._names(address):
                if name in self._values:
                    index.add(self._values[name], 1)
        return index.others(value, self._values.get(address.name)) > 0

    def change(self, address: Address, before: str | None, after: str) -> None:
        """Update the indexes for a value that is set."""
        for index in self._indexes.get(address.group, {}).values():
            if before is not None:
                index.add(before, -1)
            index.add(after, 1)

    def _names(self, address: Address) -> list[str]:
        collection = address.collections[-1]
        leaf = address.group.removeprefix(f"{collection}.")
        return [f"{collection}.{at}.{leaf}" for at in range(self._counts.get(collection, 0))]


class _Index:
    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._held: dict[str, int] = {}

    def add(self, value: str, by: int) -> None:
        key = pattern_key(self._grammar, value)
        self._held[key] = self._held.get(key, 0) + by
        if not self._held[key]:
            del self._held[key]

    def others(self, value: str, own: str | None) -> int:
        """Return how many records hold `value`, without the record that holds `own` now."""
        key = pattern_key(self._grammar, value)
        held = self._held.get(key, 0)
        return held - 1 if held and own is not None and pattern_key(self._grammar, own) == key else held
