"""IMS Content Packaging 1.1, read and written. SCORM 1.2 and 2004 share it, and each adds its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from msgspec import Struct

from courseware.formats.lom import Dialect, read_metadata
from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import SPACE, Element
from courseware.package import Item, Organization, Package, Resource, ResourceType, Standard

ELSEWHERE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")
SAFE_IN_PATHS = "/!$&'()*+,;=@~"


class Additions(Struct, frozen=True):
    """The functions of one standard for the elements that it shares with the other."""

    scorm_type: str  # the attribute's name, which differs in one letter's case
    read_item: Callable[[ManifestReader, Element, Item], Item]
    write_item: Callable[[Element, Item], None]
    read_organization: Callable[[ManifestReader, Element, Organization], Organization]
    write_organization: Callable[[Element, Organization], None]


def read_organizations(
    reader: ManifestReader, root: Element, additions: Additions
) -> tuple[tuple[Organization, ...], str]:
    """The organizations, and the identifier of the one to play: the default, else the first."""
    holder = root.child("cp:organizations")
    elements = holder.all("cp:organization") if holder is not None else []
    if holder is None or not elements:
        hint = "add an <organization> with an item for each thing to launch"
        reader.error(holder or root, "the manifest has no organization, so nothing can be launched", hint)
        return (), ""
    identifiers = [reader.identifier(element, "identifier") or "" for element in elements]
    default = reader.identifier(holder, "default")
    if default is not None and default not in identifiers:
        hint = f"write default=“{identifiers[0]}”, the first, which is played now"
        reader.warn(holder, f"the default organization “{default}” does not exist", hint)
    played = identifiers.index(default) if default in identifiers else 0
    for spare in (*elements[:played], *elements[played + 1 :]):
        reader.spare.update(spare.walk())
    organizations = tuple(_organization(reader, element, additions) for element in elements)
    return organizations, identifiers[played]


def _organization(reader: ManifestReader, element: Element, additions: Additions) -> Organization:
    element.get("structure")
    _set_metadata_aside(element)
    organization = Organization(
        identifier=reader.identifier(element, "identifier") or "",
        title=_title(element),
        items=tuple(_item(reader, child, additions) for child in element.all("cp:item")),
    )
    if not organization.items:
        reader.error(element, "the organization has no item, so nothing can be launched", "add an <item>")
    return additions.read_organization(reader, element, organization)


def _item(reader: ManifestReader, element: Element, additions: Additions) -> Item:
    _set_metadata_aside(element)
    reference = reader.identifier(element, "identifierref")
    title = _title(element)
    if not title:
        reader.warn(element, "the item has no title", "give it one; learners see its identifier instead")
    item = Item(
        identifier=reader.identifier(element, "identifier") or "",
        title=title,
        resource=reference or None,
        parameters=(element.get("parameters") or "").strip(SPACE),
        visible=reader.truth(element, "isvisible", True),
        items=tuple(_item(reader, child, additions) for child in element.all("cp:item")),
    )
    return additions.read_item(reader, element, item)


def _title(element: Element) -> str:
    title = element.child("cp:title")
    return title.words() if title is not None else ""


def _set_metadata_aside(element: Element) -> None:
    for metadata in element.all("cp:metadata"):
        metadata.ignore()


def read_resources(reader: ManifestReader, root: Element, additions: Additions) -> tuple[Resource, ...]:
    """Every resource; its paths include every `xml:base` above them."""
    holder = root.child("cp:resources")
    if holder is None:
        reader.error(
            root, "the manifest has no <resources>, so there is nothing to show", "export the package again"
        )
        return ()
    base = _base(reader, _base(reader, "", root), holder)
    return tuple(_resource(reader, element, base, additions) for element in holder.all("cp:resource"))


def _resource(reader: ManifestReader, element: Element, above: str, additions: Additions) -> Resource:
    element.get("type")
    _set_metadata_aside(element)
    base = _base(reader, above, element)
    href = (element.get("href") or "").strip()
    start = joined(*_location(reader, element, base, href)) if href else ""
    return Resource(
        identifier=reader.identifier(element, "identifier") or "",
        scorm_type=_scorm_type(reader, element, additions.scorm_type),
        href=start or None,  # “.” is no page
        files=tuple(dict.fromkeys(filter(None, _files(reader, element, base)))),
        dependencies=tuple(
            dict.fromkeys(
                reader.identifier(one, "identifierref") or "" for one in element.all("cp:dependency")
            )
        ),
    )


def _files(reader: ManifestReader, element: Element, base: str) -> Iterator[str]:
    for one in element.all("cp:file"):
        _set_metadata_aside(one)
        if href := (one.get("href") or "").strip():
            yield _location(reader, one, base, href)[0]


def _scorm_type(reader: ManifestReader, element: Element, name: str) -> ResourceType:
    usual = f"adlcp:{name}"
    spelt = (key for key in element.attributes if key.lower().endswith(name.lower()) and key != usual)
    other = next(spelt, None)
    if other is not None and usual not in element.attributes:
        reader.warn(
            element, f"“{other}” should be “{usual}”", "correct the spelling; we read it as it is meant"
        )
        usual = other
    word = reader.word(element, usual, "", ("sco", "asset"))
    if not word and element.attributes.get("href"):
        hint = f"write {usual}=“sco” if it reports to the LMS; we take it for an asset, which does not"
        reader.warn(element, "the resource does not say whether it is a SCO or an asset", hint)
    return ResourceType(word or "asset")


def _base(reader: ManifestReader, above: str, element: Element) -> str:
    """The base resolved against `above`; a base without its closing slash means the folder too."""
    more = (element.get("xml:base") or "").strip().replace("\\", "/")
    if more and not more.endswith("/") and "." not in more.rsplit("/", 1)[-1]:
        more += "/"
    if more.startswith("/") and not is_elsewhere(more):
        hint = "take the first “/” away; we read it from the package's folder"
        reader.warn(
            element, f"xml:base=“{more}” starts at the server's root, not at the package's folder", hint
        )
        return more.lstrip("/")
    return _within(above, more)


def _within(base: str, more: str) -> str:
    """Resolution of RFC 3986, as far as packages need it."""
    return more if ELSEWHERE.match(more) else base[: base.rfind("/") + 1] + more


def _location(reader: ManifestReader, element: Element, base: str, href: str) -> tuple[str, str]:
    """The path from the package's root, percent-decoded, and the query and fragment as written."""
    written = href.strip()
    if "\\" in written:
        reader.warn(element, f"“{written}” has a backslash", "write paths with “/”; we read it so")
        written = written.replace("\\", "/")
    if written.startswith("/") and not is_elsewhere(written):
        hint = "take the first “/” away; we read it from the package's folder"
        reader.warn(element, f"“{written}” starts at the server's root, not at the package's folder", hint)
        base, written = "", written.lstrip("/")
    whole = _within(base, written)
    if is_elsewhere(whole):
        reader.places.setdefault(whole, reader.place(element))
        return whole, ""
    path, rest = _split_as_meant(reader, element, whole)
    reader.places.setdefault(path, reader.place(element))
    return path, rest


