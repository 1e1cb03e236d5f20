"""Words that a learner should never see, or that say nothing to somebody: they ship unnoticed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from courseware.authored.lines import StepsLine
from courseware.authored.texts import fields_with_keys
from courseware.errors import Problem
from courseware.markdown import has_any
from courseware.material import CourseSource, Material
from courseware.rules.walk import lines, pictures
from courseware.yaml12.nodes import SourceList, SourceText

# Quick signs first, because each text is asked.
NOTES = ("TODO", "TBC", "TBD", "FIXME", "XXX", "???", "[insert", "[Insert", "orem ipsum")
NOTE = re.compile(r"\b(?:TODO|TBC|TBD|FIXME|XXX+)\b|\?{3,}|\[[Ii]nsert\b[^\]]*\]|\b[Ll]orem ipsum\b")
LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?:|mailto:|tel:)")
VAGUE = re.compile(
    r"(?:please )?(?:click|tap|press)?(?: on)? ?(?:here|this|the link|this link|link|this page|this website)"
    r"|(?:read|find out|see|learn) more|more(?: information| info)?|website|link|page|https?://.*",
    re.IGNORECASE,
)
IN_CURLY_QUOTES = re.compile("[“„«‘”][^“”„«»‘]*[”“»’]")
# Texts that nobody says: there the quotes were meant for YAML.
UNSPOKEN = frozenset(
    {"course", "lesson", "page", "title", "bank", "alt", "edition", "provider", "line", "details"}
    | {"ask", "must", "should", "school must", "school should", "summary", "description", "by", "for", "role"}
)
FILE_NAME = re.compile(
    r"[^\s]+\.(?:svg|png|jpe?g|gif|webp|avif)|(?:img|dsc|screenshot)[-_ ]?[0-9]+", re.IGNORECASE
)
NO_DESCRIPTION = frozenset(
    {
        "image",
        "picture",
        "photo",
        "photograph",
        "drawing",
        "diagram",
        "graphic",
        "illustration",
        "icon",
        "logo",
    }
)


def notes_are_gone(words: SourceText) -> Iterator[Problem]:
    if has_any(NOTES, words) and (match := NOTE.search(words)):
        message = f"“{match[0]}” is a note to yourself, and learners would see it"
        hint = "write what is missing; a note to yourself is a line that begins with “#”"
        yield Problem(words.place_of(match.start()), message, hint, "warning")


def links_say_where(words: SourceText) -> Iterator[Problem]:
    """A screen reader lists a page's links by their words alone (WCAG 2.2, 2.4.4)."""
    for match in LINK.finditer(words) if "](" in words else ():
        said = match[1].strip(" *_.…")
        if VAGUE.fullmatch(said):
            message = f"the link “{said}” does not say where it leads"
            hint = "make a link of the words that do, such as “[the advice line’s website](https://…)”"
            yield Problem(words.place_of(match.start(1)), message, hint, "warning")


def pictures_are_described(material: Material) -> Iterator[Problem]:
    """Somebody who cannot see the picture hears this in its place (WCAG 2.2, 1.1.1)."""
    logo = material.catalogue.logo if material.catalogue else None
    for picture in (*pictures(material), *((logo,) if logo else ())):
        said, stem = picture.alt.strip(), picture.image.rpartition("/")[2].partition(".")[0]
        if FILE_NAME.fullmatch(said) or said.casefold() in NO_DESCRIPTION or said == stem:
            message = f"“{picture.alt.excerpt}” does not say what the picture shows"
            hint = "say it in a sentence, to somebody who cannot see it"
            if picture is logo:
                hint = "write the words that stand in it, or the provider's name"
            yield Problem(picture.alt.place, message, hint, "warning")


def quotes_are_meant(material: Material) -> Iterator[Problem]:
    """Curly quotes are part of the text; YAML's own quotes are straight."""
    for words in unspoken_texts(material):
        if words[0] in "“„«‘”" and IN_CURLY_QUOTES.fullmatch(words):
            message = "curly quotes stand around this text, and learners would see them"
            hint = 'leave them out; where YAML needs quotes, they are straight: "'
            yield Problem(words.place, message, hint, "warning")


def unspoken_texts(material: Material) -> Iterator[SourceText]:
    for model in material.models:
        for name in fields_with_keys(type(model), UNSPOKEN):
            words = getattr(model, name)
            if isinstance(words, SourceText):
                yield words


def names_are_unquoted(source: CourseSource) -> Iterator[Problem]:
    for words in (*source.course.objective_texts.values(), *source.course.contact_labels.values()):
        if IN_CURLY_QUOTES.fullmatch(words):
            message = "curly quotes stand around this text, and learners would see them"
            yield Problem(words.place, message, "leave them out", "warning")


def steps_are_whole(material: Material) -> Iterator[Problem]:
    """In brackets each comma begins a step, also the one inside a sentence."""
    for block in lines(material, StepsLine):
        yield from broken_steps(block)


def broken_steps(block: StepsLine) -> Iterator[Problem]:
    written = block.node.get("steps")
    in_brackets = isinstance(written, SourceList) and written.is_flow
    if not in_brackets or not block.steps[0][:1].isupper():
        return
    for before, step in pairwise(block.steps):
        if step[:1].islower() and step.style == before.style == "plain":
            message = f"the comma before “{step.excerpt}” makes it one of {len(block.steps)} steps"
            hint = "write each step on a line of its own: “- …”; or put the whole step in quotes"
            yield Problem(step.place, message, hint, "warning")
            return
