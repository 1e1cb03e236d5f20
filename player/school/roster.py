"""A list of people as schools send it: read whole, every problem with its place, before a row is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from player.school.accounts import EMAIL

LARGEST = 2 * 1024**2
MOST_ROWS = 5_000
LONGEST = 200
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "staff name", "display name"),
    "first": ("first name", "forename", "given name"),
    "last": ("last name", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "work email"),
    "learner_id": ("id", "learner id", "staff id", "payroll number", "employee number"),
    "role": ("role",),
    "teams": ("team", "teams", "group", "groups", "department"),
}
ROLES = {"": "learner", "learner": "learner", "staff": "learner", "manager": "manager"}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
FORMULA = re.compile("^[=+@\t\r]")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add."""

    line: int
    name: str
    email: str
    learner_id: str
    role: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListError:
    """One thing to mend in the file; `column` is the letter that spreadsheets show, or empty."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.line}, column {self.column}" if self.column else f"row {self.line}"
        return f"{self.message} ({where})."


@dataclass(frozen=True, slots=True)
class Roster:
    """What the file says: people to add where `errors` is empty, and the headings nobody here knows."""

    rows: tuple[NewPerson, ...] = ()
    errors: tuple[ListError, ...] = ()
    ignored: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    _columns: Mapping[str, int] = field(default_factory=dict)

    def checked(self, emails: Mapping[str, str], ids: Mapping[str, str]) -> Roster:
        """Against the addresses and ids that people have already: never two accounts for one person."""
        found = list(self.errors)
        for row in self.rows:
            if row.email in emails:
                text = f"{emails[row.email]} has the address “{row.email}” already"
                found.append(ListError(row.line, self._letter("email"), text))
            if row.learner_id and row.learner_id in ids:
                text = f"{ids[row.learner_id]} has the id “{row.learner_id}” already"
                found.append(ListError(row.line, self._letter("learner_id"), text))
        found.sort(key=lambda error: (error.line, error.column))
        return Roster(self.rows, tuple(found), self.ignored, self.encoding, self._columns)

    def _letter(self, heading: str) -> str:
        return letter(self._columns.get(heading, 0))


def letter(column: int) -> str:
    """A for 0, Z for 25, AA for 26, as spreadsheets count."""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def read_roster(data: bytes) -> Roster:
    """The people in a CSV, whatever program saved it."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _unread("This is a workbook: save it as “CSV UTF-8”, then choose it again")
    text, encoding = decode(data)
    if "\0" in text:
        return _unread("This is no text: save the list as “CSV UTF-8”")
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return _unread(f"This cannot be read as CSV: {error}")
    if not lines:
        return _unread("The file is empty: save it with a heading row and a row a person")
    if len(lines) > MOST_ROWS + 1:
        return _unread(f"At most {MOST_ROWS} people at a time: split the file", MOST_ROWS + 2)
    return _read(lines, encoding)


def _unread(message: str, line: int = 1) -> Roster:
    """Of such a file nothing is taken."""
    return Roster(errors=(ListError(line, "", message),))


def decode(data: bytes) -> tuple[str, str]:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else what Excel saves on Windows in this country."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"


def _lines(text: str) -> Iterable[tuple[int, list[str]]]:
    """Rows with the line each starts on; `sep=;`, which Excel writes and reads, is no row."""
    first, _, rest = text.partition("\n")
    skipped = 0
    declared = re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE)
    if declared:
        text, skipped = rest, 1
        first = text.partition("\n")[0]
    delimiter = declared[1] if declared else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1 + skipped
    for row in reader:
        if any(cell.strip() for cell in row):
            yield line, [cell.strip() for cell in row]
        line = reader.line_num + 1 + skipped


def _read(lines: list[tuple[int, list[str]]], encoding: str) -> Roster:
    (line, heading), *body = lines
    columns, errors, ignored = _columns(line, heading)
    if errors:
        return Roster(errors=tuple(errors), ignored=ignored, encoding=encoding)
    rows: list[NewPerson] = []
    for line, cells in body:
        row, wrong = _row(line, cells, columns, len(heading))
        rows.append(row)
        errors.extend(wrong)
    errors.extend(_twice(rows, columns))
    if not rows:
        errors.append(ListError(line + 1, "", "There is nobody under the headings"))
    errors.sort(key=lambda error: (error.line, error.column))
    return Roster(tuple(rows), tuple(errors), ignored, encoding, columns)


