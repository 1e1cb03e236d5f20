"""One answer for each question: SCORM 1.2 cannot hold some in one interaction, so that our courses tell them
in numbered parts (decision 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from player.runtime import Interaction
from player.school.questions import Questions


def whole_answers(reported: Sequence[Interaction], asked: Questions) -> Iterator[Interaction]:
    """What was reported, with the parts of each answer put together."""
    parts: list[Interaction] = []
    for one in reported:
        name, number = _part(one, asked)
        if parts and (name, number) != (_part(parts[0], asked)[0], len(parts) + 1):
            yield _whole(parts, asked)
            parts = []
        if number:
            parts.append(one)
        else:
            yield one
    if parts:
        yield _whole(parts, asked)


def _part(interaction: Interaction, asked: Questions) -> tuple[str, int]:
    """The id without its number, and the number; 0 for an answer that is no part."""
    name, _, number = interaction.id.rpartition("_")
    return (name, int(number)) if name and number.isdecimal() and asked.get(name) else (interaction.id, 0)


def _whole(parts: Sequence[Interaction], asked: Questions) -> Interaction:
    """The gaps of a sentence stay apart; a long text was cut anywhere. It is right where each part is."""
    first = next((one for one in parts if one.result != "correct"), parts[0])
    name, _ = _part(first, asked)
    question = asked.get(name)
    between = "" if question and question.kind == "write" else "[,]"
    patterns = between.join(chain.from_iterable(one.correct_responses[:1] for one in parts))
    return replace(
        first,
        id=name,
        learner_response=between.join(one.learner_response or "" for one in parts),
        correct_responses=(patterns,) if patterns else (),
    )
