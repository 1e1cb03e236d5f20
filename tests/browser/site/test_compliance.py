"""A manager asks who is overdue in a course, three clicks from signing in, reminds and excludes somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from player.school import requiring
from player.school.actor import COMMAND
from tests.browser.site.conftest import SignedIn
from tests.player.web.sample import Sample

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "name"), [(1280, "Cleo Specimen"), (390, "Priya Nair")])
def test_who_is_overdue_is_three_clicks_away(visits: SignedIn, sample: Sample, width: int, name: str) -> None:
    with sample.lms.database.writing() as tx:
        since = sample.lms.now.date() - timedelta(40)
        requiring.require(tx, sample.north, "fire-safety", (), since, sample.lms.now, COMMAND)
    page = visits("priya", viewport={"width": width, "height": 900})
    page.get_by_role("link", name="overdue in Fire Safety").click()
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows.first).to_contain_text("Overdue by")
    expect(page.get_by_role("link", name="Overdue")).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Reason")).to_be_hidden()
    page.get_by_label(name).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send a reminder").click()
    expect(page.get_by_role("status")).to_contain_text("1 reminder is on the way")
    page.get_by_label(name).check()
    page.get_by_label("Reason").fill("Long-term leave")
    page.get_by_role("button", name="Exclude from e-mails").click()
    expect(page.get_by_role("status")).to_contain_text("no more e-mails")
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text("No e-mails: Long-term leave")
    if width > 860:
        page.get_by_role("link", name="Name", exact=True).click()
        expect(page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")
    else:
        page.get_by_label("Sort by").select_option("Name")
        page.get_by_role("button", name="Show").click()
    expect(rows.first).to_contain_text("Ada Byron-Whitefield")
