"""What in a manifest refers to what, and what it holds that nothing reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from courseware.package import ResourceType, Sequencing
from tests.courseware.packing import manifest
from tests.courseware.reading.telling import SCORM_12, SCORM_2004, only, package, read, said

ITEM = '<item identifier="{0}" identifierref="{1}"><title>T</title></item>'

DEPENDING = (
    '<resources><resource identifier="R" type="t" adlcp:scormtype="sco" href="index.html">'
    '<dependency identifierref="{}"/></resource></resources>'
)
RULE = (
    "<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule>{}</imsss:preConditionRule>"
    "</imsss:sequencingRules></imsss:sequencing>"
)
ROLLUP = (
    "<imsss:sequencing><imsss:rollupRules><imsss:rollupRule>{}</imsss:rollupRule>"
    "</imsss:rollupRules></imsss:sequencing>"
)
HIDDEN = (
    "<adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>{}</adlnav:hideLMSUI>"
    "</adlnav:navigationInterface></adlnav:presentation>"
)


def organizations(*items: str, default: str = "O") -> str:
    whole = f'<organization identifier="O"><title>W</title>\n{"".join(items)}</organization>'
    return f'<organizations default="{default}">{whole}</organizations>'


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"organizations": "<organizations/>"}, "error: the manifest has no organization"),
        ({"organizations": organizations()}, "error: the organization has no item"),
        (
            {"organizations": organizations(ITEM.format("I", "R"), default="P")},
            "warning: the default organization “P” does not exist",
        ),
        (
            {"organizations": organizations(ITEM.format("I", "Q"))},
            "error: the item's identifierref “Q” is no resource of this package",
        ),
        (
            {"organizations": organizations(ITEM.format("I", "R"), ITEM.format("I", "R"))},
            "error: the identifier “I” is used more than once",
        ),
        (
            {"organizations": organizations(ITEM.format("I", ""))},
            "warning: an item without items has no resource",
        ),
        (
            {"organizations": organizations(ITEM.format("", "R"))},
            "error: a <item> has no identifier",
        ),
        (
            {"resources": '<resources><resource identifier="R" type="t" adlcp:scormtype="sco"/></resources>'},
            "error: the item's resource “R” has no href",
        ),
        (
            {"resources": DEPENDING.format("R")},
            "warning: resources depend on each other in a circle: R → R",
        ),
        (
            {"resources": DEPENDING.format("Q")},
            "warning: the dependency “Q” is no resource of this package",
        ),
        (
            {"resources": '<resources><resource identifier="R" type="t" href="index.html"/></resources>'},
            "warning: the resource does not say whether it is a SCO or an asset",
        ),
        (
            {"more": '<manifest identifier="N"><organizations/><resources/></manifest>'},
            "warning: a manifest “N” is nested in the manifest",
        ),
        (
            {"item": "<title>One</title><adlcp:passmark>80</adlcp:passmark>"},
            "warning: <adlcp:passmark> means nothing here, so nothing reads it",
        ),
        (
            {"item": "<title>One</title><adlcp:masteryscore>high</adlcp:masteryscore>"},
            "warning: adlcp:masteryscore=“high” in <adlcp:masteryscore> should be a number from 0 to 100",
        ),
    ],
)
def test_faults_of_a_manifest(path: Path, parts: dict[str, str], sentence: str) -> None:
    assert sentence in only(read(path, manifest(**parts)), path)


def test_attributes_in_another_case_are_made_good(path: Path) -> None:
    """An item whose `identifierRef` went unread would show nothing at all."""
    item = (
        ITEM.format("I", "R").replace("identifierref", "identifierRef").replace(" id", ' isVisible="0" id', 1)
    )
    reading = read(path, manifest(organizations=organizations(item)))
    (found,) = package(reading).organization.items
    assert (found.resource, found.visible) == ("R", False)
    assert [sentence.split("warning: ")[1] for sentence in said(reading, path)] == [
        "“identifierRef” should be “identifierref”",
        "“isVisible” should be “isvisible”",
    ]


NESTED = (
    '<manifest identifier="N"><metadata/><organizations><organization identifier="O"><item identifier="I" '
    'identifierref="S"/></organization></organizations><resources><resource identifier="R" href="gone.html">'
    '<dependency identifierref="T"/></resource></resources></manifest>'
)


def test_what_stands_in_a_nested_manifest_is_none_of_the_package_s(path: Path) -> None:
    """Neither its identifiers, which it may share, nor what it refers to."""
    assert "warning: a manifest “N” is nested" in only(read(path, manifest(more=NESTED)), path)


def test_a_nested_manifest_that_is_to_be_played_is_an_error(path: Path) -> None:
    whole = manifest(organizations=organizations(ITEM.format("J", "N")), more=NESTED)
    error, _ = said(read(path, whole), path)
    assert error.endswith("error: the manifest “N” is nested in this one, and not played")


def sequenced(definition: str, more: str = "") -> str:
    item = f"<title>One</title>{definition}"
    return manifest(version=SCORM_2004, item=item, more=more)


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ('<imsss:sequencing IDRef="S"/>', "error: IDRef “S” names no sequencing definition"),
        (
            '<imsss:sequencing><imsss:controlMode flow="yes"/></imsss:sequencing>',
            "warning: flow=“yes” in <imsss:controlMode> should be true or false",
        ),
        (
            '<imsss:sequencing><imsss:limitConditions attemptLimit="-1"/></imsss:sequencing>',
            "warning: attemptLimit=“-1” in <imsss:limitConditions> should be a whole number",
        ),
        (
            RULE.format('<imsss:ruleAction action="retry"/>'),
            "warning: action=“retry” in <imsss:ruleAction> should be disabled, hiddenFromChoice",
        ),
        (
            HIDDEN.format("next"),
            "warning: hideLMSUI “next” is no control",
        ),
    ],
)
def test_faults_of_sequencing(path: Path, definition: str, sentence: str) -> None:
    assert sentence in only(read(path, sequenced(definition)), path)


CONDITIONS = '<imsss:{0}Conditions><imsss:{0}Condition condition="{1}"/></imsss:{0}Conditions>'


@pytest.mark.parametrize(
    "definition",
    [
        RULE.format(f'{CONDITIONS.format("rule", "done")}<imsss:ruleAction action="skip"/>'),
        ROLLUP.format(f'{CONDITIONS.format("rollup", "done")}<imsss:rollupAction action="satisfied"/>'),
    ],
    ids=["sequencing", "rollup"],
)
def test_a_rule_with_a_condition_that_nobody_knows_is_left_out(path: Path, definition: str) -> None:
    """As one that always held it could skip the whole course, or pass everybody."""
    reading = read(path, sequenced(definition))
    assert package(reading).organization.items[0].sequencing == Sequencing()
    assert "warning: condition=“done”" in only(reading, path)
    assert reading.problems[0].hint == "we leave it out"


def test_a_word_in_other_capitals_is_read_as_it_is_meant(path: Path) -> None:
    rule = RULE.format(
        f'{CONDITIONS.format("rule", "Completed")}<imsss:ruleAction action="hiddenfromchoice"/>'
    )
    reading = read(path, sequenced(rule))
    (read_as,) = package(reading).organization.items[0].sequencing.pre_condition_rules
    assert (read_as.action, read_as.conditions[0].condition) == ("hiddenFromChoice", "completed")
    hints = [problem.hint for problem in reading.problems]
    assert hints == [f"we go on as if it said “{word}”" for word in ("completed", "hiddenFromChoice")]


def test_a_definition_from_the_collection(path: Path) -> None:
    """CAM 5.1.1: what stands in the item goes before what it refers to; identifiers are normalised."""
    collection = (
        '<imsss:sequencingCollection><imsss:sequencing ID="all of it"><imsss:controlMode flow="true"/>'
        '<imsss:deliveryControls tracked="false"/></imsss:sequencing></imsss:sequencingCollection>'
    )
    definition = (
        '<imsss:sequencing ID="own" IDRef=" all%20of  it ">'
        '<imsss:controlMode choice="false"/></imsss:sequencing>'
    )
    reading = read(path, sequenced(definition, collection))
    assert not reading.problems
    sequencing = package(reading).organization.items[0].sequencing
    assert (sequencing.control_mode.choice, sequencing.control_mode.flow) == (False, False)
    assert sequencing.delivery_controls.tracked is False


def test_limits_that_the_standard_leaves_to_nobody_are_no_fault(path: Path) -> None:
    """SN 3.7: they are known, and have no effect."""
    limits = 'attemptLimit="2" beginTimeLimit="2026-01-01T00:00:00" activityAbsoluteDurationLimit="PT1H"'
    definition = f"<imsss:sequencing><imsss:limitConditions {limits}/></imsss:sequencing>"
    reading = read(path, sequenced(definition))
    assert not reading.problems
    assert package(reading).organization.items[0].sequencing.limit_conditions.attempt_limit == 2


def test_foreign_words_are_their_own_affair(path: Path) -> None:
    item = '<title>One</title><x:more xmlns:x="urn:x" a="1"><x:deep/></x:more>'
    assert not read(path, manifest(item=item)).problems


def test_a_manifest_without_namespaces_is_read_all_the_same(path: Path) -> None:
    text = manifest().replace('xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"', "")
    reading = read(path, text)
    assert package(reading).organization.items[0].title == "One"
    assert "lacks the namespace" in only(reading, path)


def test_a_manifest_in_a_namespace_of_its_own_is_read_all_the_same(path: Path) -> None:
    text = manifest().replace("http://www.imsproject.org/xsd/imscp_rootv1p1p2", "urn:ims")
    reading = read(path, text.replace("<title>One", '<x:own xmlns:x="urn:x"/><title>One'))
    assert package(reading).organization.items[0].title == "One"
    assert "lacks the namespace of IMS Content Packaging, and has “urn:ims”" in only(reading, path)


@pytest.mark.parametrize("version", [SCORM_12, SCORM_2004])
def test_prefixes_that_nothing_declares(path: Path, version: str) -> None:
    item = '<title>One</title><foo:bar a="1"/>'
    text = manifest(version=version, item=item).replace("<manifest", '<manifest xsi:schemaLocation="a b"')
    reading = read(path, text.replace("xmlns:adlcp=", "xmlns:other="))
    found = package(reading)
    assert (found.edition, found.resources[0].scorm_type) == (version, ResourceType.SCO)
    complaint = "imsmanifest.xml:2:1: warning: the prefix “{}:” is declared nowhere"
    assert said(reading, path) == [complaint.format(prefix) for prefix in ("adlcp", "foo", "xsi")]


def test_a_fault_behind_a_prefix_that_nothing_declares(path: Path) -> None:
    text = manifest().replace("xmlns:adlcp", "xmlns:other").replace("</resources>", "")
    assert "not well-formed XML: mismatched tag" in only(read(path, text), path)


SECOND = (
    '<organizations default="{default}"><organization identifier="O"><title>Whole</title>'
    '<item identifier="I" identifierref="R"><title>One</title></item></organization>'
    '<organization identifier="P"><title>Spare</title>{spare}</organization></organizations>'
)
SPARES = [
    ("", "the organization has no item"),
    (ITEM.format("J", "R") * 2, "the identifier “J” is used more than once"),
    (ITEM.format("J", "Q"), "the item's identifierref “Q” is no resource of this package"),
    (ITEM.format("", "R"), "a <item> has no identifier"),
    (ITEM.format("J", "S"), "“gone.html”, of the resource “S”, is not in the package"),
]


@pytest.mark.parametrize(("spare", "sentence"), SPARES)
def test_an_organization_that_is_not_played_is_only_warned_of(path: Path, spare: str, sentence: str) -> None:
    more = '<resource identifier="S" type="t" adlcp:scormtype="sco" href="gone.html"/></resources>'
    whole = manifest(organizations=SECOND.format(default="O", spare=spare))
    reading = read(path, whole.replace("</resources>", more))
    assert package(reading).organization.identifier == "O"
    assert any(f"warning: {sentence}" in one for one in said(reading, path))
    played = read(path, whole.replace("</resources>", more).replace('default="O"', 'default="P"'))
    assert any(f"error: {sentence}" in one for one in said(played, path)), said(played, path)


@pytest.mark.parametrize(
    ("score", "read_as", "hint"),
    [
        ("80%", 80, "we go on as if it said “80”"),
        ("66.5 %", 66.5, "we go on as if it said “66.5”"),
        ("120%", None, "we leave it out"),
        ("high", None, "we leave it out"),
    ],
)
def test_a_mastery_score_that_is_no_number(path: Path, score: str, read_as: float, hint: str) -> None:
    item = f"<title>One</title><adlcp:masteryscore>{score}</adlcp:masteryscore>"
    reading = read(path, manifest(item=item))
    assert package(reading).organization.items[0].mastery_score == read_as
    assert reading.problems[0].hint == hint
    assert f"“{score}” in <adlcp:masteryscore> should be a number from 0 to 100" in only(reading, path)


def test_an_item_without_a_title_is_told(path: Path) -> None:
    assert only(read(path, manifest(item="")), path) == "imsmanifest.xml:6:1: warning: the item has no title"


@pytest.mark.parametrize(
    ("version", "named", "meant"),
    [(SCORM_12, "dataFromLMS", "datafromlms"), (SCORM_2004, "datafromlms", "dataFromLMS")],
)
def test_an_element_in_the_other_standard_s_capitals(
    path: Path, version: str, named: str, meant: str
) -> None:
    """Tools write one of two, and many LMSs do not mind which."""
    item = f"<title>One</title><adlcp:{named}>start=3</adlcp:{named}>"
    reading = read(path, manifest(version=version, item=item))
    assert package(reading).organization.items[0].launch_data == "start=3"
    assert only(reading, path).endswith(f"warning: <adlcp:{named}> should be <adlcp:{meant}>")
