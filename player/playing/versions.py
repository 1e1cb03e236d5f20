"""An imported package as it is played: parsed once in this process, because a version never changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from urllib.parse import quote

from pydantic import TypeAdapter

from courseware.package import Item, Package, Standard
from player.records import courses, tables
from player.records.database import Database
from player.sequencing import Tree, build_tree

SAFE_IN_PATH = "/~!$&'()*+,;=:@"
SAFE_IN_REST = "/~!$&'()*+,;=:@?#%[]"


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of a course: its package, its activity tree, and where its files are served."""

    id: int
    course: str
    number: int
    key: str
    ours: bool
    package: Package
    tree: Tree
    items: dict[str, Item]

    @property
    def standard(self) -> Standard:
        return self.package.standard

    @property
    def title(self) -> str:
        return self.package.metadata.title or self.package.organization.title or self.course

    @property
    def tries(self) -> int:
        """How often a course of ours lets its final questions be handed in; 0 for as often as one likes."""
        provenance = self.package.provenance
        return max((part.tries for part in provenance.parts), default=0) if provenance else 0

    @property
    def limits_tries(self) -> bool:
        """Whether a fresh start would give back what somebody has used up."""
        limits = (each.sequencing.limit_conditions for each in self.tree.activities.values())
        return bool(self.tries) or any(each.attempt_limit is not None for each in limits)

    def kind(self, item: str) -> str:
        """`sco`, `asset`, or `none` for a cluster."""
        resource = self.items[item].resource if item in self.items else None
        return self.package.resource(resource).scorm_type.value if resource else "none"

    def address(self, item: str) -> str | None:
        """Where the item's resource is served, with the item's parameters (CAM 3.4.1.3.1)."""
        found = self.items.get(item)
        if found is None or found.resource is None:
            return None
        href = self.package.resource(found.resource).href
        return None if href is None else address(self.key, href, found.parameters)


def address(key: str, href: str, parameters: str) -> str:
    """The path of a file in a version, percent-encoded; an address elsewhere is left as it is."""
    href = _with_parameters(href, parameters)
    if href.lower().startswith(("http://", "https://", "//")):
        return href
    cut = min((at for at in (href.find("?"), href.find("#")) if at >= 0), default=len(href))
    path = href[:cut].replace("%23", "#").replace("%3F", "?")
    return f"/content/{key}/{quote(path, safe=SAFE_IN_PATH)}{quote(href[cut:], safe=SAFE_IN_REST)}"


def _with_parameters(href: str, parameters: str) -> str:
    """CAM 3.4.1.3.1: how an item's parameters are added to its resource's href."""
    parameters = parameters.lstrip("?&")
    if not parameters:
        return href
    before, mark, fragment = href.partition("#")
    if parameters.startswith("#"):
        return href if mark else href + parameters
    return before + ("&" if "?" in before else "?") + parameters + mark + fragment


@cache
def _codec() -> TypeAdapter[Package]:
    return TypeAdapter(Package)


def package_to_json(package: Package) -> str:
    """ASCII, as everything that is kept."""
    return _codec().dump_json(package, ensure_ascii=True).decode("ascii")


def package_from_json(text: str) -> Package:
    """The package as it was imported."""
    return _codec().validate_json(text)


class Versions:
    """The versions that this process has parsed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._parsed: dict[int, Version] = {}
        self._courses: dict[str, str] = {}
        self._lock = Lock()

    def get(self, version: int) -> Version:
        """The version of that id."""
        found = self._parsed.get(version)
        if found is None:
            with self._database.reading() as tx:
                row = tx.get_one(tables.VersionRow, version)
            with self._lock:
                found = self._parsed.setdefault(version, parse(row))
        return found

    def course_of(self, key: str) -> str | None:
        """The course whose files are served under a key."""
        if key not in self._courses:
            with self._database.reading() as tx:
                found = courses.version_of_key(tx, key)
            if found is None:
                return None
            self._courses[key] = found.course_id
        return self._courses[key]


def parse(row: tables.VersionRow) -> Version:
    """A version from its row."""
    package = package_from_json(row.package)
    items = {item.identifier: item for item in package.organization.walk()}
    return Version(
        id=row.id,
        course=row.course_id,
        number=row.number,
        key=row.key,
        ours=row.ours,
        package=package,
        tree=build_tree(package),
        items=items,
    )
