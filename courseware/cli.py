"""The commands. Only this module prints or exits; each command imports what it needs when it runs."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from courseware.errors import CoursewareError, Problem, counted
from courseware.options import DEFAULT_FORMATS, VARIANT_KEYS, BuildOptions

if TYPE_CHECKING:
    from courseware.stamps import Stamp

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FOLDER_OR_ZIP = click.Path(exists=True, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print what a program reads, on stdout.")


@click.group()
@click.version_option(package_name="courseware")
def main() -> None:
    """Compile courses written in YAML into SCORM packages."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="surrogateescape")  # a path is printed as its bytes, whatever they are


class AskedVariants(Struct, frozen=True):
    """Those that `--variant` asks for: by their names, or by what they choose."""

    names: tuple[str, ...]
    choice: dict[str, str]


def variants_asked(_: click.Context, __: click.Parameter, values: Sequence[str]) -> AskedVariants:
    pairs = [value.partition("=") for value in values]
    names = tuple(dict.fromkeys(key for key, equals, _ in pairs if not equals))
    choice = {key: value for key, equals, value in pairs if equals}
    for key, value in choice.items():
        if key not in VARIANT_KEYS or not value:
            raise click.BadParameter(
                f"{key}={value}: write a variant's name, or KEY=VALUE, KEY one of {', '.join(VARIANT_KEYS)}"
            )
    if names and choice:
        raise click.BadParameter("give names, or KEY=VALUE, and not both")
    if len(choice) < len(pairs) - sum(not equals for _, equals, _ in pairs):
        raise click.BadParameter("each key has one value: build twice for two variants")
    return AskedVariants(names, choice)


