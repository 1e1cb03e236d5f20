"""Memory that is free goes back to the system."""

from __future__ import annotations

import ctypes
import gc

MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD in glibc's malloc.h
LARGE = 128 * 1024  # where its threshold begins


def return_large_blocks() -> None:
    """Have blocks of this size returned as soon as they are freed.

    glibc raises its threshold up to 32 MiB as large blocks come and go, and then keeps them in the heap of
    each thread: after six commits of 15 MB a server held 500 MB more, for good. Other C libraries need
    nothing.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):
        return
    mallopt(MMAP_THRESHOLD, LARGE)


def collect_seldom() -> None:
    """Have the collector pass over what is there for good, and run after more new objects than usual: a
    request makes few cycles, and the collector took a twenty-fifth of a commit."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
