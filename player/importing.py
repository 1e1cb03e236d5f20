"""A zip becomes a version of a course: files first, the row last, so that a failure leaves nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from courseware.package import Package, Part, slug
from courseware.reading import Place, Problem, extract_package
from player.records import courses, tables
from player.records.columns import new_id
from player.records.database import Database, Transaction
from player.records.versions import package_to_json
from player.school import auditing
from player.school.actor import COMMAND, Actor
from player.school.auditing import Change
from player.school.settling import settle_everywhere
from player.sequencing import Request, State, build_tree, contents, process
from player.unfinished import importing, moved, unpacked

LONGEST_TITLE = 1_000  # characters; SCORM 2004 asks an LMS for 200
MOST_ITEMS = 5_000  # Continue then takes a fifth of a second
LONGEST_ID = 63  # a label of a host name, where every course has an origin of its own


@dataclass(frozen=True, slots=True)
class Imported:
    """The version that a zip is now; `is_new` is false where the same bytes were imported before."""

    course: str
    version: int
    is_new: bool
    problems: tuple[Problem, ...] = ()


class ImportRefusedError(Exception):
    """The zip is not imported; `problems` say why, and nothing has changed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Sent:
    """A zip, what its sender calls it, the course whose newest version it is to be, and the sender."""

    path: Path
    name: str
    digest: str
    update: str | None
    by: Actor


def import_package(
    database: Database,
    folder: Path,
    zip_path: Path,
    now: datetime,
    *,
    update: str | None = None,
    called: str | None = None,
    actor: Actor = COMMAND,
) -> Imported:
    """Import a zip; `called` is what its sender calls it, `update` the course whose newest version it is to
    be, if need be once more. One that is here already changes nothing, except where its files were lost:
    they are put back."""
    sent = _Sent(zip_path, called or str(zip_path), _digest(zip_path), update, actor)
    with importing(database, folder):
        done = _import(database, folder, sent, now)
    # Another version of the same bytes may have lost its files too.
    return done or import_package(database, folder, zip_path, now, update=update, called=called, actor=actor)


def _import(database: Database, folder: Path, sent: _Sent, now: datetime) -> Imported | None:
    """None where lost files were put back."""
    with database.reading() as tx:
        known = _known(tx, folder, sent)
    if known is not None and (folder / known.key).is_dir():
        return _again(known)
    home = folder / new_id()
    unfinished = unpacked(home)
    try:
        unfinished.mkdir()
        package, warnings = _extract(sent, unfinished)
        os.sync()  # the row will be on disk at once: a power cut must not leave it without its files
        done = _add(database, sent, package, home, now)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return replace(done, problems=warnings) if done.is_new else None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise refused(str(path), f"the file cannot be read: {error.strerror}", "check the path") from error


def _known(tx: Transaction, folder: Path, sent: _Sent) -> tables.VersionRow | None:
    """The version that these bytes are already: before all others one whose files were lost."""
    if sent.update is not None and courses.course(tx, sent.update) is None:
        message = f"there is no course “{sent.update}”"
        raise refused(sent.name, message, "leave out --update to import it as a new course")
    if sent.update is None:
        versions = courses.versions_of_bytes(tx, sent.digest)
        lost = [version for version in versions if not (folder / version.key).is_dir()]
        return next(iter((*lost, *versions)), None)
    newest = courses.newest_version(tx, sent.update)
    return newest if newest is not None and newest.digest == sent.digest else None


def _again(known: tables.VersionRow) -> Imported:
    return Imported(known.course_id, known.number, is_new=False)


def _extract(sent: _Sent, folder: Path) -> tuple[Package, tuple[Problem, ...]]:
    reading = extract_package(sent.path, folder)
    problems = tuple(_renamed(problem, str(sent.path), sent.name) for problem in reading.problems)
    if reading.package is None or reading.errors:
        raise ImportRefusedError(problems)
    if not any(item.resource for item in reading.package.organization.walk()):
        raise refused(
            sent.name, "no item of the course has content", "export the package again, with its pages"
        )
    if sentence := _too_much(reading.package):
        raise refused(sent.name, sentence, "divide the course, or shorten its titles, and export it again")
    if _leads_nowhere(reading.package):
        message = "nothing of the course can be opened: its sequencing lets nobody flow or choose there"
        hint = "allow flow or choice in its control modes, and see what its rules skip, hide or disable"
        problems += (Problem(Place(sent.name), message, hint, "warning"),)
    return reading.package, problems


