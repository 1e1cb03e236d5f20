"""Between a SCO and its activity: run-time data become tracking information, and back. Pure.

The only place that knows both sides. RTE 4.2 ("sequencing impacts" of each element) is its clause.
"""

from .editions import mark_of, rejudged
from .launching import Learner, launch_for
from .learning import learned, request_of, teaches
from .results import Result, is_completed, result_of_sco, result_of_tree
from .splitting import split

__all__ = [
    "Learner",
    "Result",
    "is_completed",
    "launch_for",
    "learned",
    "mark_of",
    "rejudged",
    "request_of",
    "result_of_sco",
    "result_of_tree",
    "split",
    "teaches",
]
