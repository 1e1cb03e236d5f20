"""The daily journeys of a school, each as its role, with the clicks that it takes from signing in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from player.compliance import Duty
from player.lists.external_training import TrainingRow
from player.school import duties, external, requiring
from player.school.actor import COMMAND
from player.work import worker
from tests.browser.accessible import faults
from tests.browser.site.conftest import SignedIn, sign_in
from tests.browser.site.test_look import TARGETS, sideways
from tests.conftest import ROOT
from tests.player import staff
from tests.player.served import Server
from tests.player.web.sample import SOUTH, Sample

pytestmark = pytest.mark.browser
SEPTEMBER = ROOT / "tests/fixtures/lists/september.csv"
NEW = "a whole new sentence"


class Clicks:
    """A visitor's clicks; what each leads to is a page for everybody."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, control: Locator) -> None:
        control.click()
        self.number += 1

    def link(self, name: str) -> None:
        self.on(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.on(self.page.get_by_role("button", name=name, exact=True))

    def looks_well(self) -> None:
        """At the end of a journey its page is looked at as it is then."""
        assert faults(self.page) == []
        assert self.page.evaluate(TARGETS) == []
        assert not sideways(self.page)


def work(server: Server) -> None:
    """Do what waits, as the server's thread would."""
    worker(server.lms.database, server.settings, lambda: datetime.now(UTC) + timedelta(minutes=1)).run_due()


@pytest.fixture
def required(sample: Sample) -> None:
    """Fire Safety, required of everybody at Northfield since forty days."""
    with sample.lms.database.writing() as tx:
        since = sample.lms.now.date() - timedelta(40)
        requiring.require(tx, COMMAND, sample.lms.now, sample.north, "fire-safety", (), since)


def test_a_forgotten_password_by_the_outbox(visits: SignedIn, server: Server, sample: Sample) -> None:
    """Without a mail server the administrator reads the e-mail. Its link works once."""
    page = visits("", viewport={"width": 390, "height": 844})
    page.goto("/sign-in")
    ada = Clicks(page)
    ada.link("Forgotten your password?")
    page.get_by_label("E-mail address").fill("Ada@Example.org")
    ada.button("Send the link")
    expect(page.locator("h1")).to_have_text("Look in your e-mail")
    assert ada.number == 2
    ada.looks_well()
    work(server)
    outbox = visits("alex")
    outbox.get_by_role("link", name="E-mails", exact=True).click()
    outbox.get_by_role("link", name="Choose a new password").first.click()
    link = re.findall(r"http://\S+/welcome/\S+", outbox.locator(".letter").inner_text())[0]
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(NEW)
    page.get_by_label("Repeat it").fill(NEW)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.locator("h1")).to_have_text("Your training")
    page.goto(link)
    expect(page.locator("h1")).to_have_text("This link has expired")
    page.goto("/sign-in")
    sign_in(visits(""), "ada", NEW)


def test_who_is_overdue_is_reminded_three_clicks_from_signing_in(
    visits: SignedIn, server: Server, sample: Sample, required: None
) -> None:
    page = visits("priya", viewport={"width": 1280, "height": 900})
    priya = Clicks(page)
    priya.link("overdue in Fire Safety")
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows.first).to_contain_text("Overdue by")
    expect(page.get_by_label("Reason")).to_be_hidden()
    priya.on(page.get_by_label("Cleo Specimen"))
    priya.button("Send a reminder")
    expect(page.get_by_role("status")).to_contain_text("1 reminder is under E-mails, and not sent")
    assert priya.number == 3
    work(server)
    page.get_by_role("link", name="E-mails", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="Fire Safety is overdue")).to_contain_text("Not sent")
    page.get_by_role("link", name="Fire Safety is overdue").click()
    expect(page.locator(".letter")).to_contain_text("Hello Cleo Specimen")
    page.goto("/")
    everybody = Clicks(page)
    everybody.link("overdue in Fire Safety")
    everybody.on(page.get_by_text("Remind all 3"))
    everybody.button("Send now")
    expect(page.get_by_role("status")).to_contain_text("2 reminders are under E-mails, and not sent")
    assert everybody.number == 3
    priya.looks_well()


