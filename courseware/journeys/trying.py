"""The story of `courseware try`: read courses, make their packages in memory, play every journey in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from courseware.authored.journeys import JourneyFile
from courseware.build import package_files
from courseware.errors import CoursewareError, Place, Problem
from courseware.formats import FORMATS
from courseware.journeys.browser import started_browser
from courseware.journeys.playing import Played, TriedPackage, play
from courseware.journeys.soundness import is_played_in
from courseware.judging import Chosen, judge
from courseware.load import SourceReader, display_path
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.plan import plan_formats
from courseware.refreshing.course import read_course

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def try_courses(
    folders: Sequence[Path], options: BuildOptions, names: Sequence[str] = (), pictures: Path | None = None
) -> Iterator[Played]:
    """Each journey once it has been played; `names` are those that are asked for, or all. Raises
    CoursewareError with the errors of the courses, and NoBrowserError before the first is played."""
    tried = sound_courses(folders, options, names)
    with started_browser() as browser:
        for one in tried:
            yield from play_in(one, options, names, browser, pictures)


def sound_courses(folders: Sequence[Path], options: BuildOptions, names: Sequence[str]) -> list[Chosen]:
    """The variants in which a journey is played."""
    reader = SourceReader()
    problems: set[Problem] = set()
    tried: list[Chosen] = []
    for folder in dict.fromkeys(folders):
        material = read_course(folder, reader, options.legislation)
        if material is None:
            continue
        judged = judge(material, options)
        problems.update(judged.problems)
        played = [one for one in judged.chosen if journeys_of(one, names)]
        if isinstance(judged.source, CourseSource):
            problems.update(missing(judged.source, names))
            problems.update(() if played else in_no_variant(judged.source))
        tried += played
    errors = [one for one in (*reader.problems, *problems) if one.severity == "error"]
    if errors:
        raise CoursewareError(errors)
    return tried


def journeys_of(chosen: Chosen, names: Sequence[str]) -> dict[str, JourneyFile]:
    """Those of that variant, of the ones that are asked for."""
    return {
        name: one
        for name, one in chosen.source.journeys.items()
        if is_played_in(one, chosen.name) and (not names or name in names)
    }


def in_no_variant(source: CourseSource) -> Iterator[Problem]:
    if source.journeys:
        folder = Place(display_path(source.folder / "journeys"))
        hint = "name another “--variant”, or write this one under “variant:” of a journey"
        yield Problem(folder, "no journey is played in the variant that is asked for", hint)


def missing(source: CourseSource, names: Iterable[str]) -> Iterator[Problem]:
    folder = Place(display_path(source.folder / "journeys"))
    if not source.journeys:
        hint = "write one in its folder “journeys”, such as journeys/passes.yaml (docs/authoring.md)"
        yield Problem(folder, "the course has no journeys", hint)
    for name in names:
        if source.journeys and name not in source.journeys:
            hint = f"there are {', '.join(source.journeys)}"
            yield Problem(folder, f"the course has no journey “{name}”", hint)


def play_in(
    chosen: Chosen, options: BuildOptions, names: Sequence[str], browser: Browser, pictures: Path | None
) -> Iterator[Played]:
    """Those of one variant, in every format."""
    source = in_one_sco(chosen.source)
    planned = plan_formats(source, options.formats, chosen.facts, is_draft=chosen.is_draft)
    for form, files in package_files(planned).items():
        package = TriedPackage(str(source.course.id), chosen.name, FORMATS[form], source, files)
        for name, journey in journeys_of(chosen, names).items():
            yield play(name, journey, package, browser, pictures)


def in_one_sco(source: CourseSource) -> CourseSource:
    """Between several SCOs an LMS leads, each in its own way; the pages and questions are the same in one."""
    return replace(source, course=replace(source.course, structure="one", order="free"))
