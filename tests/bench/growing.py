"""How each path grows: what ten times as much costs, as a ratio; 10 is a straight line, 1 no growth."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

from courseware.build import build
from courseware.commands.building import uncollected
from courseware.options import BuildOptions
from courseware.reading import read_package
from player.importing import MOST_ITEMS
from player.records.database import Database
from player.records.schools import school_named
from player.school.accounts import set_password
from tests.player import staff
from tests.player.lms import OPEN, Browser, Lms, go, put
from tests.player.packages import package, scorm_2004
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import SiteUser, site

Calls = list[list[str]]
TIMES = 10
SCO = "<!doctype html><title>A page</title>"
COURSE = """\
course: A long course
id: long
edition: "1"
as of: 2026-11-24
in: [england]
for: [staff]
minutes: 50
objectives: {{listen: Listen well}}
lessons: [{lessons}]
"""
LESSON = """\
lesson: Lesson {number}
script:
{pages}"""
PAGE = """\
  - page: Page {page}
  - text: |
      Stay calm. Let the child use **their own words**, at their own pace, and write down what you
      heard as soon as you can, with the time and the place.
  - check: first-{number}-{page}
    ask: What do you do first on page {page} of lesson {number}?
    choose one:
      - {{wrong: Wait, because: It may be too late then.}}
      - {{right: Listen, because: It keeps the child talking.}}
  - check: then-{number}-{page}
    ask: After that, on page {page} of lesson {number}, you write it down.
    this is: true
