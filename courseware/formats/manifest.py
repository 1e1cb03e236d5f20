"""Any imsmanifest.xml -> a Package and its problems, whichever standard and edition it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from graphlib import CycleError, TopologicalSorter

from courseware.errors import Place, Problem
from courseware.formats import MANIFESTS
from courseware.formats.format import ManifestFormat
from courseware.formats.manifest_reader import ManifestReader, short_name
from courseware.formats.markup import SPACE, Element
from courseware.formats.parsing import UnreadableError, parse
from courseware.package import Package, Resource, normalised

KNOWN = tuple(MANIFESTS.values())
OURS = ("cp:", "adlcp:", "imsss:", "adlseq:", "adlnav:")


def read_manifest(data: bytes, file: str, names: Collection[str] = ()) -> tuple[Package, ManifestReader]:
    """The package, and the reader with its problems. Raises UnreadableError where there is no manifest.

    `names` are the files beside it: an address may name one of them only as it is written, not decoded.
    """
    reader = ManifestReader(file, names=names)
    root = parse(data, file)
    if root.document.begins_late:
        message = "white space stands before the XML declaration"
        reader.problems.append(
            Problem(Place(file, 1, 1), message, "delete it; many LMSs stop there", "warning")
        )
    for prefix in sorted(root.document.undeclared):
        hint = "export the package again, or declare it on <manifest>; we read it as it is usually meant"
        reader.warn(root, f"the prefix “{prefix}:” is declared nowhere", hint)
    if root.name != "cp:manifest":
        root = _read_anyway(reader, root)
    root.read_names.update({"@xsi:schemaLocation", "cp:metadata"})
    form = _form(reader, root)
    package = form.read(reader, root, form.edition)
    _check_manifests(reader, root)
    _check_identifiers(reader, root)
    _check_references(reader, root, package)
    _check_unread(reader, root)
    return package, reader


def _read_anyway(reader: ManifestReader, root: Element) -> Element:
    """The root under the right namespace, with a warning; UnreadableError where it is no manifest."""
    namespace, _, local = root.name.rpartition("}")
    if local != "manifest":
        hint = "imsmanifest.xml must hold an IMS content package; export the course as SCORM again"
        message = f"the file begins with <{local}>, not with <manifest>"
        raise UnreadableError([Problem(reader.place(root), message, hint)])
    also = f", and has “{namespace[1:]}”" if namespace else ""
    message = f"<manifest> lacks the namespace of IMS Content Packaging{also}"
    reader.warn(root, message, "export the package again; we read it as if it were that")
    _set_namespace(root, f"{namespace}}}" if namespace else "")
    return root


def _set_namespace(element: Element, namespace: str) -> None:
    """Put all elements of the root's own namespace into that of Content Packaging."""
    local = element.name.removeprefix(namespace)
    if element.name.startswith(namespace) and ":" not in local and "}" not in local:
        element.name = "cp:" + local
    for child in element.children:
        _set_namespace(child, namespace)


def _form(reader: ManifestReader, root: Element) -> ManifestFormat:
    """The format that `schemaversion` names, unless the manifest's own vocabulary contradicts it."""
    metadata = root.child("cp:metadata")
    if metadata is not None:
        metadata.read_names.update({"cp:schema", "cp:schemaversion"})
        reader.metadata_at = next((one.text.strip(SPACE) for one in metadata.all("adlcp:location")), "")
    stated = metadata.child("cp:schemaversion") if metadata is not None else None
    words = stated.words() if stated is not None else ""
    version = words.lower().removeprefix("scorm ")
    named = next((form for form in KNOWN if version in form.versions), None)
    meant = _by_vocabulary(root)
    if named is None:
        form = meant or KNOWN[0]
        hint = f"write <schemaversion>{form.edition}</schemaversion>; we take it for that"
        message = (
            f"schemaversion “{words}” is no edition of SCORM"
            if words
            else "the manifest names no schemaversion"
        )
        reader.warn(stated or root, message, hint)
        return form
    if meant is None or meant.vocabulary == named.vocabulary:
        return named
    hint = f"write <schemaversion>{meant.edition}</schemaversion>; we take it for that"
    message = f"schemaversion says “{words}”, but the manifest is written as {meant.edition}"
    reader.warn(stated or root, message, hint)
    return meant


def _by_vocabulary(root: Element) -> ManifestFormat | None:
    """The first format with the manifest's ADL namespace, else with its spelling of `scormtype`; None where
    neither decides."""
    named = {
        form.vocabulary: form
        for namespace in root.document.namespaces
        if "adlcp_" in namespace
        for form in [_of_namespace(namespace)]
    }
    if len(named) == 1:
        return next(iter(named.values()))
    spelt = {
        form.vocabulary: form
        for element in root.walk()
        if element.name == "cp:resource"
        for name in element.attributes
        for form in KNOWN[::-1]
        if form.scorm_type == name.rpartition(":")[2]
    }
    if len(spelt) == 1:
        return next(iter(spelt.values()))
    sequenced = any(element.name.startswith("imsss:") for element in root.walk())
    return next(form for form in KNOWN if form.has_sequencing) if sequenced else None