def formats_asked(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """The formats are imported only where one is named."""
    if not values:
        return DEFAULT_FORMATS
    from courseware.formats import FORMATS

    for value in values:
        if value not in FORMATS:
            raise click.BadParameter(f"“{value}” is none of {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(values))


def day_asked(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"“{value}” is no day: write it like 2027-04-01") from None


def days_asked(context: click.Context, option: click.Parameter, values: Sequence[str]) -> tuple[date, ...]:
    return tuple(day for value in values if (day := day_asked(context, option, value)))


@main.command(short_help="Begin a course: a folder with the files that its author writes over.")
@click.argument("title", metavar="TITLE")
def new(title: str) -> None:
    """Begin a course of that title, in a folder below this one, and print its files. It checks and builds as
    it is."""
    from courseware.new_course import write_new_course

    try:
        for path in write_new_course(title, today()):
            print(path.as_posix())
    except CoursewareError as error:
        finish(error.problems, [], as_json=False)


@main.command(short_help="Compile courses into packages.")
@click.argument("courses", metavar="COURSE...", nargs=-1, required=True, type=FOLDER)
@click.option(
    "--format",
    "formats",
    metavar="FORMAT",
    multiple=True,
    callback=formats_asked,
    help=f"Twice for two; {' and '.join(DEFAULT_FORMATS)} by default.",
)
@click.option(
    "--variant",
    "variants",
    metavar="NAME",
    multiple=True,
    callback=variants_asked,
    help="One of the course's variants, or those with KEY=VALUE; all of them by default.",
)
@click.option(
    "--legislation",
    type=click.Choice(["separate", "optional", "left out"]),
    help="Instead of the word in course.yaml, of each course that has a legal companion.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("packages"),
    show_default=True,
    help="Where the packages go.",
)
@click.option("--on", "on", metavar="DAY", callback=day_asked, help="Make the edition of that day.")
@click.option("--release", is_flag=True, help="Refuse what is a draft, with the reasons.")
@click.option("--force", is_flag=True, help="Build what has not changed, too.")
@AS_JSON
def build(
    courses: tuple[Path, ...],
    formats: tuple[str, ...],
    variants: AskedVariants,
    legislation: str | None,
    out: Path,
    on: date | None,
    release: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Compile courses, each a folder with a course.yaml, and print the path of each package."""
    from courseware.stamps import SomeFailedError, build_changed

    options = BuildOptions(
        today(),
        formats,
        variants=variants.names,
        variant=variants.choice,
        legislation=legislation or "",
        out=out,
        on=on,
        release=release,
    )
    try:
        with uncollected():
            built = build_changed(courses, options, force=force)
    except SomeFailedError as error:
        finish((*error.problems, *warnings_of(error.built)), error.built, as_json)
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None
    else:
        finish(warnings_of(built), built, as_json)


def warnings_of(built: Iterable[Stamp]) -> list[Problem]:
    return [warning for one in built for warning in one.warnings]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: the process ends before it could pay."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all objects would be searched now and again at exit, a tenth of the run
        gc.enable()


def finish(problems: Iterable[Problem], built: Sequence[Stamp], as_json: bool) -> None:
    """Print packages on stdout and problems on stderr, or both as one JSON value, and exit."""
    from courseware.shared_warnings import told_together

    sorted_problems = told_together(problems)
    paths = [path.as_posix() for one in built for path in one.packages]
    if as_json:
        print(json.dumps({"packages": paths, "problems": [fields(one) for one in sorted_problems]}))
    else:
        print_problems(sorted_problems)
        for path in paths:
            print(path)
    sys.exit(any(problem.severity == "error" for problem in sorted_problems))


@main.command(short_help="Name every problem of courses and packages.")
@click.argument("paths", metavar="[COURSE-OR-ZIP...]", nargs=-1, type=FOLDER_OR_ZIP)
@click.option("--on", "on", metavar="DAY", callback=day_asked, help="Say what the law will be on that day.")
@click.option(
    "--against",
    metavar="OLD.zip",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say too what a learner who is half-way in this earlier package would lose.",
)
@AS_JSON
def check(paths: tuple[Path, ...], on: date | None, against: Path | None, as_json: bool) -> None:
    """Name every problem of courses and of packages by anyone, and write nothing. A folder with a catalogue
    stands for all courses below it; with --on and no path, the catalogue here is meant."""
    from courseware.checking import catalogue_here
    from courseware.checking import check as checked_of
    from courseware.forecast import changes_of, forecast
    from courseware.forecast_report import change_in_words, lines, value

    if against and (len(paths) != 1 or not (paths[0] / "course.yaml").is_file()):
        raise click.UsageError("--against compares one course: give its folder, and one earlier package")
    here = catalogue_here(Path.cwd()) if on and not paths else None
    asked = (here,) if here else paths
    if not asked:
        raise click.UsageError(
            "name a course or a package" + (": there is no catalogue.yaml here" if on else "")
        )
    checked = checked_of(asked, BuildOptions(today()), against)
    problems, errors = checked.problems, sum(problem.severity == "error" for problem in checked.problems)
    ahead = forecast(checked.courses, on) if on else None
    if as_json:
        told = [fields(problem) for problem in problems]
        print(json.dumps({**value(ahead), "problems": told} if ahead else told))
    else:
        print_problems(problems)
        changes = (change_in_words(one) for source in checked.courses for one in changes_of(source))
        for line in (*lines(ahead), "") if ahead else changes:
            print(line)
        print(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    sys.exit(errors > 0)


@main.command(name="try", short_help="Play the journeys of courses in a browser.")
@click.argument("courses", metavar="COURSE...", nargs=-1, required=True, type=FOLDER)
@click.option(
    "--journey", "names", metavar="NAME", multiple=True, help="One of them; all of them by default."
)
@click.option(
    "--format",
    "formats",
    metavar="FORMAT",
    multiple=True,
    callback=formats_asked,
    help=f"Twice for two; {' and '.join(DEFAULT_FORMATS)} by default.",
)
@click.option(
    "--variant",
    "variants",
    metavar="NAME",
    multiple=True,
    callback=variants_asked,
    help="One of the course's variants, or those with KEY=VALUE; all of them by default.",
)
@click.option(
    "--pictures",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep a picture of the screen at each step that fails.",
)
@AS_JSON
def try_(
    courses: tuple[Path, ...],
    names: tuple[str, ...],
    formats: tuple[str, ...],
    variants: AskedVariants,
    pictures: Path | None,
    as_json: bool,
) -> None:
    """Play the journeys of courses in a real browser, and say which step fails. A journey is a file in the
    course's folder “journeys”. Nothing is written but pictures."""
    from courseware.formats import MANIFESTS
    from courseware.journeys import report
    from courseware.journeys.browser import NoBrowserError
    from courseware.journeys.trying import try_courses

    if unplayable := [name for name in formats if name not in MANIFESTS]:
        raise click.UsageError(
            f"a package for {unplayable[0]} has no LMS, and so nothing that a journey plays in"
        )
    options = BuildOptions(today(), formats, variants=variants.names, variant=variants.choice)
    played = []
    try:
        for one in try_courses(courses, options, names, pictures):
            played.append(one)
            if not as_json:
                print(report.line(one), flush=True)
    except NoBrowserError as error:
        raise click.ClickException(error.message) from None
    except CoursewareError as error:
        finish(error.problems, [], as_json)
    problems = report.problems_of(played)
    if as_json:
        print(
            json.dumps(
                {"journeys": [report.fields(one) for one in played], "problems": [*map(fields, problems)]}
            )
        )
    else:
        print_problems(problems)
        print(report.summary(played))
    sys.exit(any(one.problems for one in played))


@main.command(short_help="Say what only one of two variants or days has, or what a refresher takes.")
@click.argument("course", metavar="COURSE", type=FOLDER)
@click.option("--variant", "names", metavar="NAME", multiple=True, help="Twice, for two of its variants.")
@click.option(
    "--on",
    "days",
    metavar="DAY",
    multiple=True,
    callback=days_asked,
    help="Twice, for its editions of two days; once, for the course as it is and that day.",
)
@AS_JSON
def diff(course: Path, names: tuple[str, ...], days: tuple[date, ...], as_json: bool) -> None:
    """Say what only one of two variants of a course has, or of its editions of two days, by lesson and page;
    of a refresher without `--variant` and `--on`, what it takes of its parent."""
    from msgspec.structs import asdict

    from courseware.comparing import compare, report
    from courseware.refreshing import listing

    options = BuildOptions(today(), variants=names)
    try:
        if not (names or days) and (taken := listing.list_taken(course, options)):
            found, lines = [*map(asdict, taken.parts())], [*listing.report(taken)]
        elif (len(set(names)) == 2 and not days) or (len(names) < 2 and 0 < len(days) < 3):
            compared = compare(course, options, days)
            found, lines = [*map(asdict, compared.differences())], [*report(compared)]
        else:
            raise click.UsageError("give two variants: --variant NAME --variant NAME; or a day: --on DAY")
    except CoursewareError as error:
        finish(error.problems, [], as_json)
    else:
        print(json.dumps(found) if as_json else "\n".join(lines))


@main.command(short_help="Write JSON Schemas, by which an editor completes and checks.")
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schema"),
    show_default=True,
    help="Where the schemas go.",
)
def schema(out: Path) -> None:
    """Write a JSON Schema of each kind of file that an author writes, and print its path. An editor that has
    them completes keys and underlines mistakes."""
    from courseware.schema.files import write_schemas

    try:
        for path in write_schemas(out):
            print(path.as_posix())
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror}") from None


def print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem, file=sys.stderr)


def fields(problem: Problem) -> dict[str, str | int]:
    place = problem.place
    where: dict[str, str | int] = {"file": place.file, "line": place.line or 1, "column": place.column or 1}
    return {**where, "severity": problem.severity, "message": problem.message, "hint": problem.hint}


def today() -> date:
    return datetime.now(tz=UTC).date()
