"""The screen of a course in a browser: what is to be seen on it, and what can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, convert

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Locator

CURRENT = "[data-current]"
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
CHECK = """(form) => ({
    is_folded: !!form.closest("details:not([open])"),
    is_answered: "answered" in form.dataset,
    is_right: form.querySelector(".feedback").dataset.state === "right",
    can_begin_again: !form.querySelector("[data-reveal]").hidden,
})"""


class CheckState(Struct, frozen=True):
    """A question of a lesson, before it is answered."""

    is_folded: bool
    is_answered: bool
    is_right: bool
    can_begin_again: bool


class StuckError(Exception):
    """The learner cannot do what the journey says."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Seen(Struct, frozen=True):
    """The screen, and the pages of it that may be said to be read."""

    screen: str
    pages: tuple[int, ...]


class Screen:
    """The frame of a course that is open."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.current: Locator = frame.locator(CURRENT)

    @property
    def name(self) -> str:
        """A lesson, or one of `places`."""
        return self.current.get_attribute("data-screen") or ""

    def sees(self) -> Seen:
        screen, *pages = self.frame.evaluate(READING)
        return Seen(screen, tuple(pages))

    def words(self) -> str:
        """All that can be read."""
        return self.current.inner_text()

    def text(self, part: str) -> str:
        """The words of a part, on one line."""
        lines = self.current.locator(part).inner_text().splitlines()
        return "; ".join(words for line in lines if (words := line.strip().rstrip(".")))

    def scroll_to(self, page: str) -> None:
        self.frame.evaluate(SCROLL_TO, page)

    # Questions

    def question(self, name: str) -> Locator:
        return self.current.locator(f"[data-question='{name}']")

    def open_content_note(self, name: str) -> None:
        """The one that the question is behind."""
        note = self.current.locator(f"details:not([open]):has([data-question='{name}'])")
        note.locator("summary").first.click()

    def begin_again(self, name: str) -> None:
        self.question(name).locator("[data-reveal]").click()

    def refusal(self, name: str) -> str:
        """The course's words, where it did not take an answer; empty where it did."""
        form = self.question(name)
        is_taken = form.get_attribute("data-answered") is not None
        return "" if is_taken else form.locator(".refused").inner_text() or "it says nothing"

    def turn_to(self, place: int) -> None:
        """One of the final questions, by its place from 0."""
        self.current.locator(f"[data-to='{place}']").click()

    def check_state(self, name: str) -> CheckState:
        return convert(self.question(name).evaluate(CHECK), CheckState)

    def open_checks(self) -> list[str]:
        """The questions of this lesson that can be seen and have no answer."""
        found: list[str] = self.current.evaluate(OPEN_CHECKS)
        return found

    def has_answered_check(self, name: str) -> bool:
        return self.frame.locator(f"[id='q.{name}'][data-answered]").count() > 0

    def drawn(self) -> dict[str, bool]:
        """The final questions of this try in their order, each with True where it is answered."""
        found: list[tuple[str, bool]] = self.frame.evaluate(ASKED)
        return dict(found)

    # Buttons

    def shows(self, part: str) -> bool:
        return self.current.locator(part).first.is_visible()

    def press(self, part: str, otherwise: str) -> None:
        """Raises StuckError with those words where the button is not there."""
        if not self.shows(part):
            raise StuckError(otherwise)
        self.current.locator(part).first.click()

    def choose_in_contents(self, screen: str) -> None:
        for part, otherwise in (
            (".bar [data-opens=contents]", "the course shows no contents here"),
            (f"#contents [data-contents='{screen}']", "the contents do not lead there"),
        ):
            if not self.frame.locator(part).is_visible():
                raise StuckError(otherwise)
            self.frame.locator(part).click()
