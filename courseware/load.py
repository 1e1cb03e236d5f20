"""A course's folder -> its source: every file read once, problems with their places, nothing judged yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from os.path import relpath
from pathlib import Path
from typing import TypeVar, cast

from pydantic import ValidationError

from courseware.complaints import complaints
from courseware.errors import Place, Problem
from courseware.source import Bank, Catalogue, Course, Law, LawFile, Lesson, Model, Source
from courseware.written import Entries, Written
from courseware.yaml12 import read_document

LANGUAGES = Path(__file__).parent / "language"
M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Shelf:
    """What has been read in one run, so that courses share their catalogue and laws."""

    problems: list[Problem] = field(default_factory=list)
    models: dict[Path, Model | None] = field(default_factory=dict)

    def model(self, path: Path, model: type[M]) -> M | None:
        """The file as that model; None where its problems say why not."""
        if path not in self.models:
            self.models[path] = self.validated(path, model)
        return cast(M | None, self.models[path])

    def validated(self, path: Path, model: type[M]) -> M | None:
        data = self.bytes(path)
        if data is None:
            return None
        document = read_document(shown(path), data)
        self.problems.extend(document.problems)
        if document.root is None:
            return None
        try:
            return model.model_validate(document.root)
        except ValidationError as error:
            self.problems.extend(complaints(document.root, error))
            return None

    def bytes(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError as error:
            problem = Problem(Place(shown(path)), f"the file cannot be read ({error.strerror})")
            self.problems.append(problem)
            return None


def shown(path: Path) -> str:
    """The path as somebody in this folder would type it."""
    inside = path.is_relative_to(Path.cwd())
    return (
        path.relative_to(Path.cwd()).as_posix()
        if inside
        else relpath(path)
        if not path.is_absolute()
        else str(path)
    )


def load(folder: Path, shelf: Shelf) -> Source | None:
    """The course in that folder, with whatever of it could be read; None where `course.yaml` could not."""
    folder = folder.absolute()
    course_file = folder / "course.yaml"
    if not course_file.is_file():
        hint = "name the folder that holds the course's course.yaml"
        shelf.problems.append(Problem(Place(shown(course_file)), "there is no course here", hint))
        return None
    course = shelf.model(course_file, Course)
    lessons = course.lessons if course else ()
    found, broken = lessons_of(folder, lessons, shelf)
    banks = {path.stem: shelf.model(path, Bank) for path in yaml_files(folder / "quizzes")}
    catalogue, laws = shared(folder, shelf)
    if course is None:
        return None
    language = course.language or (catalogue.language if catalogue else None)
    return Source(
        folder=folder,
        course=course,
        lessons=found,
        banks={name: bank for name, bank in banks.items() if bank},
        laws=laws,
        catalogue=catalogue,
        words=words(language, course.place, shelf),
        broken=broken | {name for name, bank in banks.items() if bank is None},
    )


def lessons_of(
    folder: Path, names: tuple[Written, ...], shelf: Shelf
) -> tuple[dict[str, Lesson], frozenset[str]]:
    """The lessons in the course's order, and the names of those that are there but could not be read."""
    here = {path.stem: path for path in yaml_files(folder / "lessons")}
    listed = {name: here[name] for name in names if name in here}
    lessons = {str(name): shelf.model(path, Lesson) for name, path in listed.items()}
    found = {name: lesson for name, lesson in lessons.items() if lesson}
    return found, frozenset(name for name in lessons if name not in found)


def yaml_files(folder: Path) -> list[Path]:
    """In the order of their names, so that problems and packages come out the same everywhere."""
    return sorted(path for path in folder.glob("*.yaml") if path.is_file())


def shared(folder: Path, shelf: Shelf) -> tuple[Catalogue | None, dict[str, Law]]:
    """The nearest catalogue above the course, with the laws beside it; a course works without."""
    root = next((above for above in folder.parents if (above / "catalogue.yaml").is_file()), None)
    if root is None:
        return None, {}
    laws: dict[str, Law] = {}
    for path in yaml_files(root / "law"):
        file = shelf.model(path, LawFile)
        laws.update({str(key): law for key, law in (file.laws if file else {}).items()})
    return shelf.model(root / "catalogue.yaml", Catalogue), laws


def words(language: Written | None, where: Place, shelf: Shelf) -> Mapping[str, str]:
    """The frame's own words in that language."""
    path = LANGUAGES / f"{language or 'en-GB'}.yaml"
    if not path.is_file():
        there = ", ".join(f"“{file.stem}”" for file in yaml_files(LANGUAGES))
        message = f"the frame of a course has no words in “{language}”"
        place = language.place if language else where
        shelf.problems.append(Problem(place, message, f"it has {there}"))
        return {}
    data = shelf.bytes(path) or b""
    document = read_document(path.name, data)
    shelf.problems.extend(document.problems)
    entries = document.root if isinstance(document.root, Entries) else {}
    return {str(key): str(value) for key, value in entries.items()}
