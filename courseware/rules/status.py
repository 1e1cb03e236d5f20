"""Citations: each is in force on the course's day, not superseded, and was compared with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from courseware import shared_warnings
from courseware.authored.law import Citation, Law
from courseware.authored.status import State, Status, Word
from courseware.errors import Problem
from courseware.material import CourseSource, Material
from courseware.rules.hints import did_you_mean
from courseware.rules.law import ResolvedCitations, WrittenCitation, first_citations

CHECKED_FOR = timedelta(days=366)
YEAR = re.compile("20[0-9]{2}")
REPLACED = "cite what took its place"
TO_COME = "say in a “text:” that it is to come, and write “must:” once it is in force"
REPORTED = "say in a “text:” what is reported; look it up, and write “in force from:” in the law file"
MUST_HINTS: Mapping[Word, str] = {"reported": REPORTED, "ended": REPLACED}
SHOULD_HINTS: Mapping[Word, str] = {
    "ended": REPLACED,
    **dict.fromkeys(("to come", "commences"), "say in a “text:” that it is to come"),
}
TEXT_HINTS: Mapping[Word, str] = {
    "ended": REPLACED,
    "to come": "say in the text that it is to come, and write “commences:” for its day in the law file",
}
# Keys of which each says when something is in force, so that two of them contradict each other.
BEGINNINGS = ("in force", "in force from", "reported in force from", "commences")


def in_force(source: CourseSource, known: ResolvedCitations) -> Iterator[Problem]:
    """A duty rests on what is in force on the course's day; a text may cite what is to come."""
    for citation, one in known:
        state = citation.state_on(source.course.as_of)
        if state.word == "in force":
            continue
        if one.duty is not None and one.duty.verb == "must":
            yield from must_is_in_force(source, citation, one, state)
        elif one.duty is not None or state.word in ("to come", "ended"):
            yield from cited_in_time(source, citation, one, state)


def must_is_in_force(
    source: CourseSource, citation: Citation, one: WrittenCitation, state: State
) -> Iterator[Problem]:
    if citation.law.kind != "law":  # told by verbs_match_sources
        return
    if state.word == "not stated":
        message = f"nothing says whether {citation} is in force"
        hint = "write “in force from:” and the day in the law file, or “in force: yes”"
        yield Problem(one.place, message, hint, "warning")
        return
    hint = MUST_HINTS.get(state.word, TO_COME)
    what = why_not(citation, state, source.course.as_of)
    yield Problem(one.place, f"“{one.duty.key if one.duty else 'must'}:” states law, and {what}", hint)


def why_not(citation: Citation, state: State, as_of: date) -> str:
    """A sentence on the state of a law that is not in force."""
    match state.word:
        case "reported":
            return (
                f"nobody has confirmed that {citation} is in force, as it is reported to be from {state.day}"
            )
        case "enacted":
            return f"{citation} was passed on {state.day} and has no day from which it is in force"
        case "ended":
            return f"{citation} was in force until {state.day}, before “as of: {as_of}”"
        case _:
            return f"{citation} is in force only from {state.day}, after the course's “as of: {as_of}”"


def cited_in_time(
    source: CourseSource, citation: Citation, one: WrittenCitation, state: State
) -> Iterator[Problem]:
    """In text, or under a `should`."""
    if state.word == "ended" and source.successor(citation, source.course.as_of) is not None:
        return  # told by superseded
    if state.word in ("enacted", "reported"):
        message = f"a duty rests on {citation}, and nobody has confirmed that it is in force"
        yield Problem(one.place, message, "say it in a “text:”, and what is not confirmed", "warning")
    elif state.word != "not stated":
        hint = SHOULD_HINTS if one.duty is not None else TEXT_HINTS
        message = why_not(citation, state, source.course.as_of)
        yield Problem(one.place, message, hint[state.word], "warning")


def statuses_agree(material: Material) -> Iterator[Problem]:
    """One status for each law and provision, whose days follow each other."""
    for law in material.laws.values():
        for part in (law, *law.provisions.values()):
            stated = [key for key in BEGINNINGS if getattr(part, key.replace(" ", "_")) is not None]
            if len(stated) > 1:
                message = f"“{stated[0]}:” and “{stated[1]}:” both say when this is in force"
                yield Problem(part.at(stated[1]), message, "keep one of them")
            start = part.in_force_from or part.commences
            if start and part.in_force_until and part.in_force_until < start:
                message = f"this is in force until {part.in_force_until}, before it begins on {start}"
                yield Problem(part.at("in force until"), message, "correct one of the days")


