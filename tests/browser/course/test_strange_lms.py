"""LMSs as they are found: they throw, answer falsely, hide their API, or give a mode that nobody expects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.browser.course.lms import Lms
from tests.browser.course.test_status import status
from tests.courseware.sample_pages import rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Route

pytestmark = pytest.mark.browser

NAMES = ("Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError")
HERE, OTHER = "http://lms.invalid/", "http://else.invalid/"
SAYING = """(format) => {
  const prefix = format === "scorm12" ? "LMS" : "";
  const end = prefix ? "Finish" : "Terminate";
  const names = ["Initialize", end, "GetValue", "SetValue", "Commit", "GetLastError"];
  window.said = [];
  const answers = { GetValue: "", GetLastError: "0" };
  window[prefix ? "API" : "API_1484_11"] = Object.fromEntries(names.map((name) => [
    prefix + name, (...all) => { window.said.push([name, ...all]); return answers[name] ?? "true"; }]));
}"""


@pytest.fixture
def served(page: Page, form: str) -> Callable[[dict[str, str]], None]:
    """Serves the course below /course/ of either origin, and the pages given around it."""
    course = {name: content.decode() for name, content in rendered(sample(), form).items()}

    def serve(pages: dict[str, str]) -> None:
        def answer(route: Route) -> None:
            path = route.request.url.partition("?")[0]
            name = path.rpartition("/course/")[2]
            kind = (
                "text/css"
                if path.endswith(".css")
                else "text/javascript"
                if path.endswith(".js")
                else "text/html"
            )
            body = course.get(name) if "/course/" in path else pages.get(path, "<title>Empty</title>")
            route.fulfill(body=body or "", content_type=kind)

        for origin in (HERE, OTHER):
            page.context.route(f"{origin}**", answer)

    return serve


def framed(source: str, name: str = "inner", more: str = "") -> str:
    return f"<!doctype html><title>LMS</title><body>{more}<iframe name={name} src='{source}'></iframe></body>"


def course_in(page: Page) -> Frame:
    """The frame that shows the course, once it has begun."""
    page.wait_for_function("() => true")
    frame = next(one for one in page.frames if "/course/" in one.url)
    frame.wait_for_selector("body[data-ready]", state="attached")
    return frame


def has_begun(page: Page) -> None:
    said = page.evaluate("window.said")
    assert said[0] == ["Initialize", ""]
    assert ["Commit", ""] in said


def test_an_api_behind_frames_of_another_origin_is_found(
    page: Page, form: str, served: Callable[[dict[str, str]], None]
) -> None:
    served({HERE: "<title>LMS</title><body></body>", f"{OTHER}mid": framed(f"{HERE}course/index.html")})
    page.goto(HERE)
    page.evaluate(SAYING, form)
    page.evaluate(
        "source => { document.body.innerHTML = `<iframe src='${source}'></iframe>`; }", f"{OTHER}mid"
    )
    page.wait_for_function("() => window.said.length > 3")
    course_in(page)
    has_begun(page)


def test_a_frame_or_an_element_called_api_is_not_the_api(
    page: Page, form: str, served: Callable[[dict[str, str]], None]
) -> None:
    """A browser makes both of them properties of their window."""
    name = "API" if form == "scorm12" else "API_1484_11"
    more = f"<div id={name}></div>"
    served(
        {
            HERE: "<title>LMS</title><body></body>",
            f"{HERE}mid": framed(f"{HERE}course/index.html", name, more),
        }
    )
    page.goto(HERE)
    page.evaluate(SAYING, form)
    page.evaluate(
        "source => { document.body.innerHTML = `<iframe src='${source}'></iframe>`; }", f"{HERE}mid"
    )
    page.wait_for_function("() => window.said.length > 3")
    has_begun(page)


@pytest.mark.parametrize("where", ["opener", "parent of the opener", "opener of the top window"])
def test_an_api_beyond_an_opener_is_found(
    page: Page, form: str, served: Callable[[dict[str, str]], None], where: str
) -> None:
    served(
        {
            HERE: "<title>LMS</title><body></body>",
            f"{HERE}launcher": "<!doctype html><title>Launcher</title>",
            f"{HERE}mid": framed(f"{HERE}course/index.html"),
        }
    )
    page.goto(HERE)
    page.evaluate(SAYING, form)
    if where == "parent of the opener":
        page.evaluate(
            "source => { document.body.innerHTML = `<iframe src='${source}'></iframe>`; }", f"{HERE}launcher"
        )
        page.wait_for_function("() => frames[0]?.document.title === 'Launcher'")
    opens = "frames[0]" if where == "parent of the opener" else "window"
    target = "mid" if where == "opener of the top window" else "course/index.html"
    with page.expect_popup():
        page.evaluate(f"() => void {opens}.open('{HERE}{target}')")
    page.wait_for_function("() => window.said.length > 3")
    has_begun(page)


FAULTS = {
    "every call throws": "() => { throw new Error('down'); }",
    "every call says nothing": "() => undefined",
    "every call is false": "() => false",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("known", ["all", pytest.param("Initialize", marks=pytest.mark.full)])
def test_an_lms_that_answers_nothing_leaves_a_course_that_can_be_read(
    page: Page, tmp_path: Path, form: str, fault: str, known: str
) -> None:
    prefix = "LMS" if form == "scorm12" else ""
    names = [prefix + name.replace("Terminate", "Finish" if prefix else "Terminate") for name in NAMES]
    held = names if known == "all" else names[:1]
    calls = ", ".join(f"{name}: {fault}" for name in held)
    for name, content in rendered(sample(), form).items():
        (tmp_path / name).write_bytes(content)
    page.add_init_script(f"window.{'API' if prefix else 'API_1484_11'} = {{ {calls} }};")
    page.goto((tmp_path / "index.html").as_uri())
    assert "Your learning platform is not responding." in page.inner_text("[data-mode]")
    learner = Learner(page)
    learner.read_all()
    learner.take()
    assert learner.screen == "results."


def test_an_lms_that_breaks_down_in_the_middle_loses_no_page(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    lms_.page.evaluate("""() => {
        const api = window.API || window.API_1484_11;
        for (const name of Object.keys(api)) api[name] = () => { throw new Error("down"); };
    }""")
    learner.check("possible-signs", "ab")
    assert "Not saved yet. We keep trying" in learner.frame.inner_text("[data-notice]")
    learner.frame.click(".bar [data-opens=help]")
    learner.frame.click("[data-leave]")
    assert learner.screen == "stopped."
    assert "Saved" not in learner.frame.inner_text("[data-stopped]")


def test_a_value_that_is_read_only_is_not_tried_for_ever(lms: Launching) -> None:
    """Some LMSs keep the status to themselves."""
    lms_ = lms()
    frame = lms_.launch()
    code = {"scorm12": "403", "scorm2004": "404"}[lms_.form]
    lms_.page.evaluate(
        """code => {
            const api = window.API || window.API_1484_11, prefix = window.API ? "LMS" : "";
            const set = api[prefix + "SetValue"], last = api[prefix + "GetLastError"];
            let mine = "";
            window.tried = [];
            api[prefix + "SetValue"] = (name, value) => {
                mine = /status$/.test(name) && !/objectives/.test(name) ? code : "";
                if (mine) window.tried.push(name);
                return mine ? "false" : set(name, value);
            };
            api[prefix + "GetLastError"] = () => mine || last();
        }""",
        code,
    )
    learner = Learner(frame)
    learner.read_all()
    learner.take()
    assert frame.locator("[data-notice]").inner_text() == ""
    assert len(lms_.page.evaluate("window.tried")) < 40
    assert lms_.get("cmi.core.score.raw" if lms_.form == "scorm12" else "cmi.score.raw") in ("100", "5")


def refuse(lms: Lms, part: str) -> None:
    """From now on it has a general failure for whatever is set below a part of the data model."""
    lms.page.evaluate(
        """([part, code]) => {
            const api = window.API || window.API_1484_11, prefix = window.API ? "LMS" : "";
            const set = api[prefix + "SetValue"], last = api[prefix + "GetLastError"];
            let mine = "";
            api[prefix + "SetValue"] = (name, value) => {
                mine = name.startsWith(part) ? code : "";
                return mine ? "false" : set(name, value);
            };
            api[prefix + "GetLastError"] = () => mine || last();
        }""",
        [part, {"scorm12": "101", "scorm2004": "351"}[lms.form]],
    )


def test_an_lms_that_is_full_of_answers_is_not_asked_for_ever(lms: Launching) -> None:
    """SCORM 2004 promises 250; more are a general failure in some, as is a moment's trouble in others."""
    lms_ = lms()
    frame = lms_.launch()
    refuse(lms_, "cmi.interactions")
    learner = Learner(frame)
    frame.click("[data-begin]")
    learner.check("possible-signs", "ab")
    again = "window.dispatchEvent(new Event('online'))"
    for _ in range(4):
        frame.evaluate(again)
        assert frame.locator("[data-notice]").get_attribute("data-state") == "failing"
    for _ in range(4):
        frame.evaluate(again)
    assert frame.locator("[data-notice]").get_attribute("data-state") == "good"
    assert "possible-signs" in (lms_.get("cmi.suspend_data") or "")
    frame.click("[data-current] [data-onward]")
    learner.check("promise-not-to-tell", "b")
    assert frame.locator("[data-notice]").get_attribute("data-state") == "good", "it is known to be full"


