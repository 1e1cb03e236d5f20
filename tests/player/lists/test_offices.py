"""Three lists as school offices send them, each with the faults that such lists have."""

from __future__ import annotations

from typing import Any

from player.lists.staff import StaffList, read_staff
from tests.player.lists.workbooks import workbook


def told(read: StaffList) -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
    people = [(row.name, row.email, row.job_title) for row in read.rows]
    return people, list(map(str, read.problems)), list(read.notes)


def test_a_workbook_with_two_sheets_merged_titles_formulas_and_vacancies() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Notes").write_column(0, 0, ["Please keep this up to date", "Last edited by Bea"])
        sheet = book.add_worksheet("Staff 2026-27")
        sheet.merge_range(0, 0, 0, 7, "St Mary's C of E Primary School")
        sheet.merge_range(1, 0, 1, 7, "Staff list September 2026")
        rows: list[list[object]] = [
            ["", "Payroll No", "Full name", "Known as", "Role", "Work email", "", "DOB", "Start"],
            ["", 1001, "O'BRIEN, Sian", "Sian", "Teacher", "SIAN@stmarys.example", "", "12/03/1981"],
            ["", 1002, "Nguyễn, Thị Hoa", "Hoa", "TA", "", "", "", "2 Sept 2019"],
            ["", "", "Kitchen"],
            ["", 1003, "SMITH, John Paul", "", "Cook", ""],
            [
                "",
                1004,
                "McALLISTER, Ewan (Mat cover)",
                "",
                "Teacher",
                "ewan@stmarys.example; e@gmail.example",
            ],
            ["", 1005, "Vacant", "", "Midday Supervisor"],
            ["", 1006, "Jo Bloggs", "", "SENDCo", "j.bloggs@stmarys"],
            ["", 1003, "Ada Lee", "", "Cleaner", "ada@stmarys.example"],
            [],
            ["", "Total", "8"],
        ]
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row)
        sheet.write_formula("F6", '=LOWER("HOA@STMARYS.EXAMPLE")', None, "hoa@stmarys.example")
        sheet.write_formula("F8", '="john"&"@stmarys.example"', None, "")

    found = read_staff(workbook(write))
    people, problems, notes = told(found)
    assert found.ignored == ("DOB", "Start")
    assert people == [
        ("Sian O'Brien", "sian@stmarys.example", "Teacher"),
        ("Thị Hoa Nguyễn", "hoa@stmarys.example", "TA"),
        ("John Paul Smith", "", "Cook"),
        ("Ewan McAllister", "ewan@stmarys.example; e@gmail.example", "Teacher"),
        ("Jo Bloggs", "j.bloggs@stmarys", "SENDCo"),
        ("Ada Lee", "ada@stmarys.example", "Cleaner"),
    ]
    assert problems == [
        ("The formula here has no result yet: open the workbook in Excel and save it (row 8, column F)."),
        "“ewan@stmarys.example; e@gmail.example” is more than one e-mail address (row 9, column F).",
        "“j.bloggs@stmarys” is not an e-mail address (row 11, column F).",
        "The same staff id is in row 8 (row 12, column B).",
    ]
    assert notes == [
        "The sheet “Staff 2026-27” is read, not “Notes”",
        "Row 7 is left out: “Kitchen”",
        "Row 10 is left out: “1005, Vacant, Midday Supervisor”",
        "Row 14 is left out: “Total, 8”",
    ]


def test_unicode_text_that_excel_saves() -> None:
    text = (
        "Forename\tSurname\tE-mail address\tStaff Code\tPost\tAccess level\tFaculty\r\n"
        "Zoë\tO'Hara\tzoe@x.example\t7\tHead of Year\tManager\tScience;Maths\r\n"
        "\t\t\t\t\t\t\r\n"
        "Jim\tKirk\tjim@x.example\t9\tCaptain\tadmin\tScience\r\n"
    )
    found = read_staff(text.encode("utf-16"))
    assert (found.source, found.rows[0].access, found.rows[0].teams) == (
        "CSV, UTF-16",
        "manager",
        ("Science", "Maths"),
    )
    assert told(found)[1] == ["“admin” is not an access level: write learner or manager (row 4, column F)."]


def test_a_csv_of_windows_with_a_line_of_dashes_and_somebody_twice() -> None:
    text = (
        "Staff;;;\r\nSurname;First Name;Email;Job\r\nMUÑOZ;JOSÉ;jose@x.example;Cook\r\n–;;;\r\n"
        "d'Arcy;Françoise;francoise@x.example;Teacher\r\nLi;Bo;bo@x.example\r\nLi;Bo;bo@x.example;Cleaner\r\n"
    )
    people, problems, notes = told(read_staff(text.encode("cp1252")))
    assert people == [
        ("José Muñoz", "jose@x.example", "Cook"),
        ("Françoise d'Arcy", "francoise@x.example", "Teacher"),
        ("Bo Li", "bo@x.example", "Cleaner"),
    ]
    assert (problems, notes) == ([], ["Rows 6 and 7 are one person: Bo Li", "Row 4 is left out: “–”"])
