"""Lists of people as programs really save them, and every error with its row and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.school.roster import Roster, letter, read_roster

GOOD = "Name,Email,Id,Role,Team\n"
GOOD += "Áine O’Hara,Aine@Example.org,a1,manager,Office; Year 4\nBo Li,bo@example.org,,,\n"


def errors(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [str(error) for error in read_roster(data).errors]


def names(roster: Roster) -> list[str]:
    assert roster.errors == ()
    return [row.name for row in roster.rows]


def test_a_good_list() -> None:
    first, second = read_roster(GOOD.encode()).rows
    assert (first.name, first.email, first.learner_id) == ("Áine O’Hara", "aine@example.org", "a1")
    assert (first.role, first.teams) == ("manager", ("Office", "Year 4"))
    assert (second.role, second.teams, second.learner_id) == ("learner", (), "")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GOOD.encode(), "UTF-8"),
        (GOOD.encode("utf-8-sig"), "UTF-8"),
        (GOOD.encode("cp1252"), "Windows-1252"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.replace(",", "\t").encode("utf-16"), "UTF-16"),
        (GOOD.replace(";", "|").replace(",", ";").encode("cp1252"), "Windows-1252"),
        (b"sep=;\r\n" + GOOD.replace(";", "|").replace(",", ";").encode(), "UTF-8"),
        (GOOD.replace("\n", "\r\n").encode(), "UTF-8"),
        (GOOD.replace("\n", "\n,,,,\n\n").encode(), "UTF-8"),
    ],
)
def test_whatever_program_saved_it(data: bytes, encoding: str) -> None:
    roster = read_roster(data)
    assert names(roster) == ["Áine O’Hara", "Bo Li"]
    assert roster.rows[0].teams == ("Office", "Year 4")
    assert roster.encoding == encoding


def test_headings_as_staff_lists_have_them() -> None:
    roster = read_roster(b"Surname,E-mail Address,FORENAME,Shoe size,ROLE\nLi,bo@example.org,Bo,44,Manager\n")
    assert names(roster) == ["Bo Li"]
    assert roster.rows[0].role == "manager"
    assert roster.ignored == ("Shoe size",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        ("  \n \n", "The file is empty"),
        ("Name,Email\n", "There is nobody under the headings (row 2)."),
        ("Naem,Email\nBo,bo@example.org\n", "No heading “Name”"),
        ("Name\nBo\n", "No heading “Email”: the headings are “Name” (row 1)."),
        ("Name,Email,E-mail\nBo,b@c.de,b@c.de\n", "“E-mail” says the same as “Email” (row 1, column C)."),
        ("Name,Email\nBo,bo.example.org\n", "“bo.example.org” is no e-mail address (row 2, column B)."),
        ("Name,Email\nBo,\n", "The e-mail address is missing (row 2, column B)."),
        ("Email,Name\nbo@example.org,\n", "The name is missing (row 2, column B)."),
        (
            "Name,Email,Role\nBo,b@c.de,boss\n",
            "“boss” is no role: write learner or manager (row 2, column C).",
        ),
        ("Name,Email\nBo,b@c.de\nLi,B@C.DE\n", "The address “b@c.de” stands in row 2 too (row 3, column B)."),
        ("Id,Name,Email\n1,Bo,b@c.de\n1,Li,l@c.de\n", "The id “1” stands in row 2 too (row 3, column A)."),
        ("Name,Email\nLi, Bo,bo@example.org\n", "There are more cells than headings"),
        ("Name,Email\n=HYPERLINK(1),b@c.de\n", "“=HYPERLINK(1)” is a formula, no name (row 2, column A)."),
        ("Name,Email\nB\x01o,b@c.de\n", "The name holds control characters (row 2, column A)."),
        ('Name,Email\n"Bo,b@c.de\n', "This cannot be read as CSV"),
        (f"Name,Email\n{'x' * 201},b@c.de\n", "The name is longer than 200 characters (row 2, column A)."),
    ],
)
def test_slips(text: str, sentence: str) -> None:
    assert sentence in " ".join(errors(text))


def test_a_name_may_have_two_hundred_characters() -> None:
    assert names(read_roster(f"Name,Email\n{'x' * 200},b@c.de\n".encode())) == ["x" * 200]


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_workbook_is_told_from_a_list(data: bytes) -> None:
    assert "save it as “CSV UTF-8”" in errors(data)[0]


def test_a_quoted_line_break_does_not_shift_the_rows() -> None:
    found = errors('Name,Email\n"Bo\nLi",b@c.de\nAda,nowhere\n')
    assert any(error.endswith("(row 4, column B).") for error in found)


def test_rows_are_counted_below_sep() -> None:
    assert errors("sep=;\nName;Email\nBo;nowhere\n") == ["“nowhere” is no e-mail address (row 3, column B)."]


def test_somebody_who_is_known_is_never_made_twice() -> None:
    emails, ids = {"bo@example.org": "Bo of North"}, {"a1": "Ann of South"}
    found = read_roster(GOOD.encode()).checked(emails, ids).errors
    assert [str(error) for error in found] == [
        "Ann of South has the id “a1” already (row 2, column C).",
        "Bo of North has the address “bo@example.org” already (row 3, column B).",
    ]


def test_too_many_people_at_once() -> None:
    text = "Name,Email\n" + "".join(f"P{n},p{n}@example.org\n" for n in range(5_001))
    assert "At most 5000 people at a time" in errors(text)[0]


@given(st.binary(max_size=200) | st.text('Name,Email;\t"\r\n@.=é', max_size=80).map(str.encode))
def test_any_bytes_are_a_list_or_a_sentence(data: bytes) -> None:
    roster = read_roster(data)
    assert roster.rows or roster.errors


def test_bytes_that_are_no_list_are_a_sentence() -> None:
    for data in (b"\xff\xfe", b"\x00" * 50, bytes(range(256)), b'"' * 99, b"\xfe\xff\xd8\x00", b"a\rb\rc"):
        roster = read_roster(data)
        assert roster.rows or roster.errors


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