def test_what_is_refused_between_saves_is_not_given_up(lms: Launching) -> None:
    """Turning pages in a moment's trouble is not asking again and again."""
    lms_ = lms()
    frame = lms_.launch()
    frame.click("[data-begin]")
    refuse(lms_, "cmi.objectives")
    frame.click("[data-current] [data-onward]")
    frame.evaluate("for (let at = 0; at < 9; at += 1) window.dispatchEvent(new Event('beforeunload'))")
    frame.evaluate("window.dispatchEvent(new Event('online'))")
    assert frame.locator("[data-notice]").get_attribute("data-state") == "failing"


def test_an_answer_whose_id_is_refused_once_is_told_whole_at_the_next_save(lms: Launching) -> None:
    """SCORM 2004 refuses for good (408) what is set before the id that it depends on."""
    lms_ = lms()
    frame = lms_.launch()
    lms_.page.evaluate("""() => {
        const api = window.API || window.API_1484_11, prefix = window.API ? "LMS" : "";
        const set = api[prefix + "SetValue"], last = api[prefix + "GetLastError"];
        let refused = null;
        api[prefix + "SetValue"] = (name, value) => {
            if (refused === null && name === "cmi.interactions.0.id") return (refused = true, "false");
            refused &&= false;
            return set(name, value);
        };
        api[prefix + "GetLastError"] = () => (refused ? "101" : last());
    }""")
    frame.click("[data-begin]")
    Learner(frame).check("possible-signs", "ab")
    response = {"scorm12": "student_response", "scorm2004": "learner_response"}[lms_.form]
    assert lms_.get("cmi.interactions.0.id") == "possible-signs"
    assert lms_.get("cmi.interactions.0.result") == "correct"
    assert lms_.get(f"cmi.interactions.0.{response}") == {"scorm12": "a,b", "scorm2004": "a[,]b"}[lms_.form]
    assert not lms_.refused()


