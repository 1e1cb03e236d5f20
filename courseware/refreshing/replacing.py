"""The author's own lessons and questions in place of the parent's, by the same name or by `instead:`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from courseware.authored.lines import CheckLine, ScenarioLine, ScriptLine
from courseware.authored.questions import BankQuestion
from courseware.errors import Problem
from courseware.material import RefresherMaterial
from courseware.questions.scenes import SCENES
from courseware.refreshing.made import made
from courseware.refreshing.script import conditions_together
from courseware.rules.hints import did_you_mean
from courseware.source import LessonFile
from courseware.yaml12.nodes import SourceText


class Replacements(Struct, frozen=True):
    """The refresher's own lessons and questions, and the names that they replace."""

    lessons: Mapping[str, LessonFile]
    questions: Mapping[SourceText, BankQuestion]
    instead: Mapping[SourceText, SourceText]

    @property
    def replacing(self) -> frozenset[str]:
        """The own names that stand for others."""
        return frozenset(map(str, self.instead.values()))

    def lesson(self, name: str, taken: LessonFile) -> tuple[str, LessonFile]:
        new = self.instead.get(name, name)  # type: ignore[call-overload]
        own = self.lessons.get(new)
        return (str(new), own) if own else (name, taken)

    def question(self, name: SourceText, taken: BankQuestion) -> tuple[SourceText, BankQuestion]:
        """The own question is about what the other was about, where it does not say, and asked as surely."""
        new = self.instead.get(name, name)
        own = next(((key, one) for key, one in self.questions.items() if key == new), None)
        if own is None:
            return name, taken
        key, question = own
        update = {"about": question.about or taken.about, "always": question.always or taken.always}
        return key, replace(question, **update)

    def line(self, line: ScriptLine) -> ScriptLine:
        """A check asks the question that replaces its own."""
        if not isinstance(line, CheckLine):
            return line
        new = self.instead.get(line.check)
        if new is None and line.ask is not None and line.check in self.questions:
            new = line.check
        if new is None:
            return line
        update = {**conditions_together((line,)), "node": line.node}
        if new in self.questions and self.questions[new].kind is SCENES:
            return replace(made(ScenarioLine, line.place, scenario=new), **update)
        return replace(made(CheckLine, line.place, check=new), **update)


def replacements(refresher: RefresherMaterial) -> Replacements:
    questions = {name: one for bank in refresher.banks.values() for name, one in bank.questions.items()}
    return Replacements(refresher.lessons, questions, refresher.asked.instead)


def instead_is_sound(
    refresher: RefresherMaterial, lessons: Collection[str], questions: Collection[str]
) -> Iterator[Problem]:
    """Each name is of a lesson or a question that is taken, and of one of the refresher's own of the same
    kind."""
    own = replacements(refresher)
    for old, new in refresher.asked.instead.items():
        kinds: list[tuple[str, Collection[str], str]] = []
        kinds += [("lesson", own.lessons, "lessons")] if old in lessons else []
        kinds += [("question", own.questions, "quizzes")] if old in questions else []
        if not kinds:
            message = f"no lesson or question “{old}” is taken, so that nothing can stand instead of it"
            hint = did_you_mean(old, [*lessons, *questions]) or "take the name off “instead:”"
            yield Problem(old.place, message, hint)
        elif not any(new in known for _, known, _ in kinds):
            kind, known, folder = kinds[0]
            message = f"the refresher has no {kind} “{new}” of its own"
            hint = did_you_mean(new, known)
            if not hint or hint.startswith("there are"):
                where = f"{folder}/{new}.yaml" if kind == "lesson" else f"a bank in its folder “{folder}”"
                hint = f"write it in {where}"
            yield Problem(new.place, message, hint)
