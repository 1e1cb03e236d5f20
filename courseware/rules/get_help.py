"""Get help: the contacts that a school fills in, and the lines that anybody may call."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.authored.lines import ContactLine
from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.rules.hints import did_you_mean, grouped
from courseware.rules.walk import lines
from courseware.source import HelpLineChoice, HelpLineEntry


def contacts_exist(source: CourseSource) -> Iterator[Problem]:
    yield from grouped(unknown_contacts(source))


def unknown_contacts(source: CourseSource) -> Iterator[Problem]:
    for block in lines(source, ContactLine):
        if block.contact not in source.course.contacts:
            hint = (
                did_you_mean(block.contact, source.course.contacts) or "add it to “contacts:” in course.yaml"
            )
            yield Problem(block.contact.place, f"the course has no contact “{block.contact}”", hint)


def help_lines_exist(source: CourseSource) -> Iterator[Problem]:
    if source.shared and source.catalogue is None:  # it could not be read, and says so itself
        return
    known = source.catalogue.help_lines if source.catalogue else {}
    for name in source.course.help_lines or ():
        if isinstance(name, HelpLineEntry):
            continue
        name = name.line if isinstance(name, HelpLineChoice) else name
        if name in known:
            continue
        hint = did_you_mean(name, known) or "write it out: “{line: …, number: …}”"
        yield Problem(name.place, f"catalogue.yaml has no help line “{name}”", hint)


def emergency_is_a_sentence(source: CourseSource) -> Iterator[Problem]:
    said = source.course.emergency
    if said is not None and not any(sign.isalpha() for sign in said):
        hint = f"write a sentence, such as “If somebody is in danger, call {said.excerpt}.”"
        yield Problem(said.place, f"“{said.excerpt}” does not say when to call it", hint, "warning")


def help_lines_are_chosen(source: CourseSource) -> Iterator[Problem]:
    """A line for one subject misleads in a course about another, so no course shows any unasked."""
    known = source.catalogue.help_lines if source.catalogue else {}
    if known and source.course.help_lines is None:
        message = "nothing says which help lines this course shows, so it shows none"
        hint = f"add “help lines: [{', '.join(known)}]” to course.yaml, or “help lines: none”"
        yield Problem(source.course.place, message, hint, "warning")
