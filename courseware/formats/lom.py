"""IEEE LOM metadata, read and written: IMS MD 1.2.1 in SCORM 1.2, LOM 1.0 in SCORM 2004.

The provenance of our own packages is a catalogue entry, which LMSs ignore; the course's lessons are relations
of the kind "has part".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct
from msgspec.structs import replace

from courseware.formats.markup import SPACE, Element, one_line
from courseware.package import Metadata, Part, Provenance, SchoolContact

CATALOGUE = "courseware"
FACTS = (
    *("course", "edition", "variant", "compiler", "status", "as of"),
    *("legislation", "legislation of", "refresher of", "statistics"),
)
ISO_8601 = re.compile(
    r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
SECONDS = (365 * 86400, 30 * 86400, 86400, 3600, 60, 1)
LONGEST = 365 * 86400  # seconds; a longer time for one course is a mistake
CLOCK = re.compile(r"([0-9]{1,4}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?")


class Dialect(Struct, frozen=True):
    """The names of one of the two dialects."""

    lom: str
    string: str
    language: str  # the attribute of a string
    entry: str
    entry_is_string: bool
    learning_time: str
    duration: str
    has_part: str  # kinds of relation
    requires: str
    element_order: tuple[str, ...]  # of the elements in `general`

    def __getitem__(self, local: str) -> str:
        return f"{self.lom}:{local}"


IMS_MD = Dialect(
    "md", "langstring", "xml:lang", "catalogentry", True, "typicallearningtime", "datetime",
    "HasPart", "Requires",
    ("title", "catalogentry", "language", "description", "keyword"),
)  # fmt: skip
LOM = Dialect(
    "lom", "string", "language", "identifier", False, "typicalLearningTime", "duration",
    "haspart", "requires",
    ("identifier", "title", "language", "description", "keyword"),
)  # fmt: skip


def read_metadata(holder: Element | None, dialect: Dialect) -> tuple[Metadata, Provenance | None]:
    """The metadata of a manifest's `metadata` element; empty where there is none."""
    lom = holder.child(dialect["lom"]) if holder is not None else None
    if lom is None:
        return Metadata(), None
    general = lom.child(dialect["general"]) or Element("")
    languages = [one.words() for one in general.all(dialect["language"])]
    metadata = Metadata(
        title=one_line(_string(general.child(dialect["title"]), dialect)),
        description=_string(general.child(dialect["description"]), dialect).strip(SPACE),
        language=next((word for word in languages if word.lower() not in ("", "none", "x-none")), ""),
        typical_learning_time=_learning_time(lom, dialect),
        keywords=tuple(
            filter(None, (one_line(_string(one, dialect)) for one in general.all(dialect["keyword"])))
        ),
    )
    provenance = _provenance(general, dialect)
    if provenance is not None:
        relations = tuple(_relations(lom, dialect))
        provenance = replace(provenance, parts=tuple(_parts(relations)), contacts=tuple(_contacts(relations)))
    lom.ignore()
    return metadata, provenance


def read_record(root: Element) -> Metadata:
    """The metadata of a file that holds nothing but a LOM record, in either dialect."""
    dialect = next((one for one in (IMS_MD, LOM) if root.name == one["lom"]), None)
    return read_metadata(Element("", children=[root]), dialect)[0] if dialect else Metadata()


def _string(element: Element | None, dialect: Dialect) -> str:
    strings = element.all(dialect[dialect.string]) if element is not None else []
    return strings[0].text if strings else ""


def _learning_time(lom: Element, dialect: Dialect) -> int | None:
    educational = lom.child(dialect["educational"])
    time = educational.child(dialect[dialect.learning_time]) if educational is not None else None
    stated = time.child(dialect[dialect.duration]) if time is not None else None
    return seconds(stated.words()) if stated is not None else None


def seconds(duration: str) -> int | None:
    """Both spellings are read in both dialects, because packages mix them; None for a time that is
    impossible."""
    if match := CLOCK.fullmatch(duration):
        hours, minutes, rest = (int(figure) for figure in match.groups())
        return hours * 3600 + minutes * 60 + rest
    if (match := ISO_8601.fullmatch(duration)) and any(match.groups()):
        figures = (float(figure or 0) for figure in match.groups())
        total = sum(figure * unit for figure, unit in zip(figures, SECONDS, strict=True))
        return int(total) if total <= LONGEST else None
    return None


def _provenance(general: Element, dialect: Dialect) -> Provenance | None:
    for facts in _entries(general, dialect):
        if "course" in facts and "edition" in facts:
            return Provenance(**{field(key): facts.get(key, "") for key in FACTS})  # type: ignore[arg-type]
    return None


def field(fact: str) -> str:
    """The field of a Provenance that holds it."""
    return fact.replace(" ", "_")


def _entries(holder: Element, dialect: Dialect) -> Iterator[dict[str, str]]:
    """The facts in our own catalogue entries."""
    for one in holder.all(dialect[dialect.entry]):
        catalogue = one.child(dialect["catalog"])
        entry = one.child(dialect["entry"])
        if catalogue is not None and entry is not None and catalogue.words() == CATALOGUE:
            text = _string(entry, dialect) if dialect.entry_is_string else entry.text
            yield dict(parse_qsl(text.strip()))


