"""Cases 26 to 29 and 32 of the rules for training records, through `player external`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from player.records.evidence_tables import EvidenceRow
from tests.player.lists.workbooks import workbook
from tests.player.training.conftest import SCHOOL, Office

pytestmark = pytest.mark.both_databases

ADD = ("external", "add")
ON = ("--school", SCHOOL, "--on", "2026-11-30")


def _records(office: Office) -> int:
    with office.lms.database.reading() as tx:
        return tx.scalar(select(func.count()).select_from(EvidenceRow)) or 0


def _forty(office: Office, course: str, tmp_path: Path, wrong: dict[int, str]) -> Path:
    """A list of forty rows, some of them replaced; row 1 is the headings."""
    people = office.add_people(*(f"Person{n} Lee" for n in range(2, 42)))
    rows = [wrong.get(n, f"{email},{course},30/06/2024,At the council") for n, email in enumerate(people, 2)]
    listed = tmp_path / "training.csv"
    listed.write_text("\n".join(["E-mail,Course,Day,Note", *rows]))
    return listed


def test_case_26_and_28_a_batch_is_undone_as_one_but_for_what_was_changed_since(
    office: Office, tmp_path: Path
) -> None:
    listed = _forty(office, "First aid at work", tmp_path, {})
    dry = office.json(*ADD, str(listed), *ON, "--dry-run")
    assert (dry["batch"], dry["written"], dry["problems"], _records(office)) == (None, 40, [], 0)
    batch = office.json(*ADD, str(listed), *ON)["batch"]
    made = office.json("external", "list", "--school", SCHOOL)
    assert {(one["batch"], one["training"], one["course"]) for one in made} == {
        (batch, "First aid at work", None)
    }
    assert len({one["person"]["staff_id"] for one in made}) == 40
    for one in made[:2]:
        office.run("external", "void", one["id"], "--why", "Was not there")
    undone = office.json("external", "undo", batch)
    assert undone["voided"] == 38
    assert {one["id"] for one in undone["kept"]} == {one["id"] for one in made[:2]}
    assert {one["why"] for one in undone["kept"]} == {"Was not there"}
    assert office.json("external", "undo", batch)["voided"] == 0
    office.run("external", "undo", "nothing", code=1)
    again = office.json(*ADD, str(listed), *ON)
    assert again["written"] == 40, "what is voided is not there"
    assert office.json("external", "undo", again["batch"]) == {"voided": 40, "kept": []}


def test_case_27_all_problems_at_once_and_nothing_written(office: Office, tmp_path: Path) -> None:
    fire = office.add_course("Fire")
    wrong = {
        17: f"person17@northfield.example,{fire},31/06/2024,",
        23: f"person23@northfield.example; person24@northfield.example,{fire},30/06/2024,",
        30: f"person30@northfield.example,{fire},01/12/2026,",
    }
    listed = _forty(office, fire, tmp_path, wrong)
    told = office.json(*ADD, str(listed), *ON, code=1)
    assert [(one["row"], one["column"]) for one in told["problems"]] == [(17, "C"), (23, "A"), (30, "C")]
    assert (told["batch"], told["written"], _records(office)) == (None, 0, 0)
    assert office.due("2026-11-30") == []
    rows = listed.read_text().split("\n")
    for number in wrong:
        rows[number - 1] = f"person{number}@northfield.example,{fire},30/06/2024,"
    listed.write_text("\n".join(rows))
    mended = office.json(*ADD, str(listed), *ON)
    assert (mended["written"], mended["problems"], _records(office)) == (40, [], 40)


def test_case_27_the_same_file_again_is_there_already(office: Office, tmp_path: Path) -> None:
    fire = office.add_course("Fire")
    office.run("duty", fire, "--months", "24", "--on", "2020-01-01")
    listed = _forty(office, fire, tmp_path, {})
    office.run("require", fire, "--school", SCHOOL, "--on", "2026-11-30")
    first, again = (office.json(*ADD, str(listed), *ON) for _ in range(2))
    assert (first["written"], first["already_there"]) == (40, 0)
    assert (again["written"], again["already_there"], again["batch"]) == (0, 40, None)
    assert {(one["due"], one["standing"]) for one in office.due("2026-11-30")} == {("2026-06-30", "overdue")}


@pytest.mark.parametrize(("serial", "is_1904"), [(45292, False), (43830, True)])
def test_case_29_excels_serials(office: Office, tmp_path: Path, serial: int, is_1904: bool) -> None:
    ann, listed = office.add_person("Ann Lee"), tmp_path / "training.xlsx"

    def write(book: object, day: int = serial) -> None:
        sheet = book.add_worksheet()  # type: ignore[attr-defined]
        for row, cells in enumerate([["E-mail", "Course", "Day"], [ann, "Fire", day]]):
            sheet.write_row(row, 0, cells)

    listed.write_bytes(workbook(write, date_1904=is_1904))
    office.run(*ADD, str(listed), *ON)
    assert [one["day"] for one in office.json("external", "list", "--school", SCHOOL)] == ["2024-01-01"]
    listed.write_bytes(workbook(lambda book: write(book, 60), date_1904=is_1904))
    [problem] = office.json(*ADD, str(listed), *ON, code=1)["problems"]
    assert (problem["row"], problem["column"], problem["message"][:6]) == (2, "C", "60 is ")
    assert _records(office) == 1


def test_case_32_what_looks_like_a_formula_is_text_in_the_export(office: Office, tmp_path: Path) -> None:
    ann, listed = office.add_person("Ann Lee"), tmp_path / "training.csv"
    notes = ["=1+1", "+1", "-1", "@SUM(A1)"]
    rows = [f"{ann},Fire,{day}/06/2024,{note}" for day, note in enumerate(notes, 1)]
    rows += [f'{ann},Fire,{day}/06/2024,"{note}=1+1"' for day, note in ((7, "\t"), (8, "\r"))]
    listed.write_text("\n".join(["E-mail,Course,Day,Note", *rows]))
    office.run(*ADD, str(listed), *ON)
    exported = csv.DictReader(io.StringIO(office.run("external", "list", "--school", SCHOOL, "--csv")))
    told_there = [row["Note"] for row in exported]
    assert len(told_there) == 6
    assert set(told_there) == {f"'{note}" for note in notes}, "a tab or a return before it is left out"
    told = {one["note"] for one in office.json("external", "list", "--school", SCHOOL)}
    assert told == set(notes), "the record has what was written"
