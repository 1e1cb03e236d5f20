"""The templates, compiled once and kept: compiling takes longer than all the rest of rendering."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from courseware.rendering import wording

FOLDER = Path(__file__).parents[1] / "templates"


class Kept(BytecodeCache):
    """Beside the templates, as Python keeps its own; in a read-only folder compiled each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), self._file(bucket).open("rb") as kept:
            bucket.load_bytecode(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        file = self._file(bucket)
        unfinished = file.with_suffix(f".{os.getpid()}.pyc")
        with suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            with unfinished.open("wb") as kept:
                bucket.write_bytecode(kept)
            unfinished.replace(file)

    def get_source_checksum(self, source: str) -> str:
        """Signs of the sprite are in the bytecode, so it is stale when they are."""
        return super().get_source_checksum(source + wording.GLYPH)

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.pyc"


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        bytecode_cache=Kept(FOLDER / "__pycache__"),
        auto_reload=False,
    )
    environment.filters.update(
        first_sentence=wording.first_sentence,
        glyph=wording.glyph,
        tel=wording.telephone,
    )
    return environment
