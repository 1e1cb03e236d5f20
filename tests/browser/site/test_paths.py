"""Whole paths through the site in a real browser: a learner's, a manager's, the provider's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import SCREENS, options
from tests.browser.site.conftest import SignedIn, sign_in
from tests.player.packages import package, scorm_12
from tests.player.served import Server, served
from tests.player.web.sample import Sample

pytestmark = pytest.mark.browser
CALM = "document.body.ariaBusy === 'false'"


@pytest.fixture(scope="module", params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def server(screen: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Sample schools of its own for each screen: what is done in it can be done once."""
    with served(tmp_path_factory.mktemp("paths")) as running:
        yield running


@pytest.fixture
def visits(visits: SignedIn, screen: str) -> SignedIn:
    return partial(visits, **options(screen))


def calm(page: Page) -> None:
    """On the play page, which is asked as the site's policy lets nobody ask a page of its own."""
    page.wait_for_url("**/play/**")
    page.wait_for_function(CALM)


def test_a_learner_continues_and_comes_back(visits: SignedIn) -> None:
    page = visits("sam")
    page.goto("/training")
    page.get_by_role("button", name="Continue Asbestos").click()
    calm(page)
    assert page.url.startswith("http://127.0.0.1:"), "content has an origin of its own"
    expect(page.locator("#sco")).to_have_attribute("title", "Part 2")
    page.click("[data-nav=suspendAll]")
    calm(page)
    page.get_by_role("link", name="Back to my training").first.click()
    expect(page).to_have_url("/training/asbestos")
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_starting_again_is_asked_first_because_the_place_is_lost(visits: SignedIn) -> None:
    page = visits("ada")
    page.goto("/training/asbestos")
    page.get_by_role("button", name="Start").click()
    calm(page)
    page.goto("/training/asbestos")
    page.locator("summary", has_text="Start again from the beginning").click()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_text("you cannot carry on with it")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Start again").click()
    calm(page)
    page.goto("/training/asbestos")
    expect(page.get_by_role("heading", name="Attempt 2")).to_be_visible()


def test_signing_out_through_the_menu(visits: SignedIn) -> None:
    page = visits("ada")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_have_text("You have signed out.")
    page.goto("/training")
    expect(page).to_have_url("/sign-in?next=/training")


def test_a_wrong_password_is_told_and_the_address_kept(visits: SignedIn) -> None:
    page = visits("")
    page.goto("/sign-in")
    page.fill("#email", "zed@example.org")
    page.fill("#password", "not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The e-mail address or the password is wrong.")
    expect(page.locator("#email")).to_have_value("zed@example.org")
    expect(page.locator("#password")).to_have_value("")


def test_the_provider_adds_somebody_who_then_signs_in(visits: SignedIn, sample: Sample) -> None:
    page = visits("alex")
    page.goto(f"/schools/{sample.south}/staff/new")
    page.fill("#name", "Nia Fresh")
    page.fill("#email", "nia@example.org")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Create a password link").click()
    link = page.locator(".secret").inner_text()
    nia = visits("")
    nia.goto(link)
    nia.fill("#password", "correct horse battery")
    nia.fill("#again", "correct horse battery")
    nia.get_by_role("button", name="Save and sign in").click()
    expect(nia.locator("h1")).to_have_text("Your training")
    sign_in(visits(""), "nia")


def test_a_package_is_uploaded_and_a_bad_one_told(visits: SignedIn, sample: Sample, tmp_path: Path) -> None:
    page = visits("alex")
    page.goto("/provider/upload")
    bad = tmp_path / "notes.zip"
    bad.write_bytes(b"these are notes")
    page.set_input_files("#package", bad)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("h1")).to_have_text("This package was not imported")
    assert page.evaluate("document.activeElement === document.querySelector('h1')")
    good = package(tmp_path / "first.zip", scorm_12(1, "First Aid"), {"film.mp4": b"\0" * 3_000_000})
    page.set_input_files("#package", good)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("h1")).to_have_text("First Aid")
    expect(page).to_have_title("First Aid - Training")
    page.get_by_role("link", name="View course").click()
    expect(page).to_have_url("/provider/courses/first-aid")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("", "Nothing has changed: try again."),
        ("this.upload.dispatchEvent(new ProgressEvent('load'));", "Check whether the course is listed"),
    ],
)
def test_an_upload_whose_connection_breaks_says_what_is_known(
    visits: SignedIn, tmp_path: Path, sent: str, told: str
) -> None:
    """Once all is sent it may have been imported."""
    page = visits("alex")
    breaks = f"{sent} this.dispatchEvent(new ProgressEvent('error'))"
    page.add_init_script(f"XMLHttpRequest.prototype.send = function () {{ {breaks} }}")
    page.goto("/provider/upload")
    page.set_input_files("#package", package(tmp_path / "any.zip", scorm_12()))
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("status")).to_contain_text(told)
    expect(page.get_by_role("button", name="Upload")).to_be_enabled()


