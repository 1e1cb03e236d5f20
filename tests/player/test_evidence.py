"""Evidence of attempts that complete: one row an attempt, on the day at the school."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy import select, text

from courseware.build import build
from courseware.package import Part
from player.folding import fold
from player.importing import import_package
from player.records import courses
from player.records.database import MIGRATIONS, Database
from player.records.evidence_tables import EvidenceRow
from player.records.tables import Base
from player.replay_check import check_all
from tests.courseware.legislation import Provider
from tests.player.lms import CLOSE, OPEN, Lms, go, put
from tests.player.packages import ours, scorm_12, scorm_2004

pytestmark = pytest.mark.both_databases

STATUS = {"12": "cmi.core.lesson_status", "2004": "cmi.completion_status"}


def _rows(lms: Lms) -> list[tuple[str, int | None, date, bool]]:
    with lms.database.reading() as tx:
        rows = tx.scalars(select(EvidenceRow).order_by(EvidenceRow.recorded, EvidenceRow.attempt))
        return [(row.kind, row.attempt, row.day, row.voided is not None) for row in rows]


@pytest.mark.parametrize("form", ["12", "2004"])
def test_each_attempt_that_completes_is_evidence_of_its_own_day(lms: Lms, form: str) -> None:
    """Case 3: 23:30 in UTC is the next day in London. Closing, coming back and a look later add nothing."""
    lms.now = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    course = lms.add(scorm_12(2) if form == "12" else scorm_2004(2)).course
    for day in (date(2026, 7, 1), date(2027, 7, 1)):
        tab = lms.open(course)
        tab.deliver()
        tab.send(OPEN, put(STATUS[form], "completed"), CLOSE, go("continue"))
        lms.after(minutes=90)
        tab.send(OPEN, put(STATUS[form], "completed"))
        assert _rows(lms)[-1][2] == day
        tab.send(put(STATUS[form], "incomplete"), put(STATUS[form], "completed"))
        tab.send(CLOSE, go("suspendAll"))
        lms.open(course).deliver()
        tab = lms.open(course)
        tab.deliver()
        tab.send(go("exitAll"))
        lms.after(days=364, hours=22, minutes=30)
    rows = [("registration", 1, date(2026, 7, 1), False), ("registration", 2, date(2027, 7, 1), False)]
    assert _rows(lms) == rows
    lms.restart()
    assert [check.differences for check in check_all(lms.database, lms.registrar.versions)] == [()]
    registration = lms.record()["registration"]
    assert lms.database.commit(lambda tx: fold(tx, registration, 100)) > 0
    assert _rows(lms) == rows


def test_a_commit_that_is_sent_twice_is_evidence_once(lms: Lms) -> None:
    course = lms.add(scorm_12()).course
    tab = lms.open(course)
    tab.deliver()
    for _ in range(2):
        tab.send(OPEN, put(STATUS["12"], "passed"), number=1)
    assert [row[1] for row in _rows(lms)] == [1]


def test_pages_that_complete_and_questions_that_fail_are_no_evidence(lms: Lms) -> None:
    """As for the registration's own completion: the row stays, voided, and passing later adds another."""
    course = lms.add(scorm_12()).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, put(STATUS["12"], "completed"))
    assert [row[3] for row in _rows(lms)] == [False]
    tab.send(put(STATUS["12"], "failed"))
    assert [row[3] for row in _rows(lms)] == [True]
    lms.after(hours=1)
    tab.send(put(STATUS["12"], "completed"))
    assert [row[3] for row in _rows(lms)] == [True], "success has been reported: it takes a pass"
    tab.send(put(STATUS["12"], "passed"))
    tab.send(put(STATUS["12"], "failed"))
    assert [row[3] for row in _rows(lms)] == [True, False], "what was passed stays passed"


def test_what_is_abandoned_is_no_evidence(lms: Lms) -> None:
    course = lms.add(scorm_2004()).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, put(STATUS["2004"], "completed"))
    assert [row[3] for row in _rows(lms)] == [False]
    tab.send(go("abandonAll"))
    assert lms.record()["completed"] is None
    assert [row[3] for row in _rows(lms)] == [True]


LAW = Part("optional_gate-law", "Gate Law", 5, 3, optional="gate-law", result="passed")


