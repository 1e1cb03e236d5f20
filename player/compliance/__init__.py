"""Due days and standings from evidence and settings. Pure: no tables, no web, and the day is an argument."""

from .changes import Change, changes
from .dated import Dated, in_force
from .due import cycles, due_day, first_due, window_opens
from .duty import Anchor, Duty, DutySettings, Kind, school_duty
from .evidence import Evidence, counted_days
from .facts import Colleague, DutyRows, Exclusion, Requirement, SchoolFacts
from .limits import SettingRefusal, provider_refusals, school_refusals
from .months import MonthDay, add_months, read_month_day
from .positions import Line, duty_on, positions
from .reach import Ground, Span, required_since
from .refresher import Renewal, days_with_refreshers, in_time, renewal
from .standing import COUNTS_AS_IN_DATE, Position, Standing, stand
from .written_day import written_day
from .zones import LONDON, UnknownZoneError, civil_day, zone_named

__all__ = [
    "COUNTS_AS_IN_DATE",
    "LONDON",
    "Anchor",
    "Change",
    "Colleague",
    "Dated",
    "Duty",
    "DutyRows",
    "DutySettings",
    "Evidence",
    "Exclusion",
    "Ground",
    "Kind",
    "Line",
    "MonthDay",
    "Position",
    "Renewal",
    "Requirement",
    "SchoolFacts",
    "SettingRefusal",
    "Span",
    "Standing",
    "UnknownZoneError",
    "add_months",
    "changes",
    "civil_day",
    "counted_days",
    "cycles",
    "days_with_refreshers",
    "due_day",
    "duty_on",
    "first_due",
    "in_force",
    "in_time",
    "positions",
    "provider_refusals",
    "read_month_day",
    "renewal",
    "required_since",
    "school_duty",
    "school_refusals",
    "stand",
    "window_opens",
    "written_day",
    "zone_named",
]
