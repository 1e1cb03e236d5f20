"""Due days and standings from evidence and settings. Pure: no tables, no web, and the day is an argument."""

from .changes import Change, changes
from .dated import Dated, in_force
from .due import cycles, due_day, first_due, window_opens
from .duty import Anchor, Duty, DutySettings, Kind, school_duty
from .evidence import Evidence, counted_days
from .limits import SettingRefusal, provider_refusals, school_refusals
from .months import MonthDay, add_months, read_month_day
from .refresher import days_with_refreshers, in_time
from .standing import COUNTS_AS_IN_DATE, Position, Standing, reached, stand
from .zones import LONDON, UnknownZoneError, civil_day, zone_named

__all__ = [
    "COUNTS_AS_IN_DATE",
    "LONDON",
    "Anchor",
    "Change",
    "Dated",
    "Duty",
    "DutySettings",
    "Evidence",
    "Kind",
    "MonthDay",
    "Position",
    "SettingRefusal",
    "Standing",
    "UnknownZoneError",
    "add_months",
    "changes",
    "civil_day",
    "counted_days",
    "cycles",
    "days_with_refreshers",
    "due_day",
    "first_due",
    "in_force",
    "in_time",
    "provider_refusals",
    "reached",
    "read_month_day",
    "school_duty",
    "school_refusals",
    "stand",
    "window_opens",
    "zone_named",
]
