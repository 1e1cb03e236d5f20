"""The size of a picture's file, in which an author gives places."""

from __future__ import annotations

from pathlib import Path

from courseware.planning import drawing_size, image_size
from courseware.questions.spots import Picture

ENOUGH_FOR_SIZE = 1 << 20  # a JPEG may carry a large preview before it says its size


def picture_file(path: Path) -> Picture:
    """Without a size where its bytes do not tell one."""
    with path.open("rb") as file:
        data = file.read(ENOUGH_FOR_SIZE)
    if path.suffix != ".svg":
        return Picture(*image_size.size(data))
    svg = data.decode("utf-8", "replace")
    if not drawing_size.has_view_box(svg):  # it would not shrink with its page
        return Picture()
    return Picture(
        *drawing_size.size(svg), drawing_size.too_wide(svg), has_two_layouts=drawing_size.PHONE_LAYOUT in svg
    )