def test_somebody_is_excluded_on_a_phone_and_the_list_sorted(
    visits: SignedIn, sample: Sample, required: None
) -> None:
    page = visits("priya", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.get_by_role("link", name="overdue in Fire Safety").click()
    page.get_by_label("Priya Nair").focus()
    page.keyboard.press("Space")
    page.get_by_label("Reason").fill("Long-term leave")
    page.get_by_role("button", name="Exclude from e-mails").click()
    expect(page.get_by_role("status")).to_contain_text("no more e-mails")
    expect(page.get_by_role("row").filter(has_text="Priya Nair")).to_contain_text(
        "No e-mails: Long-term leave"
    )
    page.get_by_label("Sort by").select_option("Name")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader")).first).to_contain_text("Ada")
    Clicks(page).looks_well()


def test_sixty_people_from_a_messy_list_with_what_they_must_take(
    visits: SignedIn, server: Server, sample: Sample
) -> None:
    """A school where nothing is required yet: the rule, the list, the invitations in nine clicks. One of the
    sixty stands in two rows."""
    page = visits("olu", viewport={"width": 1280, "height": 900})
    olu = Clicks(page)
    olu.link("Say which courses people must take")
    olu.link("Change the rules of Fire Safety")
    olu.on(page.get_by_label("Everybody"))
    olu.button("Save who must")
    olu.link("Staff")
    olu.link("Upload a list")
    with page.expect_file_chooser() as chooser:
        olu.on(page.get_by_label("An Excel workbook or a CSV file"))
    chooser.value.set_files(SEPTEMBER)
    olu.button("Check this file")
    expect(page.locator("h1")).to_have_text("59 new, 0 changed")
    expect(page.get_by_role("row", name="Sian O'Brien")).to_contain_text("Class teacher")
    expect(page.get_by_text("They must take Fire Safety.")).to_be_visible()
    olu.looks_well()
    olu.button("Save these changes")
    expect(page.get_by_role("status")).to_contain_text(
        "59\u00a0people added. 59\u00a0invitations are under E-mails, and not sent"
    )
    assert olu.number == 9
    work(server)
    page.get_by_role("link", name="E-mails", exact=True).click()
    expect(page.get_by_role("link", name="All 59")).to_be_visible()
    page.get_by_role("link", name="Compliance", exact=True).click()
    expect(page.locator("h1")).to_have_text("1 of 61\u00a0people is in date")


def test_one_new_starter_is_one_form(visits: SignedIn, server: Server, sample: Sample) -> None:
    page = visits("priya", viewport={"width": 1280, "height": 900}, color_scheme="dark")
    priya = Clicks(page)
    priya.link("Staff")
    priya.link("Add a person")
    page.get_by_label("Name").fill("Nia Fresh")
    page.get_by_role("textbox", name="E-mail address").fill("nia@example.org")
    page.get_by_label("Office").check()
    priya.button("Add")
    expect(page.get_by_role("status")).to_contain_text(
        "Nia Fresh has been added. 1\u00a0invitation is under E-mails, and not sent"
    )
    assert priya.number == 3
    priya.looks_well()
    page.get_by_role("link", name="Compliance", exact=True).click()
    page.get_by_role("link", name="Managing Allegations", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="Nia Fresh")).to_contain_text("Never done")


def test_a_second_click_sends_nothing(visits: SignedIn) -> None:
    """The answer to the second form would be that nothing has been saved, though somebody has been added."""
    page = visits("priya")
    page.get_by_role("link", name="Staff", exact=True).click()
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill("Tess O'Twice")
    page.get_by_role("textbox", name="E-mail address").fill("tess@example.org")
    sent: list[Route] = []
    page.route("**/staff/new", lambda route: sent.append(route))
    add = page.get_by_role("button", name="Add", exact=True)
    add.scroll_into_view_if_needed()
    at = add.bounding_box()
    assert at is not None
    with page.expect_request("**/staff/new"):
        page.mouse.click(at["x"] + 5, at["y"] + 5)
    page.mouse.click(at["x"] + 5, at["y"] + 5)
    sent[0].continue_()
    expect(page.get_by_role("status")).to_contain_text("Tess O'Twice has been added.")
    assert len(sent) == 1


