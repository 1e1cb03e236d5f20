"""Staff lists as offices send them: read whole where they can be, and each problem with its place."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest

from player.lists.headings import Choices, plain
from player.lists.repeats import StaffRow
from player.lists.staff import StaffList, read_staff
from tests.conftest import ROOT
from tests.player.lists.workbooks import sheet_of, workbook

SEPTEMBER = (ROOT / "tests/fixtures/lists/september.csv").read_bytes()
LEFT_OUT = ("Title", "Start Date", "Home phone")


def read(text: str, choices: Choices | None = None) -> StaffList:
    return read_staff(text.encode(), choices or Choices())


def problems(text: str, choices: Choices | None = None) -> list[str]:
    return [str(problem) for problem in read(text, choices).problems]


def people(text: str) -> list[StaffRow]:
    found = read(text)
    assert found.problems == ()
    return list(found.rows)


def check_september(found: StaffList) -> None:
    assert found.problems == ()
    assert len(found.rows) == len({row.email for row in found.rows}) == 59
    assert found.heading_row == 4
    assert found.ignored == LEFT_OUT
    assert found.columns == {"name": "C", "email": "D", "staff id": "A", "job title": "E", "team": "F"}
    first = found.rows[0]
    assert (first.row, first.name, first.email) == (6, "Sian O'Brien", "sian.obrien@hawthornlane.example")
    assert (first.staff_id, first.new_access) == ("00101", "learner")
    assert first.job_title == "Class teacher; Designated safeguarding lead"
    assert first.teams == ("Key Stage 1", "Office")
    names = {row.name for row in found.rows}
    assert {
        "Ewan McDonald",
        "Anna van der Berg",
        "Mary-Ann Smith-Jones",
        "José Núñez",
        "Beth Carter",
    } <= names
    assert all(row.email.endswith("@hawthornlane.example") for row in found.rows)
    assert {row.access for row in found.rows} == {""}


def test_a_messy_list_in_september_reads_whole() -> None:
    found = read_staff(SEPTEMBER)
    check_september(found)
    assert found.source == "CSV, Windows-1252"
    assert found.notes == (
        "Rows 6 and 68 are one person: Sian O'Brien",
        "Row 5 is left out: “Teaching staff”",
        "Row 37 is left out: “Support staff”",
        "Row 70 is left out: “Total: 59 staff”",
        "Row 71 is left out: “Printed 01/09/2026 09:12 by HR”",
    )


def test_the_same_list_as_a_workbook_reads_the_same() -> None:
    """With merged titles, ids as numbers, formulas for addresses, hidden rows and sheets beside it."""
    rows = list(csv.reader(io.StringIO(SEPTEMBER.decode("cp1252")), delimiter=";"))

    def write(book: Any) -> None:
        book.add_worksheet("Read me").write("A1", "See the next sheet")
        sheet, lists = book.add_worksheet("Staff"), book.add_worksheet("Lists")
        lists.write_column("A1", ["Name", "Email", "Role"])
        lists.hide()
        zeros, days = book.add_format({"num_format": "00000"}), book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows):
            for column, text in enumerate(row if number not in (0, 36) else []):
                if column == 0 and text.isdigit():
                    sheet.write_number(number, column, int(text), zeros)
                elif column == 3 and "@" in text:
                    sheet.write_formula(number, column, "=CONCAT(1)", None, text)
                elif column == 6 and text[:2].isdigit():
                    sheet.write_datetime(number, column, datetime.strptime(text, "%d/%m/%Y"), days)  # noqa: DTZ007
                else:
                    sheet.write_string(number, column, text)
        sheet.merge_range("A1:H1", rows[0][0])
        sheet.merge_range("A37:H37", "Support staff, and others")
        sheet.set_row(9, None, None, {"hidden": True})

    found = read_staff(workbook(write))
    check_september(found)
    assert (found.source, found.sheet) == ("Excel workbook, sheet “Staff”", "Staff")
    assert found.notes[:2] == (
        "The sheet “Staff” is read, not “Read me”, “Lists” (hidden)",
        "Row 10 is hidden in the workbook, and is read too",
    )


def test_headings_have_many_names() -> None:
    for heading in (
        "E-mail",
        "EMAIL ADDRESS",
        "Work E-mail",
        "work_email",
        "Email Address *",
        "School e-mail",
    ):
        assert people(f"Staff Name,{heading}\nBo Li,b@c.de\n")[0].email == "b@c.de"
    for heading in (
        "Payroll No",
        "Payroll No.",
        "Staff Code",
        "Employee Number",
        "ID",
        "Staff ID",
        "Payroll Ref",
    ):
        assert people(f"Name,Email,{heading}\nBo Li,b@c.de,007\n")[0].staff_id == "007"
    for heading in ("Department", "Team(s)", "Group", "Dept."):
        assert people(f"Name,Email,{heading}\nBo Li,b@c.de,Office|Year 4; Office\n")[0].teams == (
            "Office",
            "Year 4",
        )
    for heading in ("Job Title", "Post", "Position", "Job"):
        assert people(f"Name,Email,{heading}\nBo Li,b@c.de,Cook\n")[0].job_title == "Cook"
    for first, last in (
        ("Forename", "Surname"),
        ("First Name", "Last name"),
        ("Legal Forename", "Legal Surname"),
    ):
        assert people(f"{last},Email,{first}\nLI,b@c.de,Bo\n")[0].name == "Bo Li"
    assert plain(" E-Mail_Address * ") == plain("e-mail address") == "email address"


def test_a_private_address_is_not_the_one_to_write_to() -> None:
    found = read("Name,Personal email,Home e-mail,Email\nBo Li,x@y.zz,q@y.zz,b@c.de\n")
    assert found.rows[0].email == "b@c.de"
    assert found.ignored == ("Personal email", "Home e-mail")


def test_of_several_columns_for_one_field_the_preferred_is_read_and_said() -> None:
    found = read("Name,Email,Staff Code,Payroll No\nBo Li,b@c.de,BL,007\n")
    assert found.rows[0].staff_id == "007"
    assert "“Payroll No” is read as the staff id, not “Staff Code”" in found.notes
    assert found.ignored == ("Staff Code",)


def test_role_is_the_job_title_unless_it_is_nothing_but_access() -> None:
    old = people("Name,Email,Role\nBo,b@c.de,manager\nAl,a@c.de,Learner\nCy,c@c.de,\n")
    assert [(row.access, row.job_title) for row in old] == [("manager", ""), ("learner", ""), ("", "")]
    new = read("Name,Email,Role\nBo,b@c.de,Manager\nAl,a@c.de,Cook\n")
    assert [(row.access, row.job_title) for row in new.rows] == [("", "Manager"), ("", "Cook")]
    assert new.notes == (
        "“Role” is not read as access, because it has job titles; name that column “Access”",
    )
    both = read("Name,Email,Job Title,Role,Access\nBo,b@c.de,Cook,Chef,manager\n")
    assert [(row.access, row.job_title) for row in both.rows] == [("manager", "Cook")]
    assert both.ignored == ("Role",)
    titles = people("Name,Email,Job Title,Role\nBo,b@c.de,Cook,manager\n")
    assert [(row.access, row.job_title) for row in titles] == [("manager", "Cook")]


def test_who_has_no_address_needs_a_staff_id() -> None:
    text = "Name,Email,Staff ID\nBo Li,,7\nAl Jo,n/a,8\nCy,,\n"
    found = read(text)
    assert [(row.email, row.staff_id) for row in found.good] == [("", "7"), ("", "8")]
    assert [str(problem) for problem in found.problems] == [
        "The e-mail address is missing (row 4, column B)."
    ]
    needed = read_staff(text.encode(), needs_address=True)
    assert [problem.row for problem in needed.problems] == [2, 3, 4]


def test_good_rows_are_told_from_those_that_wait() -> None:
    found = read("Name,Email\nBo,b@c.de\nAl,nowhere\nCy,c@c.de\n")
    assert [row.name for row in found.rows] == ["Bo", "Al", "Cy"]
    assert [row.name for row in found.good] == ["Bo", "Cy"]


def test_what_somebody_set_right_in_the_preview() -> None:
    text = "x\nWho,Where,Name\nBo Li,b@c.de,1\nAl,nowhere,2\nCy,,3\n"
    assert problems(text)[0].startswith("No heading “E-mail”")
    choices = Choices(
        heading_row=2,
        columns={"name": "A", "email": "B", "staff id": "C"},
        mended={(4, "email"): "al@c.de"},
        left_out=frozenset([5]),
    )
    found = read(text, choices)
    assert found.problems == ()
    assert [(row.row, row.name, row.email, row.staff_id) for row in found.rows] == [
        (3, "Bo Li", "b@c.de", "1"),
        (4, "Al", "al@c.de", "2"),
    ]
    assert found.columns == {"name": "A", "email": "B", "staff id": "C"}
    assert found.headings == {"A": "Who", "B": "Where", "C": "Name"}


def test_a_row_of_headings_that_is_empty_is_said() -> None:
    assert problems("Name,Email\n", Choices(heading_row=9)) == [
        "This row is empty: choose the row of the headings (row 9)."
    ]


def test_headings_below_a_title_are_named_where_one_is_missing() -> None:
    assert "the headings are “Naem”, “Email” (row 3)" in problems("All staff\n\nNaem,Email\nBo,b@c.de\n")[0]


def test_a_column_can_be_told_not_to_be_read() -> None:
    found = read("Name,Email,Team\nBo,b@c.de,Office\n", Choices(columns={"team": ""}))
    assert found.rows[0].teams == ()
    assert found.ignored == ("Team",)


def test_a_sheet_can_be_chosen() -> None:
    def write(book: Any) -> None:
        for name in ("2025", "2026"):
            book.add_worksheet(name).write_row(0, 0, ["Name", "Email"])
            book.get_worksheet_by_name(name).write_row(1, 0, [f"Bo {name}", "b@c.de"])

    data = workbook(write)
    assert read_staff(data).rows[0].name == "Bo 2025"
    assert read_staff(data).sheets == ("2025", "2026")
    assert read_staff(data, Choices(sheet="2026")).rows[0].name == "Bo 2026"
    assert "There is no sheet “2027”" in str(read_staff(data, Choices(sheet="2027")).problems[0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty: save it with a heading row and a row for each entry (row 1)."),
        ("  \n \n", "The file is empty"),
        ("Name,Email\n", "There are no people under the headings (row 2)."),
        ("Name,Email\nTeaching staff,\n", "There are no people under the headings (row 2)."),
        ("Naem,Email\nBo,bo@example.org\n", "No heading “Name”, nor “First name” and “Last name”"),
        ("Name\nBo\n", "No heading “E-mail” or “Staff id”: the headings are “Name” (row 1)."),
        (
            "Name,Email,E-mail\nBo,b@c.de,b@c.de\n",
            "“Email” and “E-mail” are two columns for one thing: delete one (row 1, column C).",
        ),
        ("Name,Email\nBo,bo.example.org\n", "“bo.example.org” is not an e-mail address (row 2, column B)."),
        (
            "Name,Email\nBo,b@c.de; x@c.de\n",
            "“b@c.de; x@c.de” is more than one e-mail address (row 2, column B).",
        ),
        ("Name,Email\nBo,\n", "The e-mail address is missing (row 2, column B)."),
        ("Email,Name\nbo@example.org,\n", "The name is missing (row 2, column B)."),
        (
            "Name,Email,Access\nBo,b@c.de,boss\n",
            "“boss” is not an access level: write learner or manager (row 2, column C).",
        ),
        ("Name,Id,Access\nBo,1,manager\n", "A manager needs an e-mail address to sign in (row 2)."),
        ("Name,Email\nBo,b@c.de\nLi,B@C.DE\n", "The same e-mail address is in row 2 (row 3, column B)."),
        ("Id,Name,Email\n1,Bo,b@c.de\n1,Li,l@c.de\n", "The same staff id is in row 2 (row 3, column A)."),
        (
            "Name,Email\nLi, Bo,bo@example.org\n",
            "There are more cells than headings: put a name with a comma in quotes",
        ),
        ("Name,Email\n=HYPERLINK(1),b@c.de\n", "“=HYPERLINK(1)” is a formula, not a name (row 2, column A)."),
        (
            "Name,Email\nB\x01o,b@c.de\n",
            "The name contains invisible characters: type it again (row 2, column A).",
        ),
        ('Name,Email\n"Bo,b@c.de\n', "This cannot be read as CSV"),
        (f"Name,Email\n{'x' * 201},b@c.de\n", "The name is longer than 200 characters (row 2, column A)."),
        (f"Name,Email,Id\nBo,b@c.de,{'x' * 201}\n", "A staff id has at most 200 characters"),
    ],
)
def test_problems(text: str, sentence: str) -> None:
    assert sentence in " ".join(problems(text))


def test_a_remark_beside_the_columns_is_no_problem_where_the_row_is_right() -> None:
    assert people("Name,Email\nBo,b@c.de,leaves in July\n")[0].name == "Bo"


def test_cells_without_a_value_are_problems_only_where_they_are_read() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Email", "Age"])
        sheet.write("A2", "Bo")
        sheet.write_formula("B2", "=X", None, "#N/A")
        sheet.write_formula("C2", "=X", None, "#N/A")

    found = read_staff(workbook(write)).problems
    assert found == ((2, "B", "#N/A is an error of the spreadsheet"),)


def test_somebody_with_two_posts_is_one_person_and_two_people_are_two() -> None:
    found = read(
        'Name,Email,Id,Job,Team\nAnn Lee,a@b.cd,7,Cook,X\n"LEE, Ann",A@B.CD,,Cleaner,Y\nAnn Lee,,7,Cook,\n'
    )
    assert found.rows == (StaffRow(2, "Ann Lee", "a@b.cd", "7", "Cook; Cleaner", "", ("X", "Y")),)
    assert found.notes == ("Rows 2 and 3 are one person: Ann Lee", "Rows 2 and 4 are one person: Ann Lee")
    assert problems("Name,Email,Id\nAnn Lee,a@b.cd,7\nAnn Lee,a@b.cd,8\n") == [
        "The same e-mail address is in row 2 (row 3, column B)."
    ]


@pytest.mark.parametrize(
    ("text", "is_aside"),
    [
        ("Teaching staff", True),
        ("TEACHERS", True),
        ("Total: 48", True),
        ("Printed by HR", True),
        ("Page 2 of 3", True),
        ("Ann Lee", False),
        ("Ann", False),
    ],
)
def test_rows_that_name_nobody_are_left_out_and_said(text: str, is_aside: bool) -> None:
    found = read(f"Name,Email\nBo,b@c.de\n{text},\n")
    assert (found.notes == (f"Row 3 is left out: “{text}”",)) is is_aside
    assert bool(found.problems) is not is_aside


def test_headings_that_are_printed_on_each_page_are_read_once() -> None:
    assert len(people("Name,Email\nBo,b@c.de\n\nName,Email\nAl,a@c.de\n")) == 2


def test_five_thousand_people_and_no_more() -> None:
    text = "Name,Email\n" + "".join(f"P {n},p{n}@example.org\n" for n in range(5_000))
    assert len(read(text).rows) == 5_000
    assert problems(f"{text}Q,q@example.org\n") == [
        "At most 5000 people at a time: split the file (row 5002)."
    ]
    assert "At most 5000 people" in problems(text + "Q,q@example.org\n" * 3_000)[0]


def test_a_workbook_with_ids_as_numbers() -> None:
    found = read_staff(sheet_of([["Name", "Email", "Staff ID"], ["Bo", "b@c.de", 7], ["Al", "a@c.de", 12.0]]))
    assert [row.staff_id for row in found.rows] == ["7", "12"]
