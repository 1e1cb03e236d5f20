"""Which tests one of several processes takes together: those of a file, whose fixtures are made once then."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

TOGETHER = ("tests/browser/courses/",)  # they share the compiled courses, and players that have imported them


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """In the order in which they are collected: the long ones, of the browser, come first."""

    def __init__(self, config: Any, log: Any) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)
