"""The questions of a refresher: a pool of the parent's, how many are drawn of it, and the pre-test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from courseware.authored.lines import CheckLine
from courseware.authored.questions import BankFile, BankQuestion
from courseware.derived import PoolNumbers
from courseware.editions import has_changed_inside
from courseware.errors import Problem
from courseware.material import CourseSource, RefresherMaterial
from courseware.planning.assessment import FEWEST_TESTED
from courseware.refreshing.finishing import wants_pre_test
from courseware.refreshing.replacing import Replacements
from courseware.refreshing.taking import Wanted
from courseware.source import AssessmentSettings, LessonFile
from courseware.yaml12.nodes import SourceText

Questions = dict[SourceText, BankQuestion]


def pool(parent: CourseSource, wanted: Wanted) -> Questions:
    """The final questions that are taken. Everybody is asked what has changed and what is most missed."""
    taken: Questions = {}
    for name, question in parent.final_questions.items():
        if name in wanted.missed or has_changed_inside(question, wanted.since):
            taken[name] = replace(question, always=True)
        elif question.about in wanted.objectives:
            taken[name] = question
    return taken


def banks_of(
    parent: CourseSource,
    own: Mapping[str, BankFile],
    lessons: Iterable[LessonFile],
    final: Questions,
    assessed: str | None,
    replaced: Replacements,
) -> dict[str, BankFile]:
    """The parent's banks with the questions that are asked, each replaced where the author says so, and the
    refresher's own."""
    checks = {line.check for one in lessons for line in one.script if isinstance(line, CheckLine)}
    used: set[str] = set()
    banks: dict[str, BankFile] = {}
    for name, bank in parent.banks.items():
        chosen = final if name == assessed else {}
        is_bank_of_parent = parent.course.assessment is not None and parent.course.assessment.from_ == name
        questions: Questions = {}
        for key, question in bank.questions.items():
            new, asked = replaced.question(key, chosen.get(key, question))
            if key in chosen or (new in checks and not is_bank_of_parent):
                questions[new] = asked
        used.update(map(str, questions))
        if questions:
            banks[str(name)] = replace(bank, questions=questions)
    for name, bank in own.items():
        rest = {key: one for key, one in bank.questions.items() if key not in used}
        shared = banks.get(name)
        merged = {**shared.questions, **rest} if shared else rest
        if merged:
            banks[name] = replace(bank, questions=merged)
    return banks


def assessment_of(
    refresher: RefresherMaterial, parent: CourseSource, pool: Questions
) -> AssessmentSettings | None:
    """The author's, or the parent's; where there is nothing to ask, it is complete when read."""
    own, of_parent = refresher.asked.assessment, parent.course.assessment
    if own or of_parent is None or not (pool or of_parent.from_ in refresher.banks):
        return own
    return replace(of_parent, minutes=None, pre_test=True)


def pool_numbers(refresher: RefresherMaterial, parent: CourseSource, tested: frozenset[str]) -> PoolNumbers:
    of_parent = parent.course.assessment
    if refresher.asked.assessment or of_parent is None:
        return PoolNumbers(tested)
    return PoolNumbers(tested, of_parent.draw, of_parent.questions, len(parent.final_questions))


def easily_guessed(
    refresher: RefresherMaterial,
    settings: AssessmentSettings,
    questions: Mapping[SourceText, BankQuestion],
) -> Iterator[Problem]:
    """An objective of `take:` about which there is too little for a pre-test."""
    about = Counter(one.about for one in questions.values())
    for name in refresher.asked.take.objectives or () if wants_pre_test(settings) else ():
        if about[name] < FEWEST_TESTED and not isinstance(settings.pre_test, Mapping):
            some = "one question" if about[name] == 1 else f"{about[name] or 'no'} questions"
            message = f"the pool has {some} about “{name}”, too few for a pre-test that spares its lessons"
            hint = f"let it have at least {FEWEST_TESTED}, in the parent's bank or in one of its own"
            yield Problem(name.place, message, hint, "warning")
