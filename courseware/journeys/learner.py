"""A learner in front of the course: presses what is on the screen, as far as it is there to be pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from courseware.journeys.answers import Asked
from courseware.journeys.hand import ClickingHand
from courseware.journeys.places import BEFORE_QUESTIONS, END, PRE_TEST, QUESTIONS, RESULT, START, Goal
from courseware.material import CourseSource

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

CURRENT = "[data-current]"
NEXT = {
    START: "[data-begin]",
    PRE_TEST: "[data-pre-test]:visible, .closing .button",
    BEFORE_QUESTIONS: "[data-questions]",
    QUESTIONS: "[data-turn='1']",
    RESULT: ".closing .actions > :first-child",
    END: "[data-finish]",
}
# The page that is read, as the course itself decides it; the last ones may be too short to get there.
READING = """() => {
    const screen = document.querySelector("[data-current]");
    const tops = [...screen.querySelectorAll(".page")].map((page) => page.getBoundingClientRect().top);
    const here = Math.max(0, tops.filter((top) => top <= window.innerHeight * 0.4).length - 1);
    const isAtEnd = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1;
    const shown = tops.flatMap((top, at) => (at > here && isAtEnd && top < window.innerHeight ? [at] : []));
    return [screen.dataset.screen, here, ...shown];
}"""
# The course looks at what was scrolled once in the next frame.
SCROLL_TO = """async (id) => {
    document.getElementById(id).scrollIntoView({ block: "start", behavior: "instant" });
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
}"""
OPEN_CHECKS = """(screen) => [...screen.querySelectorAll(".question:not([data-answered])")]
    .filter((form) => form.offsetParent).map((form) => form.dataset.question)"""
# Before they are laid out for a try, all questions of the bank stand there.
ASKED = """() => {
    const [forms, places] = [".question:not([hidden])", "[data-to]"]
        .map((one) => [...document.querySelectorAll(`[id="questions."] ${one}`)]);
    return forms.map((form, at) => [form.dataset.question, places[at]?.hasAttribute("data-done") ?? false]);
}"""


class StuckError(Exception):
    """The learner cannot do what the journey says."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Seen(Struct, frozen=True):
    """The screen, and the pages of it that may be said to be read."""

    screen: str
    pages: tuple[int, ...]


