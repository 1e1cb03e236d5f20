"""A launched sample course, in either version of SCORM."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from courseware.pages import Pages
from tests.browser.course.lms import Lms
from tests.courseware.sample_pages import sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

Launching = Callable[..., Lms]


@pytest.fixture
def lms(page: Page, form: str) -> Launching:
    """Makes an LMS that holds the sample course, or the pages given."""

    def make(pages: Pages | None = None) -> Lms:
        return Lms(page, form, pages or sample())

    return make
