"""Every way in which other people's courses look for the API leads to it, from every place they look from."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.interop.api_pages import FINDS, bare, page
from tests.browser.interop.conftest import Play
from tests.browser.play.packages import Standard

pytestmark = pytest.mark.browser

DONE = {"1.2": "cmi.core.lesson_status", "2004": "cmi.completion_status"}
PARENTS, TOP, OPENER = FINDS
OPENS = "\"window.open('opener.html', 'x', 'width=400')\""


def speaker(standard: Standard, finds: str) -> str:
    return page(standard, f"start(); put('{DONE[standard]}', 'completed'); save();", finds=finds)


def layouts(standard: Standard) -> dict[str, str]:
    """The page that is launched, by where the one that speaks is."""
    return {
        "itself": speaker(standard, PARENTS),
        "itself-by-top": speaker(standard, TOP),
        "itself-opener-first": speaker(standard, OPENER),
        "frames-in-frames": bare('<body><iframe src="frames.html"></iframe></body>'),
        "frameset": bare(
            '<frameset cols="30,*"><frame src="blank.html"><frame src="frames.html"></frameset>'
        ),
        "written": bare(
            """<body><iframe id="f"></iframe><script>
            f.srcdoc = '<iframe src="' + new URL("parents.html", location) + '"></iframe>';</script></body>"""
        ),
        "window": bare(
            """<body><button onclick="window.open('parents.html', '_blank')">Launch</button></body>"""
        ),
        "window-of-a-frame": bare('<body><iframe src="launcher.html"></iframe></body>'),
    }


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_each_way_from_each_place(play: Play, standard: Standard) -> None:
    pages = {f"{name}.html": text for name, text in layouts(standard).items()}
    inner = {
        "frames.html": bare('<body><iframe src="deeper.html"></iframe></body>'),
        "deeper.html": bare('<body><iframe src="parents.html"></iframe></body>'),
        "parents.html": speaker(standard, PARENTS),
        "launcher.html": bare(f"<body><button onclick={OPENS}>Launch</button></body>"),
        "opener.html": speaker(standard, OPENER),
        "blank.html": bare("<body></body>"),
    }  # fmt: skip
    played = play(standard, {**pages, **inner}, *pages)
    tab = played.tab
    for number, name in enumerate(layouts(standard)):
        if number:
            tab.choose(f"i{number}")
        if "window" in name:
            within = tab.page.frame_locator("#sco")
            if "frame" in name:
                within = within.frame_locator("iframe")
            with tab.page.expect_popup() as opened:
                within.get_by_text("Launch").click()
            opened.value.wait_for_function("window.api")
        expect(tab.page.locator(f"[data-item=i{number}]")).to_contain_text("done")
