"""One journey in one package: its steps are taken one after the other, until one of them fails."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from courseware.archive import Content
from courseware.authored.journeys import (
    AnswerRestStep,
    AnswerStep,
    ExpectStep,
    JourneyFile,
    LeaveStep,
    ReadOnStep,
    Step,
)
from courseware.errors import Problem
from courseware.formats.format import Format
from courseware.journeys.answers import Questions
from courseware.journeys.expectations import unmet
from courseware.journeys.learner import Learner
from courseware.journeys.lms import Lms
from courseware.journeys.places import goal_named
from courseware.journeys.screen import StuckError
from courseware.material import CourseSource

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONGEST_WAIT = 10_000.0  # milliseconds for what a screen is to show
# A course draws by chance. A journey meets the same questions each time, and others in another session.
DRAWN_ALIKE = """
window.top.sessions = (window.top.sessions || 0) + 1;
{
    let at = window.top.sessions;
    Math.random = () => {
        at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
        return at / 2 ** 32;
    };
}
"""


class TriedPackage(Struct, frozen=True):
    """One variant of a course in one format, made in memory."""

    course: str
    variant: str
    form: Format
    source: CourseSource
    files: Mapping[str, Content]


class Played(Struct, frozen=True):
    """How far a journey came in one package."""

    course: str
    name: str
    title: str
    variant: str
    format: str
    steps: int
    done: int = 0
    problems: tuple[Problem, ...] = ()
    picture: Path | None = None


def play(
    name: str, journey: JourneyFile, package: TriedPackage, browser: Browser, pictures: Path | None
) -> Played:
    """With a picture of the step that fails, in that folder."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(LONGEST_WAIT)
    context.add_init_script(DRAWN_ALIKE)
    played = Played(
        course=package.course,
        name=name,
        title=str(journey.journey),
        variant=package.variant,
        format=package.form.title,
        steps=len(journey.steps),
    )
    try:
        visit = Visit(Lms(context, package.form, package.files), package.source)
        for number, step in enumerate(journey.steps):
            if problems := visit.take(step):
                path = pictures and visit.picture(pictures / picture_name(played, number + 1))
                return replace(played, done=number, problems=problems, picture=path)
    finally:
        context.close()
    return replace(played, done=len(journey.steps))


def picture_name(played: Played, step: int) -> str:
    parts = (played.course, played.variant, played.name, played.format, f"step-{step}.png")
    return "-".join(part.lower().replace(" ", "-") for part in parts if part)


class Visit:
    """A learner and an LMS, from the first step to the last."""

    def __init__(self, lms: Lms, source: CourseSource) -> None:
        self.lms, self.source = lms, source
        self.asked = Questions(source)
        self.at: Learner | None = None  # None while the course is closed
        self.thrown: list[str] = []
        lms.page.on("pageerror", lambda error: self.thrown.append(str(error)))

    def take(self, step: Step) -> tuple[Problem, ...]:
        """The step, and the reasons why it failed."""
        from playwright.sync_api import Error
        from playwright.sync_api import TimeoutError as WaitedTooLong

        found: tuple[Problem, ...] = ()
        try:
            if isinstance(step, ExpectStep):
                found = tuple(unmet(step.expect, self.at, self.lms.record()))
            else:
                self._do(step)
        except StuckError as error:
            found = (Problem(step.place, error.message, error.hint),)
        except WaitedTooLong:
            message = "the button or field that this step needs is not on the screen, or is covered"
            found = (Problem(step.place, message, "look at the screen: “--pictures FOLDER”"),)
        except Error as error:
            found = (Problem(step.place, f"the browser could not do this: {first_line(error)}"),)
        if self.thrown:
            found += (Problem(step.place, f"a script of the course failed: {self.thrown[0]}"),)
        return found

    def _do(self, step: Step) -> None:
        if step == "open":
            self._close()
            self.at = Learner(self.lms.launch(), self.source, self.asked)
        elif self.at is None:
            raise StuckError("the course is not open", "write “- open” before it")
        elif isinstance(step, str):
            self._do_word(self.at, step)
        else:
            self._do_as_said(self.at, step)

    def _do_word(self, learner: Learner, step: str) -> None:
        match step:
            case "next":
                learner.go_on()
            case "hand in":
                learner.hand_in()
            case "try again":
                learner.try_again()
            case "close":
                self._close()

    def _do_as_said(self, learner: Learner, step: Step) -> None:
        match step:
            case AnswerStep():
                learner.answer(step.answer, self.asked[step.answer].answer_in_words(step.with_))
            case AnswerRestStep():
                learner.answer_rest(step.answer_the_rest)
            case ReadOnStep():
                learner.read_on(goal_named(self.source, step.read_on_to), step.answering)
            case LeaveStep():
                learner.read_on(goal_named(self.source, step.leave_on))
                self._close()

    def _close(self) -> None:
        if self.at is not None:
            self.lms.leave()
        self.at = None

    def picture(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.lms.page.screenshot(path=path)
        return path


def first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), "")
