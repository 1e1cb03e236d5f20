"""A refresher: a short course whose source is derived from that of its parent (decision 27).

The rest of the compiler gets such a source like any other, so that nothing after this asks where a line is
from.
"""
