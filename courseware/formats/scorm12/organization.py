"""The organization of a SCORM 1.2 package (CAM 1.2, 2.3.2.5)."""

from __future__ import annotations

from courseware.formats.outline import FINAL, LESSON, PRE_TEST, Outline, Unit
from courseware.package import Item, Organization


def arrange(outline: Outline) -> Organization:
    """The mastery score carries the pass mark. Several SCOs wait for each other by prerequisites: a lesson
    for the one before, the final questions for all lessons. A pre-test can spare nothing here, so there is
    none."""
    units = [unit for unit in outline.units if unit.kind != PRE_TEST]
    items = [_item(outline, unit) for unit in units] or [_item(outline, None)]
    return Organization(f"organization-{outline.course}", outline.title, tuple(items))


def _item(outline: Outline, unit: Unit | None) -> Item:
    is_scored = outline.pass_percent is not None and (unit is None or unit.kind == FINAL)
    return Item(
        identifier=outline.item(unit),
        title=unit.title if unit else outline.title,
        resource=outline.resource(unit),
        mastery_score=float(outline.pass_percent or 0) if is_scored else None,
        prerequisites=_prerequisites(outline, unit) if unit else "",
    )


def _prerequisites(outline: Outline, unit: Unit) -> str:
    """In AICC's script, where “&” means that all of them must be completed or passed."""
    lessons = outline.lessons
    if unit.kind == FINAL:
        return "&".join(map(outline.item, lessons[-1:] if outline.in_order else lessons))
    at = lessons.index(unit) if unit.kind == LESSON else 0
    return outline.item(lessons[at - 1]) if outline.in_order and at else ""
