"""A source -> all problems of all rules. A rule is a function, so a new rule is one line in a list here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from courseware.errors import Problem
from courseware.judged_once import JudgedOnce
from courseware.markdown import is_words
from courseware.material import CourseSource, Material
from courseware.options import BuildOptions
from courseware.rules import (
    brand,
    days,
    draws,
    get_help,
    law,
    legislation,
    marks,
    media,
    names,
    oversights,
    pre_test,
    questions,
    review,
    scenarios,
    status,
    structure,
    text,
    variants,
)
from courseware.yaml12.nodes import SourceText

# Rules about the files beside course.yaml; asked even where that could not be read.
RULES_OF_MATERIAL: tuple[Callable[[Material], Iterator[Problem]], ...] = (
    names.checks_once,
    names.questions_once,
    names.pages_hold_something,
    names.pages_can_be_remembered,
    questions.answers_cannot_be_guessed,
    questions.answer_fits_its_picture,
    scenarios.scenarios_can_be_played,
    scenarios.scenarios_are_called_so,
    law.verbs_match_sources,
    law.commencement_has_rows,
    law.provisions_can_be_cited,
    status.statuses_agree,
    status.successors_exist,
    oversights.pictures_are_described,
    oversights.quotes_are_meant,
    oversights.steps_are_whole,
    text.notes_cover_something,
    brand.accent_is_a_colour,
    brand.logo_can_be_shown,
)
# Rules about each text: as Markdown, or as it is shown.
RULES_OF_MARKDOWN = (text.lines_are_kept, oversights.notes_are_gone)
RULES_OF_PLAIN_TEXT = (text.plain_text_has_no_marks, oversights.notes_are_gone)
# Rules about each piece of Markdown that may have a mark in it.
RULES_OF_TEXT: tuple[Callable[[SourceText], Iterator[Problem]], ...] = (
    text.markdown_is_sound,
    marks.marks_are_taken,
    marks.indented_code,
    oversights.links_say_where,
)
RULES_OF_AGE: tuple[Callable[[law.ResolvedCitations, date], Iterator[Problem]], ...] = (
    status.checked_lately,
    status.commencement_is_confirmed,
    status.newest_kcsie,
)

Rule = Callable[[CourseSource], Iterator[Problem]]
R = TypeVar("R", bound=Callable[..., Iterator[Problem]])
RULES: tuple[Rule, ...] = (
    names.lessons_once,
    names.lessons_told_apart,
    names.lessons_hold_something,
    variants.texts_are_left,
    names.checks_not_assessed,
    questions.assessment_can_be_passed,
    questions.assessment_is_scored,
    draws.draws_can_be_made,
    pre_test.pre_test_can_be_made,
    structure.order_has_an_effect,
    text.names_have_no_marks,
    oversights.names_are_unquoted,
    text.minutes_add_up,
    get_help.help_lines_are_chosen,
    get_help.emergency_is_a_sentence,
    legislation.companion_is_of_the_nation,
    legislation.companion_has_readers,
    legislation.names_differ_in_a_package,
    legislation.nothing_points_to_what_is_left_out,
)
RULES_OF_LAW: tuple[Callable[[CourseSource, law.ResolvedCitations], Iterator[Problem]], ...] = (
    status.in_force,
    law.same_nation,
)
# Rules about the build's options: the day, the formats, the variant.
RULES_OF_OPTIONS: tuple[Callable[[CourseSource, BuildOptions], Iterator[Problem]], ...] = (
    law.stated_today,
    review.reviewed,
    questions.pass_mark_is_whole,
    structure.optional_parts_stay_outside,
)
# Rules that names have targets; here the names that need no course.yaml.
NAMES_OF_MATERIAL = (names.checks_exist, media.images_exist)
RULES_OF_NAMES: tuple[Rule, ...] = (
    names.lessons_exist,
    names.objectives_exist,
    names.reread_exists,
    get_help.contacts_exist,
    get_help.help_lines_exist,
    questions.assessment_has_a_bank,
    legislation.legislation_lines_lead_somewhere,
)
# Rules about what nothing names; not asked while a name has no target, because it may be the misspelt one.
RULES_OF_USE: tuple[Rule, ...] = (names.objectives_served,)
# The same about files and questions, of which each variant may use others.
RULES_OF_USE_ANYWHERE: tuple[Rule, ...] = (names.questions_used, media.media_used)
# Rules about all that the author wrote, whatever the variant.
RULES_OF_WHOLE: tuple[Rule, ...] = (
    names.lessons_used,
    variants.variants_are_sound,
    variants.words_are_known,
    days.days_are_sound,
    days.days_are_to_come,
    days.changes_are_of_editions,
    legislation.companion_is_there,
)
WHOLE_RULES_OF_OPTIONS: tuple[Callable[[CourseSource, BuildOptions], Iterator[Problem]], ...] = (
    review.words_are_the_reviewed_ones,
    variants.asked_variants_exist,
)
# The keys of course.yaml that these rules need; a rule is skipped where one of them is blank.
ASKS_FOR: Mapping[Callable[..., Iterator[Problem]], frozenset[str]] = {
    names.lessons_exist: frozenset({"lessons"}),
    names.lessons_once: frozenset({"lessons"}),
    names.lessons_told_apart: frozenset({"lessons"}),
    names.lessons_used: frozenset({"lessons"}),
    names.reread_exists: frozenset({"lessons"}),
    names.objectives_exist: frozenset({"objectives"}),
    draws.draws_can_be_made: frozenset({"objectives"}),
    pre_test.pre_test_can_be_made: frozenset({"objectives", "lessons"}),
    get_help.contacts_exist: frozenset({"contacts"}),
    get_help.help_lines_exist: frozenset({"help lines"}),
    get_help.help_lines_are_chosen: frozenset({"help lines"}),
    text.minutes_add_up: frozenset({"minutes", "lessons", "assessment", "variants"}),
    status.in_force: frozenset({"as of"}),
    law.same_nation: frozenset({"in"}),
    legislation.companion_is_there: frozenset({"id", "legislation", "legislation of"}),
    legislation.companion_is_of_the_nation: frozenset({"id", "in"}),
    variants.asked_variants_exist: frozenset({"for", "in", "with", "variants", "language"}),
    variants.variants_are_sound: frozenset({"for", "in", "with", "variants"}),
    variants.words_are_known: frozenset({"for", "in", "with", "variants"}),
    days.days_are_to_come: frozenset({"as of"}),
    days.changes_are_of_editions: frozenset({"edition", "earlier editions"}),
    review.words_are_the_reviewed_ones: frozenset({"id", "edition"}),
    review.reviewed: frozenset({"edition", "as of", "reviewed"}),
}


def validate(material: Material, options: BuildOptions, judged: JudgedOnce) -> Iterator[Problem]:
    """Every problem of one package of a course, for these options; without a readable course.yaml, those of
    its other files."""
    lost = [problem for rule in NAMES_OF_MATERIAL for problem in rule(material)]
    yield from lost
    for rule in RULES_OF_MATERIAL:
        yield from rule(material)
    yield from judged.problems(material.markdown, of_markdown)
    yield from judged.problems(material.plain_texts, of_plain_text)
    yield from judged.problems(material.questions, questions.answer_is_sound)
    yield from law.half_a_citation(material)
    references = tuple(law.written_citations(material))
    yield from law.references_resolve(material, references)
    known = law.resolved_citations(material, references)
    for rule_of_age in RULES_OF_AGE:
        yield from rule_of_age(known, options.today)
    yield from status.never_compared(material, known)
    yield from status.superseded(material, known, options.on or options.today)
    yield from law.sources_are_addresses(known)
    if isinstance(material, CourseSource):
        yield from course_problems(material, options, known, judged, all_lead_somewhere=not lost)


def of_markdown(words: SourceText) -> Iterator[Problem]:
    for rule in RULES_OF_MARKDOWN if is_words(words) else (*RULES_OF_MARKDOWN, *RULES_OF_TEXT):
        yield from rule(words)


def of_plain_text(words: SourceText) -> Iterator[Problem]:
    for rule in RULES_OF_PLAIN_TEXT:
        yield from rule(words)


def course_problems(
    source: CourseSource,
    options: BuildOptions,
    known: law.ResolvedCitations,
    judged: JudgedOnce,
    *,
    all_lead_somewhere: bool,
) -> Iterator[Problem]:
    """The problems that depend on course.yaml."""
    lost = [problem for rule in applicable(RULES_OF_NAMES, source) for problem in rule(source)]
    yield from lost
    all_lead_somewhere = all_lead_somewhere and not lost
    for rule in applicable((*RULES, *RULES_OF_USE) if all_lead_somewhere else RULES, source):
        yield from rule(source)
    yield from judged.problems(source.final_questions.values(), law.not_in_assessment)
    for rule_of_law in applicable(RULES_OF_LAW, source):
        yield from rule_of_law(source, known)
    for rule_of_order in applicable(RULES_OF_OPTIONS, source):
        yield from rule_of_order(source, options)


def whole_problems(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """The problems of all that the author wrote, whatever each package has of it."""
    names_of_course = applicable(RULES_OF_NAMES, source)
    lost = any(problem for rule in (*NAMES_OF_MATERIAL, *names_of_course) for problem in rule(source))
    of_use = () if lost else RULES_OF_USE_ANYWHERE
    for rule in applicable((*RULES_OF_WHOLE, *of_use), source):
        yield from rule(source)
    for rule_of_order in applicable(WHOLE_RULES_OF_OPTIONS, source):
        yield from rule_of_order(source, options)


def applicable(rules: Iterable[R], source: CourseSource) -> Iterator[R]:
    """The rules whose keys of course.yaml are all valid."""
    return (rule for rule in rules if source.blank_keys.isdisjoint(ASKS_FOR.get(rule, ())))
