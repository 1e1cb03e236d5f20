"""The staff of the demonstration: invented people whose registrations are played like real ones."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from player.playing.protocol import SentCommit
from player.playing.version import Version
from player.records import courses, enrolments, memberships, schools, teams, training
from player.records.database import Database
from player.records.tables import Membership, VersionRow
from player.records.versions import package_from_json
from player.registrar import Registrar
from player.school import enrolling, staffing
from player.school.actor import COMMAND
from player.school.lessons import FINAL_QUESTIONS
from player.school.questions import Question, questions_of
from player.school.staffing import Details
from player.settings import Settings

STAFF = Path(__file__).with_name("demo_staff.json")
ENROLLED = timedelta(days=21)
JOINED = timedelta(days=700)
Call = list[Any]
OBJECTIVE = re.compile(r"cmi\.objectives\.[0-9]+\.id")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting of a course: the fraction that they read, then the right answers of each try in
    percent."""

    days: int
    read: float
    tries: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """An invented person; `played` follows the order of the courses."""

    learner_id: str
    name: str
    email: str
    team: str
    played: tuple[Sitting, ...]


def staff() -> list[Colleague]:
    """The people of the data file."""
    return [
        Colleague(
            f"demo-staff-{at:02}",
            entry["name"],
            f"{entry['email']}@northfield.example",
            entry["team"],
            tuple(Sitting(**{**sitting, "tries": tuple(sitting["tries"])}) for sitting in entry["played"]),
        )
        for at, entry in enumerate(json.loads(STAFF.read_text(encoding="utf-8")), start=1)
    ]


def fill(database: Database, settings: Settings, school_name: str, now: datetime) -> None:
    """Add the people, enrol them, and play their courses as the data file says; what is there already
    stays."""
    registrar, colleagues = Registrar(database, settings), staff()
    with database.writing() as tx:
        school = schools.school_named(tx, school_name).id
        here = [_person(tx, school, colleague, now) for colleague in colleagues]
        newest = [courses.newest_version(tx, course) for course in courses_for_staff(tx)]
        ours = [version.course_id for version in newest if version is not None and version.ours]
        enrolling.enrol(tx, COMMAND, now - ENROLLED, here, ours)
        started = {
            (record.membership.person_id, record.course.id)
            for record in training.records(tx, school=school)
            if record.registration
        }
    for colleague, stay in zip(colleagues, here, strict=True):
        for course, sitting in zip(ours, colleague.played, strict=False):
            if (stay.person_id, course) not in started:
                _play(registrar, stay, course, sitting, now)


def courses_for_staff(tx: Any) -> list[str]:
    """All but the variants, which are for other readers, and the refreshers, which whoever is due begins by
    themselves: its people take the course itself."""
    newest = {course.id: courses.newest_version(tx, course.id) for course in courses.courses(tx)}
    return [course for course, version in newest.items() if version is None or _is_whole(version)]


def _is_whole(version: VersionRow) -> bool:
    provenance = package_from_json(version.package).provenance
    return provenance is None or not (provenance.variant or provenance.refresher_of)


def _person(tx: Any, school: str, colleague: Colleague, now: datetime) -> Membership:
    known = memberships.called(tx, colleague.learner_id, school)
    if known:
        return known[0]
    details = Details(colleague.name, colleague.email, colleague.learner_id, "learner")
    stay = staffing.add(tx, COMMAND, now - JOINED, school, details)
    team = teams.team_named(tx, school, colleague.team).id
    staffing.join_teams(tx, COMMAND, now - JOINED, stay, {team})
    return stay


def _play(registrar: Registrar, stay: Membership, course: str, sitting: Sitting, now: datetime) -> None:
    """Open a link and send what our course would report, in one commit."""
    at = now - timedelta(days=sitting.days, minutes=sitting.minutes)
    with registrar.database.writing() as tx:
        enrolment = enrolments.open_enrolment(tx, stay.person_id, stay.school_id, course)
        if enrolment is None:
            return
        link = registrar.launch(tx, enrolment, at)
        version = registrar.versions.get(_newest(tx, course))
    token = link.split("/")[-2]
    session = registrar.deliver(token, f"demo-{stay.person_id}"[:64], at)["session"]
    known = {name: value for name, value in session["launch"]["values"].items() if OBJECTIVE.fullmatch(name)}
    calls = _calls(version, sitting, registrar.settings.packages, at, len(known))
    timed = [[int(at.timestamp() * 1000), *call] for call in calls]
    registrar.commit(token, SentCommit(session["id"], 1, timed), at + timedelta(minutes=sitting.minutes))


