"""The templates, compiled once and kept: compiling takes longer than all the rest of rendering."""

from __future__ import annotations

import builtins
import marshal
import operator
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, bc_magic

from courseware.rendering import links, wording

FOLDER = Path(__file__).parents[1] / "templates"
COMPILER_OPTIONS: dict[str, Any] = {"trim_blocks": True, "keep_trailing_newline": True}


class TemplateCache(BytecodeCache):
    """Beside the templates, as Python keeps its own; in a read-only folder compiled each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """At once: from a file Jinja takes it value by value, which costs ten times as much."""
        with suppress(OSError, EOFError, ValueError, TypeError):  # cut off, where the power went
            kept, current = self._file(bucket).read_bytes(), self._sign(bucket)
            if kept.startswith(current):
                bucket.code = marshal.loads(kept[len(current) :])  # noqa: S302 - what Python itself reads beside it

    def dump_bytecode(self, bucket: Bucket) -> None:
        file = self._file(bucket)
        unfinished = file.with_suffix(f".{os.getpid()}.pyc")
        with suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            unfinished.write_bytes(self._sign(bucket) + marshal.dumps(bucket.code))
            unfinished.replace(file)

    def get_source_checksum(self, source: str) -> str:
        """Signs of the sprite are in the bytecode, and how it is compiled: it is stale when either is."""
        return super().get_source_checksum(f"{COMPILER_OPTIONS}\n{wording.GLYPH!s}\n{source}")

    def _sign(self, bucket: Bucket) -> bytes:
        """Of the Python, the Jinja and the source that it is made from."""
        return bc_magic + bucket.checksum.encode()

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.pyc"


@cache
def templates() -> Environment:
    """What they ask of a value is a filter: a call costs Jinja three times as much."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        **COMPILER_OPTIONS,
        undefined=StrictUndefined,
        bytecode_cache=TemplateCache(FOLDER / "__pycache__"),
        auto_reload=False,
    )
    # As in Python, so that what is not there is an error at once: Jinja tries an attribute as a key, too.
    environment.getattr = builtins.getattr  # type: ignore[method-assign, assignment]
    environment.getitem = operator.getitem  # type: ignore[method-assign, assignment]
    environment.filters.update(
        after=links.after,
        by_kind=wording.by_kind,
        cite=wording.cite,
        counted=wording.counted,
        duty_kind=wording.duty_kind,
        edition=wording.edition,
        filled=wording.filled,
        first_sentence=wording.first_sentence,
        glyph=wording.glyph,
        kind=lambda block: type(block).__name__,
        neighbour=links.neighbour,
        numbers=links.numbers,
        place=links.place,
        review=wording.review,
        source_line=wording.source_line,
        tel=wording.telephone,
    )
    return environment
