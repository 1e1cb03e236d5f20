"""The questions of a course by their names, and what a journey answers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from courseware.authored.lines import CheckLine, PageLine
from courseware.authored.questions import AuthoredQuestion
from courseware.blocks import Figure, Question
from courseware.errors import Problem
from courseware.journeys.places import Goal
from courseware.material import CourseSource
from courseware.questions import KINDS
from courseware.questions.in_words import NotAnAnswerError, normal
from courseware.questions.kind import NamedPicture, QuestionKind, Writing
from courseware.questions.spots import Picture

RIGHT, WRONG = "right answer", "wrong answer"
LONGEST_BEGINNING = 40  # characters


class Asked(Struct, frozen=True):
    """A question as far as its answer goes, and where a lesson asks it; None in the final questions."""

    question: Question
    goal: Goal | None = None

    @property
    def kind(self) -> QuestionKind:
        return KINDS[self.question.kind]

    def answer(self, how: str) -> Sequence[str]:
        """A “right” or a “wrong” one."""
        return (
            self.kind.right_answer(self.question) if how == "right" else self.kind.wrong_answer(self.question)
        )

    def answer_in_words(self, said: object) -> Sequence[str]:
        """Raises NotAnAnswerError."""
        if said not in (RIGHT, WRONG):
            return self.kind.answer_in_words(self.question, said)
        if not self.kind.scored:
            hint = "say in words what is answered"
            raise NotAnAnswerError(said, "nothing is right or wrong in this question", hint=hint)
        return self.answer("right" if said == RIGHT else "wrong")


class Questions(Mapping[str, Asked]):
    """Every question that the course asks, by its name: the checks of its lessons, and the final questions.
    A question is planned once it is asked for, as most are named by no journey."""

    def __init__(self, source: CourseSource) -> None:
        self.source = source
        self.found: dict[str, tuple[AuthoredQuestion, Goal | None]] = {
            str(name): (one, None) for name, one in source.final_questions.items()
        }
        self.found |= {name: (one, goal) for name, one, goal in checks_of(source)}
        self.planned: dict[str, Asked] = {}

    def __getitem__(self, name: str) -> Asked:
        if name not in self.planned:
            authored, goal = self.found[name]
            self.planned[name] = Asked(as_asked(self.source, name, authored), goal)
        return self.planned[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def checks_of(source: CourseSource) -> Iterator[tuple[str, AuthoredQuestion, Goal]]:
    """With the page that asks it."""
    for lesson, one in source.lessons.items():
        page = -1 if one.script and isinstance(one.script[0], PageLine) else 0
        for line in one.script:
            page += isinstance(line, PageLine)
            if isinstance(line, CheckLine) and (line.ask or has_in_bank(source, line.check)):
                yield str(line.check), source.question(line), Goal(str(lesson), page)


def has_in_bank(source: CourseSource, name: str) -> bool:
    return any(name in bank.questions for bank in source.banks.values())


class NoPictures:
    """An answer depends on no picture."""

    def of_question(self, named: NamedPicture, /) -> tuple[Figure, Picture]:
        return Figure(alt=str(named.alt)), Picture(width=1, height=1)


def as_asked(source: CourseSource, name: str, authored: AuthoredQuestion) -> Question:
    """With the letters that the page has for its options, and without what is read beside them."""
    planned = authored.kind.planned(authored, Writing(str, str, source.words, NoPictures()))
    return Question(
        name, "", authored.kind.key, "", "", planned.options, targets=planned.targets, detail=planned.detail
    )


def answer_problem(error: NotAnAnswerError) -> Problem:
    """With the words that were probably meant, or the beginnings of all that are known."""
    from difflib import get_close_matches  # only a mistake needs it

    alike = {normal(one)[:LONGEST_BEGINNING]: one for one in error.known}
    close = get_close_matches(normal(error.said)[:LONGEST_BEGINNING], alike, n=1, cutoff=0.6)
    if close:
        return Problem(error.place, error.message, f"did you mean “{beginning(alike[close[0]])}”?")
    known = ", ".join(f"“{beginning(one)}”" for one in error.known)
    return Problem(error.place, error.message, error.hint or (known and f"there are {known}"))


def beginning(words: str) -> str:
    """Enough of an option to tell it from most others, and to be written in a journey."""
    plain = words.strip("“”")
    return plain if len(plain) <= LONGEST_BEGINNING else plain[:LONGEST_BEGINNING].rpartition(" ")[0]
