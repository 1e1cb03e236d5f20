"""SCORM 2004 sequencing: requests over an activity tree, decided by the standard's own processes. Pure."""

from .contents import Entry, View, contents, controls, looks_alike, validity, view
from .navigation import Request
from .overall import Decision, opening, process
from .state import Draw, Progress, Record, State
from .trace import TraceStep
from .tree import Activity, Tree, build_tree

__all__ = [
    "Activity",
    "Decision",
    "Draw",
    "Entry",
    "Progress",
    "Record",
    "Request",
    "State",
    "TraceStep",
    "Tree",
    "View",
    "build_tree",
    "contents",
    "controls",
    "looks_alike",
    "opening",
    "process",
    "validity",
    "view",
]
