"""A duty is the reason for which a course is retaken, with its period; a school may set some of it itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, TypeVar

from .months import MonthDay

T = TypeVar("T")


class Kind(StrEnum):
    """The ground of a duty: the provider states it, and a school cannot change it."""

    NUMBER = "number"  # law or a statutory framework names the period
    REGULAR = "regular"  # law or guidance asks for it without a number
    CUSTOM = "custom"  # the school's own wish


class Anchor(StrEnum):
    """The day from which the next due day is counted."""

    COMPLETION = "completion"
    EXPIRY = "expiry"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Duty:
    """The rules for one course at one school on one day. Where `months` is None, a completion holds for ever.

    `statutory` is the number of months that law names, for a duty of the kind `number` only. `fixed` and
    `least` count with the anchor `fixed` only, which does not use `months`.
    """

    kind: Kind = Kind.CUSTOM
    basis: str = ""
    months: int | None = None
    anchor: Anchor = Anchor.COMPLETION
    window: int = 60
    first: int = 28
    fixed: MonthDay | None = None
    least: int = 1
    renewed_by: str | None = None
    lapsed: int = 0
    statutory: int | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.NUMBER and self.statutory is None:
            object.__setattr__(self, "statutory", self.months)


@dataclass(frozen=True, slots=True)
class DutySettings:
    """The part of a duty that a school sets; None leaves the provider's.

    “none” is a period of none, and an empty `renewed_by` takes the provider's refresher away.
    """

    months: int | Literal["none"] | None = None
    anchor: Anchor | None = None
    window: int | None = None
    first: int | None = None
    fixed: MonthDay | None = None
    least: int | None = None
    renewed_by: str | None = None
    lapsed: int | None = None


def school_duty(provider: Duty, settings: DutySettings | None = None) -> Duty:
    """The provider's duty with a school's settings, kept within the law.

    A setting may have been saved before the provider stated the number; it is cut then, and never beyond it.
    """
    duty = provider if settings is None else overlaid(provider, settings)
    return _lawful(duty)


def overlaid(provider: Duty, settings: DutySettings) -> Duty:
    """The provider's duty with a school's settings as they stand, allowed or not.

    A school that sets a period of none and no anchor wants no due day: a fixed day of the provider's goes.
    """
    anchor = settings.anchor or provider.anchor
    if settings.months == "none" and settings.anchor is None:
        anchor = Anchor.COMPLETION
    return replace(
        provider,
        months=_months(provider, settings),
        anchor=anchor,
        window=_set(settings.window, provider.window),
        first=_set(settings.first, provider.first),
        fixed=settings.fixed or provider.fixed,
        least=_set(settings.least, provider.least),
        renewed_by=_set(settings.renewed_by, provider.renewed_by) or None,
        lapsed=_set(settings.lapsed, provider.lapsed),
        statutory=provider.statutory,
    )


def _months(provider: Duty, settings: DutySettings) -> int | None:
    if settings.months == "none":
        return None
    return provider.months if settings.months is None else settings.months


def _set(own: T | None, default: T) -> T:
    return default if own is None else own


def _lawful(duty: Duty) -> Duty:
    months, anchor = duty.months, duty.anchor
    if duty.statutory is not None:
        months = min(months or duty.statutory, duty.statutory)
        anchor = Anchor.COMPLETION if anchor is Anchor.EXPIRY else anchor
    if anchor is Anchor.FIXED and duty.fixed is None:
        anchor = Anchor.COMPLETION
    if (months, anchor) == (duty.months, duty.anchor):
        return duty
    return replace(duty, months=months, anchor=anchor)
