"""Scenes: a scenario, in which what the learner says or does leads from scene to scene until one ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Struct

from courseware.authored.model import Slug, Text
from courseware.authored.reading import NOT_EMPTY, by_first_key
from courseware.authored.selective import Selective
from courseware.blocks import Option, Question
from courseware.errors import Problem
from courseware.markdown import plain
from courseware.questions.choose import is_one_line
from courseware.questions.in_words import NotAnAnswerError, letter_of, texts_in
from courseware.questions.kind import Hand, PlannedAnswer, QuestionKind, Writing
from courseware.yaml12.nodes import SourceMap, SourceText

if TYPE_CHECKING:
    from courseware.authored.questions import AuthoredQuestion

CODES = ascii_lowercase + digits  # SCORM 1.2 has one sign for each item of a sequence
Way = tuple[str, ...]  # the codes of the choices that lead from the first scene to an end


class SayChoice(Selective):
    """Words that the learner may say."""

    say: Text
    then: Slug
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.say


class DoChoice(Selective):
    """Something that the learner may do."""

    do: Text
    then: Slug
    because: Text | None = None

    @property
    def text(self) -> SourceText:
        return self.do


Choice = SayChoice | DoChoice
AuthoredChoice = Annotated[Choice, by_first_key({"say": SayChoice, "do": DoChoice})]


class Scene(Selective):
    """An event, and then either choices or the end."""

    text: Text
    choose: Annotated[tuple[AuthoredChoice, ...], NOT_EMPTY] | None = None
    ends: Literal["well", "badly"] | None = None
    try_again_from: Slug | None = None


Scenes = Mapping[SourceText, Scene]


class PlannedScene(Struct, frozen=True):
    """A scene as the learner sees it; scenes are known by their positions."""

    html: str
    options: tuple[Option, ...] = ()
    leads: tuple[int, ...] = ()  # for each option
    ends_well: bool | None = None  # None where it goes on
    again: int = 0  # the scene from which another try begins


class ScenesKind(QuestionKind):
    """The answer is the choices on the way, by codes that no two choices of a scenario share."""

    key = name = "scenes"
    check = "scenes_check"
    styles = ("scenes",)
    fields = {"scenes": Annotated[dict[Slug, Scene], NOT_EMPTY]}
    hint = "write each scene below it under a name, such as “monday: {text: …, choose: […]}”"
    label = "scenario"
    submit = "choose it"
    reveal = "start again"
    begins_again = True
    refusal = "choose what first"
    asks_itself = True
    of_lessons = True

    def asked_in(self, value: object) -> object:
        """The text of the first scene; where it has none, another error says so."""
        first = next(iter(value.values()), None) if isinstance(value, SourceMap) else None
        said = first.get("text") if isinstance(first, SourceMap) else None
        return said if isinstance(said, SourceText) and said.strip() else None

    def own_words(self, asked: AuthoredQuestion, words: Mapping[str, str]) -> tuple[str, str] | None:
        first = next(iter(self.answer(asked).values())).text
        return (words["what would you do"], plain(first)) if asked.ask is first else None

    def planned(self, asked: AuthoredQuestion, writing: Writing) -> PlannedAnswer:
        scenes: Scenes = self.answer(asked)
        positions = positions_of(scenes)
        choices, good = choices_with_codes(scenes), way_that_ends_well(scenes)
        made = []
        for name, scene in scenes.items():
            options = tuple(
                option_of(choice, code, writing, right=code in good) for choice, code in choices[str(name)]
            )
            leads = tuple(positions.get(choice.then, 0) for choice in scene.choose or ())
            made.append(
                PlannedScene(
                    writing.html(scene.text),
                    options,
                    leads,
                    None if scene.ends is None else scene.ends == "well",
                    positions.get(str(scene.try_again_from), 0),
                )
            )
        return PlannedAnswer(tuple(option for scene in made for option in scene.options), detail=tuple(made))

    def identity(self, asked: AuthoredQuestion) -> Sequence[object]:
        return [
            [
                [name, scene.text, scene.ends, scene.try_again_from],
                *([choice.text, choice.then] for choice in scene.choose or ()),
            ]
            for name, scene in self.answer(asked).items()
        ]

    def longest_answer(self, question: Question) -> str:
        """The longest way from the first scene."""
        scenes: tuple[PlannedScene, ...] = question.detail

        @cache
        def longest(at: int) -> str:
            ways = (
                one.letter + longest(to) for one, to in zip(scenes[at].options, scenes[at].leads, strict=True)
            )
            return max(ways, key=len, default="")

        return longest(0)

    def facts(self, question: Question) -> dict[str, Any]:
        return {"right": [], "scenes": [scene_facts(scene) for scene in question.detail]}

    def texts(self, question: Question) -> Sequence[str]:
        return [scene.html for scene in question.detail]

    def right_answer(self, question: Question) -> Sequence[str]:
        return way_to_end(question.detail, well=True)

    def wrong_answer(self, question: Question) -> Sequence[str]:
        return way_to_end(question.detail, well=False) or self.right_answer(question)

    def answer_in_words(self, question: Question, said: object) -> Sequence[str]:
        """The choices from the first scene to an end."""
        scenes: tuple[PlannedScene, ...] = question.detail
        at, given = 0, []
        for words in texts_in(said):
            if scenes[at].ends_well is not None:
                raise NotAnAnswerError(words, "the scenario has ended before this", hint="take it out")
            given.append(letter_of(scenes[at].options, words))
            at = leads_of(scenes[at])[given[-1]]
        if scenes[at].ends_well is None:
            ahead = scenes[at].options[0].text
            raise NotAnAnswerError(said, "this way leads to no end", hint=f"go on with “{ahead}”, or another")
        return given

    def enter(self, hand: Hand, given: Sequence[str]) -> None:
        for at, letter in enumerate(given):
            if at:
                hand.submit()
            hand.choose([letter])

    def problems(self, asked: AuthoredQuestion) -> Iterator[Problem]:
        """Of each choice by itself; `rules.scenarios` looks where they lead."""
        for scene in self.answer(asked).values():
            for choice in scene.choose or ():
                yield from is_one_line(choice.text)


def option_of(choice: Choice, code: str, writing: Writing, *, right: bool) -> Option:
    """Words stand in quotation marks."""
    said = writing.words["said"] if isinstance(choice, SayChoice) else "{words}"
    return Option(
        letter=code,
        html=said.replace("{words}", writing.inline(choice.text)),
        right=right,
        because=writing.html(choice.because) if choice.because else "",
        text=said.replace("{words}", plain(choice.text)),
    )


def scene_facts(scene: PlannedScene) -> dict[str, Any]:
    if scene.ends_well is None:
        return {"leads": leads_of(scene)}
    return {"well": scene.ends_well, "again": scene.again}


def choices_with_codes(scenes: Scenes) -> dict[str, list[tuple[Choice, str]]]:
    """The choices of each scene, with their codes in the order in which the author wrote them."""
    codes = iter(CODES)
    return {str(name): list(zip(scene.choose or (), codes, strict=False)) for name, scene in scenes.items()}


def way_that_ends_well(scenes: Scenes) -> Way:
    """The right answer of a report. Empty where there is none."""
    positions, choices = positions_of(scenes), choices_with_codes(scenes)
    leads = [
        {code: positions[then] for choice, code in of if (then := str(choice.then)) in positions}
        for of in choices.values()
    ]
    return shortest_way(leads, {at for at, scene in enumerate(scenes.values()) if scene.ends == "well"})


def positions_of(scenes: Scenes) -> dict[str, int]:
    return {str(name): at for at, name in enumerate(scenes)}


def way_to_end(scenes: Sequence[PlannedScene], *, well: bool) -> Way:
    ends = {at for at, scene in enumerate(scenes) if scene.ends_well is well}
    return shortest_way([leads_of(scene) for scene in scenes], ends)


def leads_of(scene: PlannedScene) -> dict[str, int]:
    """The scene that each choice leads to, by its code."""
    return dict(zip((one.letter for one in scene.options), scene.leads, strict=True))


def shortest_way(leads: Sequence[Mapping[str, int]], ends: Collection[int]) -> Way:
    """The shortest way from the first scene to one of these; empty where there is none."""
    ways: dict[int, Way] = {0: ()}
    for at in (waiting := [0]):
        if at in ends:
            return ways[at]
        for code, to in leads[at].items():
            if to not in ways:
                ways[to] = (*ways[at], code)
                waiting.append(to)
    return ()


SCENES = ScenesKind()
