"""`player due`: who stands where on a day, computed from the dated rows and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from player.compliance import Line, positions
from player.records import due_facts
from player.records.database import Transaction


def entries(
    tx: Transaction, school_id: str, on: date, course: str | None, cycles: int | None
) -> Iterator[dict[str, Any]]:
    """The lines as other programs read them."""
    facts = due_facts.load(tx, school_id, None, None if course is None else {course})
    for line in positions(facts, on, enrolled=True):
        if course in (None, line.course):
            yield _entry(facts.name, line, cycles)


def _entry(school: str, line: Line, cycles: int | None) -> dict[str, Any]:
    colleague, duty = line.colleague, line.duty
    evidence = [
        {"id": one.id, "kind": one.kind, "day": one.day.isoformat(), "voided": one.voided}
        for one in line.evidence
    ]
    entry: dict[str, Any] = {
        "school": school,
        "person": {"staff_id": colleague.staff_id, "name": colleague.name, "email": colleague.email},
        "course": line.course,
        "duty": duty.kind.value,
        "basis": duty.basis,
        "period_months": duty.months,
        "anchor": duty.anchor.value,
        "evidence": evidence,
        "due": line.position.due.isoformat() if line.position.due else None,
        "standing": line.position.standing.value,
        "excluded": line.exclusion is not None,
    }
    if cycles is not None:
        entry["cycles"] = [day.isoformat() for day in line.cycles(cycles)]
    return entry
