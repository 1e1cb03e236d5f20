"""A staff list beside the people who are there."""

from __future__ import annotations

from player.lists.staff import read_staff
from player.school.roster import held_against


def test_somebody_who_is_known_is_never_made_twice() -> None:
    data = "Name,Email,Id\nÁine O’Hara,Aine@Example.org,a1\nBo Li,bo@example.org,\nCy,nowhere,\n".encode()
    found = held_against(read_staff(data), {"bo@example.org": "Bo of North"}, {"a1": "Ann of South"})
    assert [str(problem) for problem in found.problems] == [
        "Ann of South already has the staff id “a1” (row 2, column C).",
        "Bo of North already has the e-mail address “bo@example.org” (row 3, column B).",
        "“nowhere” is not an e-mail address (row 4, column B).",
    ]
