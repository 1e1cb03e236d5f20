"""The sample schools, a copy for each test."""

from tests.player.web.conftest import own_sample, prepared

__all__ = ["own_sample", "prepared"]
