"""A list of training that people had elsewhere: person, course, day; each thing to mend with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .addresses import clean_address
from .asides import is_aside
from .days import NoDayError, Order, fits_other_order, order_told, read_day
from .fields import unfit_name
from .grid import MOST_ROWS, ListProblem, UnreadableListError, in_order
from .headings import NONE_MADE, Choices, Headed, ListEntry, find_headings
from .matching import People
from .names import one_name
from .read_list import ReadList
from .reading import read_tables
from .vocabulary import PERSON, TRAINING

LONGEST_NOTE = 1_000


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One completion: of a course of the player (`course`, its id), or of other training by its name."""

    row: int
    person: str
    course: str
    other: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrainingList(ReadList):
    """All that a list says; with any problem, nothing of it is to be written."""

    rows: tuple[TrainingRow, ...] = ()
    order: Order = Order.DAY_FIRST


def read_training(
    data: bytes,
    people: People,
    courses: Mapping[str, str],
    today: date,
    choices: Choices = NONE_MADE,
    order: Order = Order.DAY_FIRST,
) -> TrainingList:
    """The completions in a CSV or a workbook; `courses` are titles by id."""
    try:
        headed = find_headings(read_tables(data), TRAINING, choices)
    except UnreadableListError as error:
        return TrainingList(problems=(error.problem,))
    entries = [ListEntry(headed, line) for line in headed.body if not is_aside(line, headed.columns)]
    wrong = [*headed.problems, *_headings_missing(headed), *_size(headed, entries)]
    rows: dict[tuple[str, str, str, date], TrainingRow] = {}
    notes = list(headed.notes)
    if not wrong:
        notes.extend(_order_note(entries, order))
        known = _course_names(courses)
        for entry in entries:
            row = _row(entry, people, known, today, order)
            if isinstance(row, TrainingRow):
                first = rows.setdefault((row.person, row.course, row.other.casefold(), row.day), row)
                if first is not row:
                    notes.append(f"Row {row.row} says the same as row {first.row}")
            else:
                wrong.extend(row)
    notes.extend(_others_note(rows.values()))
    return TrainingList.below(
        headed, rows=tuple(rows.values()), problems=in_order(wrong), notes=tuple(notes), order=order
    )


def _headings_missing(headed: Headed) -> Iterable[ListProblem]:
    has = headed.columns.keys()
    missing = [name for key, name in (("course", "“Course”"), ("day", "“Day”")) if key not in has]
    if not has & {"email", "staff id", "name"} and not {"first name", "last name"} <= has:
        missing.insert(0, "“E-mail”, “Staff id” or “Name”")
    for name in missing:
        yield ListProblem(headed.heading.number, "", f"No heading {name}: the headings are {headed.listed()}")


def _size(headed: Headed, entries: Sequence[ListEntry]) -> Iterable[ListProblem]:
    if not entries:
        yield ListProblem(headed.heading.number + 1, "", "There is nothing under the headings")
    elif len(entries) > MOST_ROWS:
        text = f"At most {MOST_ROWS} rows at a time: split the file"
        yield ListProblem(entries[MOST_ROWS].line.number, "", text)


def _order_note(entries: Sequence[ListEntry], order: Order) -> Iterable[str]:
    told = order_told(entry.cell("day") for entry in entries)
    if told.unsettled and not told.day_first and not told.month_first:
        day = read_day(told.unsettled, order)
        yield f"{told.unsettled} is read as {day.day} {day:%B %Y}: no row shows another order"


def _course_names(courses: Mapping[str, str]) -> dict[str, str]:
    """Ids by id and by title, in small letters."""
    return {title.casefold(): key for key, title in courses.items()} | {
        key.casefold(): key for key in courses
    }


def _row(
    entry: ListEntry, people: People, courses: Mapping[str, str], today: date, order: Order
) -> TrainingRow | list[ListProblem]:
    """The row, or all that is wrong with it."""
    wrong = list(entry.faults((*PERSON, "course", "note")))
    name = one_name(entry.text("name"), entry.text("first name"), entry.text("last name"))
    match = people.find(clean_address(entry.text("email")), entry.text("staff id"), name)
    if match.person is None and not wrong:
        wrong.append(entry.problem(match.message, match.field, *PERSON))
    course = entry.text("course")
    if unfit := unfit_name(course).replace("The name", "The course"):
        wrong.append(entry.problem(unfit, "course"))
    if len(entry.text("note")) > LONGEST_NOTE:
        wrong.append(entry.problem(f"A note has at most {LONGEST_NOTE} characters", "note"))
    day = _day(entry, today, order)
    if isinstance(day, ListProblem):
        wrong.append(day)
    if wrong or match.person is None or isinstance(day, ListProblem):
        return wrong
    known = courses.get(course.casefold(), "")
    return TrainingRow(
        entry.line.number, match.person.id, known, "" if known else course, day, entry.text("note")
    )


def _day(entry: ListEntry, today: date, order: Order) -> date | ListProblem:
    cell = entry.cell("day")
    if swapped := fits_other_order(cell, order):
        text = f"{entry.text('day')} does not fit {order}, as which the whole file is read: write {swapped}"
        return entry.problem(text, "day")
    try:
        day = read_day(cell, order, entry.headed.table.is_1904)
    except NoDayError as error:
        return entry.problem(str(error), "day")
    if day > today:
        return entry.problem(f"{entry.text('day')} is in the future", "day")
    return day


def _others_note(rows: Iterable[TrainingRow]) -> Iterable[str]:
    others = dict.fromkeys(row.other for row in rows if row.other)
    if others:
        named = ", ".join(f"“{other}”" for other in list(others)[:10])
        yield f"Not one of the courses here, so recorded as other training: {named}"