Relation = tuple[dict[str, str], str]  # what our entry says, and the title


def _relations(lom: Element, dialect: Dialect) -> Iterator[Relation]:
    for relation in lom.all(dialect["relation"]):
        resource = relation.child(dialect["resource"])
        if resource is not None:
            title = one_line(_string(resource.child(dialect["description"]), dialect))
            yield from ((facts, title) for facts in _entries(resource, dialect))


def _parts(relations: Iterable[Relation]) -> Iterator[Part]:
    for facts, title in relations:
        minutes, tries = (_whole(facts.get(name, "")) for name in ("minutes", "tries"))
        if "part" in facts and minutes is not None:
            others = (facts.get(name, "") for name in ("teaches", "optional", "result", "variant"))
            yield Part(facts["part"], title, minutes, tries or 0, *others)


def _contacts(relations: Iterable[Relation]) -> Iterator[SchoolContact]:
    for facts, label in relations:
        if "contact" in facts:
            yield SchoolContact(facts["contact"], label)


def _whole(figure: str) -> int | None:
    return int(figure[:6]) if figure.isascii() and figure.isdecimal() else None


def write_metadata(
    parent: Element, metadata: Metadata, provenance: Provenance | None, dialect: Dialect
) -> None:
    """Append the LOM; nothing where the metadata is empty."""
    general = _general(metadata, provenance, dialect)
    if not general.children and metadata.typical_learning_time is None:
        return
    lom = parent.add(dialect["lom"])
    if general.children:
        lom.children.append(general)
    if metadata.typical_learning_time is not None:
        time = lom.add(dialect["educational"]).add(dialect[dialect.learning_time])
        time.add(dialect[dialect.duration], _duration_text(metadata.typical_learning_time, dialect))
    if provenance is not None:
        _write_relations(lom, provenance, metadata.language, dialect)


def _general(metadata: Metadata, provenance: Provenance | None, dialect: Dialect) -> Element:
    general = Element(dialect["general"])
    for name in dialect.element_order:
        if name == dialect.entry and provenance is not None:
            _write_provenance(general.add(dialect[name]), provenance, dialect)
        elif name == "language" and metadata.language:
            general.add(dialect[name], metadata.language)
        elif name == "keyword":
            for keyword in metadata.keywords:
                _write_string(general.add(dialect[name]), keyword, metadata.language, dialect)
        elif name in ("title", "description") and (text := getattr(metadata, name)):
            _write_string(general.add(dialect[name]), text, metadata.language, dialect)
    return general


def _write_provenance(entry: Element, provenance: Provenance, dialect: Dialect) -> None:
    facts = {key: getattr(provenance, field(key)) for key in FACTS}
    _write_entry(entry, {k: v for k, v in facts.items() if v or k in ("course", "edition")}, dialect)


def _write_relations(lom: Element, provenance: Provenance, language: str, dialect: Dialect) -> None:
    """Each part of the course, and each contact that it needs from a school."""
    for part in provenance.parts:
        facts = {"part": part.objective, "minutes": str(part.minutes)}
        if part.tries:
            facts["tries"] = str(part.tries)
        if part.teaches:
            facts["teaches"] = part.teaches
        if part.optional:
            facts["optional"] = part.optional
        if part.result:
            facts["result"] = part.result
        if part.variant:
            facts["variant"] = part.variant
        _write_relation(lom, dialect.has_part, (facts, part.title), language, dialect)
    for contact in provenance.contacts:
        facts = {"contact": contact.slot}
        _write_relation(lom, dialect.requires, (facts, contact.label), language, dialect)


def _write_relation(lom: Element, kind: str, relation: Relation, language: str, dialect: Dialect) -> None:
    facts, title = relation
    element = lom.add(dialect["relation"])
    kinds = element.add(dialect["kind"])
    for name, word in (("source", "LOMv1.0"), ("value", kind)):
        if dialect.entry_is_string:
            _write_string(kinds.add(dialect[name]), word, "x-none", dialect)
        else:
            kinds.add(dialect[name], word)
    resource = element.add(dialect["resource"])
    named = resource.add(dialect[dialect.entry]) if dialect is LOM else None
    _write_string(resource.add(dialect["description"]), title, language, dialect)
    _write_entry(named or resource.add(dialect[dialect.entry]), facts, dialect)


def _write_entry(entry: Element, facts: dict[str, str], dialect: Dialect) -> None:
    text = urlencode(facts)
    entry.add(dialect["catalog"], CATALOGUE)
    if dialect.entry_is_string:
        _write_string(entry.add(dialect["entry"]), text, "", dialect)
    else:
        entry.add(dialect["entry"], text)


def _write_string(parent: Element, text: str, language: str, dialect: Dialect) -> None:
    string = parent.add(dialect[dialect.string], text)
    if language:
        string.attributes[dialect.language] = language


def _duration_text(duration: int, dialect: Dialect) -> str:
    minutes, rest = divmod(duration, 60)
    hours, minutes = divmod(minutes, 60)
    if dialect is IMS_MD:
        return f"{hours:02}:{minutes:02}:{rest:02}"
    parts = [(hours, "H"), (minutes, "M"), (rest, "S")]
    return "PT" + ("".join(f"{figure}{unit}" for figure, unit in parts if figure) or "0S")
