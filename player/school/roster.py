"""Problems of a staff list that come from people whom the player knows: nobody gets two accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from player.lists.grid import ListProblem
from player.lists.staff import StaffList


def held_against(read: StaffList, emails: Mapping[str, str], ids: Mapping[str, str]) -> StaffList:
    """With a problem for each address and each id that somebody has already, named by the caller."""
    return read.with_problems(_known(read, emails, ids))


def _known(read: StaffList, emails: Mapping[str, str], ids: Mapping[str, str]) -> Iterator[ListProblem]:
    for row in read.rows:
        if row.email in emails:
            text = f"{emails[row.email]} already has the e-mail address “{row.email}”"
            yield ListProblem(row.row, read.columns.get("email", ""), text)
        if row.staff_id and row.staff_id in ids:
            text = f"{ids[row.staff_id]} already has the staff id “{row.staff_id}”"
            yield ListProblem(row.row, read.columns.get("staff id", ""), text)
