"""What is written down of a fault, without what stands in an address and opens something by itself."""

from __future__ import annotations

import logging
import re

from flask import current_app, request

from player.records.unavailable import unavailable

LINK = re.compile(r"/(play|welcome|content)/[^/\s]+")


def write_down(error: Exception) -> None:
    """The rule, not the address: a launch token in a log is the learner's to whoever reads it. Of a database
    that is away, one line: every page that waits for it asks again and again."""
    if reason := unavailable(error):
        current_app.logger.error("%s %s: the database: %s", request.method, request.url_rule, reason)
    else:
        current_app.logger.error("%s %s", request.method, request.url_rule, exc_info=error)


def hide_links(record: logging.LogRecord) -> bool:
    """A filter for a logger that is not ours and writes whole addresses."""
    record.msg, record.args = LINK.sub(r"/\1/…", record.getMessage()), None
    return True
