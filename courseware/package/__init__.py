"""The frozen model of any SCORM package: the plan makes it, a format writes it, the player reads it.

Names are those of IMS Content Packaging 1.1.4, IMS Simple Sequencing 1.0 and the ADL extensions. Defaults are
the standard's own, so a value left out of a manifest and a value written with its default are equal here.
Identifiers are normalised (see `normalised`), paths are relative to the package's root and percent-decoded.
`manifest` has the package, from its root down; `sequencing`, the rules of its activities; `provenance`, the
facts that only our own packages state; `lengths`, how the time that it takes is said; `slugs`, names made of
titles.
"""

from __future__ import annotations

from courseware.package.lengths import spoken
from courseware.package.manifest import (
    CompletionThreshold,
    Item,
    Metadata,
    Organization,
    Package,
    Resource,
    ResourceType,
    SharedData,
    Standard,
    normalised,
)
from courseware.package.provenance import (
    Part,
    Provenance,
    SchoolContact,
)
from courseware.package.sequencing import (
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    Randomization,
    RollupControls,
    RollupRule,
    RuleCondition,
    Sequencing,
    SequencingRule,
)
from courseware.package.slugs import slug

__all__ = [
    "CompletionThreshold",
    "ConstrainedChoice",
    "ControlMode",
    "DeliveryControls",
    "Item",
    "LimitConditions",
    "Metadata",
    "Objective",
    "ObjectiveMap",
    "Organization",
    "Package",
    "Part",
    "Provenance",
    "Randomization",
    "Resource",
    "ResourceType",
    "RollupControls",
    "RollupRule",
    "RuleCondition",
    "SchoolContact",
    "Sequencing",
    "SequencingRule",
    "SharedData",
    "Standard",
    "normalised",
    "slug",
    "spoken",
]