def _newest(tx: Any, course: str) -> int:
    newest = courses.newest_version(tx, course)
    if newest is None:
        raise LookupError(f"the course “{course}” has no version")
    return newest.id


def _calls(version: Version, sitting: Sitting, packages: Path, at: datetime, known: int) -> list[Call]:
    """The calls of a course of ours (decision 9): answers in their order, then the results of the best
    try."""
    course = questions_of(packages, version)
    asked = list(course.values())
    checks = [question for question in asked if not question.scored]
    final = [question for question in asked if question.scored]
    most = course.number or len(final)
    read = checks[: round(len(checks) * sitting.read)]
    answers = [(question, number % 4 != 3) for number, question in enumerate(read)]
    for percent in sitting.tries:
        right = _of(percent, most)
        drawn = sorted(_mixed(final, percent), key=lambda question: not question.must)[:most]
        answers += [(question, number < right) for number, question in enumerate(drawn)]
    taught = version.package.provenance.parts if version.package.provenance else ()
    pace = timedelta(minutes=sitting.minutes) / (len(answers) + 1)
    calls: list[Call] = [["Initialize", ""], ["SetValue", "cmi.progress_measure", f"{sitting.read:g}"]]
    for number, (question, good) in enumerate(answers):
        calls += _answer(number, question, at + pace * (number + 1), good=good)
    calls += _lessons([part.objective for part in taught], sitting.read, known)
    calls += _result(most, sitting)
    calls += [["SetValue", "cmi.session_time", f"PT{sitting.minutes}M"], ["SetValue", "cmi.exit", "suspend"]]
    return [*calls, ["Terminate", ""], ["Navigate", "suspendAll", ""]]


def _of(percent: int, most: int) -> int:
    return round(most * percent / 100)


def _mixed(final: Sequence[Question], percent: int) -> list[Question]:
    """The questions in another order for each percentage, so that not everybody gets the same ones wrong."""
    turn = percent * 7 % (len(final) or 1)
    return [*final[turn:], *final[:turn]]


def _answer(number: int, question: Question, at: datetime, *, good: bool) -> list[Call]:
    wrong = [letter for letter in question.options if letter not in question.right]
    chosen = question.right if good or not wrong else (wrong[number % len(wrong)],)
    values = (
        ("id", question.id),
        ("type", "choice"),
        ("timestamp", f"{at:%Y-%m-%dT%H:%M:%S}.00Z"),
        ("correct_responses.0.pattern", "[,]".join(question.right)),
        ("weighting", "1" if question.scored else "0"),
        ("learner_response", "[,]".join(chosen)),
        ("result", "correct" if good else "incorrect"),
        ("latency", f"PT{12 + number * 7 % 31}S"),
        ("description", question.text[:250]),
    )
    return [["SetValue", f"cmi.interactions.{number}.{key}", value] for key, value in values]


def _lessons(objectives: Sequence[str], read: float, known: int) -> list[Call]:
    """Each lesson is an objective after the manifest's own; the location is the first lesson that is not
    read."""
    lessons = [objective for objective in objectives if objective != FINAL_QUESTIONS]
    done = int(len(lessons) * read)
    calls: list[Call] = []
    for number, lesson in enumerate(lessons[: done + 1], start=known):
        is_read = number < known + done
        values = (
            ("id", lesson),
            ("progress_measure", "1" if is_read else "0"),
            ("completion_status", "completed" if is_read else "incomplete"),
        )
        calls += [["SetValue", f"cmi.objectives.{number}.{key}", value] for key, value in values]
    if done < len(lessons):
        calls.append(["SetValue", "cmi.location", f"{lessons[done]}.0"])
    return calls


def _result(most: int, sitting: Sitting) -> list[Call]:
    """The score and completion; success is judged by the package's own pass mark."""
    if sitting.read < 1 or (most and not sitting.tries):
        return [["SetValue", "cmi.completion_status", "incomplete"]]
    best = max((_of(percent, most) for percent in sitting.tries), default=0)
    scores = (
        (("raw", best), ("min", 0), ("max", most), ("scaled", best * 10**7 // most / 10**7)) if most else ()
    )
    calls: list[Call] = [["SetValue", f"cmi.score.{key}", f"{value:g}"] for key, value in scores]
    return [*calls, ["SetValue", "cmi.completion_status", "completed"]]