def _columns(line: int, heading: list[str]) -> tuple[dict[str, int], list[ListError], tuple[str, ...]]:
    known = {word: key for key, words in HEADINGS.items() for word in words}
    columns: dict[str, int] = {}
    errors: list[ListError] = []
    ignored: list[str] = []
    for at, cell in enumerate(heading):
        key = known.get(" ".join(cell.lower().replace("_", " ").split()))
        if key is None:
            ignored.append(cell or f"column {letter(at)}")
        elif key in columns:
            errors.append(ListError(line, letter(at), f"“{cell}” says the same as “{heading[columns[key]]}”"))
        else:
            columns[key] = at
    if "email" not in columns:
        errors.append(ListError(line, "", f"No heading “Email”: the headings are {_listed(heading)}"))
    if "name" not in columns and not {"first", "last"} <= columns.keys():
        text = f"No heading “Name”, nor “First name” and “Last name”: the headings are {_listed(heading)}"
        errors.append(ListError(line, "", text))
    return columns, errors, tuple(ignored)


def _listed(heading: list[str]) -> str:
    return ", ".join(f"“{cell[:40]}”" for cell in heading[:8] if cell) or "empty"


def _row(
    line: int, cells: list[str], columns: Mapping[str, int], width: int
) -> tuple[NewPerson, list[ListError]]:
    errors: list[ListError] = []

    def cell(key: str) -> str:
        at = columns.get(key, -1)
        return cells[at] if 0 <= at < len(cells) else ""

    def error(key: str, message: str) -> None:
        errors.append(ListError(line, letter(columns.get(key, 0)), message))

    if len(cells) > width and any(cells[width:]):
        errors.append(
            ListError(line, letter(width), "There are more cells than headings: quote a name with a comma")
        )
    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    email = cell("email").lower()
    role = ROLES.get(cell("role").lower(), "")
    if unfit := unfit_name(name):
        error("name" if "name" in columns else "first", unfit)
    if unfit := unfit_email(email):
        error("email", unfit)
    if not role:
        error("role", f"“{cell('role')}” is no role: write learner or manager")
    if unfit := unfit_id(cell("learner_id")):
        error("learner_id", unfit)
    named = tuple(dict.fromkeys(part.strip() for part in re.split("[;|]", cell("teams")) if part.strip()))
    return NewPerson(line, name, email, cell("learner_id"), role or "learner", named), errors


def unfit_name(name: str) -> str:
    """Why a name cannot be kept; empty where it can."""
    if not name:
        return "The name is missing"
    if len(name) > LONGEST:
        return f"The name is longer than {LONGEST} characters"
    if CONTROL.search(name):
        return "The name holds control characters"
    return f"“{name[:40]}” is a formula, no name" if FORMULA.match(name) else ""


def unfit_id(learner_id: str) -> str:
    """Why an LMS or a portal cannot call somebody so; empty where it can, or where there is no id."""
    fits = len(learner_id) <= LONGEST and not CONTROL.search(learner_id)
    return "" if fits else f"An id has at most {LONGEST} characters, and no control characters"


def unfit_email(email: str) -> str:
    """Why an address cannot be one to sign in with; empty where it can."""
    if not email:
        return "The e-mail address is missing"
    fits = EMAIL.fullmatch(email) and len(email) <= LONGEST and not CONTROL.search(email)
    return "" if fits else f"“{email[:60]}” is no e-mail address"


def _twice(rows: list[NewPerson], columns: Mapping[str, int]) -> list[ListError]:
    """The same address or id on two rows: which is meant is for a person to say."""
    errors: list[ListError] = []
    for key, what in (("email", "address"), ("learner_id", "id")):
        seen: dict[str, int] = {}
        for row in rows:
            value = getattr(row, key)
            if value and value in seen:
                message = f"The {what} “{value}” stands in row {seen[value]} too"
                errors.append(ListError(row.line, letter(columns[key]), message))
            seen.setdefault(value, row.line)
    return errors
