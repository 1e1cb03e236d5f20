"""The templates, compiled once and cached: compiling takes longer than the rest of rendering."""

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

from courseware.blocks import checks_to_answer
from courseware.questions import KINDS
from courseware.rendering import links, references, wording

FOLDER = Path(__file__).parents[1] / "templates"
QUESTIONS = FOLDER.with_name("questions")  # the templates of the kinds
COMPILER_OPTIONS: dict[str, Any] = {"trim_blocks": True, "keep_trailing_newline": True}


class TemplateCache(BytecodeCache):
    """Compiled templates beside their sources, as Python keeps its own; in a read-only folder there are
    none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read in one piece: Jinja's own way reads value by value and takes ten times as long."""
        with suppress(OSError, EOFError, ValueError, TypeError):  # the file may be cut off
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
        """The signs of the sprite and the compiler's options are in the bytecode, so both count as its
        source."""
        return super().get_source_checksum(f"{COMPILER_OPTIONS}\n{wording.GLYPH!s}\n{source}")

    def _sign(self, bucket: Bucket) -> bytes:
        """Identifies the Python, the Jinja and the source that the bytecode was made from."""
        return bc_magic + bucket.checksum.encode()

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.pyc"


@cache
def templates() -> Environment:
    """Functions for templates are filters: a call costs Jinja three times as much."""
    environment = Environment(
        loader=FileSystemLoader((FOLDER, QUESTIONS)),
        autoescape=True,
        **COMPILER_OPTIONS,
        undefined=StrictUndefined,
        bytecode_cache=TemplateCache(FOLDER / "__pycache__"),
        auto_reload=False,
    )
    # As in Python, so that a missing attribute is an error: Jinja would try it as a key too.
    environment.getattr = builtins.getattr  # type: ignore[method-assign, assignment]
    environment.getitem = operator.getitem  # type: ignore[method-assign, assignment]
    environment.filters.update(
        after=links.after,
        beside=wording.beside,
        by_kind=references.by_kind,
        by_law=references.by_law,
        checked_in_words=references.checked_in_words,
        checks_to_answer=checks_to_answer,
        cite=references.cite,
        counted=wording.counted,
        lasting=wording.lasting,
        duty_kind=wording.duty_kind,
        edition=wording.edition,
        filled=wording.filled,
        first_sentence=wording.first_sentence,
        glyph=wording.glyph,
        may_be_known=lambda lesson, pages: lesson.objective in pages.tested_objectives,
        kind=lambda block: type(block).__name__,
        neighbour=links.neighbour,
        number=links.number_of,
        numbers=links.numbers,
        place=links.place,
        question_kind=lambda question: KINDS[question.kind],
        review=wording.review,
        sentence=wording.sentence,
        tel=wording.telephone,
        unchecked=references.unchecked,
    )
    return environment
