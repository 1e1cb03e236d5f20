"""A list of a school's staff, as its office saves it: people, and each thing to mend with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .addresses import clean_address
from .asides import all_texts, is_aside
from .fields import unfit_email, unfit_id, unfit_name
from .grid import MOST_ROWS, ListProblem, UnreadableListError, in_order, letter, shown
from .headings import NONE_MADE, Choices, Headed, ListEntry, find_headings
from .names import one_name
from .read_list import ReadList
from .reading import read_tables
from .repeats import StaffRow, join_repeats, repeat_problems
from .vocabulary import STAFF

ACCESS = {"": "", "learner": "learner", "staff": "learner", "manager": "manager"}
_ACCESS_OF_OLD = frozenset(("learner", "manager"))
_EMPTY = frozenset(("n/a", "na", "-", "--", "none", "nil", "tbc", "no email", "not known"))


@dataclass(frozen=True, slots=True)
class StaffList(ReadList):
    """All that a list of staff says."""

    rows: tuple[StaffRow, ...] = ()

    @property
    def good(self) -> tuple[StaffRow, ...]:
        """The rows that can go in while others wait."""
        wrong = {problem.row for problem in self.problems}
        return tuple(row for row in self.rows if row.row not in wrong)

    def with_problems(self, more: Iterable[ListProblem]) -> StaffList:
        """With what else is found against the rows."""
        return replace(self, problems=in_order((*self.problems, *more)))


def read_staff(data: bytes, choices: Choices = NONE_MADE, needs_address: bool = False) -> StaffList:
    """The people in a CSV or a workbook; each has an address or, where none is needed, a staff id."""
    try:
        headed = find_headings(read_tables(data), STAFF, choices)
    except UnreadableListError as error:
        return StaffList(problems=(error.problem,))
    read = StaffList.below(headed, notes=headed.notes)
    wrong = [*headed.problems, *_headings_missing(headed, needs_address)]
    if not any(not is_aside(line, headed.columns) for line in headed.body):
        wrong.append(ListProblem(headed.heading.number + 1, "", "There are no people under the headings"))
    if len(headed.body) > MOST_ROWS:
        text = f"At most {MOST_ROWS} people at a time: split the file"
        wrong.append(ListProblem(headed.body[MOST_ROWS].number, "", text))
    return read.with_problems(wrong) if wrong else _people(headed, read, needs_address)


def _headings_missing(headed: Headed, needs_address: bool) -> Iterable[ListProblem]:
    has, row = headed.columns.keys(), headed.heading.number
    if "email" not in has and (needs_address or "staff id" not in has):
        wanted = "“E-mail”" if needs_address else "“E-mail” or “Staff id”"
        yield ListProblem(row, "", f"No heading {wanted}: the headings are {headed.listed()}")
    if "name" not in has and not {"first name", "last name"} <= has:
        text = f"No heading “Name”, nor “First name” and “Last name”: the headings are {headed.listed()}"
        yield ListProblem(row, "", text)


def _people(headed: Headed, read: StaffList, needs_address: bool) -> StaffList:
    asides = [line for line in headed.body if is_aside(line, headed.columns)]
    numbers = {line.number for line in asides}
    body = tuple(line for line in headed.body if line.number not in numbers)
    headed, notes = _with_role(replace(headed, body=body))
    problems: list[ListProblem] = []
    rows: list[StaffRow] = []
    for entry in (ListEntry(headed, line) for line in body):
        rows.append(row := _row(entry))
        problems.extend(_wrong(entry, row, needs_address))
    rows, joined = join_repeats(rows)
    problems.extend(repeat_problems(rows, headed))
    left_out = (f"Row {line.number} is left out: “{all_texts(line)}”" for line in asides)
    return replace(
        read,
        rows=tuple(rows),
        notes=(*read.notes, *notes, *joined, *left_out),
        ignored=headed.ignored,
        columns=headed.letters,
    ).with_problems(problems)


def _with_role(headed: Headed) -> tuple[Headed, list[str]]:
    """“Role” as the column of the job title, or of access where it has nothing but the words of old lists."""
    if "role" not in headed.columns:
        return headed, []
    entries = [ListEntry(headed, line) for line in headed.body]
    words = {entry.text("role").casefold() for entry in entries} - {""}
    columns = {key: at for key, at in headed.columns.items() if key != "role"}
    at = headed.columns["role"]
    heading = f"“{shown(headed.heading.cells[at])}”"
    notes: list[str] = []
    if "access" not in columns and words and words <= _ACCESS_OF_OLD:
        return replace(headed, columns={**columns, "access": at}), []
    if "access" not in columns and words & _ACCESS_OF_OLD:
        notes.append(f"{heading} is not read as access, because it has job titles; name that column “Access”")
    if "job title" not in columns:
        return replace(headed, columns={**columns, "job title": at}), notes
    return replace(headed, columns=columns, ignored=(*headed.ignored, heading.strip("“”"))), notes


def _row(entry: ListEntry) -> StaffRow:
    teams = (part.strip() for part in re.split("[;|]", entry.text("team")))
    email = clean_address(entry.text("email"))
    return StaffRow(
        row=entry.line.number,
        name=one_name(entry.text("name"), entry.text("first name"), entry.text("last name")),
        email="" if email in _EMPTY else email,
        staff_id="" if entry.text("staff id").casefold() in _EMPTY else entry.text("staff id"),
        job_title=entry.text("job title"),
        access=ACCESS.get(entry.text("access").casefold(), ""),
        teams=tuple(dict.fromkeys(part for part in teams if part)),
    )


def _wrong(entry: ListEntry, row: StaffRow, needs_address: bool) -> list[ListProblem]:
    problems = list(entry.faults(entry.headed.columns))
    if problems:
        return problems
    if unfit := unfit_name(row.name):
        problems.append(entry.problem(unfit, "name", "first name"))
    if unfit := "" if not row.email and row.staff_id and not needs_address else unfit_email(row.email):
        problems.append(entry.problem(unfit, "email", "staff id"))
    elif not row.email and row.access == "manager":
        problems.append(entry.problem("A manager needs an e-mail address to sign in", "email"))
    if entry.text("access").casefold() not in ACCESS:
        text = entry.text("access")[:40]
        problems.append(entry.problem(f"“{text}” is not an access level: write learner or manager", "access"))
    if unfit := unfit_id(row.staff_id):
        problems.append(entry.problem(unfit, "staff id"))
    width = len(entry.headed.heading.cells)
    if problems and not entry.headed.table.sheet and any(map(shown, entry.line.cells[width:])):
        text = "There are more cells than headings: put a name with a comma in quotes"
        problems.append(ListProblem(row.row, letter(width), text))
    return problems
