"""Every page for people: axe, phone and desktop, light and dark, large text, forced colours, keyboard."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from player.compliance import Duty
from player.lists.external_training import TrainingRow
from player.records import due, jobs
from player.school import duties, external, requiring
from player.school.actor import COMMAND
from tests import fonts
from tests.browser.accessible import CONTRAST, faults
from tests.browser.serving import ROOT
from tests.browser.site.conftest import SignedIn, sign_in
from tests.player import staff
from tests.player.web.sample import Sample

pytestmark = pytest.mark.browser
SITE = ROOT / "player/web/static/site"
CSS = (SITE / "site.css").read_text()
SCREENS = ((1280, "light"), (390, "dark"), (1280, "dark"), (390, "light"))


VISITORS = ("", "sam", "ada", "priya", "alex")


def pages(sample: Sample) -> dict[str, list[str]]:
    """Every page that can be looked at, by who looks; the last ones have their errors shown."""
    school, north = f"/schools/{sample.north}", f"/provider/schools/{sample.north}"
    return {
        "": ["/sign-in", "/forgotten", "/welcome/none", "/nowhere"],
        "sam": ["/training", "/account", "/provider/schools"]
        + [f"/training/{course}" for course in ("fire-safety", "asbestos", "managing-allegations")]
        + [f"/training/fire-safety?school={sample.north}"],
        "ada": ["/training", "/training/fire-safety"],
        "priya": [
            f"{school}/people",
            f"{school}/people?course=fire-safety&status=completed",
            f"{school}/people?q=zzz",
            f"{school}/people?left=yes",
            f"{school}/give",
            f"{school}/give?person={sample.people['sam']}",
            f"{school}/people/{sample.people['sam']}",
            f"{school}/records/{sample.registrations['sam asbestos']}",
            f"{school}/records/{sample.registrations['ada fire-safety']}",
            f"{school}/courses",
            f"{school}/contacts",
            f"{school}/activity",
            "/your-schools",
            f"{school}/emails",
            f"{school}/emails/{sample.mail}",
            f"{school}/emails/not-sent",
            f"{school}/reminders",
            f"{school}/staff",
            f"{school}/staff/new",
            f"{school}/staff/list",
            f"{school}/staff/people/{sample.people['sam']}",
            f"{school}/staff/teams/{sample.teams['office']}",
            f"{school}/compliance",
            f"{school}/compliance/people",
            f"{school}/rules",
            f"{school}/rules/courses/managing-allegations",
            f"{school}/rules/exclusions",
            f"{school}/compliance/courses/managing-allegations",
            f"{school}/compliance/courses/fire-safety?on=2026-11-01",
        ],
        "alex": [
            "/provider/schools",
            "/provider/schools?q=zzz",
            north,
            f"/schools/{sample.north}/staff/people/{sample.people['sam']}",
            "/provider/courses",
            "/provider/courses/fire-safety/duty",
            "/provider/compliance",
            f"/schools/{sample.south}/compliance",
            "/provider/emails",
            f"/provider/emails/{sample.mail}",
            "/provider/emails?state=failed",
            "/provider/reminders",
            "/provider/rules",
            "/provider/courses/fire-safety",
            "/provider/upload",
            "/provider/administrators",
            "/provider/activity",
        ],
    }


def sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


TARGETS = """() => [...document.querySelectorAll("main a, main button, header a, summary, input, select")]
  .filter((e) => e.checkVisibility() && !e.closest("p, li > small") && e.type !== "hidden")
  .map((e) => [e.closest("label") ?? e, e])
  .filter(([box]) => box.getBoundingClientRect().height < 43.5 && !box.closest(".skip"))
  .map(([box, e]) => `${e.outerHTML.slice(0, 90)} ${box.getBoundingClientRect().height}`)"""


SPILLING = """() => [...document.querySelectorAll("main :is(.filters a, .rows > li > *, .button, td)")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && !e.querySelector(".unseen"))
  .map((e) => e.outerHTML.slice(0, 120))"""


# Years of which one figure stands below another.
TORN_YEARS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    for (const year of node.data.matchAll(/\\b20[0-9]{2}\\b/g)) {
      const range = document.createRange();
      range.setStart(node, year.index);
      range.setEnd(node, year.index + 4);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(node.data);
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def busy(sample: Sample) -> Sample:
    """Sam, who can show what he has completed to a second school, whose due days wait for a job; and who is
    overdue in two courses: one a refresher still renews, the other has to be taken itself."""
    lms = sample.lms
    today = lms.now.date()
    with lms.database.writing() as tx:
        for course, days in (("asbestos", 380), ("managing-allegations", 700)):
            refresher = "managing-allegations" if course == "asbestos" else "fire-safety"
            duty = Duty(months=12, renewed_by=refresher, lapsed=90)
            duties.set_provider_duty(tx, COMMAND, lms.now, course, duty, today - timedelta(700))
            requiring.require(tx, COMMAND, lms.now, sample.north, course, (), today - timedelta(60))
            told = TrainingRow(0, sample.people["sam"], course, "", today - timedelta(days), "")
            external.add(tx, COMMAND, lms.now, sample.north, [told], f"{course}.csv")
        staff.add(tx, sample.south, "Sam Okafor", "sam@example.org", "s-17")
        jobs.add(tx, due.SETTLE, f"{due.waiting_key(sample.south)}some:look", lms.now - timedelta(1))
    return sample


def fits(page: Page, width: int) -> None:
    """Nothing is wider than the page, and what is pressed is large; on a phone at 200% and 320 wide too."""
    assert page.evaluate(TARGETS) == [], page.url
    assert not sideways(page), page.url
    for font in (fonts.WIDE, fonts.NARROW) if width == 390 else ():
        fonts.use(page, font)
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert not sideways(page), f"{page.url} at 200% in {font}"
        assert page.evaluate(SPILLING) == [], f"{page.url} at 200% in {font}"
        assert page.evaluate(TORN_YEARS) == [], f"{page.url} at 200% in {font}"
        page.evaluate("document.documentElement.style.removeProperty('font-size')")
        page.set_viewport_size({"width": 320, "height": 700})
        assert not sideways(page), f"{page.url} at 320 in {font}"
        page.set_viewport_size({"width": width, "height": 900})


def seen_on(page: Page, screen: tuple[int, str]) -> None:
    """The page that is open, as another screen shows it."""
    width, scheme = screen
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")


@pytest.mark.parametrize("who", VISITORS)
def test_every_page_is_for_everybody(visits: SignedIn, busy: Sample, who: str) -> None:
    """Axe finds nothing on a desk; on a phone in the dark no colour is too weak; on both everything fits."""
    desk, phone = SCREENS[:2]
    page = visits(who)
    for path in pages(busy)[who]:
        seen_on(page, desk)
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert faults(page) == []
        fits(page, desk[0])
        seen_on(page, phone)
        assert faults(page, CONTRAST) == []
        fits(page, phone[0])


@pytest.mark.full
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_on_any_page_on_any_screen(
    visits: SignedIn, busy: Sample, screen: tuple[int, str]
) -> None:
    for who, paths in pages(busy).items():
        page = visits(who)
        seen_on(page, screen)
        for path in paths:
            page.goto(path)
            assert faults(page) == []
            fits(page, screen[0])


def test_a_long_address_keeps_to_the_page_at_200_percent(visits: SignedIn, sample: Sample) -> None:
    page = visits("alex", viewport={"width": 1280, "height": 900})
    page.goto(f"/provider/schools/{sample.north}")
    page.get_by_role("cell", name="@").first.evaluate(
        "(cell) => { cell.textContent = 'ada@'.padEnd(60, 'school') }"
    )
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert not sideways(page)


def test_refusals_are_for_everybody_too(visits: SignedIn, sample: Sample, tmp_path: Path) -> None:
    """What a form says when it is refused, and what is shown once and never again."""
    page = visits("")

    def is_for_everybody() -> None:
        for screen, rules in (((1280, "dark"), ()), ((390, "light"), (CONTRAST,))):
            seen_on(page, screen)
            assert faults(page, *rules) == []
            assert page.evaluate(TARGETS) == []
            assert not sideways(page)

    page.goto("/sign-in")
    page.fill("#email", "nobody@example.org")
    page.fill("#password", "wrong")
    page.click("main button")
    page.wait_for_selector("[role=alert]")
    is_for_everybody()
    sign_in(page, "alex")
    staff, notes = tmp_path / "staff.csv", tmp_path / "notes.zip"
    staff.write_text(f"Name,Email,Shoe size\nUma Ray,uma@example.org,4\n{'V' * 150},nowhere,5\n")
    notes.write_bytes(b"these are notes")
    for path, fill, shown in (
        (f"/schools/{sample.north}/staff/new", {"#name": "=1"}, ".wrong:focus"),
        (f"/schools/{sample.north}/give", {}, ".wrong:focus"),
        (f"/schools/{sample.north}/staff/list", {"#file": staff}, "table"),
        ("/provider/upload", {"#package": notes}, "#problems"),
        (
            f"/schools/{sample.north}/staff/people/{sample.people['sam']}",
            {"#email": "nowhere"},
            ".wrong:focus",
        ),
    ):
        page.goto(path)
        for field, value in fill.items():
            page.set_input_files(field, value) if isinstance(value, Path) else page.fill(field, value)
        page.eval_on_selector_all("form", "(all) => all.forEach((form) => { form.noValidate = true })")
        page.click("main .button.main")
        page.wait_for_selector(shown)
        is_for_everybody()
    page.goto(f"/schools/{sample.north}/staff/people/{sample.people['cleo']}")
    page.get_by_role("button", name="Create a password link").click()
    page.wait_for_selector(".secret")
    is_for_everybody()
    page.locator(".menu summary").click()
    is_for_everybody()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_asked_first_stands_by_its_verb(visits: SignedIn, sample: Sample, width: int) -> None:
    north = f"/provider/schools/{sample.north}"
    for who, path in (
        ("alex", north),
        ("alex", f"/schools/{sample.north}/staff/teams/{sample.teams['office']}"),
        ("alex", f"/schools/{sample.north}/staff/people/{sample.people['sam']}"),
        ("sam", "/training/asbestos"),
    ):
        page = visits(who, viewport={"width": width, "height": 900})
        page.goto(path)
        asked = page.locator(".sure").last
        asked.locator("summary").click()
        verb, box = asked.locator("summary").bounding_box(), asked.locator("form").bounding_box()
        assert verb
        assert box
        assert box["x"] >= 0, path
        assert box["x"] + box["width"] <= width, path
        assert box["x"] <= verb["x"] + 1 < box["x"] + box["width"], path


def test_answers_keep_to_their_columns_on_paper(visits: SignedIn, sample: Sample) -> None:
    page = visits("priya", viewport={"width": 658, "height": 900})  # A4 within its margins
    page.goto(f"/schools/{sample.north}/records/{sample.registrations['ada fire-safety']}")
    page.emulate_media(media="print")
    assert page.locator(".status", has_text="Not right").first.is_visible()
    assert page.evaluate(SPILLING) == []


def test_a_way_past_the_bar(visits: SignedIn) -> None:
    page = visits("priya")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_forced_colours_keep_every_mark(visits: SignedIn, sample: Sample) -> None:
    for who in ("sam", "priya"):
        page = visits(who, forced_colors="active")
        page.goto("/training")
        inner = page.evaluate(
            "[...document.querySelectorAll('.glyph .inner')].map((e) => [getComputedStyle(e).stroke,"
            " getComputedStyle(document.body).backgroundColor])"
        )
        assert all(stroke == paper for stroke, paper in inner)


RING = """() => {
    const at = document.activeElement;
    if (at === document.body) return "nowhere";
    const style = getComputedStyle(at);
    const reach = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) - 0.5;
    const box = at.getBoundingClientRect();
    const whole = box.left >= reach && box.top >= reach
        && box.right + reach <= innerWidth && box.bottom + reach <= innerHeight;
    return `${style.outlineStyle} ${style.outlineWidth} ${whole ? "whole" : "clipped"}`;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_everything_is_reached_and_seen_with_the_keyboard(
    visits: SignedIn, sample: Sample, width: int
) -> None:
    page = visits("priya", viewport={"width": width, "height": 900})
    page.goto(f"/schools/{sample.north}/people")
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(RING)
        if seen == "nowhere":
            return
        assert seen == "solid 3px whole", page.evaluate("document.activeElement.outerHTML")


def test_the_style_sheet_stays_small() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 8_000
    assert sum(len(path.read_bytes()) for path in SITE.glob("*.js")) <= 5_000
