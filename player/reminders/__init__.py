"""The reminders of one round, decided from due days and from what was sent. Pure: the day is an argument."""

from .candidates import candidates, exclusions
from .digest import Digest, DigestLine, DigestRefresher, weekly_digest
from .exclusions import Exclusion, Exclusions
from .round import (
    Candidate,
    Reason,
    Recipient,
    Reminder,
    ReminderStep,
    Round,
    Withheld,
    is_renewed,
    outdated,
    plan_round,
)
from .steps import DEFAULT_STEPS, FARTHEST, NextStep, StepDone, next_step, read_steps, step_days

__all__ = [
    "DEFAULT_STEPS",
    "FARTHEST",
    "Candidate",
    "Digest",
    "DigestLine",
    "DigestRefresher",
    "Exclusion",
    "Exclusions",
    "NextStep",
    "Reason",
    "Recipient",
    "Reminder",
    "ReminderStep",
    "Round",
    "StepDone",
    "Withheld",
    "candidates",
    "exclusions",
    "is_renewed",
    "next_step",
    "outdated",
    "plan_round",
    "read_steps",
    "step_days",
    "weekly_digest",
]
