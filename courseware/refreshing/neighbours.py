"""The course that a refresher is derived from, found by its id: its folder may have any name."""

from __future__ import annotations

from courseware.beside import ID, courses_beside
from courseware.errors import Problem
from courseware.load import SourceReader, load
from courseware.material import CourseSource, RefresherMaterial
from courseware.rules.hints import did_you_mean


def parent_of(refresher: RefresherMaterial, reader: SourceReader) -> CourseSource | None:
    """The parent; None, with the problem, where there is none that something can be taken of."""
    asked = refresher.asked
    ids = {folder: ID.search(text) for folder, text in courses_beside(refresher.folder)}
    known = {match[1].decode(): folder for folder, match in ids.items() if match}
    if asked.refresher_of not in known:
        message = f"there is no course “{asked.refresher_of}” beside this one"
        hint = "put the folders of the two courses into the same folder, and write the id of the parent"
        hint = did_you_mean(asked.refresher_of, known) or hint
        if asked.refresher_of == asked.id:
            message, hint = "a course cannot be a refresher of itself", "name the course that it refreshes"
        reader.problems.append(Problem(asked.refresher_of.place, message, hint))
        return None
    parent = load(known[asked.refresher_of], reader)
    if isinstance(parent, RefresherMaterial):
        message = f"“{asked.refresher_of}” is a refresher itself"
        hint = f"name the course that it refreshes: “refresher of: {parent.asked.refresher_of}”"
        reader.problems.append(Problem(asked.refresher_of.place, message, hint))
    elif not isinstance(parent, CourseSource) or parent.blank_keys:
        message = f"nothing can be taken of “{asked.refresher_of}”, whose course.yaml could not be read"
        reader.problems.append(Problem(asked.refresher_of.place, message, "mend that course first"))
    else:
        return parent
    return None
