"""The course where there is no LMS, a bad one, no script, or a school's own contacts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.course.conftest import Launching
from tests.browser.course.learner import Learner
from tests.courseware.sample_pages import rendered, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The package's files as somebody unpacks them."""
    for name, content in rendered(sample()).items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A tab without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_file_on_the_disk_remembers_in_the_browser(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    learner = Learner(page)
    page.click("[data-begin]")
    question = learner.check("possible-signs", "ab")
    assert question.locator(".kept").inner_text().strip() == "Saved on this device"
    page.goto("about:blank")
    page.goto((folder / "index.html").as_uri())
    assert learner.screen == "signs"
    assert learner.question("possible-signs").locator(".verdict:not(:empty)").count() == 2


def test_a_result_that_no_lms_hears_of_says_so(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    learner = Learner(page)
    learner.read_all()
    learner.take()
    assert page.locator("[data-current] dt").first.inner_text() == "Saved on this device"
    page.click("text=Finish and leave")
    assert "Your result is kept on this device only" in page.inner_text("[data-current]")
    assert page.inner_text("[data-reload]") == "Look through the lessons again"


def test_a_browser_that_keeps_nothing_is_told_of(page: Page, folder: Path) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused'); }})"
    )
    page.goto((folder / "index.html").as_uri())
    assert "your place is lost when you close it" in page.inner_text("[data-mode]")
    page.click("[data-begin]")
    question = Learner(page).check("possible-signs", "ab")
    assert question.locator(".kept").inner_text() == ""


def test_an_lms_that_does_not_start_is_told_of(page: Page, folder: Path) -> None:
    page.add_init_script(
        "window.API = {LMSInitialize: () => 'false', LMSGetLastError: () => '301', LMSGetValue: () => ''}"
    )
    page.goto((folder / "index.html").as_uri())
    assert "Your learning platform is not responding." in page.inner_text("[data-mode]")


def test_an_lms_in_the_opener_is_found(page: Page, folder: Path) -> None:
    def serve(route: Route) -> None:
        file = folder / route.request.url.removeprefix("http://lms.invalid/")
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(body="<title>LMS</title>", content_type="text/html")

    page.context.route("http://lms.invalid/**", serve)
    page.goto("http://lms.invalid/")
    page.evaluate("""() => {
        window.said = [];
        const answer = (name, result) => (...all) => { window.said.push([name, ...all]); return result; };
        window.API = {LMSInitialize: answer("LMSInitialize", "true"), LMSGetValue: answer("LMSGetValue", ""),
            LMSSetValue: answer("LMSSetValue", "true"), LMSCommit: answer("LMSCommit", "true"),
            LMSGetLastError: () => "0", LMSFinish: answer("LMSFinish", "true")};
    }""")
    with page.expect_popup() as opened:
        page.evaluate("() => void window.open('index.html')")
    opened.value.wait_for_function("document.body?.dataset.ready === ''")
    assert page.evaluate("window.said[0]") == ["LMSInitialize", ""]
    assert ["LMSSetValue", "cmi.core.lesson_status", "incomplete"] in page.evaluate("window.said")


def test_without_scripts_everything_can_be_read(plain: Page, folder: Path) -> None:
    plain.goto((folder / "index.html").as_uri())
    text = plain.inner_text("body")
    assert "the questions need scripts to check and save your answers" in text
    for words in ("In the moment", "Signs of harm", "Question 4: who decides?", "0808 800 5000"):
        assert words in text
    assert plain.locator("button:visible").count() == 0
    assert "Many children do." not in text
    plain.click(".cite a >> nth=0")
    assert plain.locator("#listen\\.r1").is_visible()


def test_a_school_fills_in_its_contacts_after_the_build(page: Page, folder: Path) -> None:
    written = (folder / "contacts.js").read_text(encoding="utf-8")
    assert "// Your designated safeguarding lead" in written
    filled = written.replace(
        '"dsl": { name: "", phone: "", email: "", note: "" }',
        '"dsl": { name: "Bea <Sample>", phone: "01234 567 890", email: "bea@example.org", note: "Room 4" }',
    )
    (folder / "contacts.js").write_text(filled, encoding="utf-8")
    page.goto((folder / "index.html").as_uri())
    page.click(".bar [data-opens=help]")
    row = page.locator("#help [data-contact=dsl]")
    assert row.locator("[data-name]").inner_text() == "Bea <Sample>"
    assert row.locator("[data-role]").inner_text() == "Your designated safeguarding lead · Room 4"
    assert row.locator("a").first.get_attribute("href") == "tel:01234567890"
    assert "not added this contact yet" in page.inner_text("#help [data-contact=lado]")


@pytest.mark.parametrize("broken", ["", "window.courseContacts = {", None])
def test_contacts_that_are_broken_or_gone_hurt_nothing(
    context_page: Page, folder: Path, broken: str | None
) -> None:
    if broken is None:
        (folder / "contacts.js").unlink()
    else:
        (folder / "contacts.js").write_text(broken, encoding="utf-8")
    context_page.goto((folder / "index.html").as_uri())
    context_page.click(".bar [data-opens=help]")
    for slot, label in (
        ("dsl", "Your designated safeguarding lead"),
        ("lado", "Your local authority designated officer"),
    ):
        said = context_page.inner_text(f"#help [data-contact={slot}]")
        assert said.split("\n") == [
            label,
            "Your school has not added this contact yet. Ask the school office.",
        ]


@pytest.fixture
def context_page(browser: Browser) -> Iterator[Page]:
    """A tab that does not mind an error in a script."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.both_standards
def test_what_is_not_saved_is_said_and_tried_again(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    refusal = {"scorm12": "101", "scorm2004": "351"}[lms_.form]
    lms_.page.evaluate("code => { window.refusing = 'SetValue Commit'; window.refusal = code; }", refusal)
    learner.check("possible-signs", "ab")
    assert "Not saved yet. We keep trying" in learner.frame.inner_text("[data-notice]")
    lms_.page.evaluate("window.refusing = ''")
    learner.frame.evaluate("window.dispatchEvent(new Event('online'))")
    learner.frame.wait_for_selector("[data-notice][data-state=good]")
    assert "possible-signs" in (lms_.get("cmi.suspend_data") or "")
    assert lms_.get("cmi.interactions.0.id") == "possible-signs"
    assert not lms_.refused()


def test_an_lms_that_knows_no_interactions_is_no_trouble(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    lms_.page.evaluate("""() => {
        const api = window.API || window.API_1484_11, prefix = window.API ? 'LMS' : '';
        const set = api[prefix + 'SetValue'], last = api[prefix + 'GetLastError'];
        let code = '';
        api[prefix + 'SetValue'] = (name, value) => {
            code = name.startsWith('cmi.interactions') ? '401' : '';
            return code ? 'false' : set(name, value);
        };
        api[prefix + 'GetLastError'] = () => code || last();
    }""")
    question = learner.check("possible-signs", "ab")
    assert learner.frame.locator("[data-notice]").inner_text() == ""
    assert question.locator(".kept").inner_text().strip() == "Saved"


@pytest.mark.parametrize(
    ("query", "title", "contents"),
    [("", True, True), ("?bar=contents", False, True), ("?bar=help", False, False)],
)
def test_a_player_with_a_bar_of_its_own_asks_for_less(
    lms: Launching, query: str, title: bool, contents: bool
) -> None:
    frame = lms().launch(query)
    assert frame.locator(".bar .title").is_visible() is title
    assert frame.locator(".bar [data-opens=contents]").is_visible() is contents
    assert frame.locator(".bar [data-opens=help]").is_visible()


@pytest.mark.both_standards
def test_leaving_from_help_saves_and_stops(lms: Launching) -> None:
    lms_ = lms()
    learner = Learner(lms_.launch())
    learner.frame.click("[data-begin]")
    learner.frame.click(".bar [data-opens=help]")
    learner.frame.click("text=Leave the course now")
    assert "Saved. You can stop here." in learner.frame.inner_text("[data-current]")
    assert lms_.called()[-1][0] == "Terminate"
    assert lms_.told("adl.nav.request") == ([] if lms_.form == "scorm12" else ["suspendAll"])
    assert json.dumps(lms_.refused()) == "[]"


def test_a_play_page_asks_by_the_frame_s_name(page: Page, folder: Path) -> None:
    page.add_init_script("window.name = 'bar=contents'")
    page.goto((folder / "index.html").as_uri())
    assert page.locator(".bar .title").is_hidden()
    assert page.locator(".bar [data-opens=contents]").is_visible()


def test_an_address_with_a_lesson_opens_at_that_lesson(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri() + f"#{sample().lessons[1].id}")
    expect(page.locator("[data-current]")).to_have_attribute("id", sample().lessons[1].id)


def test_an_address_typed_by_hand_opens_no_question_before_the_lessons_are_read(
    page: Page, folder: Path
) -> None:
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("[data-ready]")
    page.evaluate("location.hash = '#questions.'")
    expect(page.locator("[data-current]")).to_have_attribute("id", "assessment.")
    expect(page.locator("[data-locked]")).to_be_visible()