class Learner:
    """Somebody before the frame of a course that is open."""

    def __init__(self, frame: Frame, source: CourseSource, asked: Mapping[str, Asked]) -> None:
        self.frame, self.source, self.asked = frame, source, asked
        end = BEFORE_QUESTIONS if source.course.assessment else END
        self.order = (START, *map(str, source.lessons), end)

    # What is seen

    def sees(self) -> Seen:
        screen, *pages = self.frame.evaluate(READING)
        return Seen(screen, tuple(pages))

    @property
    def screen(self) -> str:
        return self._current().get_attribute("data-screen") or ""

    def words(self) -> str:
        """All that can be read on the screen."""
        return self._current().inner_text()

    def has_answered(self, name: str) -> bool:
        """A check of a lesson, else one of the final questions."""
        if self.asked[name].goal:
            return self.frame.locator(f"[id='q.{name}'][data-answered]").count() > 0
        return dict(self._drawn()).get(name, False)

    def _current(self) -> Locator:
        return self.frame.locator(CURRENT)

    def _drawn(self) -> list[tuple[str, bool]]:
        """The final questions of this try in their order, each with True where it is answered."""
        found: list[list[object]] = self.frame.evaluate(ASKED)
        return [(str(name), bool(is_answered)) for name, is_answered in found]

    # Reading

    def go_on(self) -> None:
        """The main button of the screen; past questions that are left open, as a second press does."""
        screen = self.screen
        if screen in self.source.lessons:
            for _ in range(2):
                if self.screen == screen:
                    self._press(f"{CURRENT} [data-onward]", "the lesson has no button that leads on")
            return
        if screen == BEFORE_QUESTIONS and not self._is_shown(f"{CURRENT} [data-questions]"):
            raise StuckError(f"the final questions are not open: “{self._text('[data-locked]')}”")
        if screen == QUESTIONS and not self._is_shown(f"{CURRENT} [data-turn='1']"):
            raise StuckError("this is the last question", "write “- hand in”")
        buttons = ", ".join(
            f"{CURRENT} {one.strip()}" for one in NEXT.get(screen, "[data-onward]").split(",")
        )
        self._press(buttons, "nothing leads on from this screen")

    def read_on(self, goal: Goal, answering: str | None) -> None:
        for _ in range(len(self.order) + 2):
            here = self.screen
            if here == goal.screen:
                break
            if answering and here in self.source.lessons:
                self.answer_rest(answering)
            self._towards(goal.screen, here)
        else:
            raise StuckError("reading on does not lead there")
        if goal.page is not None:
            if answering:
                self.answer_rest(answering, before=goal.page)
            self.frame.evaluate(SCROLL_TO, f"{goal.screen}.{goal.page}")

    def _towards(self, screen: str, here: str) -> None:
        if here == PRE_TEST and screen != START:  # a refresher begins with it
            self._pass_pre_test()
        elif {here, screen} <= {*self.order} and self.order.index(here) < self.order.index(screen):
            self.go_on()
        else:
            self._choose_in_contents(screen)

    def _pass_pre_test(self) -> None:
        """On to what is left to read, where it was taken; else to the first lesson."""
        onward = f"{CURRENT} .closing .button"
        if self._is_shown(onward):
            self._press(onward, "the pre-test does not lead on")
        else:
            self._choose_in_contents(self.order[1])

    def _choose_in_contents(self, screen: str) -> None:
        self._press(".bar [data-opens=contents]", "the course shows no contents here")
        self._press(f"#contents [data-contents='{screen}']", "the contents do not lead there")

    # Answering

    def answer(self, name: str, given: Sequence[str]) -> None:
        goal = self.asked[name].goal
        if goal:
            if self.screen != goal.screen:
                self.read_on(Goal(goal.screen), None)
            self._answer_check(name, given)
            return
        if self.screen not in (QUESTIONS, BEFORE_QUESTIONS, PRE_TEST):
            self.read_on(Goal(BEFORE_QUESTIONS), None)
        self._begin_questions()
        self._answer_drawn(name, given)

    def answer_rest(self, how: str, before: int | None = None) -> None:
        """What has no answer yet on this screen; of a lesson with `before`, on the pages up to there."""
        if self.screen in self.source.lessons:
            for name in self._current().evaluate(OPEN_CHECKS):
                goal = self.asked[name].goal
                if before is None or (goal and goal.page is not None and goal.page < before):
                    self._answer_check(name, self.asked[name].answer(how))
            return
        self._begin_questions()
        for name, is_answered in self._drawn():
            if not is_answered:
                self._answer_drawn(name, self.asked[name].answer(how))

    def _begin_questions(self) -> None:
        if self.screen in (BEFORE_QUESTIONS, PRE_TEST):
            self.go_on()
        if self.screen != QUESTIONS:
            raise StuckError("no questions are asked on this screen")

    def _answer_check(self, name: str, given: Sequence[str]) -> None:
        form = self._current().locator(f"[data-question='{name}']")
        self._unfold(name)
        hand, kind = ClickingHand(form), self.asked[name].kind
        self._begin_again(name, form, hand)
        kind.enter(hand, given)
        hand.submit()
        if form.get_attribute("data-answered") is None:
            raise StuckError(f"the course did not take the answer: “{form.locator('.refused').inner_text()}”")

    def _begin_again(self, name: str, form: Locator, hand: ClickingHand) -> None:
        """Where the question has an answer. A scenario begins with its first scene, half-way too."""
        kind, is_answered = self.asked[name].kind, form.get_attribute("data-answered") is not None
        if kind.begins_again:
            if form.locator("[data-reveal]").is_visible():
                form.locator("[data-reveal]").click()
        elif is_answered and kind.scored:
            if form.locator(".feedback").get_attribute("data-state") == "right":
                raise StuckError(f"“{name}” has been answered rightly, and is not asked again")
            hand.submit()

    def _unfold(self, name: str) -> None:
        """A question behind a content note."""
        note = self._current().locator(f"details:not([open]):has([data-question='{name}'])")
        if note.count():
            note.locator("summary").first.click()

    def _answer_drawn(self, name: str, given: Sequence[str]) -> None:
        drawn = [one for one, _ in self._drawn()]
        if name not in drawn:
            hint = "write “- answer the rest: right”, which answers whatever is asked"
            raise StuckError(f"“{name}” is not among the questions that are asked this time", hint)
        self._press(f"{CURRENT} [data-to='{drawn.index(name)}']", "the list of questions is not there")
        form = self._current().locator(f"[data-question='{name}']")
        self.asked[name].kind.enter(ClickingHand(form), given)

    # The end

    def hand_in(self) -> None:
        if self.screen != QUESTIONS:
            raise StuckError("no questions are under way here", "write “- hand in” after their answers")
        if not self._is_shown(f"{CURRENT} [data-submit]"):
            self.frame.locator(f"{CURRENT} [data-to]:visible").last.click()
        self._press(f"{CURRENT} [data-submit]", "the questions have no button for it")
        if self.screen == QUESTIONS:
            raise StuckError(f"the course did not take them: “{self._text('[data-unanswered]')}”")

    def try_again(self) -> None:
        word = self.source.words["try again now"]
        button = self._current().get_by_role("button", name=word)
        if self.screen != RESULT or not button.count():
            raise StuckError(f"the screen has no button “{word}”")
        button.click()

    # The screen

    def _is_shown(self, selector: str) -> bool:
        return self.frame.locator(selector).first.is_visible()

    def _text(self, selector: str) -> str:
        """On one line."""
        lines = self._current().locator(selector).inner_text().splitlines()
        return "; ".join(words for line in lines if (words := line.strip().rstrip(".")))

    def _press(self, selector: str, otherwise: str) -> None:
        if not self._is_shown(selector):
            raise StuckError(otherwise)
        self.frame.locator(selector).first.click()
