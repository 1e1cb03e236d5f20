"""The trace of a request: each step as a sentence, with its clause of the standard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One finding: the clause (or exception code), the activity it is about, and a sentence."""

    clause: str
    activity: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A process that ends with an exception of the standard (SN appendix C); `code` is its number there."""

    code: str
    activity: str | None
    sentence: str

    def step(self) -> TraceStep:
        return TraceStep(self.code, self.activity, self.sentence)
