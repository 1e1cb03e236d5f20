"""Workbooks as Excel and other programs write them, and files that only look like one."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.lists.grid import Cell, Fault, ListTable, UnreadableListError
from player.lists.reading import read_tables
from player.lists.sheet import NOT_COMPUTED
from player.lists.workbook import DAMAGED, NO_WORKBOOK, TOO_LARGE
from tests.chance import examples
from tests.player.lists.workbooks import MAIN, by_hand, sheet_of, unzipped, workbook, zipped

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)


def only(data: bytes) -> ListTable:
    (table,) = read_tables(data)
    return table


def cells(data: bytes) -> dict[int, list[Cell]]:
    return {line.number: list(line.cells) for line in only(data).lines}


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableListError) as error:
        read_tables(data)
    return str(error.value)


@given(
    st.lists(
        st.lists(st.one_of(TEXT, st.integers(-(10**9), 10**9), st.booleans()), min_size=1, max_size=4),
        max_size=4,
    )
)
@settings(max_examples=examples(30))
def test_values_come_back(rows: list[list[Any]]) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                put = sheet.write_string if isinstance(value, str) else sheet.write
                put(number, column, value)

    def expected(value: object) -> Cell:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return float(value) if isinstance(value, int) else " ".join(str(value).split())

    assert cells(workbook(write)) == {
        number: [expected(value) for value in row] for number, row in enumerate(rows, 1)
    }


@pytest.mark.parametrize(("is_1904", "serial"), [(False, 45_292), (True, 43_830)])
def test_days_in_both_date_systems(is_1904: bool, serial: int) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        for column, code in enumerate(("dd/mm/yyyy", "[$-809]d mmmm yyyy;@", "mmm yy", 'yyyy"d"', "0.00")):
            sheet.write(0, column, serial, book.add_format({"num_format": code}))
        sheet.write(0, 5, datetime(2024, 1, 1, 13, 30), book.add_format({"num_format": 22}))  # noqa: DTZ001
        sheet.write(0, 6, serial)

    table = only(workbook(write, date_1904=is_1904))
    assert table.is_1904 is is_1904
    assert list(table.lines[0].cells) == [date(2024, 1, 1)] * 4 + [float(serial), date(2024, 1, 1), serial]


def test_a_number_shown_with_leading_zeros_keeps_them() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        zeros = book.add_format({"num_format": "00000"})
        for column, value in enumerate((123, 1_234_567, 1.5, -1)):
            sheet.write(0, column, value, zeros)
        sheet.write_string(0, 4, "00123")

    assert cells(workbook(write))[1] == ["00123", "1234567", 1.5, -1.0, "00123"]


def test_formulas_have_their_values_or_are_faults() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '=B1&"x"', None, "Ann x")
        sheet.write_formula(0, 1, "=1+1", None, 2)
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 3, "=A9", None, "")

    assert cells(workbook(write))[1] == [
        "Ann x",
        2.0,
        Fault("#DIV/0! is an error of the spreadsheet"),
        Fault(NOT_COMPUTED),
    ]


def test_rows_keep_their_numbers_and_hidden_ones_are_named() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Staff")
        for number in (2, 6, 7, 8, 30):
            sheet.write(number - 1, 1, f"row {number}")
        for number in (6, 7, 20):
            sheet.set_row(number - 1, None, None, {"hidden": True})

    table = only(workbook(write))
    assert [(line.number, line.cells[1]) for line in table.lines] == [
        (number, f"row {number}") for number in (2, 6, 7, 8, 30)
    ]
    assert table.hidden_rows == (6, 7)
    assert (table.source, table.sheet) == ("Excel workbook, sheet “Staff”", "Staff")


def test_merged_titles_are_banners_and_a_value_over_several_rows_fills_them() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Staff list")
        sheet.merge_range("B2:B4", "Office")
        for number in (2, 3, 4):
            sheet.write(number - 1, 0, f"p{number}")
        sheet.write("A5", "alone")

    lines = only(workbook(write)).lines
    assert [(line.is_banner, list(line.cells)) for line in lines] == [
        (True, ["Staff list"]),
        (False, ["p2", "Office"]),
        (False, ["p3", "Office"]),
        (False, ["p4", "Office"]),
        (False, ["alone"]),
    ]


def test_every_sheet_is_read_and_hidden_ones_are_marked() -> None:
    def write(book: Any) -> None:
        for name in ("Staff", "Lists", "Notes"):
            book.add_worksheet(name).write(0, 0, name)
        book.get_worksheet_by_name("Lists").hide()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Staff!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    tables = read_tables(workbook(write))
    assert [(table.sheet, table.is_hidden) for table in tables] == [
        ("Staff", False),
        ("Lists", True),
        ("Notes", False),
    ]


def test_cells_and_rows_without_numbers_follow_each_other() -> None:
    sheet = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>1</v></c></row>'
    sheet += '<row r="5"/><row><c><v>2</v></c></row>'
    assert cells(by_hand(sheet)) == {1: ["A", 1.0], 6: [2.0]}


def test_shared_texts_with_runs_and_readings() -> None:
    strings = '<si><r><t>O</t></r><r><t xml:space="preserve">’Brien </t></r></si>'
    strings += "<si><t>東</t><rPh><t>ひがし</t></rPh></si><si><t>a_x0009_b_x005F_c</t></si><si/>"
    sheet = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(4))
    assert cells(by_hand(f"<row>{sheet}</row>", strings)) == {1: ["O’Brien", "東", "a b_c"]}


def test_prefixes_other_namespaces_and_days_in_iso() -> None:
    parts = unzipped(by_hand('<row><c t="d"><v>2024-01-01T00:00:00</v></c><c t="d"><v>soon</v></c></row>'))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    text = parts["xl/worksheets/sheet1.xml"].decode().replace(MAIN, strict)
    prefixed = re.sub("<(/?)", r"<\1x:", text).replace("xmlns=", "xmlns:x=")
    for sheet in (text.encode(), prefixed.encode(), prefixed.encode("utf-16")):
        parts["xl/worksheets/sheet1.xml"] = sheet
        assert cells(zipped(parts)) == {1: [date(2024, 1, 1), "soon"]}


def test_an_odd_style_does_not_refuse_the_workbook() -> None:
    parts = unzipped(sheet_of([["Ann"]]))
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'patternType="gray125"', b'patternType="grey"')
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<row ", b'<row ht="x" ')
    assert cells(zipped(parts)) == {1: ["Ann"]}


def test_columns_far_to_the_right_are_left_out_and_cost_nothing() -> None:
    data = by_hand(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    assert cells(data) == {1: [1.0]}


def test_more_rows_than_a_list_may_have_are_not_read() -> None:
    data = by_hand("".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(1, 9_000)))
    assert len(only(data).lines) == 5_101


def test_a_bomb_is_refused_whatever_its_directory_says() -> None:
    bomb = by_hand(" " * 33 * 1024**2)
    assert len(bomb) < 50_000
    assert refused(bomb) == TOO_LARGE


def test_a_workbook_of_very_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.lists.workbook.MOST_ELEMENTS", 1_000)
    assert refused(by_hand("<row/>" * 1_000)) == TOO_LARGE
    assert cells(by_hand("<row/>" * 100 + "<row><c><v>1</v></c></row>")) == {101: [1.0]}


def test_a_document_type_is_refused_and_no_entity_is_resolved() -> None:
    parts = unzipped(by_hand("<row><c><v>1</v></c></row>"))
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs.encode() + parts["xl/worksheets/sheet1.xml"]
    assert refused(zipped(parts)) == DAMAGED


@pytest.mark.parametrize(
    "sheet",
    ["<row", "<row><c t='s'><v>99</v></c></row>", "<row r='x'/>", "<row><c><v>x</v></c></row>", "\x01"],
)
def test_a_damaged_sheet_is_a_sentence(sheet: str) -> None:
    assert refused(by_hand(sheet)) == DAMAGED


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"PK\x03\x04rest", DAMAGED),
        (zipped({"a.txt": b"x"}), NO_WORKBOOK),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), NO_WORKBOOK),
        (zipped({"_rels/.rels": b"<x/>"}), NO_WORKBOOK),
        (b"\xd0\xcf\x11\xe0rest", "an old workbook (.xls), or one with a password"),
        (b"%PDF-1.7", "This is a PDF: save it as .xlsx"),
        (b"\r\n <html><table>", "a web page or an XML file"),
        (b"x" * (2 * 1024**2 + 1), "larger than 2 MB"),
    ],
)
def test_files_that_are_no_workbook(data: bytes, part: str) -> None:
    assert part in refused(data)


def test_a_document_of_another_program_is_no_workbook() -> None:
    parts = unzipped(by_hand(""))
    parts["xl/workbook.xml"] = b"<document/>"
    assert refused(zipped(parts)) == NO_WORKBOOK


def test_an_encrypted_part_is_damage() -> None:
    data = bytearray(by_hand("<row><c><v>1</v></c></row>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.start_dir
    data[at + 8] |= 1  # the flag of encryption in the directory's first entry
    assert refused(bytes(data)) == DAMAGED
