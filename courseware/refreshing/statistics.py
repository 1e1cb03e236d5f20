"""The questions that are most missed, as `player questions COURSE --json` tells them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256

from msgspec import Struct

from courseware.authored.lines import CheckLine
from courseware.authored.variant import variants_of
from courseware.errors import Problem
from courseware.load import display_path
from courseware.material import CourseSource, RefresherMaterial
from courseware.yaml12.nodes import SourceText

ENOUGH = 30  # answers: with fewer, chance says more than people do


class MissedQuestions(Struct, frozen=True):
    """Those that were taken, the most missed first, and the digest of the files that say so."""

    names: tuple[str, ...] = ()
    digest: str = ""


class Answers(Struct):
    """The first answers to one question, in all files together."""

    number: int = 0
    right: float = 0

    @property
    def facility(self) -> float:
        return self.right / self.number


class StatisticsError(Exception):
    """A file cannot be used; the problem says why."""

    def __init__(self, file: SourceText, message: str, hint: str) -> None:
        self.problem = Problem(file.place, message, hint)
        super().__init__(message)


def most_missed(
    refresher: RefresherMaterial, parent: CourseSource, problems: list[Problem]
) -> MissedQuestions:
    """As many as `take:` says, of those questions that the parent still has."""
    asked, command = refresher.asked, command_for(parent)
    files = asked.statistics or ()
    if asked.take.most_missed is None:
        if files:
            message = "“statistics:” is read for “most missed:”, which is not there"
            hint = "write “most missed: 5” below “take:”, or leave it out"
            problems.append(Problem(files[0].place, message, hint, "warning"))
        return MissedQuestions()
    if not files:
        hint = f"write what “{command}” prints to a file beside course.yaml, and name it: “statistics: …”"
        message = "nothing says which questions are most missed"
        problems.append(Problem(asked.take.at("most missed"), message, hint))
        return MissedQuestions()
    try:
        data = [read(refresher, file, command) for file in files]
        found = answers(files, data, command)
    except StatisticsError as error:
        problems.append(error.problem)
        return MissedQuestions()
    known = questions_of(parent)
    missed = [
        name for name, one in found.items() if name in known and one.number >= ENOUGH and one.facility < 1
    ]
    names = tuple(sorted(missed, key=lambda name: found[name].facility)[: asked.take.most_missed])
    problems += too_few(refresher, len(names))
    return MissedQuestions(names, sha256(b"\0".join(data)).hexdigest())


def questions_of(source: CourseSource) -> frozenset[str]:
    """The names of all questions, of the banks and of the lessons."""
    checks = (line.check for line in source.blocks if isinstance(line, CheckLine))
    return frozenset(map(str, (*checks, *(name for one in source.banks.values() for name in one.questions))))


def command_for(parent: CourseSource) -> str:
    """The command that prints them; in a player each variant is a course by itself."""
    course = parent.course
    names = [
        str(course.id) if one.keeps_the_name else f"{course.id}-{one.name}"
        for one in variants_of(course).values()
    ]
    return f"player questions {names[0] if names else course.id} --json"


def read(refresher: RefresherMaterial, file: SourceText, command: str) -> bytes:
    path = refresher.folder / file
    if not path.resolve().is_relative_to(refresher.folder.resolve()):
        hint = "put the file beside course.yaml, and write its name alone"
        raise StatisticsError(file, f"“{file}” leads out of the course's folder", hint)
    try:
        return path.read_bytes()
    except OSError:
        message = f"there is no {display_path(path)}, or it cannot be read"
        raise StatisticsError(file, message, f"write it with “{command} > {file}”") from None


def answers(files: Sequence[SourceText], data: Sequence[bytes], command: str) -> dict[str, Answers]:
    """Each question that anybody has answered, in the order of the files."""
    found: dict[str, Answers] = {}
    for file, text in zip(files, data, strict=True):
        try:
            for entry in json.loads(text)[:]:  # nothing but a list can be sliced
                name, number, facility = str(entry["question"]), int(entry["n"]), entry["facility"]
                if number and facility is not None:
                    one = found.setdefault(name, Answers())
                    one.number, one.right = one.number + number, one.right + number * float(facility)
        except (ValueError, LookupError, TypeError, AttributeError):
            message = f"“{file}” is not what “player questions COURSE --json” prints"
            raise StatisticsError(file, message, f"write it with “{command}”") from None
    return found


def too_few(refresher: RefresherMaterial, number: int) -> Iterator[Problem]:
    asked = refresher.asked
    wanted = asked.take.most_missed or 0
    if number == wanted:
        return
    some = "one question" if number == 1 else f"{number or 'no'} questions"
    message = (
        f"{some} of “{asked.refresher_of}” can be taken as most missed, and {wanted} are asked for: "
        f"others have fewer than {ENOUGH} answers, are never missed, or are no longer there"
    )
    fewer = f", take {number}" if number else ""
    hint = f"wait for more answers{fewer}, or leave “most missed:” out"
    yield Problem(asked.take.at("most missed"), message, hint, "warning" if number else "error")
