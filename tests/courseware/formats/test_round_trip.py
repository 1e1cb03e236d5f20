"""The law of the formats: what a writer writes the reader reads, for every Package that a format can hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from courseware.formats import MANIFESTS
from courseware.formats.manifest import read_manifest
from courseware.formats.objectives import ADL_MAP
from courseware.formats.scorm2004.manifest import CONTROLS
from courseware.formats.sequencing import CHILD_SETS, CONDITIONS, POST, PRE, ROLLUP_CONDITIONS
from courseware.package import (
    CompletionThreshold,
    ConstrainedChoice,
    ControlMode,
    DeliveryControls,
    Item,
    LimitConditions,
    Metadata,
    Objective,
    ObjectiveMap,
    Organization,
    Package,
    Part,
    Provenance,
    Randomization,
    Resource,
    ResourceType,
    RollupControls,
    RollupRule,
    RuleCondition,
    Sequencing,
    SequencingRule,
    SharedData,
    Standard,
)
from tests.chance import examples
from tests.courseware.authoring import OFFICIAL_SCHEMAS

SCHEMAS = Path(__file__).parents[4] / "shared" / "xsd"
# What XML 1.0 can hold: any script, emoji, every sign that XML itself uses.
SIGNS = st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", min_codepoint=32)
TEXT = st.text(SIGNS, max_size=30).map(lambda text: text.strip(" "))
LINE = TEXT.map(lambda text: " ".join(filter(None, text.split(" "))))
NAME = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,12}", fullmatch=True)
ADDRESS = st.from_regex(r"urn:[a-z0-9]{1,8}|[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
SEGMENT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="/\\:?#\ufffe\uffff"),
    min_size=1,
    max_size=8,
).filter(lambda name: name not in (".", "..") and name == name.strip() and "%" not in name)
PATH = st.lists(SEGMENT, min_size=1, max_size=3).map("/".join)
LOCATION = PATH | st.sampled_from(["https://example.org/a", "//example.org/b"])
MEASURE = st.floats(-1, 1, allow_nan=False)
SHARE = st.floats(0, 1, allow_nan=False)
TRUTH = st.booleans()
NONE = CompletionThreshold()


def truths(kind: type[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **dict.fromkeys(kind.__struct_fields__, TRUTH))


def several(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def conditions(known: tuple[str, ...], *, whole: bool) -> st.SearchStrategy[RuleCondition]:
    more = {"objective": st.none() | ADDRESS, "measure_threshold": st.none() | MEASURE} if whole else {}
    return st.builds(RuleCondition, condition=st.sampled_from(known), negated=TRUTH, **more)


def rules(actions: tuple[str, ...]) -> st.SearchStrategy[tuple[SequencingRule, ...]]:
    listed = st.lists(conditions(CONDITIONS, whole=True), min_size=1, max_size=2).map(tuple)
    way = st.sampled_from(["all", "any"])
    return several(st.builds(SequencingRule, st.sampled_from(actions), listed, way), 2)


MAPS = st.lists(
    st.builds(ObjectiveMap, ADDRESS, **dict.fromkeys(ObjectiveMap.__struct_fields__[1:], TRUTH)),
    max_size=3,
    unique_by=lambda one: one.target,
).map(tuple)


@st.composite
def objectives(draw: st.DrawFn) -> tuple[Objective, ...]:
    names = draw(st.lists(ADDRESS, max_size=3, unique=True))
    return tuple(
        Objective(name, at == 0, draw(TRUTH), draw(MEASURE), draw(MAPS)) for at, name in enumerate(names)
    )


ROLLUP_RULES = st.builds(
    RollupRule,
    st.sampled_from(["satisfied", "notSatisfied", "completed", "incomplete"]),
    st.lists(conditions(ROLLUP_CONDITIONS, whole=False), min_size=1, max_size=2).map(tuple),
    st.sampled_from(["all", "any"]),
    st.sampled_from(CHILD_SETS),
    st.integers(0, 99),
    SHARE,
)
CONSIDERED = st.sampled_from(["always", "ifAttempted", "ifNotSkipped", "ifNotSuspended"])
TIMING = st.sampled_from(["never", "once", "onEachNewAttempt"])
SEQUENCING = st.builds(
    Sequencing,
    truths(ControlMode),
    truths(ConstrainedChoice),
    rules(PRE),
    rules(("exit",)),
    rules(POST),
    st.builds(LimitConditions, st.none() | st.integers(0, 9), st.none() | st.just("PT1H30M")),
    several(ROLLUP_RULES, 2),
    st.builds(RollupControls, TRUTH, TRUTH, SHARE, CONSIDERED, CONSIDERED, CONSIDERED, CONSIDERED, TRUTH),
    objectives(),
    st.builds(Randomization, TIMING, TRUTH, TIMING, st.none() | st.integers(0, 9)),
    truths(DeliveryControls),
)
THRESHOLD = st.builds(CompletionThreshold, TRUTH, SHARE, SHARE)
ACTION = st.sampled_from(["", "exit,message", "continue,no message"])
ONLY: dict[Standard, dict[str, st.SearchStrategy[Any]]] = {
    Standard.SCORM_12: {
        "mastery_score": st.none() | st.integers(0, 10_000).map(lambda hundredths: hundredths / 100),
        "max_time_allowed": st.sampled_from(["", "0001:30:00"]),
        "prerequisites": st.sampled_from(["", "A&B", "~A|B"]),
    },
    Standard.SCORM_2004: {
        "sequencing": SEQUENCING,
        "completion_threshold": THRESHOLD,
        "shared_data": several(st.builds(SharedData, ADDRESS, TRUTH, TRUTH)),
        "hide_lms_ui": st.frozensets(st.sampled_from(CONTROLS)),
    },
}
WHOLE: dict[Standard, dict[str, st.SearchStrategy[Any]]] = {
    Standard.SCORM_12: {},
    Standard.SCORM_2004: {
        "sequencing": SEQUENCING,
        "completion_threshold": THRESHOLD,
        "objectives_global_to_system": TRUTH,
        "shared_data_global_to_system": TRUTH,
    },
}
PARTS = several(
    st.builds(Part, LINE.filter(bool), LINE, st.integers(0, 999), st.integers(0, 9), st.just("") | LINE)
)
PROVENANCE = st.builds(Provenance, LINE.filter(bool), LINE.filter(bool), LINE, LINE, PARTS, LINE, as_of=LINE)
METADATA = st.builds(
    Metadata,
    LINE,
    TEXT,
    st.sampled_from(["", "en-GB", "cy", "ar"]),
    st.none() | st.integers(0, 10**6),
    several(LINE.filter(bool)),
)


class Packages:
    """Draws whole packages, with names that nothing else in them has."""

    def __init__(self, draw: st.DrawFn, standard: Standard) -> None:
        self.draw, self.standard = draw, standard
        names = draw(st.lists(NAME, min_size=14, max_size=14, unique_by=str.lower))
        self.names = iter(names)
        self.resources = tuple(self.resource() for _ in range(draw(st.integers(1, 3))))

    def resource(self) -> Resource:
        draw = self.draw
        mark = draw(st.sampled_from(["", "?a=1&b=é", "#top"]))
        files = tuple(draw(st.lists(LOCATION, max_size=2, unique=True)))
        kind = draw(st.sampled_from(list(ResourceType)))
        return Resource(next(self.names), kind, draw(LOCATION) + mark, files)

    def item(self, depth: int) -> Item:
        draw = self.draw
        more = {name: draw(strategy) for name, strategy in ONLY[self.standard].items()}
        below = tuple(self.item(depth - 1) for _ in range(draw(st.integers(0, 2)))) if depth else ()
        return Item(
            identifier=next(self.names),
            title=draw(LINE.filter(bool)),
            resource=None if below else draw(st.sampled_from(self.resources)).identifier,
            parameters=draw(LINE),
            visible=draw(TRUTH),
            items=below,
            launch_data=draw(TEXT),
            time_limit_action=draw(ACTION),
            **more,
        )

    def package(self, edition: str) -> Package:
        draw = self.draw
        more = {name: draw(strategy) for name, strategy in WHOLE[self.standard].items()}
        items = tuple(self.item(1) for _ in range(draw(st.integers(1, 2))))
        organization = Organization(next(self.names), draw(LINE), items, **more)
        return Package(
            standard=self.standard,
            edition=edition,
            identifier=next(self.names),
            version=draw(st.sampled_from(["", "2026.1"])),
            metadata=draw(METADATA),
            organizations=(organization,),
            default_organization=organization.identifier,
            resources=self.resources,
            provenance=draw(st.none() | PROVENANCE),
        )


@st.composite
def packages(draw: st.DrawFn, standard: Standard, edition: str) -> Package:
    return Packages(draw, standard).package(edition)


def read_back(write: Callable[[Package], bytes], package: Package) -> bytes:
    data = write(package)
    again, reader = read_manifest(data, "imsmanifest.xml")
    assert again == package
    assert reader.problems == []
    return data


# Shrinking so large a value takes minutes, and the assertion shows what differs.
lean = partial(
    settings,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


# The elements of the 4th Edition alone (CAM 4th Edition, 5.1): what an earlier one cannot say.
LATER = (
    "<adlcp:map",
    'sharedDataGlobalToSystem="',
    "<adlseq:objectives",
    'progressWeight="',
    'completedByMeasure="',
)


def earlier(package: Package) -> Package:
    """The package without what only the 4th Edition can say."""

    never: dict[str, Any] = dict.fromkeys(ADL_MAP, False)

    def bare(sequencing: Sequencing) -> Sequencing:
        def maps(one: Objective) -> tuple[ObjectiveMap, ...]:
            return tuple(replace(each, **never) for each in one.maps)

        return replace(
            sequencing, objectives=tuple(replace(one, maps=maps(one)) for one in sequencing.objectives)
        )

    def threshold(one: CompletionThreshold) -> CompletionThreshold:
        return CompletionThreshold(True, one.min_progress_measure) if one.completed_by_measure else NONE

    def item(one: Item) -> Item:
        return replace(
            one,
            items=tuple(map(item, one.items)),
            sequencing=bare(one.sequencing),
            completion_threshold=threshold(one.completion_threshold),
            shared_data=(),
        )

    def organization(one: Organization) -> Organization:
        return replace(
            one,
            items=tuple(map(item, one.items)),
            sequencing=bare(one.sequencing),
            completion_threshold=NONE,
            shared_data_global_to_system=True,
        )

    return replace(package, organizations=tuple(map(organization, package.organizations)))


def of_format(name: str) -> st.SearchStrategy[Package]:
    form = MANIFESTS[name]
    every = packages(form.standard, form.edition)
    return every if name in ("scorm12", "scorm2004") else every.map(earlier)


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_package_comes_back_whole(name: str) -> None:
    """And is valid by the official schema, where there is one."""
    path = SCHEMAS / f"{OFFICIAL_SCHEMAS.get(name, '-')}.xsd"
    valid = etree.XMLSchema(etree.parse(path)) if path.is_file() else None

    @lean(max_examples=examples(50))
    @given(of_format(name))
    def law(package: Package) -> None:
        data = read_back(MANIFESTS[name].write, package)
        if valid is not None:
            valid.assertValid(etree.fromstring(data))
        if name in ("scorm2004-2nd", "scorm2004-3rd"):
            assert [word for word in LATER if word.encode() in data] == []

    law()
