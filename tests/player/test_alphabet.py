"""Names are found and ordered without another keyboard."""

from __future__ import annotations

import pytest

from player.alphabet import finds, plain


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Müller", "zoe muller"),
        ("Łukasz Wójcik", "LUKASZ WOJCIK"),
        ("O’Neill", "o'neill"),
        ("Nguyễn Thị", "nguyen thi"),
        ("Llŷr", "Llyr"),
        ("Søren Æbelø", "soren aebelo"),
        ("Groß", "gross"),
        ("محمد", "محمد"),
    ],
)
def test_one_name(name: str, typed: str) -> None:
    assert plain(name) == plain(typed)


def test_order() -> None:
    names = ["Zoë", "Équipe", "Adam", "łukasz", "Year 4", "Lucy"]
    assert sorted(names, key=plain) == ["Adam", "Équipe", "Lucy", "łukasz", "Year 4", "Zoë"]


def test_a_search_finds_what_begins_the_staff_id() -> None:
    """An id that was made up has any letters in its middle."""
    assert finds("okafor p12", "Sam Okafor", "sam@example.org", "P1234")
    assert not finds("234", "Sam Okafor", "sam@example.org", "P1234")
