"""What no page of ours sends, on both databases: refused, never a fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from player.school.accounts import administrator
from player.school.actor import COMMAND
from tests.player.lms import START, Lms
from tests.player.web.sample import PASSWORD, Sample
from tests.player.web.site_user import SiteUser, site


@pytest.fixture
def both(lms: Lms) -> Iterator[Flask]:
    """A site with nobody but its administrator."""
    with lms.database.writing() as tx:
        administrator(tx, COMMAND, START, "alex@example.org", "Alex Morgan", PASSWORD)
    app = site(Sample(lms))
    yield app
    app.extensions["player.database"].close()


def test_u_0000_is_refused_wherever_it_stands(both: Flask) -> None:
    nobody, alex = SiteUser(both), SiteUser(both, "alex@example.org")
    assert nobody.post("/sign-in", email="a\0b@example.org", password=PASSWORD).status_code == 400
    for address in ("/provider/schools/%00", "/provider/courses/a%00b"):
        assert alex.get(address).status_code == 404, address
    assert alex.get("/provider/schools?q=%00").status_code == 400
    assert alex.post("/provider/schools", at="/provider/schools", name="North\0field").status_code == 400


@pytest.mark.parametrize("name", ["\ud800", "😀", "x" * 100_000])
def test_other_odd_names_are_told_or_taken(both: Flask, name: str) -> None:
    alex = SiteUser(both, "alex@example.org")
    sent = name.encode("utf-8", "surrogatepass")
    reply = alex.post("/provider/schools", at="/provider/schools", name=sent)
    assert reply.status_code in (303, 422)
