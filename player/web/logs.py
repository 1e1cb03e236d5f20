"""The log of errors, without the tokens in addresses, because whoever has one can open what it opens."""

from __future__ import annotations

import logging
import re
from logging import Logger

from flask import current_app, request

from player.records.unavailable import unavailable

LINK = re.compile(r"/(play|welcome|content)/[^/\s]+")


def write_down(error: Exception) -> None:
    """Log an error with the route and not the address, which may hold a token."""
    log_failure(current_app.logger, f"{request.method} {request.url_rule}", error)


def log_failure(logger: Logger, route: str, error: Exception) -> None:
    """Log an error. A database that cannot be reached gets one line, because every page that waits for it
    asks again and again."""
    if reason := unavailable(error):
        logger.error("%s: the database: %s", route, reason)
    else:
        logger.error("%s", route, exc_info=error)


def hide_links(record: logging.LogRecord) -> bool:
    """A filter for a foreign logger that writes whole addresses."""
    record.msg, record.args = LINK.sub(r"/\1/…", record.getMessage()), None
    return True
