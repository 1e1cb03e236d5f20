"""Between a SCO and its activity: what the run-time data say is learned, what the tree knows launched. Pure.

The only place that knows both sides. RTE 4.2 ("sequencing impacts" of each element) is its clause.
"""

from .editions import mark_of, rejudged
from .launching import Learner, launch_for
from .learning import learned, request_of
from .summing import Summary, settled, summary

__all__ = [
    "Learner",
    "Summary",
    "launch_for",
    "learned",
    "mark_of",
    "rejudged",
    "request_of",
    "settled",
    "summary",
]
