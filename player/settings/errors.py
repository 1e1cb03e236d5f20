"""A setting that cannot be used."""

from __future__ import annotations


class SettingsError(Exception):
    """A setting that is missing or wrong; the message names it and the remedy."""
