"""Questions as the learner sees them; a fingerprint decides whether an old answer still fits (decision 2)."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from courseware import markdown
from courseware.authored.questions import AuthoredQuestion
from courseware.blocks import Question
from courseware.errors import Place
from courseware.questions.kind import Writing

ENCODER = json.JSONEncoder(ensure_ascii=False)


def plan_question(
    name: str,
    ask: str,
    asked: AuthoredQuestion,
    writing: Writing,
    *,
    objective: str,
    reread: tuple[str, int] | None,
    folder: Path,
) -> Question:
    """One question; its kind plans the answer."""
    kind = asked.kind
    answer = kind.planned(asked, writing)
    said, told = kind.own_words(asked, writing.words) or (writing.inline(ask), markdown.plain(ask))
    return Question(
        id=name,
        fingerprint=fingerprint_of(asked, ask),
        kind=kind.key,
        ask=said,
        text=told,
        options=answer.options,
        objective=objective,
        reread=reread,
        targets=answer.targets,
        detail=answer.detail,
        because=writing.html(asked.because) if asked.because else "",
        partial=asked.partial_credit,
        always=getattr(asked, "always", False),
        must=getattr(asked, "must_be_right", False),
        place=place_in(folder, asked.place),
    )


def place_in(folder: Path, place: Place) -> str:
    """The file and line from the course's folder, the same on every machine."""
    return f"{_relative(place.file, folder)}:{place.line}"


@lru_cache(maxsize=64)
def _relative(file: str, folder: Path) -> str:
    return Path(os.path.relpath(file, folder)).as_posix()


@lru_cache(maxsize=4096)
def fingerprint_of(asked: AuthoredQuestion, ask: str) -> str:
    """Cached: variants share most questions."""
    return fingerprint(asked.kind.key, ask, asked.kind.identity(asked))


def fingerprint(kind: str, ask: str, answer: Sequence[object]) -> str:
    """24 bits of a hash over everything that an answer depends on."""
    facts = normal([kind, ask, answer])
    digest = hashlib.sha256(ENCODER.encode(facts).encode()).digest()
    return urlsafe_b64encode(digest[:3]).decode()


def normal(facts: Any) -> Any:
    """The facts with each text in its normal form."""
    if isinstance(facts, str):
        return normal_space(facts)
    return [normal(fact) for fact in facts] if isinstance(facts, list | tuple) else facts


@lru_cache(maxsize=4096)
def normal_space(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())
