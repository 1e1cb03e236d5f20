"""Lists of training that people had elsewhere: cases 27, 29, 30 and 31, as far as a file decides them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from player.lists.days import Order
from player.lists.external_training import TrainingList, read_training
from player.lists.headings import Choices
from player.lists.matching import Known, People
from tests.player.lists.workbooks import workbook

TODAY = date(2026, 11, 30)
STAFF = [Known(f"p{n}", f"Person {chr(65 + n)}", f"p{n}@school.example", f"s{n:03}") for n in range(20)]
STAFF += [Known("j1", "Sam Jones", "sam@school.example"), Known("j2", "Sam Jones", None, "s900")]
PEOPLE = People([*STAFF, Known("sian", "Sian O'Brien", "Sian@School.example", "00123")])
COURSES = {"child-protection": "Child Protection", "asbestos": "The Control and Regulation of Asbestos"}


def read(data: str | bytes, order: Order = Order.DAY_FIRST) -> TrainingList:
    raw = data.encode() if isinstance(data, str) else data
    return read_training(raw, PEOPLE, COURSES, TODAY, Choices(), order)


def forty(**rows: str) -> str:
    """A list of 40 rows, in which some are replaced."""
    lines = ["Email,Name,Course,Date"]
    lines += [f"p{n % 20}@school.example,,First aid at work,{n // 20 + 1:02}/06/2024" for n in range(40)]
    for number, text in rows.items():
        lines[int(number.removeprefix("row")) - 1] = text
    return "\n".join(lines) + "\n"


def test_case_27_all_problems_at_once_with_row_and_column() -> None:
    text = forty(
        row17="p1@school.example,,First aid at work,31/06/2024",
        row23=",Sam Jones,First aid at work,01/06/2024",
        row30="p2@school.example,,First aid at work,01/12/2026",
    )
    assert read(text).problems == (
        (17, "D", "31/06/2024 is not a date"),
        (23, "B", "“Sam Jones” is the name of 2 people: write the e-mail address or staff id"),
        (30, "D", "01/12/2026 is in the future"),
    )
    mended = read(forty())
    assert mended.problems == ()
    assert len(mended.rows) == 40


@pytest.mark.parametrize("is_1904", [False, True])
def test_case_29_serials_and_days_of_a_workbook(is_1904: bool) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        serial = 43_830 if is_1904 else 45_292
        sheet.write_row(0, 0, ["Staff ID", "Training", "Date completed"])
        sheet.write_row(1, 0, ["s001", "Fire", serial])
        sheet.write_row(2, 0, ["s002", "Fire"])
        sheet.write(2, 2, serial, book.add_format({"num_format": "d mmm yyyy"}))
        sheet.write_row(3, 0, ["s003", "Fire", 60])

    found = read(workbook(write, date_1904=is_1904))
    assert [(row.row, row.day) for row in found.rows] == [(2, date(2024, 1, 1)), (3, date(2024, 1, 1))]
    assert [(problem.row, problem.column) for problem in found.problems] == [(4, "C")]
    assert found.problems[0].message.startswith("60 is ")


def test_case_30_nothing_settles_the_order() -> None:
    text = "Email,Course,Day\n" + "".join(f"p{n}@school.example,Fire,01/02/2026\n" for n in range(3))
    found = read(text)
    assert {row.day for row in found.rows} == {date(2026, 2, 1)}
    assert "01/02/2026 is read as 1 February 2026: no row shows another order" in found.notes
    refused = read(f"{text}p4@school.example,Fire,02/13/2026\n")
    (problem,) = refused.problems
    assert problem == (
        5,
        "C",
        "02/13/2026 does not fit day/month/year, as which the whole file is read: write 2026-02-13",
    )
    american = read(f"{text}p4@school.example,Fire,02/13/2026\n", Order.MONTH_FIRST)
    assert [row.day for row in american.rows] == [date(2026, 1, 2)] * 3 + [date(2026, 2, 13)]
    assert american.order is Order.MONTH_FIRST


def test_case_30_a_row_that_settles_it_says_nothing() -> None:
    found = read("Email,Course,Day\np1@school.example,Fire,01/02/2026\np2@school.example,Fire,25/02/2026\n")
    assert found.notes == ("Not one of the courses here, so recorded as other training: “Fire”",)


def test_case_31_files_as_they_come() -> None:
    text = 'Extra;Name;Course;Day\n;"O’BRIEN, Siân";Child Protection;1 Feb 2026\n;;;\n'
    text += "x;Person B;asbestos;2026-02-01\n"
    for data in (text.encode("utf-8-sig"), text.encode("cp1252"), text.encode("utf-16")):
        found = read(data)
        assert found.problems == ()
        assert [(row.row, row.person, row.course, row.other, row.day) for row in found.rows] == [
            (2, "sian", "child-protection", "", date(2026, 2, 1)),
            (4, "p1", "asbestos", "", date(2026, 2, 1)),
        ]
        assert found.ignored == ("Extra",)


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("x@y.zz,,,Fire,2026-02-01", "A", "Nobody here has the e-mail address “x@y.zz”"),
        (",s999,,Fire,2026-02-01", "B", "Nobody here has the staff id “s999”"),
        (",,Nobody Known,Fire,2026-02-01", "C", "Nobody here is called “Nobody Known”"),
        (",,,Fire,2026-02-01", "A", "No person is named"),
        ("p1@school.example,s002,,Fire,2026-02-01", "A", "is Person B’s and the staff id is Person C’s"),
        ("p1@school.example,,Person C,Fire,2026-02-01", "A", "is Person B’s and the name is Person C’s"),
        (",,Person A and Person B,Fire,2026-02-01", "C", "Nobody here is called"),
        ("p1@school.example,,,,2026-02-01", "D", "The course is missing"),
        ("p1@school.example,,,=1+1,2026-02-01", "D", "is a formula"),
        ("p1@school.example,,,Fire,", "E", "The date is missing"),
        ("p1@school.example,,,Fire,2026-12-01", "E", "2026-12-01 is in the future"),
    ],
)
def test_problems(row: str, column: str, part: str) -> None:
    (problem,) = read(f"Email,Staff ID,Name,Course,Day\n{row}\n").problems
    assert (problem.row, problem.column) == (2, column)
    assert part in problem.message


def test_people_are_found_by_what_is_certain() -> None:
    rows = [
        "SIAN@school.example ,,",
        ",00123,",
        ",,O’BRIEN Sian",
        ",,Mrs Sian O'Brien",
        "sian@school.example,s777,",
    ]
    text = "Email,Staff ID,Name,Course,Day\n" + "".join(
        f"{row},Fire {n},2026-02-01\n" for n, row in enumerate(rows)
    )
    found = read(text)
    assert [row.person for row in found.rows] == ["sian"] * 4
    assert [problem.row for problem in found.problems] == [4]


def test_today_is_no_future_and_one_row_has_all_its_problems() -> None:
    assert read(f"Email,Course,Day\np1@school.example,Fire,{TODAY}\n").problems == ()
    problems = read(f"Email,Course,Day\nx@y.zz,,{TODAY + timedelta(1)}\n").problems
    assert [problem.column for problem in problems] == ["A", "B", "C"]


def test_the_same_row_twice_is_one() -> None:
    found = read(
        "Email,Course,Day\n" + "p1@school.example,fire,2026-02-01\np1@school.example,Fire,01/02/2026\n"
    )
    assert len(found.rows) == 1
    assert "Row 3 says the same as row 2" in found.notes


def test_headings_that_are_missing_are_named_together() -> None:
    assert [str(problem) for problem in read("A,B\n1,2\n").problems] == [
        "No heading “E-mail”, “Staff id” or “Name”: the headings are “A”, “B” (row 1).",
        "No heading “Course”: the headings are “A”, “B” (row 1).",
        "No heading “Day”: the headings are “A”, “B” (row 1).",
    ]
    assert "There is nothing under the headings" in str(read("Email,Course,Day\n").problems[0])


def test_a_note_is_kept_and_has_an_end() -> None:
    assert (
        read("Email,Course,Day,Provider,Notes\np1@school.example,Fire,2026-02-01,Red,by hand\n").rows[0].note
        == "by hand"
    )
    long = read(f"Email,Course,Day,Notes\np1@school.example,Fire,2026-02-01,{'x' * 1_001}\n")
    assert long.problems == ((2, "D", "A note has at most 1000 characters"),)