def of_courses(lms: Lms) -> list[tuple[str | None, int | None, bool]]:
    with lms.database.reading() as tx:
        rows = tx.scalars(select(EvidenceRow).order_by(EvidenceRow.recorded, EvidenceRow.course_id))
        return [(row.course_id, row.attempt, row.voided is not None) for row in rows]


def result_of_law(form: str, status: str) -> list[list[str]]:
    """What the course tells an LMS of its optional part."""
    name = "cmi.objectives.0.status" if form == "scorm12" else "cmi.objectives.0.success_status"
    return [put("cmi.objectives.0.id", "optional_gate-law"), put(name, status)]


@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_an_optional_part_is_evidence_for_its_own_course_and_for_no_other(lms: Lms, form: str) -> None:
    course = lms.add(ours(form, tries=3, parts=(LAW,))).course
    with lms.database.reading() as tx:
        known = courses.course(tx, "gate-law")
        assert known is not None
        assert (known.title, known.retired is None) == ("Gate Law", False)
    tab = lms.open(course)
    tab.deliver()
    begun = [put("cmi.core.lesson_status", "incomplete"), put("cmi.core.exit", "suspend")]
    tab.send(OPEN, *(begun if form == "scorm12" else []), *result_of_law(form, "failed"))
    assert of_courses(lms) == []
    tab.send(*result_of_law(form, "passed")[1:])
    assert of_courses(lms) == [("gate-law", 1, False)]
    assert lms.record()["completed"] is None
    tab.send(put("cmi.objectives.0.score.raw", "100"))
    tab.send(CLOSE, go("suspendAll"))
    lms.after(hours=1)
    tab = lms.open(course)
    tab.deliver()
    status = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.success_status"}[form]
    done = [put("cmi.completion_status", "completed")] if form == "scorm2004" else []
    tab.send(OPEN, *done, put(status, "passed"))
    rows = [("gate-law", 1, False), ("gate-duty", 1, False)]
    assert of_courses(lms) == rows
    lms.restart()
    assert [check.differences for check in check_all(lms.database, lms.registrar.versions)] == [()]
    assert of_courses(lms) == rows


def test_an_optional_part_that_is_a_sco_of_its_own_is_evidence_likewise(lms: Lms, tmp_path: Path) -> None:
    provider = Provider(tmp_path / "source")
    provider.change("gate-keeping/course.yaml", "minutes: 5", "structure: multi\nminutes: 5")
    options = provider.options(formats=("scorm2004",), legislation="optional")
    (one,) = build([provider.folder / "gate-keeping"], options)
    (zipped,) = one.packages
    course = import_package(lms.database, lms.settings.packages, zipped, lms.now).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, CLOSE, go("choice", "item-optional_gate-law"))
    tab.send(OPEN, put("cmi.completion_status", "completed"), put("cmi.success_status", "passed"))
    assert of_courses(lms) == [("gate-law", 1, False)]
    assert lms.record()["completed"] is None


def test_what_an_attempt_hands_on_is_no_second_pass_of_the_optional_part(lms: Lms) -> None:
    """Until the course is completed, its state goes on to the next attempt, and tells the pass once more."""
    course = lms.add(ours("scorm2004", tries=3, parts=(LAW,))).course
    for _ in range(2):
        tab = lms.open(course)
        tab.deliver()
        tab.send(OPEN, *result_of_law("scorm2004", "passed"))
        tab.send(CLOSE, go("exitAll"))
        lms.after(days=1)
    assert of_courses(lms) == [("gate-law", 1, False)]


def test_a_failed_course_takes_nothing_from_its_optional_part_and_an_abandoned_one_all(lms: Lms) -> None:
    course = lms.add(ours("scorm2004", parts=(LAW,))).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, put("cmi.completion_status", "completed"), *result_of_law("scorm2004", "passed"))
    assert of_courses(lms) == [("gate-duty", 1, False), ("gate-law", 1, False)]
    tab.send(put("cmi.success_status", "failed"))
    assert of_courses(lms) == [("gate-duty", 1, True), ("gate-law", 1, False)]
    tab.send(go("abandonAll"))
    assert of_courses(lms) == [("gate-duty", 1, True), ("gate-law", 1, True)]