def _too_much(package: Package) -> str:
    """A sentence where the course is too large to be shown: the play page gets the contents whole."""
    items = list(package.organization.walk())
    if len(items) > MOST_ITEMS:
        return f"the course has {len(items):,} items; the player takes {MOST_ITEMS:,}"
    titles = (package.metadata.title, package.organization.title, *(item.title for item in items))
    longest = max((title or "" for title in titles), key=len)
    if len(longest) > LONGEST_TITLE:
        return (
            f"the title “{longest[:40]}…” has {len(longest):,} characters; the player takes {LONGEST_TITLE:,}"
        )
    return ""


def _leads_nowhere(package: Package) -> bool:
    """True where a new learner can neither start nor choose anything."""
    started = process(State(build_tree(package)), Request("start"), lambda: 0.0)
    return started.delivered is None and not any(entry.selectable for entry in contents(started.state))


def _add(database: Database, sent: _Sent, package: Package, home: Path, now: datetime) -> Imported:
    """Two imports of one zip at once end as one version: the second finds the first's row."""
    try:
        with database.writing() as tx:
            if known := _known(tx, home.parent, sent):
                if not home.with_name(known.key).is_dir():
                    unpacked(home).rename(home.with_name(known.key))
                return _again(known)
            course = _course_id(tx, package, sent)
            row = _row(package, sent.digest, home.name)
            title = package.metadata.title or package.organization.title or course
            is_back = courses.is_retired(tx, course)
            courses.add_version(tx, course, title, row, now)
            told = Change("imported", "course", course, title, after={"version": row.number})
            auditing.write(tx, sent.by, now, None, told)
            for part in _optional_parts(package):
                courses.know(tx, short_slug(part.optional), part.title, now)
            if is_back:
                settle_everywhere(tx, now, courses={course})
            moved(home).touch()
            unpacked(home).rename(home)
            done = Imported(course, row.number, is_new=True)
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    finally:
        moved(home).unlink(missing_ok=True)
    return done


def _course_id(tx: Transaction, package: Package, sent: _Sent) -> str:
    """The course that gets the version. A course of ours is no version of another."""
    wished, ours = _wished_id(package, sent.name)
    if sent.update is None:
        return wished if ours else courses.free_course_id(tx, wished, LONGEST_ID)
    if ours and wished != sent.update:
        message = f"this package is the course “{wished}”, and no version of “{sent.update}”"
        raise refused(sent.name, message, "import it without naming a course")
    return sent.update


def _optional_parts(package: Package) -> tuple[Part, ...]:
    """The courses that are optional parts of it: passing one is evidence for that course (decision 25)."""
    parts = package.provenance.parts if package.provenance else ()
    return tuple(part for part in parts if part.result)


def _row(package: Package, digest: str, key: str) -> tables.VersionRow:
    seconds = package.metadata.typical_learning_time
    return tables.VersionRow(
        key=key,
        digest=digest,
        standard=package.standard.value,
        edition=package.edition,
        ours=package.provenance is not None,
        draft=package.provenance is not None and package.provenance.status == "draft",
        package=package_to_json(package),
        minutes=None if seconds is None else max(1, round(seconds / 60)),
    )


def _wished_id(package: Package, name: str) -> tuple[str, bool]:
    """The id that a package asks for, and whether it is entitled to it because we compiled it."""
    provenance = package.provenance
    if provenance is not None:
        facts = dict(pair.split("=", 1) for pair in provenance.variant.split() if "=" in pair)
        values = [facts["name"]] if "name" in facts else [*facts.values()]
        return short_slug("-".join((provenance.course, *values))), True
    title = package.organization.title or package.metadata.title
    return short_slug(title) or short_slug(Path(name).stem) or "course", False


def short_slug(text: str) -> str:
    """One that fits a course's name."""
    return slug(text)[:LONGEST_ID].strip("-")


def refused(name: str, message: str, hint: str) -> ImportRefusedError:
    """A refusal for one reason."""
    return ImportRefusedError((Problem(Place(name), message, hint),))


def _renamed(problem: Problem, path: str, name: str) -> Problem:
    """An upload is called what its sender calls it, not by our temporary file."""
    place = Place(problem.place.file.replace(path, name, 1), problem.place.line, problem.place.column)
    return Problem(place, problem.message, problem.hint, problem.severity)