def successors_exist(material: Material) -> Iterator[Problem]:
    if not material.is_whole("law"):
        return
    for key, law in material.laws.items():
        parts: Mapping[str, Status] = {key: law} | {
            f"{key} {name}": one for name, one in law.provisions.items()
        }
        for name, part in parts.items():
            reference = part.superseded_by
            if reference is None:
                continue
            if str(reference) == name:
                yield Problem(reference.place, f"“{name}” supersedes itself", "name what took its place")
            elif material.cited(reference) is None:
                message = f"no law file has “{reference.excerpt}”, by which “{name}” is superseded"
                yield Problem(reference.place, message, did_you_mean(reference, material.laws))


def superseded(material: Material, known: ResolvedCitations, today: date) -> Iterator[Problem]:
    """One problem for each law, where the course first relies on it."""
    reported: set[str] = set()
    for citation, one in known:
        newest = material.successor(citation, today)
        if newest is None or citation.law.name in reported:
            continue
        reported.add(citation.law.name)
        state = newest.state_on(today)
        since = f" since {state.day}" if state.day and state.word == "in force" else ""
        what = newest.law.name if newest.law is not citation.law else str(newest)
        message = f"“{citation.law.name}” has been superseded{since} by “{what}”"
        hint = f"compare the course with it, and cite “{newest.key} {newest.provision_key}".rstrip() + "”"
        yield Problem(one.place, message, hint, "warning", keeps_draft=True)


def checked_lately(known: ResolvedCitations, today: date) -> Iterator[Problem]:
    for key, (law, _) in first_citations(known).items():
        if law.checked is not None and law.checked > today:
            message = f"“{key}” cannot have been compared with its source on {law.checked}, which is to come"
            yield Problem(law.at("checked"), message, "correct the day", "warning", keeps_draft=True)
        if law.checked is not None and today - law.checked > CHECKED_FOR:
            message = f"“{key}” was last compared with its source on {law.checked}, more than a year ago"
            hint = "compare it again, and change the day"
            yield Problem(law.at("checked"), message, hint, "warning", keeps_draft=True)


def never_compared(material: Material, known: ResolvedCitations) -> Iterator[Problem]:
    """One warning a file: a page of them would hide the others."""
    by_file: dict[str, dict[str, Law]] = {}
    for key, (law, _) in first_citations(known).items():
        if law.checked is None:
            by_file.setdefault(law.node.source_file.name, {})[key] = law
    title = material.course.course if isinstance(material, CourseSource) else material.folder.name
    for laws in by_file.values():
        place, names = min(law.place for law in laws.values()), tuple(sorted(laws))
        message = shared_warnings.never_compared(names)
        hint = "do so, and write the day under “checked:”"
        course = " ".join(title.split())
        yield Problem(place, message, hint, "warning", keeps_draft=True, laws=names, course=course)


def commencement_is_confirmed(known: ResolvedCitations, today: date) -> Iterator[Problem]:
    """A day that was to come is not followed by anybody, so that it is asked after once it has passed."""
    for key, (law, _) in first_citations(known).items():
        for part in (law, *law.provisions.values()):
            if part.commences and part.commences <= today:
                message = f"“{key}” was to commence on {part.commences}, which has passed"
                hint = f"look whether it did, and write “in force from: {part.commences}”"
                yield Problem(part.at("commences"), message, hint, "warning", keeps_draft=True)


def newest_kcsie(known: ResolvedCitations, today: date) -> Iterator[Problem]:
    """A new edition of Keeping children safe in education usually starts each 1 September."""
    for key, (law, _) in first_citations(known).items():
        expected = new_edition_expected(key, law, today)
        if expected:
            message = (
                f"“{law.name}” is older than 1 September {expected.year}, when a new edition usually starts"
            )
            hint = "look whether there is one; if so, compare the course with it"
            place = law.at("edition" if law.edition else "title")
            yield Problem(place, message, hint, "warning", keeps_draft=True)


def new_edition_expected(key: str, law: Law, day: date) -> date | None:
    """The day from which another edition is usual by that day; None where somebody has looked since."""
    current = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    year = YEAR.search(law.name) if key.startswith("kcsie") else None
    is_looked_up = law.superseded_by or (law.checked is not None and law.checked >= current)
    return current if year and int(year[0]) < current.year and not is_looked_up else None