def test_a_package_is_uploaded_without_javascript(visits: SignedIn, tmp_path: Path) -> None:
    page = visits("alex", java_script_enabled=False)
    page.goto("/provider/upload")
    page.set_input_files("#package", package(tmp_path / "plain.zip", scorm_12(1, "Plain")))
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("h1")).to_have_text("Plain")


def test_a_manager_brings_the_staff_up_to_date_with_a_list(
    visits: SignedIn, sample: Sample, tmp_path: Path
) -> None:
    """Chosen, checked, one value mended on the page, saved: four clicks."""
    page = visits("olu")
    page.get_by_role("link", name="Staff", exact=True).click()
    page.get_by_role("link", name="Upload a list").click()
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "Southbrook Primary\nName,Payroll No,Work e-mail,Role\n"
        '"RAY, Uma",7,uma@example.org,Cook\nVic Lee,8,nowhere,Porter\nZed Quiet,zed,zed@example.org,Teacher\n'
    )
    page.set_input_files("#file", staff)
    page.get_by_role("button", name="Check this file").click()
    expect(page.locator("h1")).to_have_text("1\u00a0thing to fix")
    page.get_by_label("E-mail address in row 4").fill("vic@example.org")
    page.get_by_role("button", name="Check again").click()
    expect(page.locator("h1")).to_have_text("2 new, 1 changed")
    expect(page.get_by_role("row", name="Uma Ray")).to_contain_text("Cook")
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_role("status")).to_contain_text(
        "2\u00a0people added, 1\u00a0person changed. 2\u00a0invitations are under E-mails, and not sent"
    )
    expect(page.get_by_role("row", name="Vic Lee")).to_contain_text("Porter")


def test_an_enrolment_is_ended_only_when_it_is_meant(visits: SignedIn, sample: Sample) -> None:
    page = visits("alex")
    page.goto(f"/schools/{sample.north}/staff/people/{sample.people['priya']}")
    asked = page.get_by_role("group").filter(has_text="End the enrolment on Asbestos")
    warning = asked.get_by_text("enrol them again, they start from the beginning")
    asked.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(warning).to_be_visible()
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(page.get_by_role("heading", name="Asbestos")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The enrolment has ended.")
    expect(page.get_by_role("heading", name="Asbestos")).to_have_count(0)
    page.get_by_role("link", name="Give another course").click()
    expect(page.locator("h1")).to_have_text("Give a course to Priya Nair")


def test_names_are_there_to_choose_once_they_count(visits: SignedIn, sample: Sample) -> None:
    page = visits("alex")
    page.goto(f"/schools/{sample.north}/give")
    cleo = page.get_by_label("Cleo Specimen")
    expect(cleo).to_be_hidden()
    page.get_by_label("Choose people").check()
    cleo.check()
    page.get_by_label("Everybody, 4").check()
    expect(cleo).to_be_hidden()


def test_a_manager_finds_an_answer(visits: SignedIn, sample: Sample) -> None:
    page = visits("priya")
    expect(page).to_have_url(f"/schools/{sample.north}/compliance")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Course").select_option(label="Fire Safety")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Not passed yet 1").click()
    page.get_by_role("link", name="See answers of Ada Byron-Whitefield").click()
    row = page.get_by_role("row", name="Where do you meet?")
    expect(row.get_by_role("rowheader")).to_have_text("Where do you meet?")
    expect(row.get_by_role("cell")).to_contain_text(["car park", "field", "Not right", "09:10"])
    with page.expect_download() as download:
        page.goto(f"/schools/{sample.north}/people")
        page.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename == "northfield-academy-training.csv"
