"""A learner in front of the course: presses what is on the screen, as far as it is there to be pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from courseware.journeys.answers import Asked
from courseware.journeys.hand import ClickingHand
from courseware.journeys.places import BEFORE_QUESTIONS, END, PRE_TEST, QUESTIONS, RESULT, START, Goal
from courseware.journeys.screen import Screen, StuckError
from courseware.material import CourseSource

if TYPE_CHECKING:
    from playwright.sync_api import Frame

# The buttons that lead on: the first of them that is there.
ONWARD = {
    START: "[data-begin]",
    PRE_TEST: ":is([data-pre-test], .closing .button):visible",
    BEFORE_QUESTIONS: "[data-questions]",
    QUESTIONS: "[data-turn='1']",
    RESULT: ".closing .actions > :first-child",
    END: "[data-finish]",
}
AFTER_PRE_TEST = ".closing .button"


class Learner:
    """Somebody before a course that is open."""

    def __init__(self, frame: Frame, source: CourseSource, asked: Mapping[str, Asked]) -> None:
        self.screen, self.source, self.asked = Screen(frame), source, asked
        end = BEFORE_QUESTIONS if source.course.assessment else END
        self.order = (START, *map(str, source.lessons), end)

    def has_answered(self, name: str) -> bool:
        """A check of a lesson, else one of the final questions."""
        if self.asked[name].goal:
            return self.screen.has_answered_check(name)
        return self.screen.drawn().get(name, False)

    # Reading

    def go_on(self) -> None:
        """The main button of the screen; past questions that are left open, as a second press does."""
        here = self.screen.name
        if here in self.source.lessons:
            for _ in range(2):
                if self.screen.name == here:
                    self.screen.press("[data-onward]", "the lesson has no button that leads on")
            return
        if here == BEFORE_QUESTIONS and not self.screen.shows(ONWARD[here]):
            raise StuckError(f"the final questions are not open: “{self.screen.text('[data-locked]')}”")
        if here == QUESTIONS and not self.screen.shows(ONWARD[here]):
            raise StuckError("this is the last question", "write “- hand in”")
        if here not in ONWARD:
            raise StuckError("the course is over, and nothing leads on", "write “- close”")
        self.screen.press(ONWARD[here], "nothing leads on from this screen")

    def read_on(self, goal: Goal, answering: str | None = None) -> None:
        for _ in range(len(self.order) + 2):
            here = self.screen.name
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
            self.screen.scroll_to(f"{goal.screen}.{goal.page}")

    def _towards(self, screen: str, here: str) -> None:
        if here == PRE_TEST and screen != START:  # a refresher begins with it
            self._pass_pre_test()
        elif {here, screen} <= {*self.order} and self.order.index(here) < self.order.index(screen):
            self.go_on()
        else:
            self.screen.choose_in_contents(screen)

    def _pass_pre_test(self) -> None:
        """On to what is left to read, where it was taken; else to the first lesson."""
        if self.screen.shows(AFTER_PRE_TEST):
            self.screen.press(AFTER_PRE_TEST, "the pre-test does not lead on")
        else:
            self.screen.choose_in_contents(self.order[1])

    # Answering

    def answer(self, name: str, given: Sequence[str]) -> None:
        goal = self.asked[name].goal
        if goal:
            if self.screen.name != goal.screen:
                self.read_on(Goal(goal.screen))
            self._answer_check(name, given)
            return
        if self.screen.name not in (QUESTIONS, BEFORE_QUESTIONS, PRE_TEST):
            self.read_on(Goal(BEFORE_QUESTIONS))
        self._begin_questions()
        drawn = [*self.screen.drawn()]
        if name not in drawn:
            hint = "write “- answer the rest: right”, which answers whatever is asked"
            raise StuckError(f"“{name}” is not among the questions that are asked this time", hint)
        self._answer_drawn(drawn.index(name), name, given)

    def answer_rest(self, how: str, before: int | None = None) -> None:
        """What has no answer yet on this screen; of a lesson with `before`, on the pages up to there."""
        if self.screen.name in self.source.lessons:
            for name in self.screen.open_checks():
                goal = self.asked[name].goal
                if before is None or (goal and goal.page is not None and goal.page < before):
                    self._answer_check(name, self.asked[name].answer(how))
            return
        self._begin_questions()
        for place, (name, is_answered) in enumerate(self.screen.drawn().items()):
            if not is_answered:
                self._answer_drawn(place, name, self.asked[name].answer(how))

    def _begin_questions(self) -> None:
        if self.screen.name in (BEFORE_QUESTIONS, PRE_TEST):
            self.go_on()
        if self.screen.name != QUESTIONS:
            raise StuckError("no questions are asked on this screen")

    def _answer_check(self, name: str, given: Sequence[str]) -> None:
        hand = ClickingHand(self.screen.question(name))
        self._begin_again(name, hand)
        self.asked[name].kind.enter(hand, given)
        hand.submit()
        if refused := self.screen.refusal(name):
            raise StuckError(f"the course did not take the answer: “{refused}”")

    def _begin_again(self, name: str, hand: ClickingHand) -> None:
        """Where the question has an answer; a scenario half-way too. A content note before it is opened."""
        kind, state = self.asked[name].kind, self.screen.check_state(name)
        if state.is_folded:
            self.screen.open_content_note(name)
        if kind.begins_again:
            if state.can_begin_again:
                self.screen.begin_again(name)
        elif state.is_answered and kind.scored:
            if state.is_right:
                raise StuckError(f"“{name}” has been answered rightly, and is not asked again")
            hand.submit()

    def _answer_drawn(self, place: int, name: str, given: Sequence[str]) -> None:
        self.screen.turn_to(place)
        self.asked[name].kind.enter(ClickingHand(self.screen.question(name)), given)

    # The end

    def hand_in(self) -> None:
        if self.screen.name != QUESTIONS:
            raise StuckError("no questions are under way here", "write “- hand in” after their answers")
        if not self.screen.shows("[data-submit]"):
            self.screen.turn_to(len(self.screen.drawn()) - 1)
        self.screen.press("[data-submit]", "the questions have no button for it")
        if self.screen.name == QUESTIONS:
            raise StuckError(f"the course did not take them: “{self.screen.text('[data-unanswered]')}”")

    def try_again(self) -> None:
        word = self.source.words["try again now"]
        if self.screen.name != RESULT:
            raise StuckError("the result of a try is not on the screen")
        self.screen.press(f"button:text-is('{word}')", f"the result has no button “{word}”")
