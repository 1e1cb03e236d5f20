"""Questions can be answered, and the assessment can be passed."""

from __future__ import annotations

from collections.abc import Iterator

from courseware.authored.questions import AuthoredQuestion
from courseware.errors import Problem
from courseware.formats import FORMATS
from courseware.material import CourseSource, Material
from courseware.options import BuildOptions
from courseware.planning.picture_file import picture_file
from courseware.questions import KINDS
from courseware.rules.hints import did_you_mean, misnamed, no_folder
from courseware.rules.media import BEGINNINGS, begins_as_it_should
from courseware.rules.walk import checks


def answer_is_sound(asked: AuthoredQuestion) -> Iterator[Problem]:
    """Each kind has rules of its own."""
    if asked.has_answer:
        yield from asked.kind.problems(asked)


def answer_fits_its_picture(material: Material) -> Iterator[Problem]:
    """A file that is missing or no picture is told of by a rule of `media`."""
    for asked in material.questions:
        named = asked.kind.picture(asked) if asked.has_answer else None
        path = material.media(named.image) if named else None
        if path and path.is_file() and path.suffix in BEGINNINGS and begins_as_it_should(path):
            yield from asked.kind.problems_in_picture(asked, picture_file(path))


def answers_cannot_be_guessed(material: Material) -> Iterator[Problem]:
    """The questions of a bank, or those in the lessons, give nothing away together. A refresher has some of
    its parent's, which are judged there with the others."""
    in_lessons = tuple(check for check in checks(material) if check.ask is not None)
    for asked in (in_lessons, *(bank.questions.values() for bank in material.banks.values())):
        for kind in KINDS.values():
            alike = [one for one in asked if one.kind is kind and not material.is_inherited(one.place)]
            if alike:
                yield from kind.problems_together(alike)


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


def assessment_is_scored(source: CourseSource) -> Iterator[Problem]:
    """A question without a right answer, or one that may be played again, is not scored."""
    for question in source.final_questions.values():
        if not question.kind.scored or question.kind.of_lessons:
            key = question.kind.key
            message = f"“{key}:” is not scored, so that final questions cannot have it"
            yield Problem(question.at(key), message, "ask it in a lesson")


def assessment_can_be_passed(source: CourseSource) -> Iterator[Problem]:
    assessment = source.course.assessment
    if assessment is None:
        return
    if not 0 < assessment.pass_.value <= 100:
        message = f"nobody can be judged by a pass mark of {assessment.pass_.text}%"
        yield Problem(assessment.at("pass"), message, "give a share between 1% and 100%")


def pass_mark_is_whole(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    """An LMS compares the mark, and of some formats many LMSs read whole numbers only."""
    assessment = source.course.assessment
    if assessment is None or assessment.pass_.value == assessment.pass_.value.to_integral_value():
        return
    for form in (FORMATS[name] for name in options.formats):
        if form.limits.whole_pass_mark:
            other = next(one.name for one in FORMATS.values() if not one.limits.whole_pass_mark)
            message = f"a {form.title} package cannot carry a pass mark of {assessment.pass_.text}%"
            hint = f"give a whole percent, or build with “--format {other}” only"
            yield Problem(assessment.at("pass"), message, hint)
