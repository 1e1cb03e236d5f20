"""A schema for each kind of file that an author writes."""

from __future__ import annotations

import json
from pathlib import Path

from courseware.authored.journeys import JourneyFile
from courseware.authored.key_names import first_key_of
from courseware.authored.law import LawFile
from courseware.authored.model import Model
from courseware.authored.questions import BankFile
from courseware.authored.vocabulary import FILE_KINDS
from courseware.schema.choosing import has
from courseware.schema.texts import Schema
from courseware.schema.values import SchemaMaker
from courseware.source import CatalogueFile, CourseFile, LessonFile, RefresherFile

# Draft 7 is the latest that every editor's extension reads; nothing of later ones is needed.
DRAFT = "http://json-schema.org/draft-07/schema#"
FILES: dict[str, tuple[type[Model], ...]] = {
    "course": (RefresherFile, CourseFile),
    "lesson": (LessonFile,),
    "bank": (BankFile,),
    "catalogue": (CatalogueFile,),
    "law": (LawFile,),
    "journey": (JourneyFile,),
}


def schema_of(name: str) -> Schema:
    """The schema of that kind of file; of a course.yaml, of a refresher's too."""
    maker, models = SchemaMaker(), FILES[name]
    if len(models) == 1:
        whole = maker.model(models[0], name)
    else:
        refresher, course = (maker.value(model.read, name) for model in models)
        whole = {"if": has("refresher of"), "then": refresher, "else": course}
    title = FILE_KINDS[first_key_of(models[-1])]
    return {"$schema": DRAFT, "title": title, **whole, "definitions": maker.definitions}


def written(name: str) -> str:
    return json.dumps(schema_of(name), ensure_ascii=False, indent=2) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Writes them all, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {folder / f"{name}.schema.json": written(name) for name in FILES}
    for path, text in paths.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return [*paths]
