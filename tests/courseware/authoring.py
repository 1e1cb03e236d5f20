"""An author at work on a copy of a fixture course: makes a mistake, and reads what is said of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from courseware.build import build, compile_courses
from courseware.errors import CoursewareError, Problem
from courseware.judging import judge
from courseware.load import SourceReader
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.refreshing.course import read_course

FIXTURES = Path(__file__).parent.parent / "fixtures"
TODAY = date(2026, 11, 24)
# In ../shared/xsd, by format; of the 2nd Edition there is none.
OFFICIAL_SCHEMAS = {"scorm12": "scorm12", "scorm2004": "scorm2004_4th", "scorm2004-3rd": "scorm2004_3rd"}


@dataclass(frozen=True)
class Author:
    """`project` holds the catalogue and the laws, `course` the course."""

    project: Path

    @classmethod
    def at_work_on(cls, name: str, folder: Path) -> Author:
        shutil.copytree(FIXTURES / name, folder / name)
        return cls(folder / name)

    @property
    def course(self) -> Path:
        return self.project / "course"

    def write(self, file: str, text: str | bytes) -> None:
        path = self.project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, file: str, before: str, after: str) -> None:
        text = (self.project / file).read_text(encoding="utf-8")
        assert before in text, f"{file} has no {before!r}"
        self.write(file, text.replace(before, after, 1))

    def options(self, **asked: object) -> BuildOptions:
        return BuildOptions(**{"today": TODAY, "out": self.project / "packages", **asked})  # type: ignore[arg-type]

    def source(self) -> CourseSource:
        return self.loaded(self.course)

    def loaded(self, course: Path) -> CourseSource:
        reader = SourceReader()
        source = read_course(course, reader)
        assert isinstance(source, CourseSource), reader.problems
        assert not reader.problems, reader.problems
        return source

    def problems(self, **asked: object) -> list[str]:
        """`file:line:column: severity: message | hint`, files named from the project."""
        return [self.said(problem) for problem in self.found(**asked)]

    def found(self, **asked: object) -> list[Problem]:
        """Without planning, so that a rule's test is about the rule."""
        reader = SourceReader()
        source = read_course(self.course, reader)
        found = judge(source, self.options(**asked)).problems if source else ()
        return sorted({*reader.problems, *found})

    def build_problems(self, **asked: object) -> list[str]:
        try:
            drafts = compile_courses([self.course], self.options(**asked))
        except CoursewareError as error:
            return [self.said(problem) for problem in error.problems]
        return [self.said(problem) for one in drafts for problem in one.warnings]

    def write_packages(self) -> list[str]:
        """What is said of a build that writes them."""
        (built,) = build([self.course], self.options())
        return [self.said(problem) for problem in built.warnings]

    def said(self, problem: Problem) -> str:
        hint = f" | {problem.hint}" if problem.hint else ""
        said = f"{problem.place}: {problem.severity}: {problem.message}{hint}"
        return said.replace(f"{self.project}/", "")


@dataclass(frozen=True)
class Mistake:
    """What an author changes, and what the compiler then says."""

    file: str
    before: str
    after: str
    said: list[str]

    def __str__(self) -> str:
        return f"{Path(self.file).name}: {self.after or 'without ' + self.before}".strip().replace("\n", " ")[
            :60
        ]


def mistakes(name: str) -> list[Mistake]:
    """Read like a diff: `== file`, `-` before, `+` after, `>` what is said, `|` its hint."""
    text = (Path(__file__).parent / "authored" / "mistakes" / f"{name}.txt").read_text(encoding="utf-8")
    return [mistake(part) for part in text.split("== ")[1:]]


def mistake(part: str) -> Mistake:
    file, *lines = part.rstrip("\n").split("\n")
    taken = {mark: [line[2:] for line in lines if line[:1] == mark] for mark in "-+"}
    said = "\n".join(line for line in lines if line[:1] in ">|").replace("\n| ", " | ")
    before, after = "\n".join(taken["-"]), "\n".join(taken["+"])
    expected = [line[2:] for line in said.split("\n") if line]
    return Mistake(file, before if taken["+"] else before + "\n", after, expected)
