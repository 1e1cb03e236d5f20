"""The reasons of a decision, as sentences in the notes of the log; and the names of the requests, on the play
page too."""

from __future__ import annotations

from player.playing.step import Step
from player.sequencing import Decision, Request

MOST = 20  # sentences of one request: a course may skip hundreds of parts
EXPLAINED = ("UP.1", "UP.2")  # limits that are reached, and rules that hold
REQUESTS = {
    "start": "The start",
    "resumeAll": "Carrying on",
    "continue": "Continue",
    "previous": "Previous",
    "choice": "The choice of another part",
    "jump": "The jump to another part",
    "exit": "Leaving the part",
    "exitAll": "The end of the attempt",
    "suspendAll": "Save and leave",
    "abandon": "Giving up the part",
    "abandonAll": "Giving up the attempt",
}


def asked(request: Request) -> str:
    """A request in the words of the page."""
    return REQUESTS.get(request.name, f"The request {request.name[:100]}")


def explain(step: Step, request: Request, decision: Decision) -> None:
    """Note the rules and limits that counted, and why a request was refused."""
    sentences = dict.fromkeys(step.sentence for step in decision.trace if step.clause in EXPLAINED)
    for sentence in list(sentences)[:MOST]:
        step.note(sentence)
    if len(sentences) > MOST:
        step.note(f"{len(sentences) - MOST} more rules applied in the same way.")
    if decision.exception is not None:
        reason = decision.trace[-1].sentence
        step.note(f"{asked(request)} was refused: {reason} ({decision.exception})")
