"""The values of one session, by element and by record: a commit reads and writes only what it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from courseware.package import normalised
from player.runtime.table import Address, Standard, address_of
from player.runtime.uniqueness import Uniqueness
from player.runtime.utf16 import length, whole

ALONE = ""  # the record of elements that belong to no collection
STORES = "adl.data."


class SessionData:
    """Values by element name. The elements of one record, such as an interaction, are found together."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self.values: dict[str, str] = {}
        self.counts: dict[str, int] = {}  # records by collection
        self.size = 0  # characters of the settable elements that are set, with their names
        self.changed: set[str] = set()  # records that were set, until they are taken
        self.unique = Uniqueness(self.values, self.counts)
        self._names: dict[str, list[str]] = {ALONE: []}
        self._objective_id = f"{standard.roles['objectives']}.n.id"
        self._objectives: dict[str, list[int]] = {}

    def record(self, record: str) -> dict[str, str]:
        """The values of a record, or of the elements that belong to none."""
        return {name: self.values[name] for name in self._names.get(record, ())}

    def take_changed(self) -> dict[str, dict[str, str]]:
        """The records that were set since they were last taken; stores are not the session's own."""
        taken, self.changed = self.changed, set()
        return {name: self.record(name) for name in sorted(taken) if not name.startswith(STORES)}

    def objectives(self, identifier: str) -> Sequence[int]:
        """The places of the objectives of this id, which is normalised."""
        return sorted(self._objectives.get(identifier, ()))

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep values that are not checked, also of elements that the data model does not have."""
        for name, value in values.items():
            address = address_of(self._standard, name)
            if address is not None:
                self.store(address, whole(value))
            else:
                self._put(ALONE, name, whole(value))

    def store(self, address: Address, value: str) -> None:
        """Keep the value of an element."""
        before = self._put(address.record, address.name, value)
        element = address.element
        if element.settable:
            self.size += self._more(address.name, before, value)
        if address.group:
            self.unique.change(address, before, value)
        if element.key == self._objective_id:
            self._place(address.indices[0], before, value)
        for collection, index in zip(address.collections, address.indices, strict=True):
            self.counts[collection] = max(self.counts.get(collection, 0), index + 1)

    def _put(self, record: str, name: str, value: str) -> str | None:
        before = self.values.get(name)
        if before is None:
            self._names.setdefault(record, []).append(name)
        self.values[name] = value
        return before

    def _place(self, at: int, before: str | None, after: str) -> None:
        if before is not None:
            self._objectives[normalised(before)].remove(at)
        self._objectives.setdefault(normalised(after), []).append(at)

    def more(self, name: str, value: str) -> int:
        """The characters that a value and its name have more than what stands there now."""
        return self._more(name, self.values.get(name), value)

    @staticmethod
    def _more(name: str, before: str | None, after: str) -> int:
        return length(after) - length(before) if before is not None else len(name) + length(after)
