"""How many examples chance is given: a fifth of them in every run, all in the full product."""

from __future__ import annotations

from hypothesis import settings

ALL, SOME = "all examples", "some examples"
# A busy machine is slow, and no test is about time.
settings.register_profile(ALL, deadline=None)
settings.register_profile(SOME, deadline=None)


def prepare(*, in_full: bool) -> None:
    """Before any test is read."""
    settings.load_profile(ALL if in_full else SOME)


def examples(number: int) -> int:
    """That many, or those of this run."""
    return max(5, number // 5) if settings.get_current_profile_name() == SOME else number