"""


def measure() -> dict[str, float]:
    """Each path with ten times as much of what it grows with, and commits after a thousand records."""
    named = {f"growth: {name}, ratio at {TIMES} times": path for name, path in PATHS.items()}
    named |= {f"growth: {name}, ratio to after none": path for name, path in AFTER.items()}
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: path(Path(folder, path.__name__)) for name, path in named.items()}
        return figures | in_the_largest(Path(folder, "largest"))


def compiling(folder: Path) -> float:
    """Lessons of one course, source to zip: up to a thousand pages and two thousand questions."""

    def compiled(lessons: int) -> float:
        course = folder / str(lessons)
        (course / "lessons").mkdir(parents=True)
        names = [f"lesson-{number}" for number in range(lessons)]
        for number, name in enumerate(names):
            pages = "".join(PAGE.format(number=number, page=page) for page in range(4))
            lesson = LESSON.format(number=number, pages=pages)
            (course / "lessons" / f"{name}.yaml").write_text(lesson, encoding="utf-8")
        (course / "course.yaml").write_text(COURSE.format(lessons=", ".join(names)), encoding="utf-8")
        order = BuildOptions(date(2026, 11, 24), ("scorm2004",), out=folder)
        with uncollected():  # as the command builds
            return shortest(lambda: build([course], order), runs=3)

    return compiled(25 * TIMES) / compiled(25)


def reading(folder: Path) -> float:
    """Files of a package that somebody else has made."""

    def read(files: int) -> float:
        folder.mkdir(exist_ok=True)
        more = {f"media/{number}.html": SCO for number in range(files)}
        path = package(folder / f"{files}.zip", scorm_2004(3), more)
        return shortest(lambda: read_package(path))

    return read(200 * TIMES) / read(200)


def committing(folder: Path) -> float:
    """Commits of one session: the last of a long log against the first."""
    with lms(folder) as playing:
        tab = playing.open(playing.add(scorm_2004(1)).course)
        tab.deliver()
        tab.send(OPEN)
        seconds = [
            once(lambda: tab.send(put("cmi.location", "x"), put("cmi.suspend_data", "y" * 900)))
            for _ in range(300 * TIMES)
        ]
        return statistics.median(seconds[-300:]) / statistics.median(seconds[:300])


def saving(folder: Path) -> float:
    """SCOs in a course, for a commit that changes nothing of what the page shows."""
    with lms(folder) as playing:

        def saved(scos: int) -> float:
            tab = many(playing, scos)
            tab.shows = tab.deliver()["view"]
            tab.send(OPEN)
            return statistics.median(once(lambda: tab.send(put("cmi.location", "x"))) for _ in range(100))

        return saved(50 * TIMES) / saved(50)


RECORDS = 1_000
CALLS = 500  # a commit, while a session is filled


def after_interactions(folder: Path) -> float:
    """A tiny commit after a thousand interactions, against one after none."""
    return after(folder, interaction, tiny)


def adding_an_interaction(folder: Path) -> float:
    """A commit of one interaction after a thousand, against the same after none."""
    return after(folder, interaction, interaction)


def after_objectives(folder: Path) -> float:
    """A tiny commit after a thousand objectives, against one after none."""
    return after(folder, objective, tiny)


def after(folder: Path, record: Callable[[int], Calls], calls: Callable[[int], Calls]) -> float:
    """Commits of two sessions in turn: one begins with a thousand records, the other with none."""
    with lms(folder) as playing:
        course = playing.add(scorm_2004(1)).course
        tabs = [playing.open(course, learner) for learner in ("none", "many")]
        for tab in tabs:
            tab.shows = tab.deliver()["view"]
            tab.send(OPEN)
        filling = [call for at in range(RECORDS) for call in record(at)]
        for at in range(0, len(filling), CALLS):
            tabs[1].send(*filling[at : at + CALLS])
        none, many = tabs
        seconds = [
            (once(partial(none.send, *calls(at))), once(partial(many.send, *calls(RECORDS + at))))
            for at in range(200)
        ]
        return float(statistics.median(m for _, m in seconds) / statistics.median(n for n, _ in seconds))


def interaction(at: int) -> Calls:
    name = f"cmi.interactions.{at}"
    values = {"id": f"q{at}", "type": "choice", "learner_response": "a[,]b", "result": "correct"}
    return [put(f"{name}.{key}", value) for key, value in values.items()]


def objective(at: int) -> Calls:
    name = f"cmi.objectives.{at}"
    return [put(f"{name}.id", f"objective_{at}"), put(f"{name}.success_status", "passed")]


def tiny(at: int) -> Calls:
    return [put("cmi.location", f"page {at}")]


def continuing(folder: Path) -> float:
    """SCOs in a course, for one Continue."""
    with lms(folder) as playing:

        def continued(scos: int) -> float:
            tab = many(playing, scos)
            tab.deliver()
            return statistics.median(once(lambda: tab.send(go("continue"))) for _ in range(30))

        return continued(50 * TIMES) / continued(50)


def in_the_largest(folder: Path) -> dict[str, float]:
    """A commit of a place, one of a score, and Continue, in the largest course that the player takes."""
    with lms(folder) as playing:
        tabs = [many(playing, scos) for scos in (50, MOST_ITEMS)]
        for tab in tabs:
            tab.shows = tab.deliver()["view"]
            tab.send(OPEN)
        figures = {}
        for name, calls in (
            ("a commit of a place", tiny),
            ("a commit of a score", lambda at: [put("cmi.score.scaled", f"0.{at + 10}")]),
            ("Continue", lambda _: [go("continue")]),
        ):
            seconds = [[once(partial(tab.send, *calls(at))) for tab in tabs] for at in range(40)]
            few, most = (statistics.median(each) for each in zip(*seconds, strict=True))
            figures[f"growth: {name} in a course of {MOST_ITEMS:,} SCOs, ratio to one of 50"] = most / few
        return figures


def many(playing: Lms, scos: int) -> Browser:
    """A tab at a course of so many SCOs."""
    files = {f"p{number}.html": SCO for number in range(10, scos + 1)}
    return playing.open(playing.add(scorm_2004(scos), name=f"{scos}.zip", files=files).course)


def overseeing(folder: Path) -> float:
    """People of a school, for the manager's overview."""
    with lms(folder) as playing:
        course = playing.add(scorm_2004(1)).course

        def overseen(people: int) -> float:
            manager = f"manager-{people}@example.org"
            with playing.database.writing() as tx:
                school = school_named(tx, f"School of {people}").id
                boss = staff.add(tx, school, "Priya Nair", manager, manager, "manager")
                set_password(boss.person, PASSWORD)
                everybody = [
                    staff.add(tx, school, f"Person {n}", staff_id=f"{people}-{n}") for n in range(people)
                ]
                staff.enrol(tx, everybody, [course], playing.now)
            app = site(Sample(playing))
            user = SiteUser(app, manager)
            seconds = shortest(lambda: user.get(f"/schools/{school}/people"))
            app.extensions["player.database"].close()
            return seconds

        return overseen(100 * TIMES) / overseen(100)


PATHS: dict[str, Callable[[Path], float]] = {
    "compiling, by lessons": compiling,
    "reading a package, by files": reading,
    "a commit, by those before it": committing,
    "a commit, by SCOs": saving,
    "Continue, by SCOs": continuing,
    "a manager's overview, by people": overseeing,
}
AFTER: dict[str, Callable[[Path], float]] = {
    "a tiny commit after 1,000 interactions": after_interactions,
    "a commit of one interaction after 1,000": adding_an_interaction,
    "a tiny commit after 1,000 objectives": after_objectives,
}


@contextmanager
def lms(folder: Path) -> Iterator[Lms]:
    """An installation of its own, on SQLite."""
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'player.db'}")
    database.migrate()
    yield Lms(folder, database)
    database.close()


def once(work: Callable[[], object]) -> float:
    """Its wall seconds."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def shortest(work: Callable[[], object], runs: int = 5) -> float:
    """The shortest of some runs, once caches are warm."""
    work()
    return min(once(work) for _ in range(runs))
