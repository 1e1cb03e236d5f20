"""The content of a manifest: organizations, items, resources (IMS Content Packaging 1.1.4 with the ADL
extensions)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from courseware.package.provenance import Provenance
from courseware.package.sequencing import Sequencing


class Standard(StrEnum):
    """The run-time standard of a package; the edition of 2004 is in `Package.edition`."""

    SCORM_12 = "1.2"
    SCORM_2004 = "2004"


def normalised(identifier: str) -> str:
    """An identifier for comparison: %20 is a space, outer spaces are cut, inner runs become one."""
    return " ".join(identifier.replace("%20", " ").split())


class Metadata(Struct, frozen=True):
    """The description of a package for catalogues (IEEE LOM: general, educational.typicalLearningTime)."""

    title: str = ""
    description: str = ""
    language: str = ""  # BCP 47, empty where the manifest names none
    typical_learning_time: int | None = None  # seconds
    keywords: tuple[str, ...] = ()


class ResourceType(StrEnum):
    SCO = "sco"
    ASSET = "asset"


class Resource(Struct, frozen=True):
    """CP 1.1.4 `resource`; `href` and `files` already include every `xml:base` above them."""

    identifier: str
    scorm_type: ResourceType
    href: str | None = None  # path, with query and fragment where the manifest gave them
    files: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()  # identifiers of resources


class CompletionThreshold(Struct, frozen=True):
    """adlcp:completionThreshold (CAM 5.1.2.1, 4th Edition)."""

    completed_by_measure: bool = False
    min_progress_measure: float = 1.0
    progress_weight: float = 1.0


class SharedData(Struct, frozen=True):
    """adlcp:data/map: a store that the SCO sees as adl.data.n."""

    target: str
    read: bool = True
    write: bool = True


class Item(Struct, frozen=True):
    """CP 1.1.4 `item` with the ADL extensions; a leaf names a resource, a cluster has items."""

    identifier: str
    title: str
    resource: str | None = None
    parameters: str = ""
    visible: bool = True
    items: tuple[Item, ...] = ()
    sequencing: Sequencing = Sequencing()
    completion_threshold: CompletionThreshold = CompletionThreshold()
    launch_data: str = ""  # adlcp:dataFromLMS / adlcp:datafromlms
    time_limit_action: str = ""
    shared_data: tuple[SharedData, ...] = ()
    hide_lms_ui: frozenset[str] = frozenset()  # "previous", "continue", "exit", "exitAll", "abandon", ...
    mastery_score: float | None = None  # SCORM 1.2 only
    max_time_allowed: str = ""  # SCORM 1.2 only
    prerequisites: str = ""  # SCORM 1.2 only

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in document order."""
        yield self
        for child in self.items:
            yield from child.walk()


class Organization(Struct, frozen=True):
    """CP 1.1.4 `organization`: the root of an activity tree."""

    identifier: str
    title: str
    items: tuple[Item, ...] = ()
    sequencing: Sequencing = Sequencing()
    completion_threshold: CompletionThreshold = CompletionThreshold()
    objectives_global_to_system: bool = True
    shared_data_global_to_system: bool = True

    def walk(self) -> Iterator[Item]:
        """Every item, in document order."""
        for item in self.items:
            yield from item.walk()


class Package(Struct, frozen=True):
    """A package of any SCORM version, by anyone: the content of its manifest and nothing else."""

    standard: Standard
    edition: str  # "1.2", "2004 3rd Edition", "2004 4th Edition"
    identifier: str
    version: str = ""
    metadata: Metadata = Metadata()
    organizations: tuple[Organization, ...] = ()
    default_organization: str = ""
    resources: tuple[Resource, ...] = ()
    provenance: Provenance | None = None

    @property
    def organization(self) -> Organization:
        """The organization that is played: the default, or the first."""
        named = (o for o in self.organizations if o.identifier == self.default_organization)
        return next(named, self.organizations[0])

    def resource(self, identifier: str) -> Resource:
        """The resource of that identifier; raises KeyError where there is none."""
        for resource in self.resources:
            if resource.identifier == identifier:
                return resource
        raise KeyError(identifier)