@pytest.mark.parametrize(
    "nonsense",
    [
        "-3",
        "null",
        *(pytest.param(one, marks=pytest.mark.full) for one in ("1e9", "999999999", "undefined", "<html>")),
    ],
)
def test_nonsense_that_is_read_does_no_harm(page: Page, tmp_path: Path, form: str, nonsense: str) -> None:
    """An LMS whose server answers every question with one page or one number."""
    for name, content in rendered(sample(), form).items():
        (tmp_path / name).write_bytes(content)
    page.add_init_script(f"""({SAYING})({form!r});
        const api = window.API || window.API_1484_11, get = window.API ? "LMSGetValue" : "GetValue";
        api[get] = () => {nonsense!r};""")
    page.goto((tmp_path / "index.html").as_uri())
    learner = Learner(page)
    learner.read_all()
    learner.take()
    assert learner.screen == "results."
    said = page.evaluate("window.said")
    assert ["SetValue", "cmi.interactions.0.id", "final-1"] in said
    result = "cmi.core.lesson_status" if form == "scorm12" else "cmi.completion_status"
    last = "passed" if form == "scorm12" else "completed"
    sets = [one for one in said if one[0] == "SetValue"]
    assert [value for _, name, value in sets if name == result] == ["incomplete", last]


@pytest.mark.parametrize(
    "entry", ["resume", *(pytest.param(one, marks=pytest.mark.full) for one in ("ab-initio", ""))]
)
@pytest.mark.parametrize("credit", ["credit", "no-credit"])
def test_entry_and_credit_change_nothing_of_what_is_said(lms: Launching, entry: str, credit: str) -> None:
    """Whether a result counts is the LMS's to say, and a place to resume is there or not."""
    lms_ = lms()
    prefix = "cmi.core." if lms_.form == "scorm12" else "cmi."
    learner = Learner(lms_.launch(**{f"{prefix}entry": entry, f"{prefix}credit": credit}))
    learner.read_all()
    learner.take()
    assert "passed" in status(lms_)
    assert not lms_.refused()


@pytest.mark.parametrize(
    ("language", "begins"), [("en-GB", ""), ("cy", "{lang=cy}"), ("zh-Hant", "{lang=zh-Hant}")]
)
def test_words_of_another_language_say_so(lms: Launching, language: str, begins: str) -> None:
    pages = sample()
    lesson = replace(pages.lessons[0], title="  Signs\nof harm\n" + "🚸" * 200)
    lms_ = lms(replace(pages, language=language, lessons=(lesson, *pages.lessons[1:])))
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.check("possible-signs", "ab")
    described = lms_.told("cmi.interactions.0.description") + lms_.told("cmi.objectives.0.description")
    expected = ["Which of these may be signs of neglect?", "Signs of harm " + "🚸" * 118]
    assert described == ([] if lms_.form == "scorm12" else [begins + words for words in expected])
    assert not lms_.refused()
