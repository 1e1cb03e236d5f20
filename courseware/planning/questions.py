"""Questions as the learner sees them; a fingerprint decides whether an old answer still fits (decision 2)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from string import ascii_lowercase

from courseware import markdown
from courseware.authored.questions import AuthoredQuestion
from courseware.pages import Option, Question

ENCODER = json.JSONEncoder(ensure_ascii=False)


def plan_question(
    name: str,
    ask: str,
    asked: AuthoredQuestion,
    cite: markdown.Cite,
    *,
    objective: str,
    reread: tuple[str, int] | None,
) -> Question:
    """One question; SCORM records the letters of its options."""
    options = tuple(
        Option(
            letter=letter,
            html=markdown.inline(option.text, cite),
            right=option.is_right,
            because=markdown.html(option.because, cite) if option.because else "",
        )
        for letter, option in zip(ascii_lowercase, asked.options, strict=False)
    )
    return Question(
        id=name,
        fingerprint=fingerprint(asked.kind, ask, [(one.text, one.is_right) for one in asked.options]),
        kind=asked.kind,
        ask=markdown.inline(ask, cite),
        text=markdown.plain(ask),
        options=options,
        objective=objective,
        reread=reread,
    )


def fingerprint(kind: str, ask: str, options: Sequence[tuple[str, bool]]) -> str:
    """24 bits of a hash over everything that an answer depends on."""
    facts = [kind, normal_space(ask), [[normal_space(text), right] for text, right in options]]
    digest = hashlib.sha256(ENCODER.encode(facts).encode()).digest()
    return urlsafe_b64encode(digest[:3]).decode()


def normal_space(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())
