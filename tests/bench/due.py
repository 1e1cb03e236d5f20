"""The night's work without tables: what a person and a course cost, and how it grows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

from player.compliance import Anchor, Duty, MonthDay, stand
from player.lists.staff import read_staff
from player.reminders import Candidate, Exclusions, Recipient, plan_round

PAIRS = 10_000
TIMES = 10
ON = date(2026, 11, 30)


def measure() -> dict[str, float]:
    """Each against reading a day from its text, and against ten times as much."""
    figures: dict[str, float] = {}
    text = ON.isoformat()
    reading = _shortest(lambda: [date.fromisoformat(text) for _ in range(PAIRS)])
    for anchor in Anchor:
        duty = Duty(months=12, anchor=anchor, fixed=MonthDay(9, 1), least=5)
        few, many = _standings(duty, 1), _standings(duty, TIMES)
        figures[f"due: a standing, anchor {anchor}, in days read from text"] = few / reading
        figures[f"due: a standing, anchor {anchor}, ratio at {TIMES} times the completions"] = many / few
    few, many = _round(PAIRS), _round(PAIRS * TIMES)
    figures["due: a person and course in a round, in days read from text"] = few / reading
    figures[f"due: a round, ratio at {TIMES} times the people"] = many / few
    figures[f"due: reading a staff list, ratio at {TIMES} times the rows"] = _list(4_000) / _list(400)
    return figures


def _standings(duty: Duty, completions: int) -> float:
    days = [ON - timedelta(400 * number) for number in range(completions, 0, -1)]
    return _shortest(lambda: [stand(duty, days[0], days, ON) for _ in range(PAIRS)])


def _round(pairs: int) -> float:
    people = [Recipient(f"p{number}", f"p{number}@school.example") for number in range(pairs // 10)]
    candidates = [
        Candidate(people[number // 10], f"course {number % 10}", ON + timedelta(number % 400 - 50))
        for number in range(pairs)
    ]
    return _shortest(lambda: plan_round(candidates, Exclusions([], ON), ON))


def _list(rows: int) -> float:
    text = "".join(f'"O\'BRIEN {n}, Sian",sian{n}@school.example,{n},Cook\n' for n in range(rows))
    data = f"Staff list\n\nName,Work E-mail,Payroll No,Role\n{text}".encode()
    return _shortest(lambda: read_staff(data))


def _shortest(work: Callable[[], object]) -> float:
    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(5))