def _split_as_meant(reader: ManifestReader, element: Element, href: str) -> tuple[str, str]:
    """The path decoded; or as written, where only that names a file of the package."""
    path, rest = split(href)
    clean = without_dots(unquote(path))
    if clean in reader.names or not (rest or "%" in path):
        return clean, rest
    for name, more in ((without_dots(path), rest), (without_dots(href), "")):
        if name in reader.names and name != clean:
            hint = f"write href=“{quote(name, SAFE_IN_PATHS)}”; we read it so"
            reader.warn(element, f"“{href}” is a file's name and not encoded as an address", hint)
            return name, more
    return clean, rest


def split(href: str) -> tuple[str, str]:
    """The path; and the query and fragment with their marks."""
    path = re.split("[?#]", href, maxsplit=1)[0]
    return path, href[len(path) :]


def joined(path: str, rest: str) -> str:
    """The address of both parts; a “?” or “#” in the path stays encoded."""
    return (path if is_elsewhere(path) else re.sub("[?#]", lambda mark: quote(mark.group()), path)) + rest


def path_of(href: str) -> str:
    """The file that an address in the package names."""
    return split(href)[0].replace("%23", "#").replace("%3F", "?")


def is_elsewhere(href: str) -> bool:
    """True for an address on another server."""
    return ELSEWHERE.match(href) is not None


def without_dots(path: str) -> str:
    """`a/c` for `a/./b/../c`; a path that leaves the package keeps its `..` and is refused by name later."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in (".", "") or (part == "" and not parts and path.startswith("/")):
            parts.append(part)
    return "/".join(parts)


def write_organizations(root: Element, package: Package, additions: Additions) -> None:
    holder = root.add("cp:organizations", default=package.default_organization)
    for organization in package.organizations:
        element = holder.add("cp:organization", identifier=organization.identifier)
        element.add("cp:title", organization.title)
        for item in organization.items:
            _write_item(element, item, additions)
        additions.write_organization(element, organization)


def _write_item(parent: Element, item: Item, additions: Additions) -> None:
    element = parent.add("cp:item", identifier=item.identifier)
    if item.resource is not None:
        element.attributes["identifierref"] = item.resource
    if not item.visible:
        element.attributes["isvisible"] = "false"
    if item.parameters:
        element.attributes["parameters"] = item.parameters
    element.add("cp:title", item.title)
    for child in item.items:
        _write_item(element, child, additions)
    additions.write_item(element, item)


def write_resources(root: Element, package: Package, additions: Additions) -> None:
    holder = root.add("cp:resources")
    for resource in package.resources:
        element = holder.add("cp:resource", identifier=resource.identifier, type="webcontent")
        element.attributes[f"adlcp:{additions.scorm_type}"] = resource.scorm_type
        if resource.href is not None:
            element.attributes["href"] = _encoded(resource.href)
        for file in resource.files:
            element.add("cp:file", href=file if is_elsewhere(file) else quote(file, SAFE_IN_PATHS))
        for dependency in resource.dependencies:
            element.add("cp:dependency", identifierref=dependency)


def _encoded(href: str) -> str:
    if is_elsewhere(href):
        return href
    return quote(path_of(href), SAFE_IN_PATHS) + split(href)[1]


def package_of(
    standard: Standard,
    edition: str,
    reader: ManifestReader,
    root: Element,
    additions: Additions,
    dialect: Dialect,
) -> Package:
    """The parts of a package that both standards share; `additions` and `dialect` are one standard's own."""
    metadata, provenance = read_metadata(root.child("cp:metadata"), dialect)
    organizations, default = read_organizations(reader, root, additions)
    return Package(
        standard=standard,
        edition=edition,
        identifier=reader.identifier(root, "identifier") or "",
        version=root.get("version") or "",
        metadata=metadata,
        organizations=organizations,
        default_organization=default,
        resources=read_resources(reader, root, additions),
        provenance=provenance,
    )
