"""The guide's main course and its legal companion, in two folders beside each other."""

from __future__ import annotations

from pathlib import Path

from courseware.build import CompiledCourse, compile_courses
from courseware.errors import CoursewareError
from courseware.judging import judge
from courseware.load import SourceReader, load
from courseware.material import CourseSource
from courseware.options import BuildOptions
from courseware.plan import Plan, plan_formats
from tests.courseware.authoring import TODAY
from tests.courseware.test_authoring import EXAMPLES, OF_LEGISLATION

MAIN, COMPANION = "gate-keeping", "gate-law"


class Provider:
    """Somebody who sells a course with its legislation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        catalogue = dict(EXAMPLES)["../catalogue.yaml"].replace("logo:", "# logo:")
        for name, text in {**OF_LEGISLATION, "catalogue.yaml": catalogue}.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, before: str, after: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert before in text, f"{name} has no {before!r}"
        self.write(name, text.replace(before, after, 1))

    def options(self, **asked: object) -> BuildOptions:
        return BuildOptions(**{"today": TODAY, "out": self.folder / "packages", **asked})  # type: ignore[arg-type]

    def compiled(self, course: str = MAIN, **asked: object) -> CompiledCourse:
        (one,) = compile_courses([self.folder / course], self.options(**asked))
        return one

    def problems(self, course: str = MAIN, **asked: object) -> list[str]:
        """`file:line:column: message | hint` of each error; drafts are not the subject."""
        try:
            self.compiled(course, **asked)
        except CoursewareError as error:
            said = (one for one in error.problems if one.severity == "error")
            return [f"{one.place}: {one.message} | {one.hint}".replace(f"{self.folder}/", "") for one in said]
        return []

    def plans(self, course: str = MAIN, **asked: object) -> dict[str, Plan]:
        """As a build makes them."""
        options, reader = self.options(**asked), SourceReader()
        source = load(self.folder / course, reader, options.legislation)
        assert isinstance(source, CourseSource)
        (chosen,) = judge(source, options).chosen
        return plan_formats(chosen.source, options.formats, chosen.facts, is_draft=chosen.is_draft)