def _of_namespace(namespace: str) -> ManifestFormat:
    """A namespace of ADL that no format names is taken for one of the newest standard."""
    by_name = (form for form in KNOWN if form.vocabulary in namespace)
    return next(by_name, None) or next(form for form in KNOWN if form.has_sequencing)


def _check_manifests(reader: ManifestReader, root: Element) -> None:
    for nested in root.all("cp:manifest"):
        nested.ignore()
        name = nested.attributes.get("identifier", "")
        hint = "pack it as a course of its own; its items and resources are left out here"
        reader.warn(
            nested, f"a manifest “{name}” is nested in the manifest, which SCORM no longer allows", hint
        )


def _check_identifiers(reader: ManifestReader, root: Element) -> None:
    identified = [one for one in root.meant() if one.name in ("cp:organization", "cp:item", "cp:resource")]
    identified.sort(key=lambda one: one in reader.spare)
    counts: Counter[tuple[bool, str]] = Counter()
    for element in identified:
        identifier = normalised(element.get("identifier") or "")
        is_resource = element.name == "cp:resource"
        kind = element.name.removeprefix("cp:")
        counts[is_resource, identifier] += 1
        if not identifier:
            reader.error(element, f"a <{kind}> has no identifier", "give it one that nothing else has")
        elif counts[is_resource, identifier] == 2:
            hint = "give each its own; learners' records hang on it"
            reader.error(element, f"the identifier “{identifier}” is used more than once", hint)


def _check_references(reader: ManifestReader, root: Element, package: Package) -> None:
    known = {resource.identifier: resource for resource in package.resources}
    nested = {normalised(one.attributes.get("identifier", "")) for one in root.all("cp:manifest")}
    for element in root.meant():
        if element.name not in ("cp:item", "cp:dependency"):
            continue
        reference = normalised(element.get("identifierref") or "")
        if reference in nested - known.keys():
            hint = "pack that course on its own; SCORM no longer allows a manifest within another"
            reader.error(element, f"the manifest “{reference}” is nested in this one, and not played", hint)
        elif element.name == "cp:item":
            _check_item(reader, element, known.get(reference), reference)
        elif reference not in known:
            hint = "take the dependency away, or add the resource"
            reader.warn(element, f"the dependency “{reference}” is no resource of this package", hint)
    _check_circles(reader, root, package)


def _check_item(reader: ManifestReader, element: Element, resource: Resource | None, reference: str) -> None:
    is_cluster = any(child.name == "cp:item" for child in element.children)
    if not reference and not is_cluster:
        hint = "name its resource by identifierref, or take the item out"
        reader.warn(element, "an item without items has no resource, so it shows nothing", hint)
    elif reference and resource is None:
        hint = "correct the identifierref, or add the resource"
        reader.error(element, f"the item's identifierref “{reference}” is no resource of this package", hint)
    elif resource is not None and is_cluster:
        hint = "only an item without items is launched; move the resource to an item of its own"
        reader.warn(element, "an item with items has a resource, which is never shown", hint)
    elif resource is not None and resource.href is None:
        hint = "give the resource the href of the page to open"
        reader.error(element, f"the item's resource “{reference}” has no href, so nothing can be shown", hint)


def _check_circles(reader: ManifestReader, root: Element, package: Package) -> None:
    graph = {resource.identifier: resource.dependencies for resource in package.resources}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        around = " → ".join(error.args[1])
        holder = root.child("cp:resources") or root
        hint = "take one of these dependencies away; each file counts once all the same"
        reader.warn(holder, f"resources depend on each other in a circle: {around}", hint)


def _check_unread(reader: ManifestReader, root: Element) -> None:
    """Warn of words of the standards that nothing has read: they are misspelt or misplaced. Other
    vocabularies are not ours to judge."""
    for element, attribute in root.unread():
        name = attribute or short_name(element)
        meant = next(
            (one[1:] for one in element.read_names if one[1:].lower() == attribute.lower() != ""), ""
        )
        if meant:
            hint = "correct the spelling; we read it as it is meant"
            reader.warn(element, f"“{name}” should be “{meant}”", hint)
            continue
        if attribute.startswith(("xml:", "xsi:", "{")) or (
            not attribute and not element.name.startswith(OURS)
        ):
            continue
        what = f"{name} on <{short_name(element)}>" if attribute else f"<{name}>"
        reader.warn(
            element, f"{what} means nothing here, so nothing reads it", "check its spelling and its place"
        )
