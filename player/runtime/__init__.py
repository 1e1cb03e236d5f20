"""The run-time data model of SCORM 1.2 and 2004. Pure: no I/O, no Flask, no SQL, no clock."""

from player.runtime.carry import carry, launch, reopened
from player.runtime.interpreter import Access, Launch, Runtime, State, Store
from player.runtime.outcome import (
    Interaction,
    ObjectiveOutcome,
    Outcome,
    Score,
    interactions_of,
    outcome,
    text_of,
)
from player.runtime.timespan import Timespan

__all__ = [
    "Access",
    "Interaction",
    "Launch",
    "ObjectiveOutcome",
    "Outcome",
    "Runtime",
    "Score",
    "State",
    "Store",
    "Timespan",
    "carry",
    "interactions_of",
    "launch",
    "outcome",
    "reopened",
    "text_of",
]
