"""Courses that share the global objective `G`, in a line each."""

from __future__ import annotations

from tests.player.packages import FLOW, scorm_2004

FORMS = {
    "imsss": ("SatisfiedStatus", "NormalizedMeasure"),
    "adlseq": ("RawScore", "MinScore", "MaxScore", "CompletionStatus", "ProgressMeasure"),
}
SKIPPED = (
    "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
    '<imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/>'
    "</imsss:preConditionRule></imsss:sequencingRules>"
)


def sharing(title: str, *parts: str, own: bool = False, skipped: bool = False) -> str:
    """A manifest whose parts read (`r`) and write (`w`) the objective, or neither; `own` keeps it to the
    course, `skipped` skips a part that reads it once it is satisfied."""
    manifest = scorm_2004(len(parts), title)
    for number, flags in enumerate(parts, start=1):
        name = f"<title>Part {number}</title>"
        manifest = manifest.replace(name, name + _mapped(flags, skipped=skipped))
    if own:
        root = '<organization identifier="O"'
        manifest = manifest.replace(root, f'{root} adlseq:objectivesGlobalToSystem="false"')
    return manifest


def sharing_in_a_cluster(title: str) -> str:
    """A manifest whose first part reads the objective, in a cluster that is skipped once it is satisfied."""
    manifest = sharing(title, "r", "")
    before, part = manifest.split('<item identifier="i1"', 1)
    part, after = part.split("</item>", 1)
    cluster = FLOW.replace("</imsss:sequencing>", f"{SKIPPED}</imsss:sequencing>")
    whole = f'<item identifier="i1"{part}</item>{cluster}'
    return f'{before}<item identifier="m"><title>M</title>{whole}</item>{after}'


def _mapped(flags: str, *, skipped: bool) -> str:
    if not flags:
        return ""
    maps = {form: _map(form, names, flags) for form, names in FORMS.items()}
    rules = SKIPPED if skipped and "r" in flags else ""
    return (
        f'<imsss:sequencing>{rules}<imsss:objectives><imsss:primaryObjective objectiveID="p">{maps["imsss"]}'
        '</imsss:primaryObjective></imsss:objectives><adlseq:objectives><adlseq:objective objectiveID="p">'
        f"{maps['adlseq']}</adlseq:objective></adlseq:objectives></imsss:sequencing>"
    )


def _map(form: str, names: tuple[str, ...], flags: str) -> str:
    ways = (("read", "r"), ("write", "w"))
    given = (f'{way}{name}="{str(flag in flags).lower()}"' for way, flag in ways for name in names)
    return f'<{form}:mapInfo targetObjectiveID="G" {" ".join(given)}/>'
