"""The story of `courseware try`: read courses, make their packages in memory, play every journey in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from courseware.rules.hints import did_you_mean

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
    materials = [read_course(folder, reader, options.legislation) for folder in dict.fromkeys(folders)]
    judged = [judge(one, options) for one in materials if one]
    sources = [one.source for one in judged if one.source]
    problems = {*reader.problems, *unknown_journeys(sources, names)}
    tried: list[Chosen] = []
    for one in judged:
        played = [chosen for chosen in one.chosen if journeys_of(chosen, names)]
        problems.update(one.problems)
        problems.update(nothing_to_play(one.source, names) if one.source and not played else ())
        tried += played
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise CoursewareError(errors)
    return tried


def journeys_of(chosen: Chosen, names: Sequence[str]) -> dict[str, JourneyFile]:
    """Those of that variant, of the ones that are asked for."""
    return {
        name: one
        for name, one in chosen.source.journeys.items()
        if is_played_in(one, chosen.name) and (not names or name in names)
    }


def unknown_journeys(sources: Sequence[CourseSource], names: Sequence[str]) -> Iterator[Problem]:
    """Names that none of the courses has."""
    known = [name for one in sources for name in one.journeys]
    for name in names if known else ():
        if name not in known:
            message = f"there is no journey “{name}”"
            yield Problem(folder_of(sources[0]), message, did_you_mean(name, known))


def nothing_to_play(source: CourseSource, names: Sequence[str]) -> Iterator[Problem]:
    """A course without journeys, or without one for these variants."""
    if not source.journeys:
        hint = "write one in its folder “journeys”, such as journeys/passes.yaml (docs/authoring.md)"
        yield Problem(folder_of(source), "the course has no journeys", hint)
    elif not names or not source.journeys.keys().isdisjoint(names):
        hint = "name another “--variant”, or write this one under “variant:” of a journey"
        yield Problem(folder_of(source), "no journey is played in the variant that is asked for", hint)


def folder_of(source: CourseSource) -> Place:
    return Place(display_path(source.folder / "journeys"))


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
