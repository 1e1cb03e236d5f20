"""The organization of a SCORM 2004 package (SN 3)."""

from __future__ import annotations

from courseware.formats.outline import Outline
from courseware.package import ControlMode, DeliveryControls, Item, Objective, Organization, Sequencing

NOWHERE_TO_GO = frozenset({"previous", "continue"})  # with one SCO these lead nowhere
SET_BY_CONTENT = DeliveryControls(completion_set_by_content=True, objective_set_by_content=True)


def arrange(outline: Outline) -> Organization:
    """Flow makes every LMS open the one SCO at once, instead of a table of contents with one entry."""
    item = Item(
        identifier=f"item-{outline.course}",
        title=outline.title,
        resource=outline.resource,
        sequencing=Sequencing(objectives=mark(outline), delivery_controls=SET_BY_CONTENT),
        hide_lms_ui=NOWHERE_TO_GO,
    )
    return Organization(
        identifier=f"organization-{outline.course}",
        title=outline.title,
        items=(item,),
        sequencing=Sequencing(control_mode=ControlMode(flow=True)),
    )


def mark(outline: Outline) -> tuple[Objective, ...]:
    """The primary objective with the pass mark.

    The SCO sets completion and success itself: an LMS would set both if it said nothing. The percentage is
    the measure. The course reports scaled scores rounded down to seven decimals, and a percentage has at most
    six, so rounding never crosses the mark.
    """
    if outline.pass_percent is None:
        return ()
    return (
        Objective(
            identifier="assessment",
            primary=True,
            satisfied_by_measure=True,
            minimum_normalized_measure=float(outline.pass_percent / 100),
        ),
    )
