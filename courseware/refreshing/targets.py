"""The targets of `reread`: a lesson or a page that was not taken is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from courseware.authored.lines import CheckLine
from courseware.authored.questions import AuthoredQuestion, BankFile
from courseware.material import normal_title
from courseware.source import LessonFile

Q = TypeVar("Q", bound=AuthoredQuestion)


def with_targets(
    lessons: Mapping[str, LessonFile], banks: Mapping[str, BankFile]
) -> tuple[dict[str, LessonFile], dict[str, BankFile]]:
    """The same, in which a question whose target is gone names none: it leads to the lesson of its
    objective."""
    titles = {normal_title(title) for one in lessons.values() for title in one.titles}

    def kept(question: Q) -> Q:
        reread = question.reread
        if not reread or reread in lessons or normal_title(reread) in titles:
            return question
        return replace(question, reread=None)

    def of_lesson(lesson: LessonFile) -> LessonFile:
        script = tuple(kept(line) if isinstance(line, CheckLine) else line for line in lesson.script)
        return replace(lesson, script=script)

    def of_bank(bank: BankFile) -> BankFile:
        return replace(bank, questions={name: kept(one) for name, one in bank.questions.items()})

    return {name: of_lesson(one) for name, one in lessons.items()}, {
        name: of_bank(one) for name, one in banks.items()
    }
