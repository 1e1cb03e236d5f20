"""A course and its legal companion fit together: each is there, once, and for the same nations; and in one
package no name means two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from courseware.authored.lines import LegislationLine
from courseware.errors import Problem
from courseware.load import display_path
from courseware.markdown import plain
from courseware.material import CourseSource, Neighbour
from courseware.rules.hints import did_you_mean
from courseware.rules.walk import checks, lines
from courseware.source import CourseFile
from courseware.yaml12.nodes import SourceText


def companion_is_there(source: CourseSource) -> Iterator[Problem]:
    """The companion that the main course promises its learners is there, once."""
    course, known = source.course, source.legislation
    if course.legislation_of is not None:
        yield from main_is_there(source)
    elif not known.companions and {"separate", "optional"} & words(course):
        message = f"there is no companion: no course beside this one says “legislation of: {course.id}”"
        hint = "write that line in the course.yaml of its legislation, or leave “legislation:” out here"
        yield Problem(course.at("legislation"), message, hint)
    elif len(known.companions) > 1:
        yield two_of(course.place, f"say “legislation of: {course.id}”", known.companions)


def words(course: CourseFile) -> set[str | None]:
    """Those of the course and of its variants."""
    return {course.legislation, *(entry.legislation for entry in (course.variants or {}).values())}


def main_is_there(source: CourseSource) -> Iterator[Problem]:
    course, known = source.course, source.legislation
    named, place = course.legislation_of, course.at("legislation of")
    if course.legislation is not None:
        message = "only the main course says where its legislation is"
        yield Problem(course.at("legislation"), message, f"move the line to the course.yaml of “{named}”")
    if named == course.id:
        yield Problem(place, "a course is not its own legislation", "name the main course by its id")
    elif not known.mains:
        hint = "put the folders of the two courses into the same folder, and write the id of the main course"
        yield Problem(place, f"there is no course “{named}” beside this one", hint)
    elif len(known.mains) > 1:
        yield two_of(place, f"have the id “{named}”", known.mains)
    elif (other := known.mains[0].course.legislation_of) is not None:
        message = f"“{named}” is itself the legislation of “{other}”"
        yield Problem(place, message, f"write “legislation of: {other}”, or take that line out there")
    elif known.companions:
        own = Neighbour(source.folder, course)
        yield two_of(place, f"say “legislation of: {named}”", (own, *known.companions))


def two_of(place: object, claim: str, those: Iterable[Neighbour]) -> Problem:
    folders = " and ".join(display_path(one.folder) for one in those)
    return Problem(place, f"several courses {claim}: {folders}", "keep that line in one of them")  # type: ignore[arg-type]


def companion_is_of_the_nation(source: CourseSource) -> Iterator[Problem]:
    """Readers are not sent to the law of another nation."""
    known, course = source.legislation, source.course
    if known.word not in ("separate", "optional") or len(known.companions) != 1:
        return
    (other,) = known.companions
    missing = [str(nation) for nation in course.in_ if nation not in other.course.in_]
    if missing:
        message = f"its legislation, “{other.course.course}”, is not for {' and '.join(missing)}"
        hint = (
            f"add “{missing[0]}” to “in:” of “{other.course.id}” once it states the law there, or write "
            "“legislation: left out” here or at the variant"
        )
        yield Problem(course.at("in"), message, hint)


def companion_has_readers(source: CourseSource) -> Iterator[Problem]:
    known = source.legislation
    if known.word != "optional" or known.optional is not None or len(known.companions) != 1:
        return
    (other,) = known.companions
    if other.course.variants:
        of = f"the variant “{source.variant.name}”" if source.variant else "a course without variants"
        message = f"“{other.course.course}” has no variant for the readers of {of}"
        hint = "give its variants the names of this course's, or let it have none, for all readers"
        yield Problem(source.course.at("legislation"), message, hint)


def names_differ_in_a_package(source: CourseSource) -> Iterator[Problem]:
    """In one package a name is used once: an LMS keeps results by it."""
    other = source.legislation.optional
    if other is None:
        return
    for what, ours, theirs in (
        ("lesson", source.course.lessons, other.course.lessons),
        ("objective", source.course.objectives, other.course.objectives),
        ("question", questions(source), questions(other)),
    ):
        first = {str(name): name for name in ours}
        for name in theirs:
            if name in first:
                message = f"the {what} “{name}” is also one of “{source.course.course}”, {first[name].place}"
                hint = "in one package each has a name of its own: rename one of them"
                yield Problem(name.place, message, hint)
    yield from contacts_agree(source, other)


def contacts_agree(source: CourseSource, other: CourseSource) -> Iterator[Problem]:
    ours = {str(slot): label for slot, label in source.course.contact_labels.items()}
    for slot, label in other.course.contact_labels.items():
        if slot in ours and ours[slot] != label:
            message = f"the contact “{slot}” is “{ours[slot]}” at {ours[slot].place}"
            hint = "call it the same in both courses, or give one of them another name"
            yield Problem(label.place, f"{message}, and “{label}” here", hint)


def questions(source: CourseSource) -> list[SourceText]:
    """The names of those that are asked: in lessons, and at the end."""
    asked = [check.check for check in checks(source)]
    final = source.course.assessment
    if final and final.from_ in source.banks:
        asked += source.banks[final.from_].questions
    return asked


def legislation_lines_lead_somewhere(source: CourseSource) -> Iterator[Problem]:
    """A line `legislation:` names a lesson of the companion."""
    known = source.legislation
    for line in lines(source, LegislationLine):
        if not known.companions:
            message = "this course has no companion, so that no lesson of one can be named"
            hint = f"write “legislation of: {source.course.id}” in the course.yaml of its legislation"
            yield Problem(line.place, message, hint)
        elif line.legislation not in (lessons := known.companions[0].course.lessons):
            message = f"“{known.companions[0].course.course}” has no lesson “{line.legislation}”"
            yield Problem(line.legislation.place, message, did_you_mean(line.legislation, lessons))


def nothing_points_to_what_is_left_out(source: CourseSource) -> Iterator[Problem]:
    """A text that names the companion would send learners to a course that they do not have."""
    known = source.legislation
    if known.word != "left out":
        return
    for other in known.companions:
        title = " ".join(str(other.course.course).split()).casefold()
        for words in (*source.markdown, *source.plain_texts):
            if title in " ".join(plain(words).split()).casefold():
                message = f"the legislation is left out, and this names “{other.course.course}”"
                hint = "take it out; a line “- legislation: <lesson>” is left out by itself"
                yield Problem(words.place, message, hint)
