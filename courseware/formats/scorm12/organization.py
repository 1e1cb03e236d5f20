"""The organization of a SCORM 1.2 package."""

from __future__ import annotations

from courseware.formats.outline import Outline
from courseware.package import Item, Organization


def arrange(outline: Outline) -> Organization:
    """The mastery score carries the pass mark."""
    item = Item(
        identifier=f"item-{outline.course}",
        title=outline.title,
        resource=outline.resource,
        mastery_score=None if outline.pass_percent is None else float(outline.pass_percent),
    )
    return Organization(f"organization-{outline.course}", outline.title, (item,))
