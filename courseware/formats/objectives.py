"""Objectives, read and written: imsss:objectives, and adlseq:objectives which extends them (SN 3.10)."""

from __future__ import annotations

from collections.abc import Mapping

from courseware.formats.attributes import attributes, camel, decimal
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import Element
from courseware.package import Objective, ObjectiveMap

BASIC_MAP = (
    "read_satisfied_status",
    "read_normalized_measure",
    "write_satisfied_status",
    "write_normalized_measure",
)
ADL_MAP = tuple(name for name in ObjectiveMap.__struct_fields__ if name not in (*BASIC_MAP, "target"))


def read_objectives(reader: ManifestReader, element: Element) -> tuple[Objective, ...]:
    listed = element.child("imsss:objectives") or Element("")
    extended = element.child("adlseq:objectives") or Element("")
    extensions: dict[str | None, list[Element]] = {}
    for one in extended.all("adlseq:objective"):
        extensions.setdefault(reader.identifier(one, "objectiveID"), []).extend(one.all("adlseq:mapInfo"))
    elements = [*listed.all("imsss:primaryObjective")[:1], *listed.all("imsss:objective")]
    objectives = [_objective(reader, one, extensions) for one in elements]
    known = {objective.identifier for objective in objectives}
    for identifier in extensions.keys() - known:
        hint = f"the objectives here are {', '.join(sorted(filter(None, known))) or 'none'}"
        reader.warn(extended, f"adlseq:objective “{identifier}” extends no objective", hint)
    return tuple(objectives)


def _objective(
    reader: ManifestReader, element: Element, extensions: Mapping[str | None, list[Element]]
) -> Objective:
    identifier = reader.identifier(element, "objectiveID")
    measure = element.child("imsss:minNormalizedMeasure")
    basic = {_target(reader, one): one for one in element.all("imsss:mapInfo")}
    extended = {_target(reader, one): one for one in extensions.get(identifier, ())}
    targets = dict.fromkeys([*basic, *extended])
    return Objective(
        identifier=identifier,
        primary=element.name == "imsss:primaryObjective",
        satisfied_by_measure=reader.truth(element, "satisfiedByMeasure", False),
        minimum_normalized_measure=1.0 if measure is None else reader.content_number(measure, 1.0, -1, 1),
        maps=tuple(_map(reader, one, basic.get(one), extended.get(one)) for one in targets),
    )


def _target(reader: ManifestReader, element: Element) -> str:
    return reader.identifier(element, "targetObjectiveID") or ""


def _map(
    reader: ManifestReader, target: str, basic: Element | None, extended: Element | None
) -> ObjectiveMap:
    """The defaults of a form hold where the manifest has that form; an absent form maps nothing."""
    defaults = ObjectiveMap(target)
    sources = [(name, basic) for name in BASIC_MAP] + [(name, extended) for name in ADL_MAP]
    values = {
        name: form is not None and reader.truth(form, camel(name), getattr(defaults, name))
        for name, form in sources
    }
    return ObjectiveMap(target, **values)


def write_objectives(parent: Element, objectives: tuple[Objective, ...]) -> None:
    if not objectives:
        return
    element = parent.add("imsss:objectives")
    for objective in objectives:
        written = element.add("imsss:primaryObjective" if objective.primary else "imsss:objective")
        if objective.satisfied_by_measure:
            written.attributes["satisfiedByMeasure"] = "true"
        if objective.identifier is not None:
            written.attributes["objectiveID"] = objective.identifier
        if objective.minimum_normalized_measure != 1.0:
            written.add("imsss:minNormalizedMeasure", decimal(objective.minimum_normalized_measure))
        for one in objective.maps:
            _write_map(written, "imsss:mapInfo", one, BASIC_MAP)


def _write_map(parent: Element, name: str, one: ObjectiveMap, form: tuple[str, ...]) -> None:
    pairs = attributes(one, ObjectiveMap(one.target), {name: camel(name) for name in form})
    parent.add(name, targetObjectiveID=one.target, **pairs)


def write_extensions(parent: Element, objectives: tuple[Objective, ...]) -> None:
    element = Element("adlseq:objectives")
    for objective in objectives:
        written = Element("adlseq:objective", {"objectiveID": objective.identifier or ""})
        for one in objective.maps:
            if any(getattr(one, name) for name in ADL_MAP):
                _write_map(written, "adlseq:mapInfo", one, ADL_MAP)
        if written.children:
            element.children.append(written)
    if element.children:
        parent.children.append(element)
