"""A course's folder -> its source. Each file is read once; problems have places; rules come later."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct, field, structs

from courseware.authored.law import Law, LawFile
from courseware.authored.model import Model
from courseware.authored.questions import BankFile
from courseware.authored.reading import InvalidError
from courseware.errors import Place, Problem
from courseware.legislation import with_legislation
from courseware.material import CourseSource, Material, RefresherMaterial
from courseware.options import catalogue_folder
from courseware.source import CatalogueFile, CourseFile, LessonFile, RefresherFile
from courseware.yaml12.composer import read_document
from courseware.yaml12.nodes import SourceMap, SourceText

if TYPE_CHECKING:
    from courseware.authored.journeys import JourneyFile

# Files that editors and operating systems leave beside an author's.
LEFT_BY_SYSTEMS = re.compile(r"(?:^|/)(?:[.~]|Thumbs\.db$|desktop\.ini$)")
LANGUAGES = Path(__file__).parent / "language"
OTHER_ENDINGS = (".yml", ".yaml")  # in any capitals
CATALOGUES = ("catalogue.yml", "catalog.yaml", "catalog.yml", "Catalogue.yaml", "catalogue.YAML")
READ_IN_PART = (LessonFile, BankFile, LawFile)
M = TypeVar("M", bound=Model)


class SourceReader(Struct):
    """Reads each file once in a run, so that courses share their catalogue and laws."""

    problems: list[Problem] = field(default_factory=list)
    models: dict[Path, Model | None] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)  # files that could not be read whole
    rejected: dict[Path, tuple[object, ...]] = field(default_factory=dict)  # their nodes that fit no model
    blank_keys: dict[Path, frozenset[str]] = field(
        default_factory=dict
    )  # of a course.yaml, the keys with blank values

    def model(self, path: Path, model: type[M]) -> M | None:
        """The file as that model; without its invalid parts where it has some; None where nothing can be
        judged."""
        if path not in self.models:
            self.models[path] = self.validated(path, model)
            if self.models[path] is None:
                self.broken.add(path)
        return cast(M | None, self.models[path])

    def another(self) -> SourceReader:
        """A reader that keeps problems to itself."""
        return SourceReader()

    def validated(self, path: Path, model: type[M]) -> M | None:
        data = self.bytes(path)
        if data is None:
            return None
        document = read_document(display_path(path), data)
        self.problems.extend(document.problems)
        lost = {problem.place.line for problem in document.problems if problem.severity == "error"}
        if lost:
            self.broken.add(path)
        if document.root is None:
            return None
        if model is CourseFile and is_refresher(document.root):
            return self.refresher(document.root)  # type: ignore[return-value]
        try:
            return model.read(document.root)
        except InvalidError as error:
            self.tell(document.root, error, lost)
            self.broken.add(path)
            return self.rest(path, document.root, model, error)

    def tell(self, root: object, error: InvalidError, lost: Collection[int | None] = ()) -> None:
        """Everything that fits no model, but not in these lines."""
        from courseware.authored.key_messages import problems_of

        problems = problems_of(root, error)
        self.problems.extend(problem for problem in problems if problem.place.line not in lost)

    def refresher(self, root: object) -> RefresherFile | None:
        """The course.yaml of a refresher. Without all of it nothing can be derived, so it is never read in
        part."""
        try:
            return RefresherFile.read(root)
        except InvalidError as error:
            self.tell(root, error)
            return None

    def rest(self, path: Path, root: object, model: type[M], error: InvalidError) -> M | None:
        """The model of the file without its invalid parts, or None."""
        from courseware.authored.key_names import first_key_of
        from courseware.authored.partial import with_blanks, without_invalid

        if not isinstance(root, SourceMap):
            return None
        if model is CourseFile:
            rest, self.rejected[path], self.blank_keys[path] = with_blanks(root, error)
        elif model in READ_IN_PART and first_key_of(model) in root:
            rest, self.rejected[path] = without_invalid(root, error)
        else:
            return None
        try:
            return model.read(rest)
        except InvalidError:
            self.rejected[path] = (root,)
            return None

    def refuse_ending(self, path: Path) -> None:
        """A file of an author's that no name leads to, because of its ending."""
        self.broken.add(path)
        message = f"{path.parent.name}/{path.name} is not read, because it does not end in “.yaml”"
        self.problems.append(Problem(Place(display_path(path)), message, f"rename it to “{path.stem}.yaml”"))

    def bytes(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except OSError as error:
            problem = Problem(
                Place(display_path(path)),
                f"the file cannot be read ({error.strerror})",
                "check that you may read it",
            )
            self.problems.append(problem)
            return None


def is_refresher(root: object) -> bool:
    return isinstance(root, SourceMap) and "refresher of" in root


def display_path(path: Path) -> str:
    """The path as somebody in the current folder would type it."""
    return path.as_posix().removeprefix(f"{Path.cwd().as_posix()}/")


def load(folder: Path, reader: SourceReader, legislation: str = "") -> Material | None:
    """The course in that folder, with all of it that could be read; `legislation` says where its legal
    companion is, instead of the word in course.yaml.

    A Material where course.yaml could not be read; None where there is no course.
    """
    folder = folder.absolute()
    if not (folder / "course.yaml").is_file():
        hint = misplaced_hint(folder) or "name the folder that holds the course's course.yaml"
        reader.problems.append(
            Problem(Place(display_path(folder / "course.yaml")), "there is no course here", hint)
        )
        return None
    course: CourseFile | RefresherFile | None = reader.model(folder / "course.yaml", CourseFile)
    blank_keys = reader.blank_keys.get(folder / "course.yaml", frozenset())
    is_listed = isinstance(course, CourseFile) and "lessons" not in blank_keys
    listed = course.lessons if course and is_listed else None
    lessons = models_in(folder / "lessons", LessonFile, reader, listed)
    banks = models_in(folder / "quizzes", BankFile, reader)
    root = catalogue_folder(folder)
    catalogue, files = catalogue_and_laws(root, reader) if root else (None, {})
    misnamed = tuple(misnamed_catalogue(folder)) if root is None else ()
    reader.problems.extend(misnamed)
    material = Material(
        folder=folder,
        lessons={name: lesson for name, lesson in lessons.items() if lesson},
        banks={name: bank for name, bank in banks.items() if bank},
        laws=laws_of(files, reader),
        catalogue=catalogue,
        shared=root,
        journeys=journeys_of(folder / "journeys", reader),
        broken=frozenset(
            f"{path.parent.name}/{path.stem}"
            for path in reader.broken
            if path.is_relative_to(folder) or (root and path.parent == root / "law")
        ).union("law/" for _ in misnamed),  # those beside it are not read either
        rejected=tuple(
            one
            for path, rejected in reader.rejected.items()
            if path.is_relative_to(folder)
            for one in rejected
        ),
    )
    if course is None:
        return material
    if isinstance(course, RefresherFile):
        return RefresherMaterial(**structs.asdict(material), asked=course)
    language = course.language or (catalogue.language if catalogue else None)
    frame = frame_words(language, course.place, reader)
    source = CourseSource(**structs.asdict(material), course=course, blank_keys=blank_keys, words=frame)
    return with_legislation(source, legislation, reader, load)


def journeys_of(folder: Path, reader: SourceReader) -> dict[str, JourneyFile]:
    """Most courses have none."""
    if not folder.is_dir():
        return {}
    from courseware.authored.journeys import JourneyFile

    return {name: one for name, one in models_in(folder, JourneyFile, reader).items() if one}


def misnamed_catalogue(folder: Path) -> Iterator[Problem]:
    """The nearest catalogue under another name, without which no law is found."""
    for path in (above / name for above in folder.parents for name in CATALOGUES):
        if path.is_file():
            message = f"{path.name} is not read, because its name is not “catalogue.yaml”"
            yield Problem(Place(display_path(path)), message, "rename it to “catalogue.yaml”")
            return


def misplaced_hint(folder: Path) -> str:
    """The hint for a course.yaml under another name, or one folder further in."""
    for path in sorted(folder.glob("*")):
        if path.name.lower().startswith("course.y"):
            return f"rename {path.name} to “course.yaml”"
    inner = sorted(folder.glob("*/course.yaml"))
    such_as = "a course's folder, such as" if len(inner) > 1 else "the folder"
    return f"name {such_as} “{display_path(inner[0].parent)}”" if inner else ""


def models_in(
    folder: Path, model: type[M], reader: SourceReader, names: Iterable[str] | None = None
) -> dict[str, M | None]:
    """The files of a folder by their names: those asked for, in that order; or all."""
    files = written_files(folder)
    for path in files:
        if path.suffix.lower() in OTHER_ENDINGS and path.suffix != ".yaml":
            reader.refuse_ending(path)
    here = {path.stem: path for path in files if path.suffix == ".yaml"}
    return {str(name): reader.model(here[name], model) for name in names or here if name in here}


def written_files(folder: Path) -> list[Path]:
    """Sorted by name, so that problems and packages come in the same order everywhere."""
    try:
        with os.scandir(folder) as there:
            names = [one.name for one in there if one.is_file() and not LEFT_BY_SYSTEMS.search(one.name)]
    except OSError:  # the rule that needs a file of it reports that
        return []
    return [folder / name for name in sorted(names)]


def catalogue_and_laws(
    root: Path, reader: SourceReader
) -> tuple[CatalogueFile | None, dict[str, LawFile | None]]:
    """The catalogue above the course, and the laws beside that; a course works without."""
    return reader.model(root / "catalogue.yaml", CatalogueFile), models_in(root / "law", LawFile, reader)


def laws_of(files: Mapping[str, LawFile | None], reader: SourceReader) -> dict[str, Law]:
    laws: dict[str, Law] = {}
    first: dict[SourceText, SourceText] = {}
    for key, law in (pair for file in files.values() if file for pair in file.laws.items()):
        if first.setdefault(key, key) is not key:
            message = f"the law “{key}” is here twice, first at {first[key].place}"
            reader.problems.append(Problem(key.place, message, "keep one of them"))
        laws.setdefault(str(key), law)
    return laws


def frame_words(language: SourceText | None, where: Place, reader: SourceReader) -> Mapping[str, str]:
    """The texts of the page's frame in that language: `{name}` is a blank, “… one” and “… other” are
    plurals."""
    there = {path.stem: path for path in sorted(LANGUAGES.glob("*.json"))}
    path = there.get(language or "en-GB")
    if path is None:
        message = f"the frame of a course has no words in “{language}”"
        place = language.place if language else where
        hint = f"it has {', '.join(f'“{name}”' for name in there)}"
        reader.problems.append(Problem(place, message, hint))
        return {}
    texts = words_in(path)
    missing = words_in(there["en-GB"]).keys() - texts.keys() if language else set()
    reader.problems.extend(
        Problem(
            Place(path.name), f"the frame has no word for “{key}” in “{language}”", f"add “{key}” to {path}"
        )
        for key in sorted(missing)
    )
    return texts


@cache
def words_in(path: Path) -> Mapping[str, str]:
    """Cached: the file is part of the compiler, and all courses share it."""
    return cast("Mapping[str, str]", json.loads(path.read_bytes()))
