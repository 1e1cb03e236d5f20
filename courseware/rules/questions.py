"""Questions can be answered, and the assessment can be passed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress

from courseware.authored.questions import AuthoredQuestion
from courseware.errors import Problem
from courseware.markdown import inline, plain
from courseware.material import CourseSource, Material
from courseware.options import BuildOptions
from courseware.rules.hints import did_you_mean, misnamed, no_folder
from courseware.rules.walk import checks

BLOCK_START = re.compile(r"\s*(?:[-+*>`~]|[0-9]+[.)])")
NUMBER = re.compile("([0-9]+)([.)])")
BLOCKS = re.compile(r"<(?:p|ul|ol|blockquote|pre)\b")
MOST_OPTIONS = 26  # SCORM records an option's letter
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
MANY = 8  # questions; with fewer, chance may do the same
REVEALING = 0.6  # the share of the way from chance to all questions


def options_are_right(material: Material) -> Iterator[Problem]:
    for model in material.models:
        if isinstance(model, AuthoredQuestion) and model.options:
            yield from option_problems(model)


def option_problems(asked: AuthoredQuestion) -> Iterator[Problem]:
    kind, options = asked.kind, asked.options
    right = [option.is_right for option in options].count(True)
    if len(options) < 2:
        yield Problem(asked.at(kind), "a question with one option is no question", "write at least two")
    elif right == 0:
        hint = "write “right:” instead of “wrong:” where it is"
        yield Problem(asked.at(kind), "none of the options is right", hint)
    elif kind == "choose one" and right > 1:
        hint = "keep one “right:”, or write “choose all:”"
        yield Problem(asked.at(kind), f"“choose one:” has {right} right options", hint)
    if len(options) > MOST_OPTIONS:
        yield Problem(asked.at(kind), f"a question has at most {MOST_OPTIONS} options", "leave some out")


def options_differ(material: Material) -> Iterator[Problem]:
    for model in material.models:
        if isinstance(model, AuthoredQuestion):
            seen: set[str] = set()
            for option in model.options:
                said = plain(option.text).casefold()
                if said in seen:
                    yield Problem(option.text.place, "this option is here twice", "reword or remove one")
                seen.add(said)


def options_are_lines(material: Material) -> Iterator[Problem]:
    """An option is the label of its box or ring, which holds no list and no second paragraph."""
    for model in material.models:
        if isinstance(model, AuthoredQuestion):
            for option in model.options:
                may_be = "\n" in option.text or BLOCK_START.match(option.text)
                if may_be and BLOCKS.search(inline(option.text)):
                    message = "an option is one piece of text, without lists, quotes or paragraphs"
                    hint = "shorten it; what has to be read first belongs in “ask:”"
                    if number := NUMBER.match(option.text):
                        hint = f"write “{number[1]}\\{number[2]}”: a number and its stop begin a list"
                    yield Problem(option.text.place, message, hint)


def places_reveal_no_answers(material: Material) -> Iterator[Problem]:
    """Neither the place nor the length of an option may reveal that it is right."""
    in_lessons = tuple(check for check in checks(material) if check.ask is not None)
    for asked in (in_lessons, *(bank.questions.values() for bank in material.banks.values())):
        alike: dict[str, list[AuthoredQuestion]] = {}
        for one in asked:
            alike.setdefault(one.kind, []).append(one)
        for kind, questions in alike.items():
            if len(questions) >= MANY:
                yield from revealing_places(kind, questions)


def revealing_places(kind: str, questions: Sequence[AuthoredQuestion]) -> Iterator[Problem]:
    often: Counter[str] = Counter()
    chance = 0.0
    for options in (one.options for one in questions):
        right = [option.is_right for option in options]
        lengths = [len(option.text) for option in options]
        chance += right.count(True) / len(right)
        often.update(compress(PLACES, right))
        often["longest"] += lengths.count(max(lengths)) == 1 and right[lengths.index(max(lengths))]
    for which, number in often.items():
        if number > chance + REVEALING * (len(questions) - chance):
            message = (
                f"the {which} option is right in {number} of {len(questions)} questions that say “{kind}:”"
            )
            hint = "change some: whoever notices need not read them"
            yield Problem(questions[0].at(kind), message, hint, "warning")


def assessment_has_a_bank(source: CourseSource) -> Iterator[Problem]:
    assessment = source.course.assessment
    if (
        assessment is None
        or assessment.from_ in source.banks
        or f"quizzes/{assessment.from_}" in source.broken
    ):
        return
    folder = source.folder / "quizzes"
    if hint := no_folder(folder, f"{assessment.from_}.yaml"):
        yield Problem(assessment.from_.place, "there is no folder “quizzes”", hint)
        return
    meant = misnamed(folder, assessment.from_) or did_you_mean(assessment.from_, source.banks)
    hint = meant or "write its questions there"
    yield Problem(assessment.from_.place, f"there is no quizzes/{assessment.from_}.yaml", hint)


def assessment_can_be_passed(source: CourseSource) -> Iterator[Problem]:
    assessment = source.course.assessment
    if assessment is None:
        return
    if not 0 < assessment.pass_.value <= 100:
        message = f"nobody can be judged by a pass mark of {assessment.pass_.text}%"
        yield Problem(assessment.at("pass"), message, "give a share between 1% and 100%")


def pass_mark_is_whole(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """SCORM 1.2 RTE 3.4: an LMS compares the mastery score, and many read whole numbers only."""
    assessment = source.course.assessment
    if assessment is None or "scorm12" not in options.formats:
        return
    if assessment.pass_.value != assessment.pass_.value.to_integral_value():
        message = f"a SCORM 1.2 package cannot carry a pass mark of {assessment.pass_.text}%"
        hint = "give a whole percent, or build with “--format scorm2004” only"
        yield Problem(assessment.at("pass"), message, hint)
