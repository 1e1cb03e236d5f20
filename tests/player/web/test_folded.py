"""Every page and export of what has been folded is the same, byte for byte."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.player.lms import Lms
from tests.player.random_logs import fold_old
from tests.player.web.sample import Sample, fill
from tests.player.web.site_user import TOKEN, SiteUser, addresses, site

pytestmark = pytest.mark.both_databases

LINK = re.compile(r"/welcome/[^\s\"<]+")  # made when it is shown, with the time in it
PEOPLE = (("sam", "/training"), ("priya", "/schools"), ("alex", "/provider"), ("alex", "/schools"))


def test_nobody_sees_that_a_log_was_folded(lms: Lms) -> None:
    sample = fill(lms)
    app = site(sample)
    before, records = _pages(app, sample), json.dumps(lms.records())
    assert sum(fold_old(lms.database, lms.now + timedelta(days=31))) > 5
    assert _pages(app, sample) == before
    assert json.dumps(lms.records()) == records
    app.extensions["player.database"].close()


def _pages(app: Flask, sample: Sample) -> dict[tuple[str, str], str]:
    told = {}
    for who, prefix in PEOPLE:
        user = SiteUser(app, who)
        for _, method, address in addresses(app, sample):
            if method == "GET" and address.startswith(prefix):
                told[who, address] = LINK.sub("", TOKEN.sub("", user.get(address).text))
    registrations = [each for name, each in sample.registrations.items() if name.startswith(("sam", "ada"))]
    priya = SiteUser(app, "priya")
    for registration in registrations:
        address = f"/schools/{sample.north}/records/{registration}"
        told["priya", address] = TOKEN.sub("", priya.get(address).text)
    assert any("cmi.location = late" in text for text in told.values()), "what came too late is shown"
    return told
