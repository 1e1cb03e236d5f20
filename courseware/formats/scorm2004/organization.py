"""The organization of a SCORM 2004 package (SN 3), in one SCO. In several: `units`."""

from __future__ import annotations

from courseware.formats.outline import Outline
from courseware.formats.scorm2004.units import SET_BY_CONTENT, arrange_units, mark
from courseware.package import ControlMode, Item, Organization, Sequencing

NOWHERE_TO_GO = frozenset({"previous", "continue"})  # with one SCO these lead nowhere


def arrange(outline: Outline, *, weights: bool = True) -> Organization:
    """Flow makes every LMS open the one SCO at once, instead of a table of contents with one entry."""
    if outline.units:
        return arrange_units(outline, weights=weights)
    item = Item(
        identifier=outline.item(),
        title=outline.title,
        resource=outline.resource(),
        sequencing=Sequencing(objectives=mark(outline), delivery_controls=SET_BY_CONTENT),
        hide_lms_ui=NOWHERE_TO_GO,
    )
    return Organization(
        identifier=f"organization-{outline.course}",
        title=outline.title,
        items=(item,),
        sequencing=Sequencing(control_mode=ControlMode(flow=True)),
    )
