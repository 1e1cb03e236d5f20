"""Every page and export of what has been folded is the same, byte for byte."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Flask

from tests.player.house import House
from tests.player.stories import fold_old
from tests.player.web.town import Town, settle
from tests.player.web.visitor import TOKEN, Visitor, addresses, site

PEOPLE = (("sam", "/training"), ("priya", "/schools"), ("alex", "/provider"), ("alex", "/schools"))


def test_nobody_sees_that_a_log_was_folded(house: House) -> None:
    town = settle(house)
    app = site(town)
    before, records = _pages(app, town), json.dumps(house.records())
    assert sum(fold_old(house.database, house.now + timedelta(days=31))) > 5
    assert _pages(app, town) == before
    assert json.dumps(house.records()) == records
    app.extensions["player.database"].close()


def _pages(app: Flask, town: Town) -> dict[tuple[str, str], str]:
    told = {}
    for who, prefix in PEOPLE:
        visitor = Visitor(app, who)
        for _, method, address in addresses(app, town):
            if method == "GET" and address.startswith(prefix):
                told[who, address] = TOKEN.sub("", visitor.get(address).text)
    registrations = [each for name, each in town.registrations.items() if name.startswith(("sam", "ada"))]
    priya = Visitor(app, "priya")
    for registration in registrations:
        address = f"/schools/{town.north}/records/{registration}"
        told["priya", address] = TOKEN.sub("", priya.get(address).text)
    assert any("cmi.location = late" in text for text in told.values()), "what came too late is shown"
    return told