def test_an_optional_part_for_some_readers_is_evidence_for_that_variant_too(lms: Lms) -> None:
    """Where the player has the variant as a course."""
    course = lms.add(ours("scorm2004", parts=(replace(LAW, variant="board"),))).course
    tab = lms.open(course)
    tab.deliver()
    tab.send(OPEN, *result_of_law("scorm2004", "passed"))
    assert of_courses(lms) == [("gate-law", 1, False)]
    with lms.database.writing() as tx:
        courses.know(tx, "gate-law-board", "Gate Law for the Board", lms.now)
    tab = lms.open(course, "another")
    tab.deliver()
    tab.send(OPEN, *result_of_law("scorm2004", "passed"))
    assert of_courses(lms)[1:] == [("gate-law", 1, False), ("gate-law-board", 1, False)]


def test_a_variant_is_evidence_for_the_course_that_it_is_a_variant_of(lms: Lms) -> None:
    lms.add(ours("scorm12"), name="whole.zip")
    variant = lms.add(ours("scorm12", variant="audience=governors name=governors"), name="governors.zip")
    assert variant.course == "gate-duty-governors"
    tab = lms.open(variant.course)
    tab.deliver()
    tab.send(OPEN, put(STATUS["12"], "passed"))
    assert of_courses(lms) == [("gate-duty", 1, False), ("gate-duty-governors", 1, False)]


OLD = """
INSERT INTO school (id, name) VALUES ('n', 'Northfield');
INSERT INTO person (id, school_id, learner_id, name, role, sign_in_epoch) VALUES
  ('ann', 'n', '17', 'Ann', 'learner', 0);
INSERT INTO course (id, title) VALUES ('fire', 'Fire'), ('pages', 'Pages');
INSERT INTO version (course_id, number, key, digest, standard, edition, ours, draft, package, imported)
  VALUES ('fire', 1, 'k', 'd', '1.2', '', false, false, '{}', '2024-01-01 00:00:00+00:00');
INSERT INTO enrolment (id, person_id, course_id, since) VALUES
  ('e', 'ann', 'fire', '2024-01-01 00:00:00+00:00'), ('f', 'ann', 'pages', '2024-01-01 00:00:00+00:00');
INSERT INTO registration (id, enrolment_id, version_id, state, completed, tree, stores, attempts, sessions,
  completion_status, success_status, total_time)
  SELECT 'r', 'e', id, 'ended', FIRST, '', '{}', 3, 3, 'completed', 'passed', 0 FROM version
  UNION SELECT 's', 'f', id, 'running', NULL, '', '{}', 1, 1, 'incomplete', 'unknown', 0 FROM version;
INSERT INTO attempt
  (id, registration_id, number, state, started, ended, completion_status, success_status, total_time) VALUES
  ('a', 'r', 1, 'ended', '2024-06-30 22:00:00+00:00', '2024-06-30 23:40:00+00:00', 'incomplete',
  'unknown', 0),
  ('b', 'r', 2, 'ended', '2025-01-01 09:00:00+00:00', '2025-01-01 10:00:00+00:00', 'completed', 'failed', 0),
  ('c', 'r', 3, 'suspended', '2026-01-01 09:00:00+00:00', NULL, 'completed', 'passed', 0),
  ('d', 's', 1, 'running', '2026-01-01 09:00:00+00:00', NULL, 'incomplete', 'unknown', 0);
INSERT INTO session (id, registration_id, attempt_id, version_id, page, ordinal, launch, "values", draws,
  cause, have, started, last_commit, objectives, notes)
  SELECT 'u', 'r', 'c', id, 'p', 1, '{}', '{}', '[]', 'launch', 1, '2026-01-01 09:00:00+00:00',
  '2026-01-02 11:00:00+00:00', '{}', '[]' FROM version"""


def test_an_upgrade_makes_evidence_of_what_was_completed_before(database: Database) -> None:
    """The completion that the registration has, though its attempt says otherwise now; then retakes."""
    Base.metadata.drop_all(database.engine)
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
    first = "'2024-06-30 23:30:00+00:00'"
    if database.file is None:
        first = f"CAST({first} AS timestamptz)"
    with database.engine.begin() as connection:
        for statement in OLD.replace("FIRST", first).split(";"):
            connection.execute(text(statement))
    database.migrate()
    with database.reading() as tx:
        rows = tx.scalars(select(EvidenceRow).order_by(EvidenceRow.attempt)).all()
    assert [(row.registration_id, row.attempt, row.day, row.school_id) for row in rows] == [
        ("r", 1, date(2024, 7, 1), "n"),
        ("r", 3, date(2026, 1, 2), "n"),
    ]