def test_chosen_people_are_given_a_course_and_begin_it(
    visits: SignedIn, server: Server, sample: Sample
) -> None:
    """Five clicks from signing in; the e-mail leads who has no password to choose one, and to the course."""
    page = visits("priya", viewport={"width": 390, "height": 844})
    priya = Clicks(page)
    priya.link("People")
    priya.on(page.get_by_label("Cleo Specimen"))
    priya.on(page.locator(".chosen").get_by_role("button", name="Give a course"))
    expect(page.locator("h1")).to_have_text("Give a course to Cleo Specimen")
    priya.looks_well()
    priya.on(page.get_by_label("Asbestos"))
    priya.button("Give")
    assert priya.number == 5
    expect(page.get_by_role("status")).to_contain_text(
        "Cleo Specimen can now take Asbestos. 1\u00a0e-mail is under E-mails, and not sent"
    )
    expect(page.get_by_text("Take back")).to_be_visible()
    work(server)
    outbox = visits("alex")
    outbox.get_by_role("link", name="E-mails", exact=True).click()
    outbox.get_by_role("link", name="Training for you: Asbestos").click()
    written = outbox.locator(".letter").inner_text()
    cleo = visits("")
    cleo.goto(re.findall(r"http://\S+/welcome/\S+", written)[0])
    cleo.get_by_label("Password", exact=True).fill(NEW)
    cleo.get_by_label("Repeat it").fill(NEW)
    cleo.get_by_role("button", name="Save and sign in").click()
    cleo.goto(re.findall(r"http://\S+/training/\S+", written)[0])
    cleo.get_by_role("button", name="Start").click()
    cleo.wait_for_selector("body[data-session=running]")
    page.reload()
    expect(page.get_by_text("Take back")).to_have_count(0)


@pytest.mark.full
def test_a_completion_is_shown_to_another_school_and_no_longer(visits: SignedIn, sample: Sample) -> None:
    lms = sample.lms
    with lms.database.writing() as tx:
        staff.add(tx, sample.south, "Sam Okafor", "sam@example.org", "s-17")
        since = lms.now.date() - timedelta(1)
        requiring.require(tx, COMMAND, lms.now, sample.south, "fire-safety", (), since)
    sam, olu = Clicks(visits("sam")), visits("olu")
    row = olu.get_by_role("row", name="Sam Okafor")
    sam.page.goto(f"/training/fire-safety?school={sample.north}")
    shows, stops = f"Show this to {SOUTH}", f"Stop showing this to {SOUTH}"
    for button, standing in ((shows, "In date"), (stops, "Never done")):
        sam.button(button)
        expect(sam.page.get_by_role("button", name=button, exact=True)).to_have_count(0)
        sam.looks_well()
        olu.goto(f"/schools/{sample.south}/compliance/courses/fire-safety")
        expect(row).to_contain_text(standing)
    assert sam.number == 2


@pytest.mark.full
def test_who_is_overdue_begins_the_refresher_two_clicks_from_signing_in(
    visits: SignedIn, sample: Sample
) -> None:
    lms, today = sample.lms, sample.lms.now.date()
    with lms.database.writing() as tx:
        duty = Duty(months=12, renewed_by="managing-allegations", lapsed=90)
        duties.set_provider_duty(tx, COMMAND, lms.now, "asbestos", duty, today - timedelta(700))
        requiring.require(tx, COMMAND, lms.now, sample.north, "asbestos", (), today - timedelta(60))
        told = TrainingRow(0, sample.people["sam"], "asbestos", "", today - timedelta(380), "")
        external.add(tx, COMMAND, lms.now, sample.north, [told], "asbestos.csv")
    sam = Clicks(visits("sam"))
    sam.link("Asbestos")
    expect(
        sam.page.get_by_text("you can take Managing Allegations instead of the whole course")
    ).to_be_visible()
    sam.button("Start the refresher")
    sam.page.wait_for_selector("body[data-session=running]")
    assert sam.number == 2
