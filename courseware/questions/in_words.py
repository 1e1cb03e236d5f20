"""An answer in the words of a journey's author, and the letters that a page's script has for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from courseware.blocks import Option
from courseware.yaml12.nodes import SourceList, SourceMap, SourceText

CURLY = str.maketrans("‘’“”", "''\"\"")


class NotAnAnswerError(Exception):
    """The question cannot be answered so; `known` are the words that it knows."""

    def __init__(self, said: object, message: str, known: Sequence[str] = (), hint: str = "") -> None:
        super().__init__(message)
        self.place = cast("SourceText | SourceList | SourceMap", said).place
        self.said = said if isinstance(said, str) else ""
        self.message, self.known, self.hint = message, tuple(known), hint


def texts_in(said: object) -> tuple[SourceText, ...]:
    """The texts of a list; one text is a list of one."""
    texts = said if isinstance(said, SourceList) else [said]
    for one in texts:
        if not isinstance(one, SourceText):
            raise NotAnAnswerError(
                said, "this question is answered by a text, or by a list of texts", hint="write “with: […]”"
            )
    return tuple(cast("Sequence[SourceText]", texts))


def letter_of(options: Sequence[Option], said: SourceText) -> str:
    """The letter of the option with these words, or of the only one that begins with them."""
    words = normal(said)
    exact = [one.letter for one in options if normal(one.text) == words]
    alike = exact or [one.letter for one in options if normal(one.text).startswith(words)]
    if len(alike) == 1:
        return alike[0]
    unquoted = said.excerpt.strip("“”\"'")
    which = f"{len(alike)} options begin with “{unquoted}”" if alike else f"no option is “{unquoted}”"
    raise NotAnAnswerError(said, which, [one.text for one in options])


def normal(words: str) -> str:
    """The words without regard to capitals, spaces, the form of quotes, and quotes around all of them."""
    return " ".join(words.translate(CURLY).casefold().split()).strip("\"'")
