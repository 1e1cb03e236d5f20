"""A manager fills in a contact; a learner of that school finds it under Get help, one of another school does
not (decision 15)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from courseware.build import build
from courseware.options import BuildOptions
from player.importing import import_package
from tests.browser.accessible import faults
from tests.browser.courses.taking import Taker
from tests.browser.play.learner import Learner
from tests.browser.site.conftest import SignedIn
from tests.browser.site.test_look import TARGETS, sideways
from tests.conftest import ROOT
from tests.courseware.authoring import TODAY
from tests.player import staff
from tests.player.served import Server, served
from tests.player.web.sample import Sample, fill

pytestmark = pytest.mark.browser
MISSING = "Your school has not added this contact yet. Ask the school office."


@pytest.fixture(scope="module", params=[pytest.param("scorm12", marks=pytest.mark.full), "scorm2004"])
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of Gate Duty, which asks for one contact, in one format."""
    folder = ROOT / "tests/fixtures/gate-duty/course"
    (built,) = build([folder], BuildOptions(TODAY, (request.param,), out=tmp_path_factory.mktemp("packages")))
    (package,) = built.packages
    return package


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("contacts")) as running:
        yield running


@pytest.fixture(scope="module")
def sample(server: Server, course: Path) -> Sample:
    """Two schools, a learner of each in Gate Duty."""
    sample = fill(server.lms)
    import_package(server.lms.database, server.lms.settings.packages, course, server.lms.now)
    with server.lms.database.writing() as tx:
        for school, name in ((sample.north, "sam"), (sample.south, "zed")):
            staff.enrol(tx, [staff.member(tx, school, sample.people[name])], ["gate-duty"], server.lms.now)
    return sample


def get_help(visits: SignedIn, who: str) -> list[str]:
    """The lines of the contact as a learner sees them."""
    page = visits(who)
    page.goto("/training")
    page.get_by_role("button", name="Gate Duty").click()
    page.wait_for_url("**/play/**")
    taker = Taker(Learner(page.context, "", page).sco)
    page.keyboard.press("Escape")
    taker.frame.locator("[data-opens=help]").first.evaluate("(button) => button.click()")
    row = taker.frame.locator("#help [data-contact=office]")
    expect(row).to_be_visible()
    return [line for line in row.inner_text().split("\n") if line]


def test_each_school_has_its_own(visits: SignedIn, sample: Sample) -> None:
    assert get_help(visits, "sam") == ["The school office", MISSING]
    page = visits("priya", viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto("/")
    expect(page.get_by_text("1 contact is missing: The school office.")).to_be_visible()
    page.get_by_role("link", name="Add contacts").click()
    group = page.get_by_role("group", name="The school office")
    group.get_by_label("Phone").fill("call Bea")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    assert page.evaluate(TARGETS) == []
    assert not sideways(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(group.get_by_label("Phone")).to_be_focused()
    for field, text in (("Name", "Bea <b>Ward</b>"), ("Phone", "01632 960 001"), ("Note", "Room 4")):
        group.get_by_label(field).fill(text)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("The contacts have been saved.")
    page.goto("/")
    expect(page.get_by_text("missing")).to_have_count(0)
    told = ["Bea <b>Ward</b>", "The school office · Room 4", "01632 960 001"]
    assert get_help(visits, "sam") == told
    assert get_help(visits, "zed") == ["The school office", MISSING]
