"""A version of a course as it is played: its package, its activity tree, the addresses of its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from courseware.package import Item, Package, Part, Resource, SchoolContact, Standard
from player.sequencing import Tree, build_tree

SAFE_IN_PATH = "/~!$&'()*+,;=:@"
SAFE_IN_REST = "/~!$&'()*+,;=:@?#%[]"


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """An imported package; `key` stands in the addresses of its files."""

    id: int
    course: str
    number: int
    key: str
    ours: bool
    package: Package
    tree: Tree
    items: dict[str, Item]
    resources: dict[str, Resource]
    optional_parts: tuple[Part, ...]  # whose results are courses of their own (decision 25)

    @classmethod
    def of(cls, package: Package, *, id: int, course: str, number: int, key: str, ours: bool) -> Version:  # noqa: A002
        """A version with the tree and the items of its package."""
        items = {item.identifier: item for item in package.organization.walk()}
        resources = {resource.identifier: resource for resource in reversed(package.resources)}
        parts = package.provenance.parts if package.provenance else ()
        optional = tuple(part for part in parts if part.result)
        return cls(id, course, number, key, ours, package, build_tree(package), items, resources, optional)

    @property
    def standard(self) -> Standard:
        return self.package.standard

    @property
    def title(self) -> str:
        return self.package.metadata.title or self.package.organization.title or self.course

    @property
    def tries(self) -> int:
        """The tries that a course of ours gives for its final questions; 0 means without a limit."""
        return max((part.tries for part in self.parts if not part.optional), default=0)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The lessons and final questions of a course of ours, with those of its optional parts."""
        provenance = self.package.provenance
        return provenance.parts if provenance else ()

    @property
    def source_course(self) -> str:
        """The course of which this one is a variant; else its own id."""
        provenance = self.package.provenance
        return provenance.course if provenance else self.course

    @property
    def contacts(self) -> tuple[SchoolContact, ...]:
        """The contacts that a course of ours asks each school for (decision 15)."""
        provenance = self.package.provenance
        return provenance.contacts if provenance else ()

    @property
    def shares_objectives(self) -> bool:
        """True where its global objectives are the learner's, shared with other courses (CAM 5.1.1)."""
        return self.tree.objectives_global_to_system and bool(self.tree.readers)

    @property
    def limits_tries(self) -> bool:
        """True where a fresh start would give back tries that somebody has used up."""
        limits = (activity.sequencing.limit_conditions for activity in self.tree.activities.values())
        return bool(self.tries) or any(limit.attempt_limit is not None for limit in limits)

    def kind(self, item: str) -> str:
        """`sco`, `asset`, or `none` for a cluster."""
        resource = self.items[item].resource if item in self.items else None
        return self.resources[resource].scorm_type.value if resource else "none"

    def address(self, item: str) -> str | None:
        """The address of the item's resource with the item's parameters (CAM 3.4.1.3.1)."""
        known = self.items.get(item)
        if known is None or known.resource is None:
            return None
        href = self.resources[known.resource].href
        return None if href is None else address(self.key, href, known.parameters)


@lru_cache(maxsize=4_096)
def address(key: str, href: str, parameters: str) -> str:
    """The path of a file in a version, percent-encoded; an address elsewhere is left as it is."""
    href = _with_parameters(href, parameters)
    if href.lower().startswith(("http://", "https://", "//")):
        return href
    cut = min((at for at in (href.find("?"), href.find("#")) if at >= 0), default=len(href))
    path = href[:cut].replace("%23", "#").replace("%3F", "?")
    return f"/content/{key}/{quote(path, safe=SAFE_IN_PATH)}{quote(href[cut:], safe=SAFE_IN_REST)}"


def _with_parameters(href: str, parameters: str) -> str:
    """A resource's href with an item's parameters (CAM 3.4.1.3.1)."""
    parameters = parameters.lstrip("?&")
    if not parameters:
        return href
    before, mark, fragment = href.partition("#")
    if parameters.startswith("#"):
        return href if mark else href + parameters
    return before + ("&" if "?" in before else "?") + parameters + mark + fragment
