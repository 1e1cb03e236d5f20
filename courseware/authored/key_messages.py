"""A validation error becomes problems in a trainer's words: keys that are missing, unknown or out of
place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from courseware.authored.key_names import (
    FILE_MODELS,
    Parents,
    closest_word,
    first_key_of,
    key_name,
    keys_of,
    normal_word,
    owner_name,
    parents_of,
)
from courseware.authored.law import Law, LawFile
from courseware.authored.lines import LINES, CheckLine
from courseware.authored.questions import BankQuestion
from courseware.authored.reading import Fault, InvalidError
from courseware.authored.value_messages import MESSAGES
from courseware.authored.vocabulary import (
    FILE_KINDS,
    HINTS,
    NOT_YET,
    NOT_YET_HINT,
    ODD_CHARACTER,
    PLACES_OF_KEYS,
    SYNONYMS,
    TYPE_ANEW,
)
from courseware.errors import Place, Problem
from courseware.source import CourseFile, HelpLineEntry, LessonFile, RefresherFile
from courseware.yaml12 import list_in_text
from courseware.yaml12.error_position import IN_QUOTES
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText

NAMED_MODELS = {"laws": Law, "questions": BankQuestion}  # the author names each law and each question
OR_MISSING = "; where that line is missing, put it back"
# Each of these begins a line of a list, so none of them is a detail of another line.
LINE_KEYS = frozenset({*LINES, "right", "wrong"})


def problems_of(root: object, error: InvalidError) -> tuple[Problem, ...]:
    """Every problem of one file; only one where the whole file is of another kind."""
    stranger = wrong_file_kind(root) or outdented_key(root, error)
    return (stranger,) if stranger else tuple(FileReport(root, error).problems())


def wrong_file_kind(root: object) -> Problem | None:
    """The problem of a file that lost its first line or belongs into another folder."""
    if not isinstance(root, SourceMap) or root.model not in FILE_MODELS or not root:
        return None
    wanted, first = first_key_of(root.model), str(next(iter(root)))
    if wanted in root:
        return None
    if first in FILE_KINDS:
        message = f"the file begins with “{first}:” like {FILE_KINDS[first]}, and not with “{wanted}:”"
        return Problem(root.place, message, "move it to where it belongs, or write its first line anew")
    if root.model is LawFile and not closest_word(first, (wanted,)):
        return Problem(root.place, f"the file does not begin with “{wanted}:”", HINTS[wanted])
    return None


def outdented_key(root: object, error: InvalidError) -> Problem | None:
    """The problem of a key of a law or a question that stands as far out as their names."""
    wrong = {fault.path[:2] for fault in error.faults}
    for holder, model in NAMED_MODELS.items():
        names = root.get(holder) if isinstance(root, SourceMap) else None
        for key in names if isinstance(names, SourceMap) else ():
            if key in keys_of(model) and (holder, key) in wrong and not is_named_so(key, names, model):
                message = f"“{key}:” stands among the names below “{holder}:”"
                return Problem(
                    cast(SourceText, key).place, message, "indent it below the one that it belongs to"
                )
    return None


def is_named_so(key: str, names: object, model: type) -> bool:
    """True for a law or a question whose own name is also a key."""
    value = names.get(key) if isinstance(names, SourceMap) else None
    return isinstance(value, SourceMap) and not value.keys().isdisjoint(keys_of(model))


class FileReport:
    """The problems of one file, one a mistake: a key that was misspelt or misplaced is not missing too."""

    def __init__(self, root: object, error: InvalidError) -> None:
        self.parents: Parents = dict(parents_of(root))
        # Unknown keys first, because of what they explain.
        self.faults = sorted(error.faults, key=lambda fault: fault.kind != "unknown key")
        # A thing with the key that was meant, or with where its key belongs, or with what a line brings along
        # (“by:”); None with a key that is somewhere; a key that is empty with "".
        self.explained: set[tuple[Place | None, str]] = set()
        self.last_item: tuple[int | str, ...] = ()

    def problems(self) -> Iterator[Problem]:
        for fault in self.faults:
            if fault.kind == "unknown key":
                yield from self.unknown_key(fault)
            elif not self.is_explained(fault):
                yield value_problem(fault, self.parents)

    def unknown_key(self, fault: Fault) -> Iterator[Problem]:
        key, entries = self.parents[id(fault.node)]
        if holder := text_above(key, entries):
            yield Problem(key.place, list_in_text.MESSAGE, list_in_text.hint(holder.excerpt))
            self.explained.add((holder.place, ""))
            return
        if entries.model is HelpLineEntry and len(entries) == 1:
            yield short_help_line(key, entries)
            self.explained |= {(entries.place, needed) for needed in keys_of(HelpLineEntry)}
            return
        known = keys_of(entries.model)
        name = closest_word(key, known) or meant_first_key(key, entries)
        if not name and key not in NOT_YET and not NOT_YET.isdisjoint({*entries}.difference(known)):
            return  # it belongs to a block that is not available yet
        home = "" if name else "laws" if entries.model is LawFile else PLACES_OF_KEYS.get(key, "")
        if not self.explained & {(entries.place, home), (entries.place, f"{key}:")}:
            yield unknown_key(key, entries, name, self.parents)
        self.explained |= {(entries.place, name or home or key), (None, key)}
        self.explained |= {(entries.place, f"{inner}:") for inner in keys_of(LINES.get(key))}

    def is_explained(self, fault: Fault) -> bool:
        """True for a key that is missing because it was misspelt, a text that is empty because its lines were
        taken for keys, and the second of two items that are alike."""
        node = fault.node
        match fault.kind:
            case "missing":
                key = str(fault.path[-1])
                return not self.explained.isdisjoint({(node.place, key), (None, key)})
            case "empty":
                return id(node) in self.parents and (self.parents[id(node)][0].place, "") in self.explained
            case "no kind" if isinstance(node, SourceText):
                before, self.last_item = self.last_item, fault.path
                return before[:-1] == self.last_item[:-1] and before[-1:] == (int(self.last_item[-1]) - 1,)
        return False


def short_help_line(key: SourceText, entries: SourceMap) -> Problem:
    """Written as a name and its number."""
    value = entries[key]
    number = value.excerpt if isinstance(value, SourceText) else "…"
    hint = f"write “{{line: {key.excerpt}, number: {number}}}”"
    return Problem(key.place, f"“{key.excerpt}:” is no key of a help line", hint)


def text_above(key: SourceText, entries: SourceMap) -> SourceText | None:
    """The key just above, where it is empty and a list stands below this one: both are its text."""
    keys = [cast(SourceText, each) for each in entries]
    above = keys[keys.index(key) - 1] if key in keys[1:] else None
    is_empty = above is not None and entries[above] == ""
    return above if is_empty and isinstance(entries[key], SourceList) else None


def meant_first_key(key: SourceText, entries: SourceMap) -> str:
    """The first key says what a thing is, so an unknown first key is taken for that one."""
    if entries.model not in FILE_MODELS:
        return ""
    first = first_key_of(entries.model)
    return first if first not in entries and key is next(iter(entries)) else ""


def unknown_key(key: SourceText, entries: SourceMap, name: str, parents: Parents) -> Problem:
    """The problem of a key that its model does not have: misspelt, not available yet, or made by YAML."""
    value, said = entries[key], key.excerpt
    if key in NOT_YET:
        return Problem(key.place, f"“{key}:” is not available yet", NOT_YET_HINT)
    if normal_word(key) in keys_of(entries.model) or key[:1].isspace():
        return Problem(key.place, ODD_CHARACTER.format(normal_word(key)), TYPE_ANEW)
    if entries.is_flow and isinstance(value, SourceText) and not value:
        message = f"a comma inside {{ }} ends the text, so “{said}” is read as a key"
        return Problem(key.place, message, IN_QUOTES)
    if key in LINE_KEYS and is_in_a_list(entries, parents):
        message = f"“{said}:” is no detail of {owner_name(entries, parents)}"
        hint = f"begin a line of its own with it: “- {said}:”"
        if "callout" in entries and key == "text":
            hint = f"write it under “callout:”, and the heading under “title:”; or {hint}"
        return Problem(key.place, message, hint)
    if entries.model is CheckLine and normal_key(key) in keys_of(BankQuestion):
        message = f"“{said}:” is for the questions of a bank"
        return Problem(key.place, message, "take it out: a check in a lesson is not scored")
    if entries.model in (CourseFile, RefresherFile) and (hint := refresher_hint(key, entries.model)):
        return Problem(key.place, f"“{said}:” is not a key of {owner_name(entries, parents)}", hint)
    hint = f"did you mean “{name}:”?" if name else placement_hint(key, entries)
    return Problem(key.place, f"“{said}:” is not a key of {owner_name(entries, parents)}", hint)


def refresher_hint(key: SourceText, model: type) -> str:
    """The hint for a key that only a refresher has, or only its parent; or an empty text."""
    of_refresher = sorted({*keys_of(RefresherFile)}.difference(keys_of(CourseFile)))
    if model is RefresherFile:
        is_of_parent = key in keys_of(CourseFile)
        return "take it out: a refresher has it from the course that it refreshes" if is_of_parent else ""
    if key in of_refresher:
        return "it is for a refresher: write “refresher of:” too, with the id of the course that it refreshes"
    meant = closest_word(key, of_refresher)
    return f"did you mean “{meant}:”?" if meant == "refresher of" else ""


def normal_key(key: str) -> str:
    return key.lower().replace("-", " ").replace("_", " ")


def placement_hint(key: SourceText, entries: SourceMap) -> str:
    """Names the thing that the key belongs to, or all keys that are known here."""
    if entries.model is LessonFile and key in LINES:
        return f"begin a line below “script:” with it: “- {key}:”"
    if entries.model is LawFile:
        return "indent it below “laws:”, as far in as the other laws"
    if home := PLACES_OF_KEYS.get(key, ""):
        return f"it belongs {home}{OR_MISSING if home.startswith('below') else ''}"
    for meant in SYNONYMS.get(key.lower(), ()):
        if meant in PLACES_OF_KEYS:
            return f"write “{meant}:” for it, {PLACES_OF_KEYS[meant]}"
    known = ", ".join(f"“{word}:”" for word in keys_of(entries.model))
    return f"the keys here are {known}"


def is_in_a_list(entries: SourceMap, parents: Parents) -> bool:
    key, around = parents.get(id(entries), (None, entries))
    return key is not None and around[key] is not entries


def value_problem(fault: Fault, parents: Parents) -> Problem:
    kind, node = fault.kind, fault.node
    if kind == "missing":
        key = str(fault.path[-1])
        holder = owner_name(node, parents)
        holder = "the file" if holder == f"“{key}:”" else holder
        hint = HINTS.get(f"{holder.strip('“:”')} {key}") or HINTS.get(key, f"add a line “{key}: …”")
        return Problem(node.place, f"{holder} has no “{key}:”", hint)
    sentence = MESSAGES.get(kind)
    if sentence is None:
        return Problem(node.place, "this does not fit here", "see docs/authoring.md for what may stand here")
    return sentence(fault, node, key_name(node, parents))
