"""One person in two rows of a list, and two people with one address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .grid import ListProblem
from .headings import Headed
from .names import folded


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person of the list; what the list does not say is empty."""

    row: int
    name: str
    email: str = ""
    staff_id: str = ""
    job_title: str = ""
    access: str = ""
    teams: tuple[str, ...] = ()

    @property
    def new_access(self) -> str:
        """The access of somebody who is new, or back."""
        return self.access or "learner"


def join_repeats(rows: Iterable[StaffRow]) -> tuple[list[StaffRow], list[str]]:
    """Somebody with two posts stands in two rows: one person with both, and with the teams of both."""
    kept: dict[int, StaffRow] = {}
    at: dict[tuple[str, str], int] = {}
    notes: list[str] = []
    for row in rows:
        keys = [(kind, key) for kind, key in (("email", row.email), ("id", row.staff_id)) if key]
        before = next((kept[at[key]] for key in keys if key in at), None)
        if before is None or not _is_same(before, row):
            kept[row.row] = row
            at.update((key, row.row) for key in keys if key not in at)
            continue
        kept[before.row] = _both(before, row)
        at.update((key, before.row) for key in keys)
        notes.append(f"Rows {before.row} and {row.row} are one person: {before.name}")
    return list(kept.values()), notes


def repeat_problems(rows: Iterable[StaffRow], headed: Headed) -> Iterable[ListProblem]:
    """The same address or id for two people: somebody has to say which is meant."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        for key, what, value in (
            ("email", "e-mail address", row.email),
            ("staff id", "staff id", row.staff_id),
        ):
            first = seen.setdefault((key, value), row.row)
            if value and first != row.row:
                text = f"The same {what} is in row {first}"
                yield ListProblem(row.row, headed.letter(key), text)


def _is_same(one: StaffRow, other: StaffRow) -> bool:
    pairs = ((one.email, other.email), (one.staff_id, other.staff_id))
    agree = all(not own or not others or own == others for own, others in pairs)
    return agree and folded(one.name) == folded(other.name)


def _both(one: StaffRow, other: StaffRow) -> StaffRow:
    titles = dict.fromkeys(title for title in (*one.job_title.split("; "), other.job_title) if title)
    return replace(
        one,
        email=one.email or other.email,
        staff_id=one.staff_id or other.staff_id,
        job_title="; ".join(titles),
        access="manager" if "manager" in (one.access, other.access) else one.access or other.access,
        teams=tuple(dict.fromkeys((*one.teams, *other.teams))),
    )
