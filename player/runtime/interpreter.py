"""The run-time data of one session: it answers each API call as the standard says, without I/O or clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict, cast

from player.runtime.formats import check, check_grammar
from player.runtime.session_data import ALONE, STORES, SessionData
from player.runtime.table import Address, Element, Grammar, address_of, is_known, standard, table
from player.runtime.utf16 import units, whole

State = Literal["new", "running", "ended"]
Access = Literal["read-write", "read-only", "write-only", "none"]


class Store(TypedDict):
    """One shared data store that the activity maps, with the access that the manifest gives."""

    id: str
    access: Access
    value: str | None


class Launch(TypedDict):
    """The start of a session as JSON; the browser, the server and the log have the same.

    `room` limits the session's characters where the registration has fewer left than a session may hold.
    """

    standard: str
    values: dict[str, str]
    stores: NotRequired[list[Store]]
    state: NotRequired[State]
    room: NotRequired[int]


class Refused(Exception):  # noqa: N818 - the API refuses, nothing goes wrong
    """A call is answered with an error code; `fault` is a key of the table's faults."""

    def __init__(self, fault: str, why: str) -> None:
        super().__init__(why)
        self.fault = fault


class Runtime:
    """The interpreter of one session; `call` takes the 2004 names of functions in both standards."""

    def __init__(self, launch: Launch | Mapping[str, object]) -> None:
        given = cast(Launch, launch)
        self.standard = standard(given["standard"])
        self.state: State = given.get("state", "new")
        self.reported: set[str] = set()  # elements that were set, until they are learned
        self.last_error = "0"
        self._diagnostic = ""
        self.data = SessionData(self.standard)
        self._values = self.data.values
        self._access: list[Access] = []
        self._room = given.get("room")
        self.data.keep(given["values"])
        for at, store in enumerate(given.get("stores", [])):
            self._access.append(store["access"])
            self.data.keep({f"adl.data.{at}.id": store["id"]})
            if store["value"] is not None:
                self.data.keep({f"adl.data.{at}.store": store["value"]})

    @property
    def initialized(self) -> bool:
        return self.state == "running"

    @property
    def terminated(self) -> bool:
        return self.state == "ended"

    @property
    def values(self) -> dict[str, str]:
        """Every value that is set, by element name."""
        return dict(self._values)

    @property
    def stores(self) -> list[Store]:
        """The shared data stores as they are now; a store that was set to nothing holds ""."""
        return [
            {
                "id": self._values[f"adl.data.{at}.id"],
                "access": access,
                "value": self._values.get(f"adl.data.{at}.store"),
            }
            for at, access in enumerate(self._access)
        ]

    def is_set(self, name: str) -> bool:
        """Return True where a value was set or given; a default or a judged status does not count."""
        return name in self._values

    def get(self, name: str) -> str | None:
        """Return a value as the LMS sees it: also of write-only elements, with defaults and judged
        statuses."""
        plain = self.standard.plain
        if name in plain:
            return self._values.get(name, plain[name])
        address = address_of(self.standard, name)
        return None if address is None else self._value(address)

    def count(self, collection: str) -> int:
        return self.data.counts.get(collection, 0)

    def snapshot(self) -> Launch:
        """Return the session as it is now; a Runtime made from it continues here."""
        values = {name: value for name, value in self._values.items() if not name.startswith(STORES)}
        return self._launch(values)

    def without_records(self) -> Launch:
        """Return the snapshot without the records of collections, of which there may be thousands."""
        return self._launch(self.data.record(ALONE))

    def _launch(self, values: dict[str, str]) -> Launch:
        launch: Launch = {
            "standard": self.standard.name,
            "values": values,
            "stores": self.stores,
            "state": self.state,
        }
        return launch if self._room is None else {**launch, "room": self._room}

    def call(self, function: str, *arguments: str) -> str:
        """Answer one call of the API; the function is named without the prefix LMS."""
        if function == "GetLastError":
            return self.last_error
        if function == "GetErrorString":
            return self.standard.errors.get(arguments[0] if arguments else "", "")
        if function == "GetDiagnostic":
            return self._explain(arguments[0] if arguments else "")
        return self._perform(function, *arguments)

    def _explain(self, code: str) -> str:
        if code in ("", self.last_error) and self._diagnostic:
            return self._diagnostic
        return self.standard.errors.get(code or self.last_error, "")

    def _perform(self, function: str, *arguments: str) -> str:
        rules = self.standard.functions.get(function)
        first, second = (*arguments, "", "")[:2]
        if rules is None:
            return self._answer(function, self.standard.faults["argument"], "is not a function", "false")
        failed = "" if function == "GetValue" else "false"
        if rules["arity"] == 0 and first != "":
            return self._answer(function, self.standard.faults["argument"], "takes an empty string", failed)
        if rules[self.state] != "0":
            return self._answer("", rules[self.state], "", failed)
        try:
            result = self._dispatch(function, first, second)
        except Refused as refusal:
            return self._answer(first, self.standard.faults[refusal.fault], str(refusal), failed)
        return self._answer("", "0", "", result)

    def _answer(self, name: str, code: str, why: str, result: str) -> str:
        self.last_error = code
        detail = f"{name}: {why}" if name else why
        self._diagnostic = whole(units(detail)[: table().diagnostic]) if code != "0" else ""
        return result

    def _dispatch(self, function: str, first: str, second: str) -> str:
        if function == "GetValue":
            return self._get(first)
        if function == "SetValue":
            self._set(first, whole(second))
        elif function == "Initialize":
            self.state = "running"
        elif function == "Terminate":
            self.state = "ended"
        return "true"

    def _get(self, name: str) -> str:
        address = self._find(name, "get")
        if address.element.access == "wo":
            raise Refused("write_only", "can be set, not read")
        self._within(address)
        if self._access_of(address) in ("write-only", "none"):
            raise Refused("write_only", "the package maps it for writing only")
        value = self._value(address)
        if value is None:
            if self.standard.faults["unset"] == "0":
                return ""
            raise Refused("unset", "has no value yet")
        return value

    def _set(self, name: str, value: str) -> None:
        address = self._find(name, "set")
        if address.element.access in ("ro", "keyword"):
            fault = "keyword" if address.element.access == "keyword" else "read_only"
            raise Refused(fault, "can be read, not set")
        self._next_or_within(address)
        if self._access_of(address) in ("read-only", "none"):
            raise Refused("read_only", "the package maps it for reading only")
        for need in address.element.needs:
            if address.place(need) not in self._values:
                raise Refused("dependency", f"set {address.place(need)} first")
        grammar = self._grammar(address)
        self._check_limit(address, grammar)
        self._check_room(address, value)
        self._check_value(address, grammar, value)
        self._check_others(address, grammar, value)
        self.data.store(address, value)
        if address.record:
            self.data.changed.add(address.record)
        self.reported.add(address.name)

    def _find(self, name: str, verb: str) -> Address:
        if name == "":
            raise Refused(f"empty_{verb}", "the name of an element is missing")
        if address := address_of(self.standard, name):
            return address
        parent, _, last = name.rpartition(".")
        if last in ("_children", "_count") and is_known(self.standard, parent):
            fault = "leaf_keyword_set" if verb == "set" else f"{last[1:]}_get"
            raise Refused(fault, f"{parent} has no {last}")
        root = name.split(".", 1)[0]
        raise Refused("undefined" if root in self.standard.roots else "foreign", "is not in the data model")

    def _within(self, address: Address) -> None:
        for collection, index in zip(address.collections, address.indices, strict=True):
            if index >= self.count(collection):
                raise Refused("index_get", f"{collection} has {self.count(collection)} records")

    def _next_or_within(self, address: Address) -> None:
        key = address.element.key.split(".n")
        for depth, (collection, index) in enumerate(zip(address.collections, address.indices, strict=True)):
            kind, count = ".n".join(key[: depth + 1]), self.count(collection)
            if index > count or (index == count and kind not in self.standard.growing):
                raise Refused("index_set", f"{collection} has {count} records")
            if index == count and count >= (most := self.standard.most[kind]):
                raise Refused("full", f"{collection} has {count} records, and may have {most}")

    def _access_of(self, address: Address) -> str:
        if address.element.access != "store":
            return address.element.access
        return self._access[address.indices[0]]

    def _grammar(self, address: Address) -> Grammar | None:
        wanted = table().types[address.element.type]
        if wanted.kind != "grammar":
            return None
        kinds = self.standard.interactions
        kind = self._values.get(address.place(wanted.by), "other")
        return kinds.get(kind, kinds["other"])[wanted.role]

    def _check_limit(self, address: Address, grammar: Grammar | None) -> None:
        if grammar is not None and grammar.limit is not None and address.indices[-1] >= grammar.limit:
            raise Refused("too_many", f"this type of interaction has {grammar.limit} correct pattern")

    def _check_value(self, address: Address, grammar: Grammar | None, value: str) -> None:
        wanted = table().types[address.element.type]
        seen = units(value)
        if grammar is None:
            fault = check(address.element.type, seen)
        elif wanted.max is not None and len(seen) > wanted.max:
            fault = "type"
        else:
            fault = check_grammar(grammar, seen)
        if fault:
            what = "is out of the range" if fault == "range" else "does not have the form"
            raise Refused(fault, f"the value {what} of {address.element.type}")

    def _check_others(self, address: Address, grammar: Grammar | None, value: str) -> None:
        if address.element.once and self._values.get(address.name, value) != value:
            raise Refused("rewritten", "is set already and stays")
        if address.element.unique and self.data.unique.is_taken(address, value):
            raise Refused("taken", "another record has this value")
        if grammar is not None and grammar.unique and self.data.unique.is_taken(address, value, grammar):
            raise Refused("taken", "another correct pattern says the same")

    def _check_room(self, address: Address, value: str) -> None:
        """Refuse a value that does not fit; one that is no longer than the value it replaces always fits."""
        data, more = self.data, self.data.more(address.name, value)
        room = table().characters.session if self._room is None else self._room
        if more > 0 and data.size + more > room:
            raise Refused("full", f"{data.size} of {room} characters are in use, and this needs {more} more")

    def _value(self, address: Address) -> str | None:
        element = address.element
        if element.constant is not None:
            return element.constant
        if element.count:
            return str(self.count(address.name.removesuffix("._count")))
        if element.judged and element.judged.threshold in self._values:
            return self._judge(element)
        value = self._values.get(address.name, element.default)
        return None if value == "" and element.empty_is_unset else value

    def _judge(self, element: Element) -> str | None:
        if (rule := element.judged) is None:
            return None
        if rule.measure not in self._values:
            return rule.unmeasured
        met = float(self._values[rule.measure]) >= float(self._values[rule.threshold])
        return rule.met if met else rule.unmet
