"""A draw from a bank: the bank has what is drawn, and everything in it can be drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from courseware.authored.questions import BankFile
from courseware.errors import Problem
from courseware.material import CourseSource
from courseware.rules.hints import did_you_mean
from courseware.source import AssessmentSettings


def draws_can_be_made(source: CourseSource) -> Iterator[Problem]:
    asked, bank = source.course.assessment, source.final_bank
    if asked is None or bank is None or f"quizzes/{asked.from_}" in source.broken:
        return
    if source.is_part and (not bank.questions or asked.draw == {}):
        yield _nothing_left(source, asked)
    elif asked.draw and asked.questions:
        message = "“draw:” and “questions:” both say how many are asked"
        yield Problem(asked.at("questions"), message, "keep one of them")
    elif asked.draw:
        yield from _by_objective(source, asked, bank)
    elif asked.questions:
        yield from _of_all(asked, bank)
    else:
        yield from _of_every(bank)


def _nothing_left(source: CourseSource, asked: AssessmentSettings) -> Problem:
    message = "none of the final questions is asked, so that nobody can pass"
    key, which = ("only for:", "this variant") if source.variant else ("from:", "that day")
    hint = f"leave “{key}” or the like out at some of them, or write some for {which}"
    return Problem(asked.at("from"), message, hint)


def _of_every(bank: BankFile) -> Iterator[Problem]:
    for name, question in bank.questions.items():
        if question.always:
            hint = "remove it, or say how many are drawn, such as “questions: 15”"
            yield Problem(
                name.place, f"“{name}” says “always:”, and all questions are asked", hint, "warning"
            )


def _by_objective(source: CourseSource, asked: AssessmentSettings, bank: BankFile) -> Iterator[Problem]:
    about = Counter(question.about for question in bank.questions.values())
    always = Counter(question.about for question in bank.questions.values() if question.always)
    for objective, number in (asked.draw or {}).items():
        if objective not in source.course.objectives:
            hint = did_you_mean(objective, source.course.objectives)
            yield Problem(objective.place, f"the course has no objective “{objective}”", hint)
        elif number > about[objective]:
            message = f"{number} questions about “{objective}” are drawn, and the bank has {about[objective]}"
            yield Problem(objective.place, message, "write more, or draw fewer")
        elif always[objective] > number:
            message = (
                f"{always[objective]} questions about “{objective}” say “always:”, and {number} are drawn"
            )
            yield Problem(objective.place, message, "draw more, or ask fewer of them always")
    for name, question in bank.questions.items():
        if question.about not in (asked.draw or {}):
            hint = "write “about:” with an objective that “draw:” names, or draw of its objective too"
            yield Problem(name.place, f"“{name}” is never drawn", hint, "warning")


def _of_all(asked: AssessmentSettings, bank: BankFile) -> Iterator[Problem]:
    number, always = asked.questions or 0, [name for name, one in bank.questions.items() if one.always]
    if number > len(bank.questions):
        message = f"{number} questions are drawn, and the bank has {len(bank.questions)}"
        yield Problem(asked.at("questions"), message, "write more, or draw fewer")
    elif len(always) > number:
        message = f"{len(always)} questions say “always:”, and {number} are drawn"
        yield Problem(asked.at("questions"), message, "draw more, or ask fewer of them always")
