"""The browser's interpreter in Chromium: the same vectors as the server's, and its answers to anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from player.runtime import Launch
from tests.browser.runtime_page import play
from tests.conftest import shared
from tests.player.runtime import own
from tests.player.runtime.conformance import disagreements

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("vector", ["API", "DMB", "DMI-part"])
def test_public_vector(runtime_page: Page, vector: str) -> None:
    assert disagreements(shared("conformance"), vector, partial(play, runtime_page)) == []


@pytest.mark.parametrize("name", own.NAMES)
def test_vector(runtime_page: Page, name: str) -> None:
    assert own.disagreements(name, partial(play, runtime_page)) == []


START: Launch = {"standard": "2004", "values": {}, "stores": [], "state": "new"}
EIGHT = ("Initialize", "Terminate", "GetValue", "SetValue", "Commit")
LAST = ("GetLastError", "GetErrorString", "GetDiagnostic")


def test_the_apis_are_the_standards_and_a_schools_contacts(runtime_page: Page) -> None:
    found = runtime_page.evaluate(
        """(start) => {
          const session = new window.runtime.Runtime(window.table, start);
          const of = (api) => Object.keys(api).sort();
          const { api12, api2004 } = window.runtime;
          return [of(api12(session)), of(api2004(session)), api2004(session).version];
        }""",
        START,
    )
    names = [*EIGHT, *LAST]
    of_12 = sorted({"Terminate": "LMSFinish"}.get(name, f"LMS{name}") for name in names)
    assert found == [[*of_12, "schoolContacts"], sorted([*names, "schoolContacts", "version"]), "1.0"]


def test_pages_call_with_numbers_and_with_nothing(runtime_page: Page) -> None:
    found = runtime_page.evaluate(
        """(start) => {
          const session = new window.runtime.Runtime(window.table, { ...start, standard: "1.2" });
          const api = window.runtime.api12(session);
          const raw = "cmi.core.score.raw";
          return [api.LMSInitialize(), api.LMSSetValue(raw, 85), api.LMSGetValue(raw),
            api.LMSSetValue("cmi.core.exit"), api.LMSCommit(null),
            api.LMSGetErrorString(201), api.LMSFinish()];
        }""",
        START,
    )
    assert found == ["true", "true", "85", "true", "true", "Invalid argument error", "true"]


def test_the_page_hears_what_changed_and_answers_for_the_sequencer(runtime_page: Page) -> None:
    found = runtime_page.evaluate(
        """(start) => {
          const heard = [];
          const applied = (...call) => { heard.push(call.slice(0, 3)); return call[0] !== "Commit"; };
          const hooks = { applied, valid: (name) => name };
          const api = window.runtime.api2004(new window.runtime.Runtime(window.table, start, hooks));
          api.SetValue("cmi.location", "too early");
          api.Initialize("");
          api.SetValue("cmi.location", "3");
          api.SetValue("cmi.mode", "review");
          api.GetValue("cmi.location");
          const asked = api.GetValue("adl.nav.request_valid.choice.{target=a.1}");
          const commit = [api.Commit(""), api.GetLastError()];
          return [heard, asked, commit, api.Terminate("")].concat([heard.at(-1)]);
        }""",
        START,
    )
    heard, asked, commit, *_ = found
    told = [
        ["Initialize", "", ""],
        ["SetValue", "cmi.location", "3"],
        ["Commit", "", ""],
        ["Terminate", "", ""],
    ]
    assert heard == told
    assert asked == "adl.nav.request_valid.choice.{target=a.1}"
    assert commit == ["false", "391"]
